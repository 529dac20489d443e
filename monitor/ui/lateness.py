"""What stands with its due date: how many commitments are overdue, and which."""

from urllib.parse import urlencode

import numpy as np
import streamlit as st

from monitor.i18n import day, number, plural
from monitor.models import Lateness
from monitor.read import chart_data, counts
from monitor.read.cache import per_filter, per_view
from monitor.read.labels import lateness_label, measure_title, status_label
from monitor.read.selection import View, rows_matching
from monitor.table_rows import StatusRow, read_rows
from monitor.ui import figures, paging
from monitor.ui.address import page_part
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import day_of_view, linked_place

#: Commitments of a page of the list, which is folded where they are more.
SHOWN = 12
#: The name of its page in the address.
PAGES = "page_echeances"


def show_late_count(view: View) -> None:
    """How many commitments are overdue, of those whose due date has come, and the way to their list."""
    found = counts.count_by_lateness(view)
    if not sum(found.values()):
        return
    due = number(sum(found.values()), view.lang)
    unknown = counts.count_unknown_overdue(view)
    late = found[Lateness.OVERDUE] - unknown
    if not late and not unknown:
        st.markdown(t("lateness.count_none", due=due))
        return
    query = view.address(commune=None, statut=None, retard=Lateness.OVERDUE)
    key = "lateness.count_both" if late and unknown else "lateness.count"
    sentence = plural(
        "lateness.count_unknown" if unknown and not late else key,
        late or unknown,
        view.lang,
        unknown=number(unknown, view.lang),
        due=due,
        address=f"/mesures?{urlencode(query)}",
    )
    st.markdown(sentence)


@page_part
def show_late_commitments(view: View) -> None:
    """The commitments that bind and are overdue, or as the filter by due date asks, by pages."""
    if not sum(counts.count_by_lateness(view).values()):
        return
    wanted = view.filters.get("retard", Lateness.OVERDUE)
    st.header(
        t("lateness.list", lateness=t(f"lateness.{wanted}"), day=day_of_view(view)),
        anchor="echeances",
    )
    count = len(_at(view, wanted))
    st.markdown(plural("lateness.listed", count, view.lang))
    if not count:
        return
    if wanted == Lateness.OVERDUE:
        st.caption(_overdue_in_words(view, wanted))
    asked = "retard" in view.filters or PAGES in st.query_params
    opened = asked or count <= SHOWN
    with figures.fold_part(t("lateness.open"), "_echeances", opened=opened) as shown:
        if shown:
            _show_page(view, wanted, paging.page_of(count, SHOWN, name=PAGES).start)


@per_view
def _overdue_in_words(view: View, wanted: str) -> str:
    """How many are late, of how many nothing is known, and when a commitment is called overdue."""
    at = _at(view, wanted)
    unknown = int(counts.mask_unknown(view.bound)[at].sum())
    if not unknown:
        return t("lateness.listed_late")
    late, unseen = (number(each, view.lang) for each in (len(at) - unknown, unknown))
    return t("lateness.listed_overdue", late=late, unknown=unseen)


def _show_page(view: View, wanted: str, start: int) -> None:
    if figures.is_touch_screen():  # no room for columns
        lines = (f"{row[0]}  \n{' · '.join(row[1:])}" for row in _lines(view, wanted, start))
        st.markdown("\n\n".join(lines))
    else:
        figures.show_words(_table(view, wanted, start), "echeances")


@per_filter
def _at(view: View, wanted: str) -> np.ndarray:
    """Where the rows of that lateness stand in `View.bound`, by city, then by name."""
    bound = view.bound
    at = rows_matching(bound, {"lateness": wanted})
    keys = [chart_data.sort_keys(view, bound, name)[at] for name in ("name", "commune_name")]
    return at[np.lexsort(keys)]


@per_view
def _lines(view: View, wanted: str, start: int) -> list[tuple[str, str, str]]:
    """One page of them in markdown: who and where, measure and status, due date and what stands with
    it: three columns, for a fourth is cut in a narrow window."""
    return [
        (
            linked_place(view, row),
            f"{md(measure_title(view, row.measure))} · {status_label(row.status, view.lang)}",
            f"{day(row.due_on.date(), view.lang)} · {lateness_label(wanted, row.status, view.lang)}",
        )
        for row in read_rows(StatusRow, view.bound, _at(view, wanted)[start : start + SHOWN])
        if row.due_on  # nothing else is early or late
    ]


@per_view
def _table(view: View, wanted: str, start: int) -> figures.Texts:
    heads = (
        ("lateness.whose",),
        ("filter.measure", "filter.status"),
        ("sheet.due", "filter.lateness"),
    )
    names = (" · ".join(map(t, head)) for head in heads)
    columns = zip(*_lines(view, wanted, start), strict=True)
    return figures.markdown_table(dict(zip(names, columns, strict=True)))

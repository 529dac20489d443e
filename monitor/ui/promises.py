"""Who promised each measure: beside what binds, and where nothing is known to."""

import streamlit as st

from monitor.i18n import number
from monitor.read import promises
from monitor.read.cache import per_view
from monitor.read.counts import count_promises
from monitor.read.labels import listed_title
from monitor.read.selection import View
from monitor.ui import figures, outage, paging
from monitor.ui.address import page_part
from monitor.ui.markdown import line_to_markdown, link
from monitor.ui.page_run import t
from monitor.ui.sentences import day_of_view, linked_place

#: People of a page of those who promised a measure; measures of a page of them.
PEOPLE, MEASURES = 25, 50


@page_part
def show_promises(view: View) -> None:
    """Of one measure, who promised it and in which words; folded where the page has whom it binds, and
    the results of all are known. Of several, how many promised each, where nothing binds anybody."""
    binds = bool(len(view.of_every_status.bound))
    if len(view.kept_titles) > 1:
        if not binds:
            _show_measures(view)
        return
    count = len(promises.promise_rows(view))
    if not count:
        return
    heading = t("promises.who", day=day_of_view(view))
    if not (binds and promises.are_results_known(view)):
        st.header(heading)
        _show_people(view, count)
        return
    with figures.fold_part(f"{heading} ({number(count, view.lang)})", "_engages") as wanted:
        if wanted:
            _show_people(view, count)


def _show_people(view: View, count: int) -> None:
    page = paging.page_of(count, PEOPLE, "page_engages")
    words = ""
    with outage.guard_texts():
        words = _people(view, page.start, True)
    st.markdown(words or _people(view, page.start, False))


@per_view
def _people(view: View, start: int, read: bool) -> str:
    """A page of those who promised the one measure in view, in markdown."""
    (measure,) = view.kept_titles
    rows = promises.sort_promises(view)[start : start + PEOPLE].tolist()
    lines = []
    for one in promises.promises_in_words(view, measure, rows, read):
        known = line_to_markdown(view, one.line)
        who = " · ".join(filter(None, (linked_place(view, one.person), known)))
        said = f"  \n  {line_to_markdown(view, one.answer)}" if one.answer else ""
        lines.append(f"- {who}{said}")
    return "\n".join(lines)


def _show_measures(view: View) -> None:
    """Each measure with how many promised it, as a link to who they are."""
    made = count_promises(view.of_every_status)
    if not any(made.values()):
        return
    st.header(t("promises.by_measure", day=day_of_view(view)))
    page = paging.page_of(len(made), MEASURES, "page_mesures")
    st.markdown(_measures(view, page.start))


@per_view
def _measures(view: View, start: int) -> str:
    some = [*count_promises(view.of_every_status).items()][start : start + MEASURES]
    return "\n".join(
        f"- {link(listed_title(view, one), view.url('mesures', mesure=one))}"
        f" · {view.plural('count.signatories', count)}"
        for one, count in some
    )

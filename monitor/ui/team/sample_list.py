"""What heads the list of what there is to do while a sample is under way: whom to look at first."""

import streamlit as st

from monitor.accounts import Account
from monitor.i18n import number
from monitor.queries.notices import waiting_entries
from monitor.read import current_log
from monitor.read.labels import measure_title
from monitor.read.sample import current_plan, measures_to_look_at, sample_round
from monitor.read.selection import View
from monitor.table_rows import PersonRow
from monitor.ui import buttons, paging
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import place_in_words
from monitor.ui.team import worklist

#: Officials shown at once.
SHOWN = 15


def show_sampled(view: View, account: Account) -> None:
    """Those drawn of whom something is left to look at, in the order of the draw, but for those of the
    account's own communes; each with the first of their measures on which nothing waits for review."""
    plan = current_plan(view.state)
    if plan is None:
        return
    found, left = sample_round(view.state, plan), measures_to_look_at(view.state, plan)
    people = view.day_state.read_people(left)
    shown = [one for one, row in people.items() if row.commune not in account.communes]
    st.header(view.plural("work.sample", len(shown)))
    whole = len(found.officials)
    words = {"part": number(found.answered, view.lang), "whole": number(whole, view.lang)}
    st.progress(found.answered / whole if whole else 1.0, t("work.sample_done", **words))
    st.caption(t("work.sample_help") if shown else t("work.nothing"))
    page = paging.page_of(len(shown), SHOWN, "page_sample")
    waiting = _waiting(view)
    for official in shown[page]:
        open_measures = [one for one in left[official] if (official, one) not in waiting]
        _show(view, account.name, people[official], left[official], open_measures)


def _waiting(view: View) -> set[tuple[str, str]]:
    """Whose commitments to which measures have an entry that waits for review."""
    with current_log.store().reading() as database:
        waits = waiting_entries(database, view.log.pact.id)
    table = view.log.commitments
    rows = table[table.index.isin(list(waits))]
    return set(zip(rows["signatory_id"], rows["measure"].astype(str), strict=True))


def _show(
    view: View, account: str, person: PersonRow, measures: list[str], open_measures: list[str]
) -> None:
    left, right = st.columns([5, 1], vertical_alignment="center")
    titles = t("sentence.comma").join(md(measure_title(view, one)) for one in measures)
    waits = "" if open_measures else f"  \n:orange-badge[{t('work.sample_waits')}]"
    left.markdown(f"{place_in_words(person)} · {titles}{waits}")
    if open_measures:
        buttons.button(
            t("work.log"),
            at=right,
            key=f"_sample_{person.signatory_id}",
            on_click=worklist.begin_entry_about,
            args=(view, account, person.signatory_id, open_measures[0]),
        )

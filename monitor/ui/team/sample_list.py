"""What heads the list of what there is to do while a sample is under way: whom to look at first."""

from collections.abc import Sequence

import streamlit as st

from monitor.accounts import Account
from monitor.i18n import number
from monitor.queries.notices import waiting_entries
from monitor.read import current_log
from monitor.read.labels import measure_title
from monitor.read.sample import (
    SampledOfficial,
    current_plan,
    measures_to_look_at,
    sample_round,
)
from monitor.read.selection import View
from monitor.table_rows import PersonRow
from monitor.ui import buttons, paging
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import place_in_words
from monitor.ui.team import worklist
from monitor.ui.team.departments import departments_in_words

#: Officials shown at once.
SHOWN = 15


def show_sampled(view: View, account: Account) -> None:
    """Those drawn of whom something is left to look at, in the order of the draw: those of departments
    that the account looks after, then the others; nobody of a commune where it has a conflict of
    interest. Each with the first of their measures on which nothing waits for review."""
    plan = current_plan(view.state)
    if plan is None:
        return
    officials, left = (
        sample_round(view.state, plan).officials,
        measures_to_look_at(view.state, plan),
    )
    people = view.day_state.read_people(one.signatory_id for one in officials if one.public)
    own = {
        one.signatory_id: one
        for one in officials
        if one.signatory_id in people
        and people[one.signatory_id].department_code in account.departments
    }
    free = [one for one in left if one in people and people[one].commune not in account.communes]
    st.header(view.plural("work.sample", len(free)))
    st.caption(t("work.sample_help") if free else t("work.nothing"))
    waiting = _waiting(view)

    def show_some(shown: Sequence[str], page: str) -> None:
        """One page of them; `page`: its name in the address."""
        for one in shown[paging.page_of(len(shown), SHOWN, page)]:
            open_measures = [each for each in left[one] if (one, each) not in waiting]
            _show(view, account.name, people[one], left[one], open_measures)

    if own:
        cared = {people[one].department_code for one in own}
        st.markdown(t("work.sample_own", departments=departments_in_words(view, cared)))
        _show_progress(view, list(own.values()))
        show_some([one for one in free if one in own], "page_sample_own")
        st.markdown(t("work.sample_all"))
    _show_progress(view, officials)
    show_some([one for one in free if one not in own], "page_sample")


def _show_progress(view: View, officials: Sequence[SampledOfficial]) -> None:
    asked = [one for one in officials if one.due]
    part, whole = sum(one.is_answered for one in asked), len(asked)
    words = {"part": number(part, view.lang), "whole": number(whole, view.lang)}
    st.progress(part / whole if whole else 1.0, t("work.sample_done", **words))


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

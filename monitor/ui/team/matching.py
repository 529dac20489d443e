"""The page of matching: proposals in lists, confirmed by a person, sent to another as files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from monitor.errors import MonitorError
from monitor.i18n import join_first, number, plural, public_sentence
from monitor.matching.matches import Judgements, Proposal, Signatory, propose_matches
from monitor.matching.register import Register
from monitor.matching.scope import list_matchable, names_outside
from monitor.matching.sorting import ProposalGroup, draw_sample, sort_proposals
from monitor.matching.tables import proposal_table
from monitor.queries.matches import read_judgements, signatories_in_waiting_files
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import figures
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import match_cards, match_sending, my_entries, registers, target
from monitor.ui.team.match_cards import HERE

#: The lists that one chooses between, in their order.
LISTS = (
    ProposalGroup.TOGETHER,
    ProposalGroup.ONE_BY_ONE,
    ProposalGroup.TO_SEE,
    ProposalGroup.NONE,
    ProposalGroup.REFUSED,
)
#: Signatories of a list that are shown as a table, and those whom no list has that are named.
SHOWN, NAMED = 200, 8
_KEPT, _LIST = "_match_kept", "_match_list"


@dataclass(frozen=True)
class Lists:
    """What the editions of the register say of the signatories, and what was said of it. `drawn`: who is
    looked at of those that are confirmed together, in order; `table`: the proposals as a table."""

    by_standing: dict[ProposalGroup, list[Proposal]]
    table: pd.DataFrame
    drawn: Sequence[str]

    @property
    def left_to_look_at(self) -> list[Proposal]:
        """The proposals of the sample that nobody has looked at."""
        together = {one.signatory.id: one for one in self.by_standing[ProposalGroup.TOGETHER]}
        return [together[name] for name in self.drawn if name in together]


def show_matching(view: View) -> None:
    """Bring editions of the register in, look at the proposals, send what is confirmed."""
    view = replace(view, state=view.state.now)
    st.markdown(t("match.intro"))
    if not target.pact_of_file(view, "match.pact", st.markdown):
        return
    if done := match_sending.pop_sent():
        st.success(done)
    roll = view.known
    try:
        signatories = list_matchable(view.pact, roll.signatories, roll.own_areas)
    except MonitorError as error:
        st.info(md(public_sentence(error, language())))
        return
    st.header(t("match.states"), divider="gray")
    registers.show_registers(view.pact.id, {one.commune for one in signatories})
    if not (held := registers.held_registers(view.pact.id)):
        return
    lists = _lists_of(view, signatories, held)
    if outside := names_outside(roll.signatories, signatories):
        names = md(join_first(outside, NAMED))
        st.caption(plural("match.outside", len(outside), view.lang, names=names))
    _show_lists(view, lists)
    match_sending.show_ready(view, lists.by_standing, lists.table, bool(lists.left_to_look_at))


def _lists_of(view: View, signatories: Sequence[Signatory], held: Sequence[Register]) -> Lists:
    """The proposals of these states. What they are before anybody has judged is kept by the session."""
    with current_log.store().reading() as database:
        judgements = read_judgements(database, view.pact.id)
        waiting = signatories_in_waiting_files(database, view.pact.id)
    asked = (view.pact, view.snapshot.head, held)
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != asked:
        with st.spinner(t("match.comparing")):
            kept = asked, _propose(view, signatories, held, {})
        st.session_state[_KEPT] = kept
    proposals, table = kept[1]
    drawn_from = sort_proposals(proposals, table, waiting)[ProposalGroup.TOGETHER]
    if judged := {one.commune for one in signatories if one.id in judgements}:
        # Whoever signed in the same commune may be meant as well.
        again = [one for one in signatories if one.commune in judged]
        changed, rows = _propose(view, again, held, judgements)
        by_id = {one.signatory.id: one for one in changed}
        proposals = [by_id.get(one.signatory.id, one) for one in proposals]
        table = pd.concat([table[~table["signatory_id"].isin(by_id)], rows], ignore_index=True)
    found = sort_proposals(proposals, table, waiting)
    refused = {one.signatory.id for one in found[ProposalGroup.REFUSED]}
    seed = ",".join((view.pact.id, *(one.day.isoformat() for one in held)))
    return Lists(found, table, draw_sample([one.signatory.id for one in drawn_from], refused, seed))


def _propose(
    view: View,
    signatories: Sequence[Signatory],
    held: Sequence[Register],
    judgements: Judgements,
) -> tuple[list[Proposal], pd.DataFrame]:
    """The proposals, and the same as a table."""
    pact, roll = view.pact, view.known
    found = propose_matches(signatories, held, pact.election_on, pact.term_end, judgements)
    return found, proposal_table(found, roll.signatories, roll.mandates)


def _show_lists(view: View, lists: Lists) -> None:
    st.header(t("match.proposals"), divider="gray")
    counts = Counter({standing: len(found) for standing, found in lists.by_standing.items()})
    for standing in (ProposalGroup.KNOWN, ProposalGroup.WAITING):
        if counts[standing]:
            st.caption(plural(f"match.count_{standing}", counts[standing], view.lang))
    words = {one: f"{t(f'match.{one}')} ({number(counts[one], view.lang)})" for one in LISTS}
    if _LIST not in st.session_state:
        st.session_state[_LIST] = next((one for one in LISTS if counts[one]), LISTS[0])
    chosen = st.segmented_control(
        t("match.list"),
        LISTS,
        format_func=words.__getitem__,
        key=_LIST,
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    standing = ProposalGroup(chosen)
    found = lists.by_standing[standing]
    st.markdown(t(f"match.{standing}_help"))
    my_entries.show_notice(HERE)
    if not found:
        st.info(t("match.empty_list"))
    elif standing is ProposalGroup.TOGETHER:
        _show_together(view, lists)
    elif standing is ProposalGroup.REFUSED:
        match_cards.show_judged(view, found)
    elif standing is ProposalGroup.NONE:
        _show_not_found(view, found, lists.table)
    else:
        match_cards.show_next(view, found, lists.table)


def _show_not_found(view: View, found: Sequence[Proposal], table: pd.DataFrame) -> None:
    """Whoever may have been defeated, one by one; then all of them as a table."""
    if asked := match_cards.maybe_defeated(found, table):
        st.markdown(plural("match.maybe_defeated", len(asked), view.lang))
        match_cards.show_next(view, asked, table)
        if len(asked) > 1:
            _ask_together(view, asked)
    _show_all(view, found, table)


def _ask_together(view: View, asked: Sequence[Proposal]) -> None:
    """The same of several at once: each is ticked by somebody, none before."""
    with figures.fold_part(t("match.several_defeated"), "_match_several") as unfolded:
        if unfolded:
            st.markdown(t("match.several_help"))
            match_cards.show_ticks(view, asked)


def _show_together(view: View, lists: Lists) -> None:
    """The next one to look at of those that were drawn, and all of them as a table."""
    if left := lists.left_to_look_at:
        st.markdown(plural("match.left_to_look_at", len(left), view.lang, of=len(lists.drawn)))
        match_cards.show_next(view, left, lists.table)
    else:
        st.success(plural("match.looked_at", len(lists.drawn), view.lang))
    _show_all(view, lists.by_standing[ProposalGroup.TOGETHER], lists.table)


def _show_all(view: View, found: Sequence[Proposal], table: pd.DataFrame) -> None:
    label = plural("match.see_all", len(found), view.lang)
    with figures.fold_part(label, "_match_all") as unfolded:
        if unfolded:
            rows = match_cards.rows_in_words(view, found[:SHOWN], table)
            figures.show_words(figures.table_texts(rows), "rapprochement")
            if (more := len(found) - SHOWN) > 0:
                st.caption(plural("import.more", more, view.lang))

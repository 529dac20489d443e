"""Reviewing: one entry at a time, what it says at the left, what it would change at the right.

The entry on the screen is the one of the address: it stays there until its reader goes on, whatever
others decide meanwhile, and a decision is about that entry alone.
"""

import pandas as pd
import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.accounts.team_record import makers_of
from monitor.errors import MonitorError
from monitor.i18n import plural
from monitor.models import Decision, Kind
from monitor.queries import team as backlog
from monitor.queries.notices import resumed_entries
from monitor.read import current_log, log_entries
from monitor.read.selection import View
from monitor.ui import buttons, screen, viewer
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import detail, my_entries, review_sources
from monitor.ui.team.review_entry import show_effect, show_entry

_DONE, _SHOWN = "_review_done", "_review_shown"


def show_review(view: View, account: Account) -> bool:
    """The queue, replies first: the law gives them three days. Whether an entry is on the screen."""
    with current_log.store().reading() as database:
        found = backlog.pending_entries(database, view.log.pact.id)
        makers = makers_of(database, account.name)
    if done := st.session_state.get(_DONE):
        st.success(t(f"review.done_{done[0]}", seq=done[1]))
    found = found.assign(rank=_rank(found["kind"])).sort_values(["rank", "seq"], kind="stable")
    own, tied = _own(found, account), _tied(found, view, account)
    made = _of(found, makers) & ~own
    queue = found[~own & ~tied & ~made]
    if len(found):
        st.markdown(plural("review.count", len(queue), view.lang))
    if own.any():
        st.caption(plural("review.own", int(own.sum()), view.lang))
    if tied.any():
        st.caption(view.plural("review.tied", int(tied.sum())))
    if made.any():
        st.caption(plural("review.of_maker", int(made.sum()), view.lang))
    seqs = [int(seq) for seq in queue["seq"]]
    seq = _wanted(view, seqs)
    if seq in seqs:
        _pending(view, next(queue[queue["seq"] == seq].itertuples()), seqs)
    elif seq is not None:
        _gone(view, account, seq, queue)
    return seq is not None


def _rank(kinds: pd.Series) -> pd.Series:
    return (kinds != Kind.REPLY) * 1


def _own(found: pd.DataFrame, account: Account) -> pd.Series:
    return _of(found, {account.name})


def _of(found: pd.DataFrame, names: set[str]) -> pd.Series:
    """What one of these accounts wrote, or what corrects it."""
    return found["author"].isin(names) | found["supersedes_author"].isin(names)


def _tied(found: pd.DataFrame, view: View, account: Account) -> pd.Series:
    """What is about a commune that the account may not rate, of what is not its own."""
    people = view.everybody
    tied = set(people.loc[people["commune"].isin(account.communes), "signatory_id"])
    return found["signatory_id"].isin(tied) & ~_own(found, account)


def _wanted(view: View, seqs: list[int]) -> int | None:
    """The entry to show: that of the address, else the one that this page has shown, else the first of
    the queue. It is put into the address: who comes back to the page finds the same entry."""
    pact = view.log.pact.id
    before = st.session_state.get(_SHOWN)
    asked = log_entries.entry_number_in(st.query_params.get("entree")) or None
    if asked is None:
        if before and before[0] == pact:
            asked = before[1]  # by the browser's Back: to write the address again would undo it
        elif seqs:
            asked = seqs[0]
            write_address(entree=str(asked))
    st.session_state[_SHOWN] = (pact, asked) if asked is not None else None
    return asked


def _go(seq: int | None) -> None:
    """From a callback: on to another entry, or to the first of the queue."""
    st.session_state.pop(_SHOWN, None)
    st.session_state.pop(_DONE, None)
    screen.scroll_to_top()
    write_address(entree=str(seq) if seq is not None else None)


def _pending(view: View, entry, seqs: list[int]) -> None:
    at = seqs.index(entry.seq)
    after = seqs[(at + 1) % len(seqs)] if len(seqs) > 1 else None
    with st.container(horizontal=True, vertical_alignment="center"):
        buttons.button(
            t("review.before"),
            key="_review_before",
            on_click=_go,
            args=(seqs[at - 1],),
            shortcut="Left",
            disabled=at == 0,
        )
        buttons.button(
            t("review.after"),
            key="_review_after",
            on_click=_go,
            args=(after,),
            shortcut="Right",
            disabled=at == len(seqs) - 1,
        )
        st.caption(t("review.place", n=at + 1, count=len(seqs)), width="content")
    shown, effect = st.columns(2, gap="large")
    with shown, st.container(border=True):
        show_entry(view, entry)
    absent = detail.why_absent(view, entry.signatory_id)
    with effect, st.container(border=True):
        show_effect(view, entry, absent)
    with current_log.store().reading() as database:
        answers = {new: old for old, new in resumed_entries(database, entry.author).items()}
    if entry.seq in answers:
        detail.show_former_refusal(view, answers[entry.seq], "review.resumes")
    my_entries.show_conversation(view, entry.seq)
    _decide(entry, after, absent)


def _gone(view: View, account: Account, seq: int, queue: pd.DataFrame) -> None:
    """Say that the entry of the address cannot be decided (any more), and lead on."""
    with current_log.store().reading() as database:
        found = backlog.find_entry(database, seq)
    entry = next(found[found["pact_id"] == view.log.pact.id].itertuples(), None)
    my_entries.show_notice(seq)
    st.warning(_why_not(view, account, found, entry, seq), icon=":material/info:")
    after = None
    if entry is not None:
        here = (_rank(found["kind"]).iloc[0], seq)
        ranked = zip(queue["rank"], queue["seq"], strict=True)
        after = next((int(one) for rank, one in ranked if (rank, one) > here), None)
    if len(queue):
        following = after if after is not None else int(queue["seq"].iloc[0])
        buttons.button(
            t("review.after"),
            key="_review_on",
            on_click=_go,
            args=(following,),
            type="primary",
            shortcut="Right",
        )
    else:
        st.info(t("review.none"))
    if entry is not None:
        if st.session_state.get(_field(seq)):
            st.text_input(t("review.words_unsent"), key=_field(seq), persist_state="session")
        with st.container(border=True):
            show_entry(view, entry)


def _why_not(view: View, account: Account, found: pd.DataFrame, entry, seq: int) -> str:
    if entry is None:
        return t("log.no_such_entry", entry=seq)
    if entry.decision in ("accepted", "refused") and entry.reviewer:
        if entry.reviewer == account.name:
            return t(f"review.{entry.decision}_by_you", seq=seq)
        return t(f"review.{entry.decision}_by", seq=seq, by=md(entry.reviewer))
    if entry.decision == "withdrawn":
        return t("review.withdrawn", seq=seq)
    if entry.overtaken_by:
        return t("review.overtaken", seq=seq, later=entry.overtaken_by)
    if bool(_own(found, account).iloc[0]):
        return t("review.is_own", seq=seq)
    if bool(_tied(found, view, account).iloc[0]):
        return t("review.is_tied", seq=seq)
    with current_log.store().reading() as database:
        makers = makers_of(database, account.name)
    if bool(_of(found, makers).iloc[0]):
        return t("error.work_of_maker", name=md(entry.author))
    return t("review.not_waiting", seq=seq)


def _field(seq: int) -> str:
    """The key of the words about an entry."""
    return f"_review_words_{seq}"


def _decide(entry, after: int | None, absent: str) -> None:
    """What somebody can answer; who is absent, as `absent` says why, is said nothing of."""
    field = _field(entry.seq)
    st.text_input(
        t("review.words"),
        key=field,
        live="300ms",
        help=t("review.words_help"),
        persist_state="session",
    )
    sources = review_sources.choose_sources(entry.seq)
    my_entries.show_notice(entry.seq)
    answers = st.container(horizontal=True)
    buttons.button(
        t("review.accept"),
        at=answers,
        key=f"_review_accept_{entry.seq}",
        type="primary",
        on_click=_review,
        icon=":material/check:",
        args=(entry.seq, Decision.ACCEPTED, field, after, sources),
        shortcut="Alt+A",
        disabled=bool(absent),
        help=absent or None,
    )
    buttons.button(
        t("review.refuse"),
        at=answers,
        key=f"_review_refuse_{entry.seq}",
        on_click=_review,
        icon=":material/close:",
        args=(entry.seq, Decision.REFUSED, field, after),
        shortcut="Alt+X",
    )
    buttons.button(
        t("review.ask"),
        at=answers,
        key=f"_review_ask_{entry.seq}",
        on_click=my_entries.send_words,
        icon=":material/help:",
        args=(entry.seq, field),
        shortcut="Alt+Q",
    )


def _review(
    seq: int, decision: Decision, field: str, after: int | None, sources: tuple[int, ...] = ()
) -> None:
    """From a callback: decide of that entry and go on; what refuses it is said, the entry stays."""
    words = st.session_state.get(field) or ""
    who = viewer.presented_bearer()
    try:
        commands.review_action(current_log.store(), who, seq, decision, words, sources=sources)
    except MonitorError as error:
        my_entries.set_error(seq, error)
        return
    _go(after)
    st.session_state[_DONE] = (decision.value, seq)

"""Reviewing: one entry at a time, what it says at the left, what it would change at the right."""

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.errors import MonitorError
from monitor.i18n import partial_day, plural
from monitor.models import Decision, Kind
from monitor.queries import team as backlog
from monitor.ui import entries, person
from monitor.ui.address import write
from monitor.ui.sentences import place
from monitor.ui.team import beside, mine, preview
from monitor.ui.view import t
from monitor.ui.words import md
from monitor.views import reading, session
from monitor.views.view import View

_DONE = "_review_done"


def show(view: View, account: Account) -> None:
    """The queue, replies first: the law gives them three days."""
    with session.store().reading() as database:
        found = backlog.pending(database, view.log.pact.id)
    if done := st.session_state.pop(_DONE, None):
        st.success(t(f"review.done_{done[0]}", seq=done[1]))
    found = found.assign(rank=(found["kind"] != Kind.REPLY) * 1).sort_values(
        ["rank", "seq"], kind="stable"
    )
    own = (found["author"] == account.name) | (found["supersedes_author"] == account.name)
    tied = found["signatory_id"].isin(_tied(view, account)) & ~own
    others = found[~own & ~tied]
    st.markdown(plural("review.count", len(others), view.lang))
    if own.any():
        st.caption(plural("review.own", int(own.sum()), view.lang))
    if tied.any():
        st.caption(plural("review.tied", int(tied.sum()), view.lang))
    if others.empty:
        st.info(t("review.none"))
        return
    _entry(view, others)


def _tied(view: View, account: Account) -> set[str]:
    """The signatories whom the account may not rate."""
    people = view.everybody
    return set(people.loc[people["commune"].isin(account.communes), "signatory_id"])


def _entry(view: View, found) -> None:
    seqs = [int(seq) for seq in found["seq"]]
    asked = reading.number_in(st.query_params.get("entree"))
    place_in_queue = seqs.index(asked) if asked in seqs else 0
    entry = next(found.iloc[[place_in_queue]].itertuples())
    before, after, where = st.columns([1, 1, 3], vertical_alignment="center")
    before.button(t("review.before"), on_click=write, shortcut="Left",
                  kwargs={"entree": str(seqs[place_in_queue - 1])},
                  disabled=place_in_queue == 0)  # fmt: skip
    after.button(t("review.after"), on_click=write, shortcut="Right",
                 kwargs={"entree": str(seqs[(place_in_queue + 1) % len(seqs)])},
                 disabled=place_in_queue == len(seqs) - 1)  # fmt: skip
    where.caption(t("review.place", n=place_in_queue + 1, count=len(seqs)))
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        _said(view, entry)
    with right, st.container(border=True):
        _effect(view, entry)
    mine.conversation(view, entry.seq)
    _decide(entry)


def _said(view: View, entry) -> None:
    """What the entry says, word by word, and who says it."""
    st.subheader(t("review.said"))
    st.markdown(f"**{partial_day(entry.happened_on, view.lang)}** · **{entries.what(entry)}**")
    kind = Kind.ASSESSMENT if entry.kind == Kind.RETRACTION else entry.kind
    for label, value in (
        (t(f"write.summary_{kind}"), entry.summary),
        (t("write.quote"), entry.quote),
        (t("write.reason_correct"), entry.reason),
    ):
        if value:
            st.caption(label)
            st.text(value)
    source = entries.evidence(entry)
    st.markdown(source or f"*{t('review.no_source')}*")
    if entry.source_url:
        st.caption(t("review.address"))
        st.text(entry.source_url)
    when = beside.when(entry.recorded_at, view)
    st.caption(t("review.by", author=md(entry.author), when=when, seq=entry.seq))


def _effect(view: View, entry) -> None:
    """The promise, where it stands, and where it would stand."""
    st.subheader(t("review.effect"))
    who = beside.person_of(view, entry.signatory_id)
    if who is None:
        st.warning(t("review.nobody"))
        return
    st.markdown(place(who))
    beside.measure_words(view, entry.measure)
    row = beside.commitment_of(view, entry.signatory_id, entry.measure)
    if row is not None:
        beside.present_state(view, row)
        changed = preview.after(view, entry)
        if changed is not None:
            if beside.status_words(changed) == beside.status_words(row):
                st.markdown(t("review.no_change"))
            else:
                st.markdown(f"{t('review.would_be')} **{beside.status_words(changed)}**")
        if entry.kind == Kind.ASSESSMENT and beside.outside_office(
            view, entry.signatory_id, entry.happened_on
        ):
            st.warning(t("review.outside_office"))
    if entry.supersedes:
        key = "entry.withdraws" if entry.kind == Kind.RETRACTION else "entry.corrects"
        st.markdown(t(key, action=t("entry.number", seq=int(entry.supersedes_seq))))
    found = beside.about(entry.signatory_id, view)
    beside.last_entries(view, found[found["seq"] != entry.seq], entry.measure)


def _decide(entry) -> None:
    field = f"_review_words_{entry.seq}"
    st.text_input(t("review.words"), key=field, live="300ms", help=t("review.words_help"),
                  persist_state="session")  # fmt: skip
    mine.failed(entry.seq)
    accept, refuse, ask = st.columns(3)
    accept.button(
        t("review.accept"), type="primary", on_click=_review, icon=":material/check:",
        args=(entry.seq, Decision.ACCEPTED, field), shortcut="Alt+A",
    )  # fmt: skip
    refuse.button(
        t("review.refuse"), on_click=_review, icon=":material/close:",
        args=(entry.seq, Decision.REFUSED, field), shortcut="Alt+X",
    )  # fmt: skip
    ask.button(
        t("review.ask"), on_click=mine.send, icon=":material/help:", args=(entry.seq, field),
        shortcut="Alt+Q",
    )  # fmt: skip


def _review(seq: int, decision: Decision, field: str) -> None:
    words = st.session_state.get(field) or ""
    try:
        commands.review(session.store(), person.presented(), seq, decision, words)
    except MonitorError as error:
        mine.fail(seq, error)
        return
    st.session_state[_DONE] = (decision.value, seq)
    write(entree=None)

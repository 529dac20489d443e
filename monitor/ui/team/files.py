"""The files of a pact: decide of one as a whole, take one back."""

import pandas as pd
import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.columns import COLUMNS
from monitor.errors import Changed, MonitorError
from monitor.i18n import number, plural
from monitor.models import Decision, Role
from monitor.queries import team as backlog
from monitor.ui import person, press
from monitor.ui.team import beside, mine
from monitor.ui.view import t
from monitor.ui.words import md
from monitor.views import session
from monitor.views.view import View

#: Rows shown of a file.
SHOWN = 200
#: What was asked by a click, and is done while the page says so.
_TO_DECIDE = "_file_to_decide"
#: What a file became, said once where the file may stand no more.
_DECIDED = "_file_decided"


def decide(view: View, account: Account) -> None:
    """Files that wait for a second person."""
    if asked := st.session_state.pop(_TO_DECIDE, None):
        with st.spinner(t("review.deciding")):
            _review(*asked)
    if said := st.session_state.pop(_DECIDED, None):
        kind, words = said
        (st.success if kind == "done" else st.warning)(words)
    waiting = [one for one in _files(view) if one.state == "pending" and one.author != account.name]
    if not waiting:
        return
    st.header(plural("review.files", len(waiting), view.lang), divider="gray")
    for one in waiting:
        with st.container(border=True):
            st.markdown(_said(view, one))
            _sample(view, one)
            field = f"_review_file_{one.seq}"
            st.text_input(t("review.words_file"), key=field, live="300ms", persist_state="session")
            mine.failed(one.seq)
            left, right, _ = st.columns([1, 1, 2])
            for at, label, decision in (
                (left, "review.accept", Decision.ACCEPTED),
                (right, "review.refuse", Decision.REFUSED),
            ):
                press.button(
                    t(label), at=at, key=f"_file_{decision}_{one.seq}", on_click=_decide,
                    type="primary" if decision is Decision.ACCEPTED else "secondary",
                    args=(one.seq, one.name, decision, field),
                )  # fmt: skip


def _decide(seq: int, name: str, decision: Decision, field: str) -> None:
    words = st.session_state.get(field) or ""
    st.session_state[_TO_DECIDE] = (seq, name, decision, words)


def _review(seq: int, name: str, decision: Decision, words: str) -> None:
    """Decide of a file, and show the log with it: that takes the longest. Nothing of the page is
    touched meanwhile (see `_load`)."""
    try:
        commands.review_load(session.store(), person.presented(), seq, decision, words)
    except Changed as error:  # it stands no more in the list
        said = t(f"error.{error.code}", **error.values)
        st.session_state[_DECIDED] = ("late", f"{md(name)}{t('sentence.colon')}{md(said)}")
    except MonitorError as error:
        mine.fail(seq, error)
    else:
        said = t(f"review.file_{decision}", file=md(name), seq=seq)
        st.session_state[_DECIDED] = ("done", said)
        session.current_snapshot(fresh=True)


def _sample(view: View, one: backlog.File) -> None:
    """The first rows that the file brought, as they are in the log."""
    with session.store().reading() as database:
        rows = backlog.rows_of(database, one.seq, one.content, SHOWN)
    table = pd.DataFrame(rows, columns=COLUMNS[one.content]).fillna("").astype(str)
    used = [name for name in table.columns if table[name].any()]
    with st.expander(t("review.rows", n=number(one.rows, view.lang))):
        st.dataframe(table[used], hide_index=True)
        if one.rows > len(table):
            st.caption(plural("import.more", one.rows - len(table), view.lang))


def past(view: View, account: Account) -> None:
    """The files of the pact, newest first, and the way to take one back."""
    st.header(t("import.past"), divider="gray")
    found = _files(view)
    if not found:
        st.caption(t("import.no_file"))
    for one in found:
        with st.container(border=True):
            st.markdown(_said(view, one))
            if one.reason:
                st.markdown(t("mine.reason", by=md(one.by or ""), reason=md(one.reason)))
            own = one.author == account.name and one.state == "pending"
            if one.state in ("pending", "accepted") and (
                own or account.role.includes(Role.REVIEWER)
            ):
                _withdraw(one)


def _withdraw(one: backlog.File) -> None:
    with st.expander(t("import.withdraw")):
        st.markdown(t("import.withdraw_help"))
        name = f"_withdraw_reason_{one.seq}"
        st.text_input(t("write.reason_withdraw"), key=name, live="300ms", persist_state="session")
        mine.failed(one.seq)
        press.button(t("import.withdraw"), key=f"_withdraw_file_{one.seq}", on_click=_take_back,
                     args=(one.seq, name))  # fmt: skip


def _take_back(seq: int, name: str) -> None:
    reason = st.session_state.get(name) or ""
    try:
        commands.withdraw_load(session.store(), person.presented(), seq, reason)
    except MonitorError as error:
        mine.fail(seq, error)


def _files(view: View) -> list[backlog.File]:
    with session.store().reading() as database:
        return backlog.files(database, view.log.pact.id)


def _said(view: View, one: backlog.File) -> str:
    return t(
        "import.file_line",
        state=t(f"decision.{one.state}"), file=md(one.name), content=t(f"import.{one.content}"),
        rows=plural("import.rows", one.rows, view.lang), author=md(one.author), seq=one.seq,
        when=beside.when(one.recorded_at, view),
    )  # fmt: skip

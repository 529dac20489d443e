"""The files of a pact: decide of one as a whole, take one back."""

from collections.abc import Sequence

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.accounts.acts import makers_of
from monitor.errors import MonitorError
from monitor.i18n import plural
from monitor.models import Role
from monitor.queries import team as backlog
from monitor.queries.requests import RequestKind
from monitor.ui import figures, person, press, screen
from monitor.ui.address import write
from monitor.ui.team import beside, foretold, mine, requests
from monitor.ui.view import t
from monitor.ui.words import md
from monitor.views import session
from monitor.views.view import View

#: What a file became, said once where the file may stand no more.
_DECIDED = "_file_decided"


def waiting(view: View, account: Account) -> list[backlog.File]:
    """The files that wait for a second person, this one being one."""
    with session.store().reading() as database:
        shut = {account.name, *makers_of(database, account.name)}
    return [one for one in _files(view) if one.state == "pending" and one.author not in shut]


def to_review(view: View, waiting: Sequence[backlog.File]) -> None:
    """The files that wait for a second person, each with the way to its rows."""
    if said := st.session_state.pop(_DECIDED, None):
        kind, words = said
        (st.success if kind == "done" else st.warning)(words)
    if not waiting:
        return
    st.header(plural("review.files", len(waiting), view.lang), divider="gray")
    for one in waiting:
        with st.container(border=True):
            st.markdown(line(view, one))
            press.button(t("review.open_file"), key=f"_file_open_{one.seq}", on_click=_open,
                         args=(one.seq,), icon=":material/fact_check:")  # fmt: skip


def gone(view: View, account: Account, seq: int) -> None:
    """Say that the file of the address cannot be decided (any more)."""
    found = next((one for one in _files(view) if one.seq == seq), None)
    if found is None:
        st.warning(t("review.no_file", seq=seq))
    elif found.state == "pending" and found.author != account.name:
        st.warning(t("error.work_of_maker", name=md(found.author)))
    elif found.state == "pending":
        st.warning(t("review.file_is_own", file=md(found.name), seq=seq))
    else:
        state = t(f"file_state.{found.state}")
        by = beside.author(found.by or found.author)
        st.warning(t("review.file_decided", file=md(found.name), seq=seq, state=state, by=by))


def _open(seq: int) -> None:
    write(fichier=str(seq), entree=None, page=None)
    screen.to_top()


def decided(kind: str, words: str) -> None:
    """What a file became, for the page that lists those that wait: `done` or `late`."""
    st.session_state[_DECIDED] = (kind, words)


def past(view: View, account: Account) -> None:
    """The files of the pact, newest first, and the way to take one back."""
    st.header(t("import.past", pact=md(view.pact.title)), divider="gray")
    requests.say_asked(view, RequestKind.WITHDRAWAL)
    found = _files(view)
    if not found:
        st.caption(t("import.no_file"))
    for one in found:
        with st.container(border=True):
            st.markdown(line(view, one))
            if one.reason:
                st.markdown(t("mine.reason", by=beside.author(one.by or ""), reason=md(one.reason)))
            own = one.author == account.name and one.state == "pending"
            if one.state in ("pending", "accepted") and (
                own or account.role.includes(Role.REVIEWER)
            ):
                _withdraw(view, one)


def _withdraw(view: View, one: backlog.File) -> None:
    public = one.state == "accepted"
    with figures.unfolded(t("import.withdraw"), f"_withdraw_{one.seq}") as unfolded:
        st.markdown(t("import.withdraw_help"))
        if public:
            st.markdown(t("request.rule"))
        if public and unfolded:
            with session.store().reading() as database:
                taken = backlog.entries_of(database, one.seq)
            pact = view.log.pact.id
            st.markdown(
                foretold.consequences_in_words(view.snapshot, pact, taken, view.day, view.lang)
            )
        name = f"_withdraw_reason_{one.seq}"
        st.text_input(t("write.reason_withdraw"), key=name, live="300ms", persist_state="session")
        mine.failed(one.seq)
        press.button(t("request.ask_withdrawal" if public else "import.withdraw"),
                     key=f"_withdraw_file_{one.seq}", on_click=_take_back,
                     args=(one.seq, name, public))  # fmt: skip


def _take_back(seq: int, name: str, public: bool) -> None:
    """From a callback: at once what is not public, else by two people."""
    reason = st.session_state.get(name) or ""
    try:
        if public:
            requests.asked_for(
                commands.request_withdrawal(session.store(), person.presented(), seq, reason)
            )
            return
        commands.withdraw_load(session.store(), person.presented(), seq, reason)
    except MonitorError as error:
        mine.fail(seq, error)


def _files(view: View) -> list[backlog.File]:
    with session.store().reading() as database:
        return backlog.files(database, view.log.pact.id)


def line(view: View, one: backlog.File) -> str:
    """What a file is, whose, and what became of it."""
    return t(
        "import.file_line",
        state=t(f"file_state.{one.state}"), file=md(one.name), content=t(f"import.{one.content}"),
        rows=plural("import.rows", one.rows, view.lang), author=beside.author(one.author), seq=one.seq,
        when=beside.when(one.recorded_at, view),
    )  # fmt: skip

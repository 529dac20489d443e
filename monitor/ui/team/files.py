"""The files of a pact: decide of one as a whole, take one back."""

from collections.abc import Sequence

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.accounts.people import OPERATOR
from monitor.accounts.team_record import makers_of
from monitor.errors import MonitorError
from monitor.i18n import plural
from monitor.models import Role
from monitor.queries import file_parts
from monitor.queries import team as backlog
from monitor.queries.requests import RequestKind
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import buttons, figures, screen, viewer
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import consequences, detail, my_entries, requests

#: What a file became, said once where the file may stand no more.
_DECIDED = "_file_decided"


def waiting_files(view: View, account: Account) -> list[backlog.File]:
    """The files that wait for a second person, this one being one."""
    with current_log.store().reading() as database:
        shut = {account.name, *makers_of(database, account.name)}
    return [one for one in _files(view) if one.state == "pending" and one.author not in shut]


def other_part(file: backlog.File, waiting: Sequence[backlog.File]) -> backlog.File | None:
    """The file that is decided of with this one, of those that wait; None if there is none."""
    with current_log.store().reading() as database:
        seq = file_parts.other_part(database, file.seq)
    return next((one for one in waiting if one.seq == seq), None)


def show_files_to_review(view: View, waiting: Sequence[backlog.File]) -> None:
    """The files that wait for a second person, each with the way to its rows; the answers that came with
    people are reached from these."""
    if notice := st.session_state.pop(_DECIDED, None):
        kind, words = notice
        (st.success if kind == "done" else st.warning)(words)
    with current_log.store().reading() as database:
        later = {*file_parts.answers_with_people(database).values()}
    waiting = [one for one in waiting if one.seq not in later]
    if not waiting:
        return
    st.header(plural("review.files", len(waiting), view.lang), divider="gray")
    for one in waiting:
        with st.container(border=True):
            st.markdown(file_in_words(view, one))
            buttons.button(
                t("review.open_file"),
                key=f"_file_open_{one.seq}",
                on_click=_open,
                args=(one.seq,),
                icon=":material/fact_check:",
            )


def show_file_gone(view: View, account: Account, seq: int) -> None:
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
        by = detail.author_in_words(found.by or found.author)
        st.warning(t("review.file_decided", file=md(found.name), seq=seq, state=state, by=by))


def _open(seq: int) -> None:
    write_address(fichier=str(seq), entree=None, page=None)
    screen.scroll_to_top()


def set_file_notice(kind: str, words: str) -> None:
    """What a file became, for the page that lists those that wait: `done` or `late`."""
    st.session_state[_DECIDED] = (kind, words)


def show_past_files(view: View, account: Account) -> None:
    """The files of the pact, newest first, and the way to take one back."""
    st.header(t("import.past", pact=md(view.pact.title)), divider="gray")
    requests.show_asked(view, RequestKind.WITHDRAWAL)
    with current_log.store().reading() as database:
        left = backlog.unfinished_files(database, view.log.pact.id, account.name)
    for one in left:
        _show_unfinished(view, one)
    found = _files(view)
    if not found and not left:
        st.caption(t("import.no_file"))
    for one in found:
        with st.container(border=True):
            st.markdown(file_in_words(view, one))
            if one.reason:
                st.markdown(
                    t("mine.reason", by=detail.author_in_words(one.by or ""), reason=md(one.reason))
                )
            own = one.author == account.name and one.state == "pending"
            if one.state in ("pending", "accepted") and (
                own or account.role.includes(Role.REVIEWER)
            ):
                _withdraw(view, one)


def _show_unfinished(view: View, one: backlog.File) -> None:
    """What is in the log of a file of one's own that was not written to the end."""
    with st.container(border=True):
        st.markdown(file_in_words(view, one))
        st.markdown(t("import.unfinished"))
        my_entries.show_notice(one.seq)
        buttons.button(
            t("import.abandon"), key=f"_abandon_{one.seq}", on_click=_abandon, args=(one.seq,)
        )


def _abandon(seq: int) -> None:
    """From a callback."""
    try:
        commands.abandon_file(current_log.store(), viewer.presented_bearer(), seq)
    except MonitorError as error:
        my_entries.set_error(seq, error)


def _withdraw(view: View, one: backlog.File) -> None:
    public = one.state == "accepted"
    with figures.fold_part(t("import.withdraw"), f"_withdraw_{one.seq}") as unfolded:
        st.markdown(t("import.withdraw_help"))
        if public:
            requests.show_rule(view)
        if public and unfolded:
            with current_log.store().reading() as database:
                taken = backlog.entries_of(database, one.seq)
            pact = view.log.pact.id
            st.markdown(
                consequences.consequences_in_words(view.snapshot, pact, taken, view.day, view.lang)
            )
        name = f"_withdraw_reason_{one.seq}"
        st.text_input(t("write.reason_withdraw"), key=name, live="300ms", persist_state="session")
        my_entries.show_notice(one.seq)
        buttons.button(
            t("request.ask_withdrawal" if public else "import.withdraw"),
            key=f"_withdraw_file_{one.seq}",
            on_click=_take_back,
            args=(one.seq, name, public),
        )


def _take_back(seq: int, name: str, public: bool) -> None:
    """From a callback: at once what is not public, else by two people."""
    reason = st.session_state.get(name) or ""
    try:
        if public:
            requests.set_asked(
                commands.request_withdrawal(
                    current_log.store(), viewer.presented_bearer(), seq, reason
                )
            )
            return
        commands.withdraw_load(current_log.store(), viewer.presented_bearer(), seq, reason)
    except MonitorError as error:
        my_entries.set_error(seq, error)


def _files(view: View) -> list[backlog.File]:
    with current_log.store().reading() as database:
        return backlog.recent_files(database, view.log.pact.id)


def file_in_words(view: View, one: backlog.File) -> str:
    """What a file is, whose, and what became of it."""
    by = _accepted_by(one) if one.author == OPERATOR else {}
    return t(
        "import.file_line_pact" if by else "import.file_line",
        **by,
        state=t(f"file_state.{one.state}"),
        file=md(one.name),
        content=t(f"import.{one.content}"),
        rows=plural("import.rows", one.rows, view.lang),
        author=detail.author_in_words(one.author),
        seq=one.seq,
        when=detail.recorded_in_words(one.recorded_at, view),
    )


def _accepted_by(one: backlog.File) -> dict[str, str]:
    """Who proposed the pact that a file came with, and who accepted it; nothing of other files."""
    people = detail.accepted_pact(one.recorded_at)
    return dict(zip(("proposer", "admin"), map(md, people), strict=True)) if people else {}

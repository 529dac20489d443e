"""Removing the texts of an entry for good: look at it, give the reason, ask a second person; or the
court order."""

import streamlit as st

from monitor import commands
from monitor.errors import MonitorError
from monitor.queries import team as backlog
from monitor.queries.requests import RequestKind
from monitor.read import current_log, log_entries
from monitor.read.selection import View
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import court, detail, my_entries, requests

#: Where what went wrong is said.
HERE = -4


def show_removal(view: View) -> None:
    st.header(t("removal.title"), divider="gray")
    st.markdown(t("removal.intro"))
    st.markdown(t("request.rule"))
    requests.show_asked(view, RequestKind.REDACTION)
    typed = st.text_input(t("removal.seq"), key="_removal_seq", on_change=_another)
    seq = log_entries.entry_number_in(typed)
    found, person_text = (), None
    if seq:
        with current_log.store().reading() as database:
            found = tuple(backlog.find_entry(database, seq).itertuples())
            person_text = backlog.person_text(database, seq)
        for entry in found:
            st.markdown(f"{detail.entry_title(view, entry)}  \n{detail.entry_line(entry, view)}")
        if person_text:
            st.markdown(md(person_text))
        if not found and not person_text:
            st.warning(t("log.no_such_entry", asked=seq))
    st.text_input(
        t("removal.reason"),
        key="_removal_reason",
        help=t("removal.reason_help"),
        live="300ms",
        persist_state="session",
    )
    ordered = court.ask_court_order("removal")
    my_entries.show_notice(HERE)
    st.checkbox(t("removal.sure"), key="_removal_sure")
    sure = (found or person_text) and st.session_state["_removal_sure"]
    buttons.button(
        t("removal.remove" if ordered else "request.ask_redaction"),
        key="_removal_remove",
        on_click=_remove,
        args=(seq,),
        disabled=not sure,
    )


def _another() -> None:
    """Another number: nobody has read that entry yet."""
    st.session_state["_removal_sure"] = False


def _remove(seq: int) -> None:
    if seq != log_entries.entry_number_in(st.session_state["_removal_seq"]):
        return  # the number was changed in the same breath: the other entry is shown first
    try:
        reason = st.session_state["_removal_reason"] or ""
        requests.set_asked(
            commands.request_redaction(
                current_log.store(),
                viewer.presented_bearer(),
                seq,
                reason,
                order=court.given_court_order("removal"),
            )
        )
    except MonitorError as error:
        my_entries.set_error(HERE, error)
        return
    court.forget_court_order("removal")
    st.session_state["_removal_seq"] = st.session_state["_removal_reason"] = ""
    st.session_state["_removal_sure"] = False

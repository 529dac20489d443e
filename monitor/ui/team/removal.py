"""Removing the texts of an entry for good: look at it, give the reason, ask a second person; or the
court order."""

import streamlit as st

from monitor import commands
from monitor.errors import MonitorError
from monitor.queries import team as backlog
from monitor.queries.requests import RequestKind
from monitor.ui import person, press
from monitor.ui.team import beside, court, mine, requests
from monitor.ui.view import t
from monitor.ui.words import md
from monitor.views import reading, session
from monitor.views.view import View

#: Where what went wrong is said.
HERE = -4


def show(view: View) -> None:
    st.header(t("removal.title"), divider="gray")
    st.markdown(t("removal.intro"))
    st.markdown(t("request.rule"))
    requests.say_asked(view, RequestKind.REDACTION)
    typed = st.text_input(t("removal.seq"), key="_removal_seq", on_change=_another)
    seq = reading.number_in(typed)
    found, person_text = (), None
    if seq:
        with session.store().reading() as database:
            found = tuple(backlog.entry(database, seq).itertuples())
            person_text = backlog.person_text(database, seq)
        for entry in found:
            st.markdown(f"{beside.heading(view, entry)}  \n{beside.line(entry, view)}")
        if person_text:
            st.markdown(md(person_text))
        if not found and not person_text:
            st.warning(t("log.no_such_entry", asked=seq))
    st.text_input(t("removal.reason"), key="_removal_reason", help=t("removal.reason_help"),
                  live="300ms", persist_state="session")  # fmt: skip
    ordered = court.ask("removal")
    mine.failed(HERE)
    st.checkbox(t("removal.sure"), key="_removal_sure")
    sure = (found or person_text) and st.session_state["_removal_sure"]
    press.button(t("removal.remove" if ordered else "request.ask_redaction"), key="_removal_remove",
                 on_click=_remove, args=(seq,), disabled=not sure)  # fmt: skip


def _another() -> None:
    """Another number: nobody has read that entry yet."""
    st.session_state["_removal_sure"] = False


def _remove(seq: int) -> None:
    if seq != reading.number_in(st.session_state["_removal_seq"]):
        return  # the number was changed in the same breath: the other entry is shown first
    try:
        reason = st.session_state["_removal_reason"] or ""
        requests.asked_for(
            commands.request_redaction(
                session.store(), person.presented(), seq, reason, order=court.given("removal")
            )
        )
    except MonitorError as error:
        mine.fail(HERE, error)
        return
    court.forget("removal")
    st.session_state["_removal_seq"] = st.session_state["_removal_reason"] = ""
    st.session_state["_removal_sure"] = False

"""A court's order: look at the entry, give the reason, remove its texts for good."""

import streamlit as st

from monitor import commands
from monitor.errors import MonitorError
from monitor.queries import team as backlog
from monitor.ui import person, press
from monitor.ui.team import beside, mine
from monitor.ui.view import t
from monitor.ui.words import md
from monitor.views import reading, session
from monitor.views.view import View

#: Where what went wrong is said.
HERE = -4
_DONE = "_removal_done"


def show(view: View) -> None:
    st.header(t("removal.title"), divider="gray")
    st.markdown(t("removal.intro"))
    if done := st.session_state.pop(_DONE, None):
        st.success(t("removal.done", seqs=", ".join(map(str, done))))
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
    mine.failed(HERE)
    st.checkbox(t("removal.sure"), key="_removal_sure")
    sure = (found or person_text) and st.session_state["_removal_sure"]
    press.button(t("removal.remove"), key="_removal_remove", on_click=_remove, args=(seq,),
                 disabled=not sure)  # fmt: skip


def _another() -> None:
    """Another number: nobody has read that entry yet."""
    st.session_state["_removal_sure"] = False


def _remove(seq: int) -> None:
    if seq != reading.number_in(st.session_state["_removal_seq"]):
        return  # the number was changed in the same breath: the other entry is shown first
    try:
        done = commands.redact(
            session.store(), person.presented(), seq, st.session_state["_removal_reason"] or ""
        )
    except MonitorError as error:
        mine.fail(HERE, error)
        return
    st.session_state[_DONE] = done
    st.session_state["_removal_seq"] = st.session_state["_removal_reason"] = ""
    st.session_state["_removal_sure"] = False

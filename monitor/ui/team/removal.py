"""Removing the texts of an entry, or of a file, for good: look at it, give the reason, ask a second
person; or the court order."""

import streamlit as st

from monitor import commands
from monitor.commands.redacting import columns_meant
from monitor.errors import MonitorError
from monitor.i18n import join_first, plural
from monitor.intake.cells import abbreviate_cell
from monitor.queries import team as backlog
from monitor.queries.file_rows import worded_rows
from monitor.queries.requests import RequestKind
from monitor.read import current_log, log_entries
from monitor.read.selection import View
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import court, detail, files, my_entries, requests

#: Where what went wrong is said.
HERE = -4
#: Texts of a file that are quoted.
SHOWN = 5


def show_removal(view: View) -> None:
    """Ask for the texts of an entry to be removed, as a court ordered."""
    st.header(t("removal.title"), divider="gray")
    st.markdown(t("removal.intro"))
    requests.show_rule(view)
    requests.show_asked(view, RequestKind.REDACTION)
    typed = st.text_input(t("removal.seq"), key="_removal_seq", on_change=_another)
    seq = log_entries.entry_number_in(typed)
    found, person_text, words = (), None, ""
    if seq:
        with current_log.store().reading() as database:
            found = tuple(backlog.find_entry(database, seq).itertuples())
            person_text = backlog.person_text(database, seq)
        for entry in found:
            st.markdown(f"{detail.entry_title(view, entry)}  \n{detail.entry_line(entry, view)}")
        if person_text:
            st.markdown(md(person_text))
        words = _file_in_words(view, seq)
        if words:
            st.markdown(words)
        if not found and not person_text and not words:
            st.warning(t("log.no_such_entry", entry=seq))
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
    sure = (found or person_text or words) and st.session_state["_removal_sure"]
    buttons.button(
        t("removal.remove" if ordered else "request.ask_redaction"),
        key="_removal_remove",
        on_click=_remove,
        args=(seq,),
        disabled=not sure,
    )


def _file_in_words(view: View, seq: int) -> str:
    """What a file is, and which of its rows would be emptied; "" of an entry that is no file."""
    with current_log.store().reading() as database:
        one = next(iter(backlog.find_files(database, str(seq))), None)
        if one is None or one.seq != seq:
            return ""
        rows = worded_rows(database, seq, one.content, columns_meant(one.content))
    words = [md(abbreviate_cell(text)) for _, text in rows[: SHOWN + 1]]
    texts = join_first(words, SHOWN, " · ") or "–"
    lost = plural("removal.of_file", len(rows), view.lang, texts=texts)
    return f"{files.file_in_words(view, one)}  \n{lost}"


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

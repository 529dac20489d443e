"""Recording that an official claims the right of reply, or was invited to use it."""

from datetime import UTC, datetime

import streamlit as st

from monitor import commands
from monitor.dates import latest_day
from monitor.errors import MonitorError
from monitor.models import Kind, Way
from monitor.read import current_log
from monitor.read.selection import View
from monitor.snapshot import log_today
from monitor.ui import buttons, viewer
from monitor.ui.page_run import t
from monitor.ui.team import draft, my_entries

_DONE = "_reply_done"


def show_reply_request(view: View, account: str) -> None:
    """About the commitment that the form is on; the reply itself is then logged in the form."""
    held = draft.current_draft(view, account)
    if not (held["signatory_id"] and held["measure"]):
        return
    with st.expander(t("reply.title"), icon=":material/forum:"):
        st.markdown(t("reply.intro"))
        st.radio(
            t("reply.way"),
            [Way.CLAIMED.value, Way.INVITED.value],
            key="_reply_way",
            format_func=lambda code: t(f"reply.way_{code}"),
        )
        latest = latest_day(datetime.now(UTC))
        st.date_input(
            t("reply.asked_on"),
            value=log_today(),
            max_value=latest,
            key="_reply_on",
            format="DD/MM/YYYY",
        )
        st.text_input(t("reply.note"), key="_reply_note", live="300ms", persist_state="session")
        buttons.button(t("reply.record"), key="_reply_record", on_click=_record, args=(view, held))
        my_entries.show_notice(0)
        if st.session_state.pop(_DONE, None):
            st.success(t("reply.recorded"))


def _record(view: View, held: dict) -> None:
    way = Way(st.session_state["_reply_way"])
    try:
        commands.request_reply(
            current_log.store(),
            viewer.presented_bearer(),
            view.log.pact.id,
            held["signatory_id"],
            held["measure"],
            way,
            st.session_state["_reply_on"] or log_today(),
            st.session_state["_reply_note"] or "",
        )
    except MonitorError as error:
        my_entries.set_error(0, error)
        return
    st.session_state[_DONE] = True
    st.session_state["_reply_note"] = ""
    if way is Way.CLAIMED:
        draft.set_fields(held, {"kind": Kind.REPLY.value})

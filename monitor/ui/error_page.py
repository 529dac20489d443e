"""The error page: our words instead of the framework's, and what was being written is kept."""

from datetime import UTC, datetime

import streamlit as st

from monitor.i18n import moment
from monitor.ui.page_run import language, t
from monitor.ui.team import draft


def show_error(_error: Exception) -> bool:
    """What the framework calls when a script fails; its traceback is in the server's log under the
    same minute. Returns True: nothing more is to be shown."""
    draft.rescue_widgets()
    st.error(t("frame.failed", moment=moment(datetime.now(UTC), language())))
    return True

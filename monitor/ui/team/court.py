"""The short way of a court's order: its reference, and the password once more."""

import streamlit as st

from monitor.commands import CourtOrder
from monitor.ui import viewer
from monitor.ui.page_run import t


def ask_court_order(key: str) -> bool:
    """Whether it is said to be a court's order; then its fields. `key`: its own on the page."""
    if not st.checkbox(t("court.is_order"), key=f"_court_{key}", help=t("court.help")):
        return False
    st.text_input(
        t("court.reference"),
        key=f"_court_reference_{key}",
        max_chars=200,
        help=t("court.reference_help"),
        live="300ms",
    )
    if viewer.presented_bearer().token:
        st.text_input(
            t("court.password"),
            key=f"_court_password_{key}",
            type="password",
            autocomplete="current-password",
        )
    else:
        st.caption(t("court.sign_in_again"))
    return True


def given_court_order(key: str) -> CourtOrder | None:
    """From a callback: the order, if it is said to be one. The password is not kept."""
    password = st.session_state.get(f"_court_password_{key}") or ""
    if f"_court_password_{key}" in st.session_state:
        st.session_state[f"_court_password_{key}"] = ""
    if not st.session_state.get(f"_court_{key}"):
        return None
    return CourtOrder(st.session_state.get(f"_court_reference_{key}") or "", password)


def forget_court_order(key: str) -> None:
    """From a callback: another request begins without an order."""
    st.session_state[f"_court_{key}"] = False
    if f"_court_reference_{key}" in st.session_state:
        st.session_state[f"_court_reference_{key}"] = ""

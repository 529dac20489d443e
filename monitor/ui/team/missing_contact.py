"""A site that gives no address to write to: its admins are told, with how to give one."""

import streamlit as st

from monitor.models import Role
from monitor.publisher import publisher
from monitor.settings import PUBLISHER
from monitor.ui import viewer
from monitor.ui.page_run import t


def show_missing_contact() -> None:
    """For an admin alone, where whoever the site is about finds no way to answer."""
    if publisher().contact:
        return
    account = viewer.current_account_if_known()
    if account is not None and account.role.includes(Role.ADMIN):
        st.warning(
            t("team.no_contact", setting=PUBLISHER["contact"]), icon=":material/contact_mail:"
        )

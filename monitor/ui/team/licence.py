"""The licence of the data of a pact that states none: asked of an admin, decided with another."""

from dataclasses import replace

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.errors import MonitorError
from monitor.export.files import pact_as_toml
from monitor.export.licences import KNOWN_LICENCES
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import buttons, viewer
from monitor.ui.page_run import t
from monitor.ui.team import my_entries

#: Where what came of it is said.
HERE = -9
_CHOSEN = "_import_licence"


def show_licence_question(view: View, account: Account) -> None:
    """Ask it where no file of the pact has said it; nothing is presumed. What is chosen is proposed as a
    new version of the pact, once what the account proposed before has been decided of."""
    if view.log.pact.licence is not None:
        return
    st.header(t("licence.title"), divider="gray")
    my_entries.show_notice(HERE)
    with current_log.store().reading() as database:
        waits = commands.proposed_pacts(database, account.name)
    if waits:
        st.info(t("licence.waits"))
        return
    st.markdown(t("licence.help"))
    st.selectbox(
        t("new_pact.licence"),
        KNOWN_LICENCES,
        None,
        placeholder=t("new_pact.licence_none"),
        key=_CHOSEN,
        help=t("new_pact.licence_help"),
    )
    buttons.button(
        t("licence.propose"), key="_import_licence_propose", on_click=_propose, args=(view,)
    )


def _propose(view: View) -> None:
    """From a callback."""
    if (chosen := st.session_state.get(_CHOSEN)) is None:
        return
    toml = pact_as_toml(replace(view.log.pact, licence=chosen)).encode()
    try:
        commands.propose_pact(current_log.store(), viewer.presented_bearer(), [("pact.toml", toml)])
    except MonitorError as error:
        my_entries.set_error(HERE, error)

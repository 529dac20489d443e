"""People whom a provider vouches for: admitted under an account of their own, or refused."""

from datetime import UTC, datetime

import streamlit as st

from monitor import accounts, commands
from monitor.accounts import identities
from monitor.accounts.identities import Identity
from monitor.areas import search_key
from monitor.errors import MonitorError
from monitor.i18n import day
from monitor.models import Role
from monitor.read import current_log
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import my_entries

#: Where what went wrong is said.
IDENTITY = -3


def show_identities() -> None:
    """Those who wait for an admin, and those who were refused."""
    with current_log.store().reading() as database:
        found = identities.waiting_identities(database, datetime.now(UTC))
        refused = identities.refused_identities(database)
        names = {search_key(one.name): one.name for one in accounts.all_accounts(database)}
    if found:
        st.header(t("team.waiting"), divider="gray")
        st.caption(t("team.admit_intro", days=identities.WAITING_DAYS))
    for one in found:
        with st.container(border=True):
            _who(one)
            if same := names.get(search_key(one.shown)):
                st.warning(t("team.admit_same", name=md(same)))
            st.text_input(
                t("access.name"), key=f"_admit_{one.issuer} {one.subject}", help=t("team.name_help")
            )
            with st.container(horizontal=True):
                _button("team.admit", one, _admit, type="primary")
                _button("team.refuse", one, _decide, commands.refuse_person)
    if refused:
        with st.expander(t("team.refused")):
            for one in refused:
                _who(one)
                _button("team.ask_again", one, _decide, commands.forget_refusal)
    my_entries.show_notice(IDENTITY)


def _who(one: Identity) -> None:
    asked = day(datetime.fromisoformat(one.asked_at).date(), language())
    parts = [md(one.subject), md(one.issuer), t("team.admit_asked", day=asked)]
    if one.shown:
        parts.insert(0, t("team.admit_shown", shown=md(one.shown)))
    st.markdown(" · ".join(parts))


def _button(label: str, one: Identity, act, *more, **look) -> None:
    buttons.button(
        t(label),
        key=f"_{label}_{one.issuer} {one.subject}",
        on_click=act,
        args=(one, *more),
        **look,
    )


def _admit(one: Identity) -> None:
    name = st.session_state[f"_admit_{one.issuer} {one.subject}"] or ""
    try:
        commands.admit_identity(
            current_log.store(),
            viewer.presented_bearer(),
            one.issuer,
            one.subject,
            name,
            Role.VOLUNTEER,
        )
    except MonitorError as error:
        my_entries.set_error(IDENTITY, error)


def _decide(one: Identity, act) -> None:
    try:
        act(current_log.store(), viewer.presented_bearer(), one.issuer, one.subject)
    except MonitorError as error:
        my_entries.set_error(IDENTITY, error)

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
from monitor.ui import person, press
from monitor.ui.team import mine
from monitor.ui.view import language, t
from monitor.ui.words import md
from monitor.views import session

#: Where what went wrong is said.
IDENTITY = -3


def show() -> None:
    """Those who wait for an admin, and those who were refused."""
    with session.store().reading() as database:
        found = identities.waiting(database, datetime.now(UTC))
        refused = identities.refused(database)
        names = {search_key(one.name): one.name for one in accounts.accounts(database)}
    if found:
        st.header(t("team.waiting"), divider="gray")
        st.caption(t("team.admit_intro", days=identities.WAITING_DAYS))
    for one in found:
        with st.container(border=True):
            _who(one)
            if same := names.get(search_key(one.shown)):
                st.warning(t("team.admit_same", name=md(same)))
            st.text_input(t("access.name"), key=f"_admit_{one.issuer} {one.subject}",
                          help=t("team.name_help"))  # fmt: skip
            with st.container(horizontal=True):
                _button("team.admit", one, _admit, type="primary")
                _button("team.refuse", one, _decide, commands.refuse)
    if refused:
        with st.expander(t("team.refused")):
            for one in refused:
                _who(one)
                _button("team.ask_again", one, _decide, commands.let_ask_again)
    mine.failed(IDENTITY)


def _who(one: Identity) -> None:
    asked = day(datetime.fromisoformat(one.asked_at).date(), language())
    said = [md(one.subject), md(one.issuer), t("team.admit_asked", day=asked)]
    if one.shown:
        said.insert(0, t("team.admit_shown", shown=md(one.shown)))
    st.markdown(" · ".join(said))


def _button(label: str, one: Identity, act, *more, **look) -> None:
    press.button(t(label), key=f"_{label}_{one.issuer} {one.subject}", on_click=act,
                 args=(one, *more), **look)  # fmt: skip


def _admit(one: Identity) -> None:
    name = st.session_state[f"_admit_{one.issuer} {one.subject}"] or ""
    try:
        commands.admit(session.store(), person.presented(), one.issuer, one.subject, name,
                       Role.VOLUNTEER)  # fmt: skip
    except MonitorError as error:
        mine.fail(IDENTITY, error)


def _decide(one: Identity, act) -> None:
    try:
        act(session.store(), person.presented(), one.issuer, one.subject)
    except MonitorError as error:
        mine.fail(IDENTITY, error)

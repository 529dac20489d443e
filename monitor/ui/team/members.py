"""Accounts: who they are, what they may do, the link by which one signs in for the first time."""

from urllib.parse import urlsplit

import streamlit as st

from monitor import accounts, areas, commands
from monitor.accounts import Account, identities
from monitor.errors import MonitorError
from monitor.models import Role
from monitor.ui import person, press
from monitor.ui.team import mine
from monitor.ui.view import t
from monitor.ui.words import md
from monitor.views import session

_LINK = "_member_link"
#: Where what went wrong is said: beside the form of a new account, of an identity, of an account.
NEW, IDENTITY = -2, -3


def show() -> None:
    """Every account, with what an admin may change of it."""
    if link := st.session_state.get(_LINK):
        st.success(t("team.link", name=md(link[0])))
        st.code(link[1], language=None)
    with session.store().reading() as database:
        found = accounts.accounts(database)
    for number, one in enumerate(found):
        with st.container(border=True):
            _one(number, one)


def _one(number: int, one: Account) -> None:
    state = "closed" if not one.active else "active" if one.can_sign_in else "new"
    said = f"**{md(one.name)}** · {t(f'role.{one.role}')} · {t(f'account_state.{state}')}"
    if one.communes:
        said += " · " + t("team.tied", communes=md(", ".join(map(_commune, sorted(one.communes)))))
    st.markdown(said)
    with st.expander(t("team.change")):
        role, communes = f"_role_{one.name}", f"_communes_{one.name}"
        roles = [role.value for role in Role]
        st.radio(t("team.role"), roles, key=role, index=roles.index(one.role.value),
                 format_func=_role_word, horizontal=True)  # fmt: skip
        st.text_input(t("team.communes"), value=" ".join(sorted(one.communes)), key=communes)
        save, link, access = st.columns(3)
        press.button(t("team.save"), at=save, key=f"_save_{one.name}", on_click=_change,
                    args=(number, one, role, communes))  # fmt: skip
        press.button(t("team.new_link"), at=link, key=f"_link_{one.name}", on_click=_new_link,
                    args=(number, one), disabled=not one.active)  # fmt: skip
        press.button(t("team.close" if one.active else "team.open"), at=access,
                     key=f"_access_{one.name}", on_click=_access, args=(number, one))  # fmt: skip
    mine.failed(-10 - number)


def _role_word(code: str) -> str:
    return t(f"role.{code}")


def _change(number: int, one: Account, role: str, communes: str) -> None:
    chosen = st.session_state[role]
    try:
        commands.change_account(
            session.store(), person.presented(), one.name, role=Role(chosen),
            communes=_codes(st.session_state[communes]),
        )  # fmt: skip
    except MonitorError as error:
        mine.fail(-10 - number, error)


def _access(number: int, one: Account) -> None:
    try:
        commands.change_account(
            session.store(), person.presented(), one.name, active=not one.active
        )
    except MonitorError as error:
        mine.fail(-10 - number, error)


def _new_link(number: int, one: Account) -> None:
    try:
        token = commands.new_link(session.store(), person.presented(), one.name)
    except MonitorError as error:
        mine.fail(-10 - number, error)
    else:
        st.session_state[_LINK] = (one.name, _address(token))


def add() -> None:
    """A new account, and its link."""
    st.header(t("team.add"), divider="gray")
    st.text_input(t("access.name"), key="_new_name", help=t("team.name_help"))
    st.radio(t("team.role"), [role.value for role in Role], key="_new_role", horizontal=True,
             format_func=_role_word)  # fmt: skip
    st.text_input(t("team.communes"), key="_new_communes", help=t("team.communes_help"))
    mine.failed(NEW)
    press.button(t("team.create"), key="_create", type="primary", on_click=_add)


def _add() -> None:
    try:
        account, token = commands.add_account(
            session.store(), person.presented(), st.session_state["_new_name"] or "",
            Role(st.session_state["_new_role"]),
            _codes(st.session_state["_new_communes"]),
        )  # fmt: skip
    except MonitorError as error:
        mine.fail(NEW, error)
        return
    st.session_state[_LINK] = (account.name, _address(token))
    st.session_state["_new_name"] = st.session_state["_new_communes"] = ""
    st.session_state["_new_role"] = Role.VOLUNTEER.value


def waiting() -> None:
    """People whom a provider vouches for and nobody has admitted yet."""
    with session.store().reading() as database:
        found = identities.waiting(database)
    if not found:
        return
    st.header(t("team.waiting"), divider="gray")
    for number, one in enumerate(found):
        with st.container(border=True):
            st.markdown(f"{md(one.shown or '–')} · {md(one.subject)} · {md(one.issuer)}")
            st.text_input(t("access.name"), key=f"_admit_{number}")
            press.button(t("team.admit"), key=f"_admit_button_{number}", on_click=_admit,
                         args=(number, one))  # fmt: skip
    mine.failed(IDENTITY)


def _admit(number: int, one: identities.Identity) -> None:
    name = st.session_state[f"_admit_{number}"] or ""
    try:
        commands.admit(session.store(), person.presented(), one.issuer, one.subject, name,
                       Role.VOLUNTEER)  # fmt: skip
    except MonitorError as error:
        mine.fail(IDENTITY, error)


def _commune(code: str) -> str:
    """« Lyon (69123) »: what was typed is a code, what is read is a name."""
    known = areas.communes()["name"]
    return f"{known[code]} ({code})" if code in known.index else code


def _codes(typed: str | None) -> list[str]:
    return (typed or "").replace(",", " ").replace(";", " ").split()


def _address(token: str) -> str:
    """The link as the new member opens it, at the address that the admin uses."""
    page = urlsplit(st.context.url or "")
    return f"{page.scheme}://{page.netloc}/activation?jeton={token}"

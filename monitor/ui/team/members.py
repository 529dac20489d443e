"""Accounts: who they are, what they may do, the link by which one signs in for the first time."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from monitor import accounts, commands
from monitor.accounts import Account, team_record
from monitor.accounts.people import OPERATOR
from monitor.errors import MonitorError
from monitor.models import Role
from monitor.queries.requests import RequestKind
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import buttons, screen, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import conflicts, departments, my_entries, requests

_LINK = "_member_link"
#: Where what went wrong is said: beside the form of a new account, of an account.
NEW = -2
#: The communes of an account that has no name yet: no account has this one.
NEW_ACCOUNT = " "


def show_members(view: View) -> None:
    """Every account, with what an admin may change of it."""
    with current_log.store().reading() as database:
        found = accounts.all_accounts(database)
        makers = team_record.makings_by_account(database)
    own = viewer.current_account()
    requests.show_asked(view, RequestKind.ADMIN)
    for number, one in enumerate(found):
        with st.container(border=True):
            _one(
                view,
                number,
                one,
                makers.get(one.name, ()),
                own is not None and own.name == one.name,
            )


def _one(
    view: View, number: int, one: Account, makings: Sequence[tuple[str, str]], own: bool
) -> None:
    state = "closed" if not one.active else "active" if one.can_sign_in else "new"
    line = f"**{md(one.name)}** · {t(f'role.{one.role}')} · {t(f'account_state.{state}')}"
    if one.communes:
        communes = ", ".join(
            conflicts.commune_in_words(view, code) for code in sorted(one.communes)
        )
        line += " · " + t("team.tied", communes=communes)
    if one.departments:
        names = departments.departments_in_words(view, one.departments)
        line += " · " + t("team.looks_after", departments=names)
    st.markdown(line)
    if makings:
        st.caption(" · ".join(t(f"team.by_{kind}", by=_maker(by)) for kind, by in makings))
    with st.expander(t("team.change")):
        role = f"_role_{one.name}"
        roles = [role.value for role in Role]
        st.radio(
            t("team.role"),
            roles,
            key=role,
            index=roles.index(one.role.value),
            format_func=_role_word,
            horizontal=True,
        )
        conflicts.choose_communes(view, one.name, one.communes)
        departments.choose_departments(view, one.name, one.departments)
        with st.container(horizontal=True):
            buttons.button(
                t("team.save"), key=f"_save_{one.name}", on_click=_change, args=(number, one, role)
            )
            buttons.button(
                t("team.new_link"),
                key=f"_link_{one.name}",
                on_click=_new_link,
                args=(number, one),
                disabled=own or not one.active,
                help=t("error.own_link") if own else None,
            )
            buttons.button(
                t("team.close" if one.active else "team.open"),
                key=f"_access_{one.name}",
                on_click=_access,
                args=(number, one),
            )
            if one.of_provider:
                buttons.button(
                    t("team.detach"),
                    key=f"_detach_{one.name}",
                    on_click=_detach,
                    args=(number, one),
                    help=t("team.detach_help"),
                )
    my_entries.show_notice(-10 - number)
    _link(one.name)


def _link(name: str) -> None:
    """The one-time link of an account, right where it was asked for."""
    link = st.session_state.get(_LINK)
    if link and link[0] == name:
        with screen.answer_here(_LINK, name):
            st.success(t("team.link", name=md(link[0])))
            st.code(link[1], language=None, wrap_lines=True)


def _maker(name: str) -> str:
    return t("record.operator") if name == OPERATOR else md(name)


def _asked_admin(name: str) -> None:
    """From a callback: what makes an admin was asked for, and is said so."""
    waiting = [one for one in requests.all_pending_requests() if one.name == name]
    if waiting:
        requests.set_asked(waiting[-1].id)


def _role_word(code: str) -> str:
    return t(f"role.{code}")


def _change(number: int, one: Account, role: str) -> None:
    chosen = st.session_state[role]
    try:
        commands.change_account(
            current_log.store(),
            viewer.presented_bearer(),
            one.name,
            role=Role(chosen),
            communes=conflicts.chosen_communes(one.name),
            departments=departments.chosen_departments(one.name),
        )
    except MonitorError as error:
        my_entries.set_error(-10 - number, error)
    else:
        conflicts.reset_communes(one.name)
        if chosen == Role.ADMIN and one.role is not Role.ADMIN:
            _asked_admin(one.name)


def _access(number: int, one: Account) -> None:
    try:
        commands.change_account(
            current_log.store(), viewer.presented_bearer(), one.name, active=not one.active
        )
    except MonitorError as error:
        my_entries.set_error(-10 - number, error)
    else:
        if not one.active and one.role is Role.ADMIN:
            _asked_admin(one.name)


def _detach(number: int, one: Account) -> None:
    try:
        commands.detach_identities(current_log.store(), viewer.presented_bearer(), one.name)
    except MonitorError as error:
        my_entries.set_error(-10 - number, error)


def _new_link(number: int, one: Account) -> None:
    try:
        token = commands.new_link(current_log.store(), viewer.presented_bearer(), one.name)
    except MonitorError as error:
        my_entries.set_error(-10 - number, error)
    else:
        _show_link(one.name, token)


def show_new_member(view: View) -> None:
    """A new account, and its link."""
    st.header(t("team.add"), divider="gray")
    st.text_input(t("access.name"), key="_new_name", help=t("team.name_help"))
    st.radio(
        t("team.role"),
        [role.value for role in Role],
        key="_new_role",
        horizontal=True,
        format_func=_role_word,
    )
    conflicts.choose_communes(view, NEW_ACCOUNT)
    departments.choose_departments(view, NEW_ACCOUNT)
    my_entries.show_notice(NEW)
    buttons.button(t("team.create"), key="_create", type="primary", on_click=_add)


def _add() -> None:
    try:
        account, token = commands.add_account(
            current_log.store(),
            viewer.presented_bearer(),
            st.session_state["_new_name"] or "",
            Role(st.session_state["_new_role"]),
            conflicts.chosen_communes(NEW_ACCOUNT),
            departments=departments.chosen_departments(NEW_ACCOUNT) or (),
        )
    except MonitorError as error:
        my_entries.set_error(NEW, error)
        return
    _show_link(account.name, token)
    if st.session_state["_new_role"] == Role.ADMIN:
        _asked_admin(account.name)
    st.session_state["_new_name"] = ""
    conflicts.reset_communes(NEW_ACCOUNT)
    departments.reset_departments(NEW_ACCOUNT)
    st.session_state["_new_role"] = Role.VOLUNTEER.value


def _show_link(name: str, token: str) -> None:
    """From a callback: the link is shown at its account, and brought into view."""
    st.session_state[_LINK] = (name, _address(token))
    screen.look_at(_LINK)


def _address(token: str) -> str:
    """The link as the new member opens it, at the address that the admin uses."""
    page = urlsplit(st.context.url or "")
    return f"{page.scheme}://{page.netloc}/activation#jeton={token}"

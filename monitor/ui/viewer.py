"""Who looks at the page: what the browser presents, and the account behind it, asked at every run."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from monitor import accounts
from monitor.accounts import ANONYMOUS, Account, Bearer, identities, provider
from monitor.accounts.identities import Identity, IdentityState
from monitor.accounts.sessions import LOG
from monitor.errors import (
    DatabaseError,
    DatabaseUnreachable,
    MonitorError,
    NotAllowed,
    TooManyAttempts,
)
from monitor.i18n import day, public_sentence
from monitor.models import Role
from monitor.read import current_log
from monitor.read.screens import HOME_AFTER_SIGN_IN, TEAM_ADDRESSES
from monitor.settings import sign_in_cookie
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t

#: What a session keeps: that signing out failed, the address of the sign-in page, that the entry by a
#: provider was recorded, and that a refused session was noted.
_STILL_IN, _WAY_IN, _ENTERED = "_not_signed_out", "_way_in", "_entry_recorded"
_REFUSED = "_stranger"


@cache
def provider_section() -> Mapping | None:
    """What `.streamlit/secrets.toml` said of a provider of identities at the start; None if nothing."""
    return provider.auth_section(st.secrets)


def presented_bearer() -> Bearer:
    """What the browser presents. It proves nothing: see `accounts.find_account`."""
    token = st.context.cookies.get(sign_in_cookie())
    if token:
        return Bearer(token=token)
    auth = provider_section()
    if auth and st.user.is_logged_in:
        return provider.bearer_of(st.user.to_dict(), auth)
    return ANONYMOUS


def current_account() -> Account | None:
    """The account of this run, None if nobody is signed in."""
    who = presented_bearer()
    if who == ANONYMOUS:
        return None
    with current_log.store().reading() as database:
        found = accounts.find_account(database, who, datetime.now(UTC))
    if found and who.issuer and not st.session_state.get(_ENTERED):
        st.session_state[_ENTERED] = True
        with suppress(MonitorError):  # the record is no condition of coming in
            accounts.record_provider_sign_in(current_log.store(), who, datetime.now(UTC))
    if found is None and not st.session_state.get(_REFUSED):
        st.session_state[_REFUSED] = True
        LOG.warning("refused: a session that is unknown, over, or of a closed account")
    return found


def signed_in_account() -> Account:
    """The account of this run. Raises NotAllowed (`not_signed_in`)."""
    account = current_account()
    if account is None:
        raise NotAllowed("not_signed_in")
    return account


def current_account_if_known() -> Account | None:
    """The account, None as well while the database cannot say who it is: a public page is shown."""
    try:
        return current_account()
    except DatabaseUnreachable:
        current_log.current_snapshot(fresh=True)  # takes note of the outage
        return None


def show_account(found: Account | None, page: str) -> None:
    """Who is signed in, and the way in or out. `page`: the address of the one that is shown."""
    st.session_state[_WAY_IN] = _way_in(page)
    if st.session_state.pop(_STILL_IN, None):
        st.error(t("access.not_signed_out"))
    if current_log.outage():
        st.caption(t("access.unavailable"))
        return
    if found is None:
        _sign_in_link()
        if provider_section():
            _show_provider()
        return
    st.caption(t("access.signed_in_as", name=md(found.name), role=t(f"role.{found.role}")))
    if presented_bearer().token:
        own = escape(f"/mon-compte?{urlencode({'lang': language()})}")
        st.html(f'<a href="{own}" target="_self">{escape(t("access.own_link"))}</a>')
    st.button(t("access.sign_out"), on_click=_sign_out, type="tertiary", icon=":material/logout:")


def _sign_out() -> None:
    """Ended here first: what the browser keeps opens nothing any more."""
    who = presented_bearer()
    try:
        accounts.sign_out(current_log.store(), who)
    except DatabaseError:
        st.session_state[_STILL_IN] = True
        return
    if who.token is None:
        st.logout()


def _find_stranger() -> Identity | None:
    """The person whom the provider vouches for, if no admin has admitted them yet: remembered, so that
    an admin can. None if there is nobody of the kind. Raises TooManyAttempts (`too_many_waiting`)."""
    who, now = presented_bearer(), datetime.now(UTC)
    if not (who.issuer and who.subject):
        return None
    with current_log.store().reading() as database:
        found = identities.identity_of(database, who.issuer, who.subject, now)
    if found is None:
        shown = str(st.user.get("name") or st.user.get("email") or "")
        with current_log.store().writing() as database:
            identities.remember_identity(database, who.issuer, who.subject, shown, now)
            found = identities.identity_of(database, who.issuer, who.subject, now)
    return None if found is None or found.standing is IdentityState.ADMITTED else found


def _show_provider() -> None:
    """The way in by the provider, or how a pending request stands, in a few words beside every page."""
    try:
        found = _find_stranger()
    except TooManyAttempts as error:
        st.caption(md(public_sentence(error, language())))
        return
    if found is None:
        st.button(t("access.with_provider"), on_click=st.login, type="tertiary")
        return
    st.caption(t(f"access.{found.standing}_short"))
    st.button(
        t("access.sign_out"),
        key="_leave_provider",
        on_click=st.logout,
        type="tertiary",
        icon=":material/logout:",
    )


def _show_stranger() -> bool:
    """Show waiting or refused people their page instead of a team page; returns whether it did."""
    try:
        found = _find_stranger()
    except TooManyAttempts as error:
        st.info(md(public_sentence(error, language())))
        return True
    if found is None:
        return False
    st.title(t(f"access.{found.standing}_title"))
    asked = datetime.fromisoformat(found.asked_at)
    until = asked + timedelta(days=identities.WAITING_DAYS)
    dates = {"asked_on": day(asked.date(), language()), "until": day(until.date(), language())}
    (st.info if found.standing is IdentityState.WAITING else st.warning)(
        t(f"access.{found.standing}", **dates)
    )
    st.markdown(t("access.waiting_identifier"))
    st.code(found.subject, language=None)
    return True


def require_account(role: Role) -> Account:
    """The account, if its role includes that one; else the page says what to do and ends here."""
    found = current_account()
    if found is None and _show_stranger():
        st.stop()
    if found is None:
        st.info(t("access.expired") if presented_bearer() != ANONYMOUS else t("access.intro"))
        _sign_in_link()
        st.stop()
    if not found.role.includes(role):
        LOG.warning("refused: a %s, a page for %s", found.role, role)
        st.error(t("error.not_allowed"))
        st.stop()
    return found


def _way_in(page: str) -> str:
    """The address of the sign-in page, which leads back to this one and its query; from a public page
    to the form, on the same pact."""
    query = st.query_params.to_dict()
    if page not in TEAM_ADDRESSES:
        page = HOME_AFTER_SIGN_IN
        query = {name: query[name] for name in ("pacte",) if name in query}
    query.pop("lang", None)
    wanted = f"/{page}?{urlencode(query)}" if query or page != HOME_AFTER_SIGN_IN else None
    names = {"lang": language(), **({"vers": wanted} if wanted else {})}
    return f"/connexion?{urlencode(names)}"


def _sign_in_link() -> None:
    """A link to the sign-in page, in this tab."""
    address = escape(st.session_state[_WAY_IN])
    st.html(f'<a href="{address}" target="_self">{escape(t("access.sign_in"))}</a>')

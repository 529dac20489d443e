"""Who looks at the page: what the browser presents, and the account behind it, asked at every run."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from monitor import accounts
from monitor.accounts import ANONYMOUS, Account, Bearer, identities
from monitor.accounts.presence import LOG
from monitor.errors import DatabaseError, DatabaseUnreachable, MonitorError
from monitor.models import Role
from monitor.ui.menu import FIRST, TEAM_ADDRESSES
from monitor.ui.view import language, t
from monitor.ui.words import md
from monitor.views import session

PUBLIC_URL = "MONITOR_PUBLIC_URL"
_STILL_IN, _WAY_IN, _ENTERED = "_not_signed_out", "_way_in", "_entry_recorded"


def behind_tls() -> bool:
    """Whether the address that the public uses, MONITOR_PUBLIC_URL, is https."""
    return os.environ.get(PUBLIC_URL, "").startswith("https://")


def cookie_name() -> str:
    """Behind TLS a `__Host-` cookie: no other host and no plain connection can set it (RFC 6265bis)."""
    return "__Host-moniteur" if behind_tls() else "moniteur"


@cache
def providers() -> bool:
    """Whether, at the start, `.streamlit/secrets.toml` configures an OpenID Connect provider."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def presented() -> Bearer:
    """What the browser presents. It proves nothing: see `accounts.identified`."""
    token = st.context.cookies.get(cookie_name())
    if token:
        return Bearer(token=token)
    if providers() and st.user.is_logged_in:
        issued_at = datetime.fromtimestamp(int(st.user.get("iat") or 0), UTC)
        return Bearer(
            issuer=str(st.user.get("iss")), subject=str(st.user.get("sub")), issued_at=issued_at
        )
    return ANONYMOUS


def account() -> Account | None:
    """The account of this run, None if nobody is signed in."""
    who = presented()
    if who == ANONYMOUS:
        return None
    with session.store().reading() as database:
        found = accounts.identified(database, who, datetime.now(UTC))
    if found and who.issuer and not st.session_state.get(_ENTERED):
        st.session_state[_ENTERED] = True
        with suppress(MonitorError):  # the record is no condition of coming in
            accounts.record_entry(session.store(), who, datetime.now(UTC))
    if found is None and not st.session_state.get("_stranger"):
        st.session_state["_stranger"] = True
        LOG.warning("refused: a session that is unknown, over, or of a closed account")
    return found


def seen() -> Account | None:
    """The account, None as well while the database cannot say who it is: a public page is shown."""
    try:
        return account()
    except DatabaseUnreachable:
        session.current_snapshot(fresh=True)  # takes note of the outage
        return None


def presence(found: Account | None, page: str) -> None:
    """Who is signed in, and the way in or out. `page`: the address of the one that is shown."""
    st.session_state[_WAY_IN] = _way_in(page)
    if st.session_state.pop(_STILL_IN, None):
        st.error(t("access.not_signed_out"))
    if session.outage():
        st.caption(t("access.unavailable"))
        return
    if found is None:
        _sign_in_link()
        if providers():
            st.button(t("access.with_provider"), on_click=st.login, type="tertiary")
            _waiting()
        return
    st.caption(t("access.signed_in_as", name=md(found.name), role=t(f"role.{found.role}")))
    st.button(t("access.sign_out"), on_click=_sign_out, type="tertiary", icon=":material/logout:")


def _sign_out() -> None:
    """Ended here first: what the browser keeps opens nothing any more."""
    who = presented()
    try:
        accounts.sign_out(session.store(), who)
    except DatabaseError:
        st.session_state[_STILL_IN] = True
        return
    if who.token is None:
        st.logout()


def _waiting() -> None:
    """A person whom the provider vouches for and no admin has admitted: remembered, and told so."""
    who = presented()
    if not who.issuer:
        return
    with session.store().reading() as database:
        known = identities.is_known(database, who.issuer, who.subject)
        admitted = known and identities.account_of(database, who.issuer, who.subject)
    if not known:
        shown = str(st.user.get("name") or st.user.get("email") or "")
        with session.store().writing() as database:
            identities.remember(database, who.issuer, who.subject, shown, datetime.now(UTC))
    if not admitted:
        st.info(t("access.waiting", subject=md(who.subject)))


def require(role: Role) -> Account:
    """The account, which may; else the page says what to do and ends here."""
    found = account()
    if found is None:
        st.info(t("access.expired") if presented() != ANONYMOUS else t("access.intro"))
        _sign_in_link()
        st.stop()
    if not found.role.includes(role):
        LOG.warning("refused: %s is %s, a page for %s", found.name, found.role, role)
        st.error(t("error.not_allowed"))
        st.stop()
    return found


def _way_in(page: str) -> str:
    """The address of the sign-in page, which leads back to this one and its query; from a public page
    to the form, on the same pact."""
    query = st.query_params.to_dict()
    if page not in TEAM_ADDRESSES:
        page, query = FIRST, {name: query[name] for name in ("pacte",) if name in query}
    query.pop("lang", None)
    wanted = f"/{page}?{urlencode(query)}" if query or page != FIRST else None
    names = {"lang": language(), **({"vers": wanted} if wanted else {})}
    return f"/connexion?{urlencode(names)}"


def _sign_in_link() -> None:
    """In this tab."""
    address = escape(st.session_state[_WAY_IN])
    st.html(f'<a href="{address}" target="_self">{escape(t("access.sign_in"))}</a>')

"""Who looks at the page: what the browser presents, and the account behind it, asked at every run."""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from monitor import accounts
from monitor.accounts import ANONYMOUS, Account, Bearer, identities
from monitor.accounts.identities import Identity, Standing
from monitor.accounts.presence import LOG
from monitor.errors import DatabaseError, DatabaseUnreachable, MonitorError, TooManyAttempts
from monitor.i18n import day, public_sentence
from monitor.models import Role
from monitor.ui.menu import FIRST, TEAM_ADDRESSES
from monitor.ui.view import language, t
from monitor.ui.words import md
from monitor.views import session

PUBLIC_URL = "MONITOR_PUBLIC_URL"
DISCOVERY = "/.well-known/openid-configuration"
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
        return vouched(st.user.to_dict())
    return ANONYMOUS


def vouched(claims: Mapping) -> Bearer:
    """The person whom these claims of a provider name; ANONYMOUS unless they are those of the provider
    that is configured, made for us (OpenID Connect Core, 3.1.3.7)."""
    known = configured(str(claims.get("provider") or ""))
    told = claims.get("aud")
    audience = told if isinstance(told, list) else [told]
    ours = known["client_id"]
    if not claims.get("iss") or _issuer(claims["iss"]) != known["issuer"] or ours not in audience:
        LOG.warning("refused: the word of another provider, or for another site")
        return ANONYMOUS
    if len(audience) > 1 and claims.get("azp") != ours:
        LOG.warning("refused: what a provider said to another site")
        return ANONYMOUS
    try:
        times = [datetime.fromtimestamp(int(claims[name]), UTC) for name in ("iat", "exp")]
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return ANONYMOUS
    if not claims.get("sub"):
        return ANONYMOUS
    return Bearer(None, str(claims["iss"]), str(claims["sub"]), *times)


@cache
def configured(name: str) -> dict[str, str]:
    """What `.streamlit/secrets.toml` says of the provider (OpenID Connect Discovery, 4.1)."""
    auth = st.secrets["auth"]
    found = auth.get(name)
    given = found if isinstance(found, Mapping) else auth
    issuer = str(given.get("server_metadata_url", "")).removesuffix(DISCOVERY)
    return {"client_id": given.get("client_id"), "issuer": _issuer(issuer)}


def _issuer(address: object) -> str:
    """Providers name themselves with a slash at the end and without."""
    return str(address).rstrip("/")


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
            _waiting()
        return
    st.caption(t("access.signed_in_as", name=md(found.name), role=t(f"role.{found.role}")))
    if presented().token:
        own = escape(f"/mon-compte?{urlencode({'lang': language()})}")
        st.html(f'<a href="{own}" target="_self">{escape(t("access.own_link"))}</a>')
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


def _stranger() -> Identity | None:
    """A person whom the provider vouches for and no admin has admitted: remembered, so that one can.
    None if there is nobody of the kind. Raises TooManyAttempts (`too_many_waiting`)."""
    who, now = presented(), datetime.now(UTC)
    if not who.issuer:
        return None
    with session.store().reading() as database:
        found = identities.identity_of(database, who.issuer, who.subject, now)
    if found is None:
        shown = str(st.user.get("name") or st.user.get("email") or "")
        with session.store().writing() as database:
            identities.remember(database, who.issuer, who.subject, shown, now)
            found = identities.identity_of(database, who.issuer, who.subject, now)
    return None if found.standing is Standing.ADMITTED else found


def _waiting() -> None:
    """The way in by the provider, or what becomes of who waits, in a few words beside every page."""
    try:
        found = _stranger()
    except TooManyAttempts as error:
        st.caption(md(public_sentence(error, language())))
        return
    if found is None:
        st.button(t("access.with_provider"), on_click=st.login, type="tertiary")
        return
    st.caption(t(f"access.{found.standing}_short"))
    st.button(t("access.sign_out"), key="_leave_provider", on_click=st.logout, type="tertiary",
              icon=":material/logout:")  # fmt: skip


def _said_to_a_stranger() -> bool:
    """The page of who waits or was refused, in the place of one of the team; whether there is one."""
    try:
        found = _stranger()
    except TooManyAttempts as error:
        st.info(md(public_sentence(error, language())))
        return True
    if found is None:
        return False
    st.title(t(f"access.{found.standing}_title"))
    asked = datetime.fromisoformat(found.asked_at)
    until = asked + timedelta(days=identities.WAITING_DAYS)
    dates = {"asked": day(asked.date(), language()), "until": day(until.date(), language())}
    (st.info if found.standing is Standing.WAITING else st.warning)(
        t(f"access.{found.standing}", **dates)
    )
    st.markdown(t("access.waiting_identifier"))
    st.code(found.subject, language=None)
    return True


def require(role: Role) -> Account:
    """The account, which may; else the page says what to do and ends here."""
    found = account()
    if found is None and _said_to_a_stranger():
        st.stop()
    if found is None:
        st.info(t("access.expired") if presented() != ANONYMOUS else t("access.intro"))
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
        page, query = FIRST, {name: query[name] for name in ("pacte",) if name in query}
    query.pop("lang", None)
    wanted = f"/{page}?{urlencode(query)}" if query or page != FIRST else None
    names = {"lang": language(), **({"vers": wanted} if wanted else {})}
    return f"/connexion?{urlencode(names)}"


def _sign_in_link() -> None:
    """In this tab."""
    address = escape(st.session_state[_WAY_IN])
    st.html(f'<a href="{address}" target="_self">{escape(t("access.sign_in"))}</a>')

"""Signing in and out."""

from datetime import UTC, datetime
from functools import partial
from html import escape
from urllib.parse import parse_qsl, urlsplit

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor import accounts
from monitor.accounts import authenticator, sign_in_names
from monitor.errors import DatabaseError, MonitorError, NotFound
from monitor.i18n import text
from monitor.read.current_log import store
from monitor.read.screens import HOME_AFTER_SIGN_IN, TEAM_ADDRESSES
from monitor.settings import sign_in_cookie
from monitor.web import forms
from monitor.web.html import with_query
from monitor.web.language import language
from monitor.web.transport import address_of

TITLE = "access.sign_in"


async def sign_in(request: Request) -> Response:
    """The form, and what becomes of it: a session, the question for a code, or the same form with the
    reason."""
    lang, way = language(request), request.query_params.get("vers", "")[: forms.LARGEST_BODY]
    if request.method == "GET":
        return _form(lang, way)
    if refused := await forms.refuse_foreign(request, lang, TITLE):
        return refused
    given = await request.form()
    name, password = forms.typed_text(given, "name")[:200], forms.typed_text(given, "password")
    device = request.cookies.get(forms.device_cookie(), "")[:200]
    try:
        token = await forms.run_password_check(
            request,
            accounts.sign_in,
            store(),
            name,
            password,
            address_of(request.scope),
            datetime.now(UTC),
            device,
        )
        return await after_password(request, token, lang, way)
    except MonitorError as error:
        return _form(lang, way, error, name)


async def after_password(request: Request, token: str, lang: str, way: str = "") -> Response:
    """Where the right password leads: to the question for a code, to the choice of another name to sign
    in with than the pseudonym, to the page of the team that one came from."""
    if await anyio.to_thread.run_sync(_awaits_code, token):
        answer = RedirectResponse(
            forms.form_address("/second-facteur", {"lang": lang}, way), status_code=303
        )
        forms.set_cookie(answer, forms.step_cookie(), token, authenticator.STEP_MINUTES * 60)
        return answer
    answer = RedirectResponse(
        await anyio.to_thread.run_sync(next_page, token, lang, way), status_code=303
    )
    return await forms.set_session_cookie(request, answer, token)


def _awaits_code(token: str) -> bool:
    try:
        with store().reading() as session:
            return bool(authenticator.account_awaiting_code(session, token, datetime.now(UTC)))
    except NotFound:
        return False


def next_page(token: str, lang: str, way: str) -> str:
    """Where a session that has just begun goes first."""
    with store().reading() as session:
        account = accounts.find_account(session, accounts.Bearer(token=token), datetime.now(UTC))
        chosen = account and sign_in_names.sign_in_name(session, account.name)
    if account and not chosen:
        return forms.form_address("/mon-compte", {"lang": lang}, way)
    return page_of_team(way, lang)


async def sign_out(request: Request) -> Response:
    """End the session and take the cookie away."""
    lang = language(request)
    if refused := await forms.refuse_foreign(request, lang, TITLE):
        return refused
    if token := request.cookies.get(sign_in_cookie()):
        ended = partial(accounts.sign_out, store(), accounts.Bearer(token=token))
        try:
            await anyio.to_thread.run_sync(ended)
        except DatabaseError as error:  # the session goes on: its cookie must too
            return forms.form_page(lang, "access.sign_out", forms.error_alert(error, lang), 503)
    answer = RedirectResponse(with_query("/", {"lang": lang}), status_code=303)
    forms.clear_cookie(answer, sign_in_cookie())
    return answer


def page_of_team(way: str, lang: str) -> str:
    """The address of a page of the team, with the query of `way` if that is one, in the language. An
    address of any other kind leads to the first page: nobody is sent to another site."""
    try:
        asked = urlsplit(way)
        query = dict(parse_qsl(asked.query))
    except ValueError:
        asked, query = urlsplit(""), {}
    page = asked.path.removeprefix("/")
    if asked.scheme or asked.netloc or page not in TEAM_ADDRESSES:
        page, query = HOME_AFTER_SIGN_IN, {}
    query.pop("lang", None)
    return with_query(f"/{page}", query | {"lang": lang})


def _form(lang: str, way: str = "", error: MonitorError | None = None, name: str = "") -> Response:
    body = f"""
<p>{escape(text("access.intro", lang))}</p>
{forms.error_alert(error, lang)}
<form method="post" action="{escape(forms.form_address("/connexion", {"lang": lang}, way))}">
{
        forms.input_field(
            lang,
            "access.sign_in_name",
            "name",
            value=name,
            autocomplete="username",
            required=True,
            autofocus=True,
        )
    }
{
        forms.input_field(
            lang,
            "access.password",
            "password",
            "password",
            autocomplete="current-password",
            required=True,
        )
    }
<button>{escape(text("access.sign_in", lang))}</button>
</form>"""
    switch = forms.links_to_other_languages("/connexion", lang, way)
    return forms.form_page(
        lang, TITLE, body, forms.error_status(error), forms.error_headers(error), switch
    )


ROUTES = [
    Route("/connexion", sign_in, methods=["GET", "POST"]),
    Route("/deconnexion", sign_out, methods=["POST"]),
]

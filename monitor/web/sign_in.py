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
from monitor.accounts import factor, names
from monitor.errors import DatabaseError, MonitorError, NotFound
from monitor.i18n import text
from monitor.settings import sign_in_cookie
from monitor.views.query import in_language
from monitor.views.screens import HOME_AFTER_SIGN_IN, TEAM_ADDRESSES
from monitor.views.session import store
from monitor.web import forms
from monitor.web.html import language, with_query
from monitor.web.transport import address_of

TITLE = "access.sign_in"


async def sign_in(request: Request) -> Response:
    """The form, and what becomes of it: a session, the question for a code, or the same form with the
    reason."""
    lang, way = language(request), request.query_params.get("vers", "")[: forms.LARGEST_BODY]
    if request.method == "GET":
        return _form(lang, way)
    if refused := await forms.refused(request, lang, TITLE):
        return refused
    given = await request.form()
    name, password = forms.typed(given, "name")[:200], forms.typed(given, "password")
    device = request.cookies.get(forms.device_cookie(), "")[:200]
    try:
        token = await forms.with_password(request, accounts.sign_in, store(), name, password,
                                          address_of(request.scope), datetime.now(UTC),
                                          device)  # fmt: skip
        return await enter(request, token, lang, way)
    except MonitorError as error:
        return _form(lang, way, error, name)


async def enter(request: Request, token: str, lang: str, way: str = "") -> Response:
    """Where the right password leads: to the question for a code, to the choice of another name to sign
    in with than the pseudonym, to the page of the team that one came from."""
    if await anyio.to_thread.run_sync(_awaits_code, token):
        answer = RedirectResponse(
            forms.with_way("/second-facteur", in_language(lang), way), status_code=303
        )
        forms.set_cookie(answer, forms.step_cookie(), token, factor.STEP_MINUTES * 60)
        return answer
    answer = RedirectResponse(
        await anyio.to_thread.run_sync(next_page, token, lang, way), status_code=303
    )
    return await forms.open_session(request, answer, token)


def _awaits_code(token: str) -> bool:
    try:
        with store().reading() as session:
            return bool(factor.awaited(session, token, datetime.now(UTC)))
    except NotFound:
        return False


def next_page(token: str, lang: str, way: str) -> str:
    """Where a session that has just begun goes first."""
    with store().reading() as session:
        account = accounts.identified(session, accounts.Bearer(token=token), datetime.now(UTC))
        chosen = account and names.sign_in_name(session, account.name)
    if account and not chosen:
        return forms.with_way("/mon-compte", in_language(lang), way)
    return page_of_team(way, lang)


async def sign_out(request: Request) -> Response:
    """End the session and take the cookie away."""
    lang = language(request)
    if refused := await forms.refused(request, lang, TITLE):
        return refused
    if token := request.cookies.get(sign_in_cookie()):
        ended = partial(accounts.sign_out, store(), accounts.Bearer(token=token))
        try:
            await anyio.to_thread.run_sync(ended)
        except DatabaseError as error:  # the session goes on: its cookie must too
            return forms.page(lang, "access.sign_out", forms.alert(error, lang), 503)
    answer = RedirectResponse(with_query("/", in_language(lang)), status_code=303)
    forms.take_cookie_away(answer, sign_in_cookie())
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
    return with_query(f"/{page}", query | in_language(lang))


def _form(lang: str, way: str = "", error: MonitorError | None = None, name: str = "") -> Response:
    body = f"""
<p>{escape(text("access.intro", lang))}</p>
{forms.alert(error, lang)}
<form method="post" action="{escape(forms.with_way("/connexion", {"lang": lang}, way))}">
{
        forms.field(
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
        forms.field(
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
    switch = forms.switch_to_other_language("/connexion", lang, way)
    return forms.page(lang, TITLE, body, forms.status_of(error), forms.headers_of(error), switch)


ROUTES = [
    Route("/connexion", sign_in, methods=["GET", "POST"]),
    Route("/deconnexion", sign_out, methods=["POST"]),
]

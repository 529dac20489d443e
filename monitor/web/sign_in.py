"""Signing in: plain HTML forms beside the app, in French and in English."""

from datetime import UTC, datetime
from functools import partial
from html import escape
from urllib.parse import parse_qsl, urlsplit

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from monitor import accounts, commands
from monitor.accounts import passwords
from monitor.accounts.presence import LOG, SESSION_HOURS, WINDOW_MINUTES
from monitor.errors import DatabaseError, InvalidValue, MonitorError, NotFound, TooManyAttempts
from monitor.i18n import LANGUAGES, public_sentence, text
from monitor.ui.menu import FIRST, TEAM_ADDRESSES
from monitor.ui.person import behind_tls, cookie_name
from monitor.views.query import in_language
from monitor.views.session import store
from monitor.web.html import language, with_query
from monitor.web.origin import is_foreign

#: A name, two passwords and a token fit many times over.
LARGEST_BODY = 10_000
#: Each password takes 64 MB while it is checked.
_AT_ONCE = anyio.CapacityLimiter(2)
STYLE = """
:root { color-scheme: light dark; --ink: #1A1F24; --paper: #fff; --soft: #F4F6F8; --line: #8A949E;
        --blue: #1F5F99; --on-blue: #fff; --red: #A8281F; }
@media (prefers-color-scheme: dark) { :root { --ink: #E8ECEF; --paper: #0F1417; --soft: #1A2126;
        --line: #6F7B86; --blue: #7FB8E8; --on-blue: #0F1417; --red: #E5675C; } }
body { margin: 0; background: var(--paper); color: var(--ink);
       font: 1rem/1.5 "Source Sans", "Source Sans 3", system-ui, sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 3rem 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
label { display: block; margin: 1rem 0; font-weight: 600; }
input { display: block; box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .6rem .7rem;
        font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line);
        border-radius: 4px; }
button { padding: .6rem 1.2rem; font: inherit; font-weight: 600; color: var(--on-blue);
         background: var(--blue); border: 0; border-radius: 4px; cursor: pointer; }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--blue);
         outline-offset: 2px; }
a { color: var(--blue); }
.error { padding: .7rem 1rem; border-left: 4px solid var(--red); background: var(--soft); }
nav { display: flex; justify-content: space-between; margin-top: 2.5rem; }
"""


async def sign_in(request: Request) -> Response:
    """The form, and what becomes of it: a session, or the same form with the reason."""
    lang, way = language(request), request.query_params.get("vers", "")[:LARGEST_BODY]
    if request.method == "GET":
        return _sign_in_page(lang, way)
    if refused := await _refused(request, lang):
        return refused
    given = await request.form()
    name, password = _typed(given, "name")[:200], _typed(given, "password")
    address = request.client.host if request.client else "-"
    attempt = partial(accounts.sign_in, store(), name, password, address, datetime.now(UTC))
    try:
        token = await anyio.to_thread.run_sync(attempt, limiter=_AT_ONCE)
    except TooManyAttempts as error:
        wait = {"retry-after": str(WINDOW_MINUTES * 60)}
        return _sign_in_page(lang, way, error, status=429, name=name, headers=wait)
    except DatabaseError as error:
        return _sign_in_page(lang, way, error, status=503, name=name)
    except MonitorError as error:
        return _sign_in_page(lang, way, error, status=401, name=name)
    return _entered(token, lang, way)


async def activation(request: Request) -> Response:
    """Choose a password by a one-time link. Looking at the page does not use the link up."""
    lang = language(request)
    if request.method == "POST":
        if refused := await _refused(request, lang):
            return refused
        return await _activate(request, lang)
    token = request.query_params.get("jeton", "")
    try:
        name = await anyio.to_thread.run_sync(_name_of, token)
    except MonitorError as error:
        status = 503 if isinstance(error, DatabaseError) else 404
        return _page(lang, "access.activate", _alert(error, lang), status)
    return _activation_page(lang, token, name)


async def sign_out(request: Request) -> Response:
    """End the session and take the cookie away."""
    lang = language(request)
    if refused := await _refused(request, lang):
        return refused
    if token := request.cookies.get(cookie_name()):
        ended = partial(accounts.sign_out, store(), accounts.Bearer(token=token))
        try:
            await anyio.to_thread.run_sync(ended)
        except DatabaseError as error:  # the session goes on: its cookie must too
            return _page(lang, "access.sign_out", _alert(error, lang), 503)
    answer = RedirectResponse(with_query("/", in_language(lang)), status_code=303)
    answer.delete_cookie(cookie_name(), path="/", secure=behind_tls(), httponly=True)
    return answer


async def _activate(request: Request, lang: str) -> Response:
    given = await request.form()
    token = _typed(given, "jeton")[:200]
    password, again = _typed(given, "password"), _typed(given, "again")
    try:
        name = await anyio.to_thread.run_sync(_name_of, token)
        try:
            if password != again:
                raise InvalidValue("password_differs")
            chosen = partial(commands.activate, store(), token, password)
            opened = await anyio.to_thread.run_sync(chosen, limiter=_AT_ONCE)
        except InvalidValue as error:
            return _activation_page(lang, token, name, error)
    except NotFound as error:
        return _page(lang, "access.activate", _alert(error, lang), 404)
    except MonitorError as error:
        return _page(lang, "access.activate", _alert(error, lang), 503)
    return _entered(opened, lang)


def _typed(given, name: str) -> str:
    """A field as text that can be stored: half a surrogate pair is none."""
    return str(given.get(name, "")).encode("utf-8", "replace").decode()


def _name_of(token: str) -> str:
    with store().reading() as session:
        return passwords.linked(session, token, datetime.now(UTC))


def _entered(token: str, lang: str, way: str = "") -> Response:
    """To the page of the team that one came from, with the session in a cookie that no script can
    read."""
    answer = RedirectResponse(_page_of_team(way, lang), status_code=303)
    answer.set_cookie(
        cookie_name(), token, max_age=SESSION_HOURS * 3600, path="/", secure=behind_tls(),
        httponly=True, samesite="lax",
    )  # fmt: skip
    return answer


def _page_of_team(way: str, lang: str) -> str:
    """The address of a page of the team, with the query of `way` if that is one, in the language. An
    address of any other kind leads to the first page: nobody is sent to another site."""
    try:
        asked = urlsplit(way)
        query = dict(parse_qsl(asked.query))
    except ValueError:
        asked, query = urlsplit(""), {}
    page = asked.path.removeprefix("/")
    if asked.scheme or asked.netloc or page not in TEAM_ADDRESSES:
        page, query = FIRST, {}
    query.pop("lang", None)
    return with_query(f"/{page}", query | in_language(lang))


async def _refused(request: Request, lang: str) -> Response | None:
    """Why a POST is not even looked at."""
    if is_foreign(request.headers):
        LOG.warning("refused: a POST to %s from %.200s", request.url.path,
                    request.headers.get("origin", "nowhere"))  # fmt: skip
        return _sign_in_page(lang, error=InvalidValue("foreign_origin"), status=403)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return _sign_in_page(lang, error=InvalidValue("request_malformed"), status=413)
    return None


def _sign_in_page(
    lang: str, way: str = "", error: MonitorError | None = None, status: int = 200, name: str = "",
    headers=None,
) -> Response:  # fmt: skip
    body = f"""
<p>{escape(text("access.intro", lang))}</p>
{_alert(error, lang)}
<form method="post" action="{escape(_with_way(lang, way))}">
<label>{escape(text("access.name", lang))}
<input name="name" value="{escape(name)}" autocomplete="username" required autofocus></label>
<label>{escape(text("access.password", lang))}
<input name="password" type="password" autocomplete="current-password" required></label>
<button>{escape(text("access.sign_in", lang))}</button>
</form>"""
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    switch = (
        f'<a href="{escape(_with_way(other, way))}" lang="{other}">'
        f"{escape(text('access.other_language', lang))}</a>"
    )
    return _page(lang, "access.sign_in", body, status, headers, switch)


def _with_way(lang: str, way: str) -> str:
    """The address of this page in a language."""
    return with_query("/connexion", {"lang": lang, **({"vers": way} if way else {})})


def _activation_page(
    lang: str, token: str, name: str, error: MonitorError | None = None
) -> Response:
    intro = text("access.activate_intro", lang, name=name, least=passwords.SHORTEST)
    body = f"""
<p>{escape(intro)}</p>
{_alert(error, lang)}
<form method="post" action="/activation?lang={lang}">
<input type="hidden" name="jeton" value="{escape(token)}">
<input type="hidden" name="username" value="{escape(name)}" autocomplete="username">
<label>{escape(text("access.password", lang))}
<input name="password" type="password" autocomplete="new-password" required autofocus
 minlength="{passwords.SHORTEST}" maxlength="{passwords.LONGEST}"></label>
<label>{escape(text("access.password_again", lang))}
<input name="again" type="password" autocomplete="new-password" required></label>
<button>{escape(text("access.activate", lang))}</button>
</form>"""
    return _page(lang, "access.activate", body, 422 if error else 200)


def _alert(error: MonitorError | None, lang: str) -> str:
    if error is None:
        return ""
    said = escape(public_sentence(error, lang))
    return f'<p class="error" role="alert">{said}</p>'


def _page(
    lang: str, title: str, body: str, status: int = 200, headers=None, switch: str = ""
) -> Response:
    heading, home = escape(text(title, lang)), with_query("/", in_language(lang))
    page = f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{heading} · {escape(text("app.title", lang))}</title><style>{STYLE}</style></head>
<body><main><h1>{heading}</h1>{body}
<nav><a href="{home}">{escape(text("access.back", lang))}</a>{switch}</nav>
</main></body></html>"""
    return HTMLResponse(page, status, {"cache-control": "no-store", **(headers or {})})


ROUTES = [
    Route("/connexion", sign_in, methods=["GET", "POST"]),
    Route("/activation", activation, methods=["GET", "POST"]),
    Route("/deconnexion", sign_out, methods=["POST"]),
]

"""Plain HTML forms beside the app, in French and in English: their frame, and what a POST must be."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from monitor import accounts
from monitor.accounts import attempts
from monitor.accounts.sessions import LOG, SESSION_HOURS
from monitor.errors import (
    DatabaseError,
    InvalidValue,
    MonitorError,
    NotAllowed,
    NotFound,
    TooBusy,
    TooManyAttempts,
)
from monitor.i18n import LANGUAGES, own_name, public_sentence, text
from monitor.read.current_log import store
from monitor.read.limits import RETRY_SECONDS
from monitor.read.screens import legal_links
from monitor.read.turns import PASSWORDS, too_busy_error
from monitor.settings import is_behind_tls, sign_in_cookie
from monitor.web.html import with_query
from monitor.web.origin import is_foreign
from monitor.web.queueing import VisitorLeft, turn_of

#: A name, three passwords and a token fit many times over.
LARGEST_BODY = 10_000
#: As many as PASSWORDS lets in together: nobody who has a turn waits for a thread.
_THREADS = anyio.CapacityLimiter(2)
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
.done { padding: .7rem 1rem; border-left: 4px solid var(--blue); background: var(--soft); }
section { margin-top: 2.5rem; border-top: 1px solid var(--line); }
h2 { font-size: 1.25rem; line-height: 1.3; margin-top: 1.5rem; }
small { display: block; font-weight: 400; }
button.link { padding: 0; color: var(--blue); background: none; font-weight: 400;
         text-decoration: underline; }
a.button { display: inline-block; padding: .6rem 1.2rem; font-weight: 600; color: var(--on-blue);
         background: var(--blue); border-radius: 4px; text-decoration: none; }
svg.qr { display: block; width: 14rem; height: auto; margin: 1rem auto; background: #fff; }
code { overflow-wrap: anywhere; }
ul.codes { columns: 2; padding: 1rem; list-style: none; background: var(--soft); border-radius: 4px;
         font-family: ui-monospace, monospace; line-height: 2; }
@media (max-width: 26rem) { ul.codes { columns: 1; } }
nav { display: flex; justify-content: space-between; margin-top: 2.5rem; }
p.legal { font-size: .9rem; }
"""


def typed_text(given: Mapping, name: str) -> str:
    """A field as text that can be stored, without half surrogate pairs."""
    return str(given.get(name, "")).encode("utf-8", "replace").decode()


async def run_password_check(request: Request, function: Callable, *arguments):
    """What a function returns that checks a password or takes a new one, in a thread, when the turn of
    the request has come. To be asked once its form was read. Raises TooBusy."""
    try:
        async with turn_of(PASSWORDS, request):
            return await anyio.to_thread.run_sync(function, *arguments, limiter=_THREADS)
    except VisitorLeft as gone:
        raise too_busy_error() from gone


def device_cookie() -> str:
    """The name of the cookie by which a browser is known to an account."""
    return f"{sign_in_cookie()}-appareil"


def step_cookie() -> str:
    """The name of the cookie between the password and the code."""
    return f"{sign_in_cookie()}-etape"


def set_cookie(answer: Response, name: str, token: str, seconds: int) -> None:
    """A cookie that no script can read and no other site makes a browser send with a form."""
    answer.set_cookie(
        name,
        token,
        max_age=seconds,
        path="/",
        secure=is_behind_tls(),
        httponly=True,
        samesite="lax",
    )


def clear_cookie(answer: Response, name: str) -> None:
    answer.delete_cookie(name, path="/", secure=is_behind_tls(), httponly=True)


async def set_session_cookie(request: Request, answer: Response, token: str) -> Response:
    """The answer, with the session in its cookie; the browser is known to the account from now on."""
    set_cookie(answer, sign_in_cookie(), token, SESSION_HOURS * 3600)
    clear_cookie(answer, step_cookie())
    device = request.cookies.get(device_cookie(), "")[:200]
    known = await anyio.to_thread.run_sync(_known_device, token, device)
    if known and known != device:
        set_cookie(answer, device_cookie(), known, attempts.DEVICE_DAYS * 86_400)
    return answer


def _known_device(token: str, device: str) -> str:
    now = datetime.now(UTC)
    try:
        with store().writing() as session:
            account = accounts.find_account(session, accounts.Bearer(token=token), now)
            return attempts.know_device(session, account.name, device, now) if account else ""
    except MonitorError:  # signed in all the same
        return ""


async def refuse_foreign(request: Request, lang: str, title: str) -> Response | None:
    """Why a POST is not even looked at."""
    if is_foreign(request.headers):
        LOG.warning(
            "refused: a POST to %s from %.200s",
            request.url.path,
            request.headers.get("origin", "nowhere"),
        )
        return form_page(lang, title, error_alert(InvalidValue("foreign_origin"), lang), 403)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return form_page(lang, title, error_alert(InvalidValue("request_malformed"), lang), 413)
    return None


def error_status(error: MonitorError | None) -> int:
    """The HTTP status of the error; 200 without one."""
    if error is None:
        return 200
    kinds = {
        TooManyAttempts: 429,
        TooBusy: 503,
        DatabaseError: 503,
        NotAllowed: 401,
        NotFound: 404,
    }
    return next((status for kind, status in kinds.items() if isinstance(error, kind)), 422)


def error_headers(error: MonitorError | None) -> dict[str, str]:
    """When to come back."""
    if isinstance(error, TooManyAttempts):
        return {"retry-after": str(attempts.WINDOW_MINUTES * 60)}
    if isinstance(error, TooBusy):
        return {"retry-after": str(RETRY_SECONDS)}
    return {}


def error_alert(error: MonitorError | None, lang: str) -> str:
    """What is wrong, as HTML; nothing of no error."""
    if error is None:
        return ""
    return f'<p class="error" role="alert">{escape(public_sentence(error, lang))}</p>'


def input_field(
    lang: str, label: str, name: str, kind: str = "text", hint: str = "", **attributes: str | bool
) -> str:
    """A labelled input. `hint`: a message under its label."""
    words = escape(text(label, lang))
    small = f"<small>{escape(text(hint, lang))}</small>" if hint else ""
    given = "".join(
        f" {key}" if value is True else f' {key}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not False
    )
    return f'<label>{words}{small}\n<input name="{name}" type="{kind}"{given}></label>'


def form_address(path: str, query: Mapping[str, str], way: str) -> str:
    """The address of a form; `way`: where the person wants to go once it is over, "" for nowhere."""
    return with_query(path, {**query, "vers": way} if way else query)


def other_languages(lang: str) -> list[str]:
    """The languages that a form in one of them leads to."""
    return [other for other in LANGUAGES if other != lang]


def links_to_other_languages(path: str, lang: str, way: str = "") -> str:
    """The ways to the same form in each other language, as HTML."""
    return " ".join(
        f'<a href="{escape(form_address(path, {"lang": other}, way))}" lang="{other}">'
        f"{escape(own_name(other))}</a>"
        for other in other_languages(lang)
    )


def form_page(
    lang: str, title: str, body: str, status: int = 200, headers=None, switch: str = ""
) -> Response:
    """A form, or what became of it. `switch`: the way to the other language, as HTML."""
    heading, home = escape(text(title, lang)), with_query("/", {"lang": lang})
    legal = " · ".join(
        f'<a href="{escape(address)}">{escape(words)}</a>' for words, address in legal_links(lang)
    )
    made = f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{heading} · {escape(text("app.title", lang))}</title><style>{STYLE}</style></head>
<body><main><h1>{heading}</h1>{body}
<nav><a href="{home}">{escape(text("access.back", lang))}</a>{switch}</nav>
<p class="legal">{legal}</p>
</main></body></html>"""
    return HTMLResponse(made, status, {"cache-control": "no-store", **(headers or {})})

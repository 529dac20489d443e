"""The second step of signing in: the code of an authenticator app, which is set up the first time."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import escape

import anyio
import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor import accounts
from monitor.accounts import authenticator
from monitor.errors import MonitorError, NotFound, TooManyAttempts
from monitor.i18n import text
from monitor.read.current_log import store
from monitor.web import forms, sign_in
from monitor.web.language import language
from monitor.web.transport import address_of

TITLE = "access.factor"


@dataclass(frozen=True)
class CodeStep:
    """Whose code is awaited, and the secret that an app is to be given, of one that is not set up."""

    name: str
    secret: str | None


async def second_factor(request: Request) -> Response:
    """The question for the code, after the password; and what becomes of the answer."""
    lang, way = language(request), request.query_params.get("vers", "")[: forms.LARGEST_BODY]
    if request.method == "POST" and (refused := await forms.refuse_foreign(request, lang, TITLE)):
        return refused
    step = request.cookies.get(forms.step_cookie(), "")[:200]
    try:
        asked = await anyio.to_thread.run_sync(_asked, step)
    except MonitorError as error:
        return _begin_again(lang, way, error)
    if request.method == "GET":
        return _form(lang, way, asked)
    code = forms.typed_text(await request.form(), "code")[:50]
    device = request.cookies.get(forms.device_cookie(), "")[:200]
    given = partial(
        accounts.enter_code,
        store(),
        step,
        code,
        address_of(request.scope),
        datetime.now(UTC),
        device,
    )
    try:
        token, codes = await anyio.to_thread.run_sync(given)
        place = await anyio.to_thread.run_sync(sign_in.next_page, token, lang, way)
    except (NotFound, TooManyAttempts) as error:
        return _begin_again(lang, way, error)
    except MonitorError as error:
        return _form(lang, way, asked, error)
    answer = RedirectResponse(place, status_code=303)
    if codes:
        answer = forms.form_page(lang, "access.recovery_title", shown_codes(lang, codes, place))
    return await forms.set_session_cookie(request, answer, token)


def _asked(step: str) -> CodeStep:
    now = datetime.now(UTC)
    with store().reading() as session:
        name = authenticator.account_awaiting_code(session, step, now)
        if authenticator.is_confirmed(session, name):
            return CodeStep(name, None)
        secret = authenticator.secret_of(session, name)
    if secret is None:
        with store().writing() as session:
            name = authenticator.account_awaiting_code(session, step, now)
            secret = authenticator.secret_of(session, name) or authenticator.make_secret(
                session, name
            )
    return CodeStep(name, secret)


def _form(lang: str, way: str, asked: CodeStep, error: MonitorError | None = None) -> Response:
    body = f"""
{_setting_up(lang, asked.name, asked.secret) if asked.secret else ""}
{forms.error_alert(error, lang)}
<form method="post" action="{escape(forms.form_address("/second-facteur", {"lang": lang}, way))}">
{
        forms.input_field(
            lang,
            "access.code",
            "code",
            hint="" if asked.secret else "access.code_hint",
            autocomplete="one-time-code",
            required=True,
            autofocus=not asked.secret or error is not None,
            spellcheck="false",
            autocapitalize="off",
        )
    }
<button>{escape(text("access.go_on", lang))}</button>
</form>"""
    switch = forms.links_to_other_languages("/second-facteur", lang, way)
    title = "access.factor_set_up" if asked.secret else TITLE
    return forms.form_page(
        lang, title, body, forms.error_status(error), forms.error_headers(error), switch
    )


def _setting_up(lang: str, name: str, secret: str) -> str:
    site = text("app.title", lang)
    address = authenticator.address_for_app(secret, name, site)
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return f"""<p>{escape(text("access.factor_why", lang))}</p>
<p>{escape(text("access.factor_how", lang))}</p>
{_picture(address, text("access.factor_picture", lang))}
<p>{escape(text("access.factor_key", lang))} <code>{spaced}</code></p>"""


def _picture(address: str, title: str) -> str:
    """A QR code as inline SVG: no other site is asked for it."""
    made = io.BytesIO()
    segno.make(address, error="m").save(
        made,
        kind="svg",
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        border=4,
        omitsize=True,
        title=title,
        dark="#000",
        light="#fff",
    )
    return made.getvalue().decode("utf-8")


def shown_codes(lang: str, codes: Sequence[str], place: str) -> str:
    """The recovery codes, shown once, and the way on, as HTML."""
    items = "".join(f"<li>{escape(code)}</li>" for code in codes)
    return f"""<p>{escape(text("access.recovery_intro", lang))}</p>
<ul class="codes">{items}</ul>
<p><a class="button" href="{escape(place)}">{escape(text("access.recovery_kept", lang))}</a></p>"""


def _begin_again(lang: str, way: str, error: MonitorError) -> Response:
    address = forms.form_address("/connexion", {"lang": lang}, way)
    again = f"""{forms.error_alert(error, lang)}
<p><a href="{escape(address)}">{escape(text("access.sign_in", lang))}</a></p>"""
    return forms.form_page(
        lang, TITLE, again, forms.error_status(error), forms.error_headers(error)
    )


ROUTES = [Route("/second-facteur", second_factor, methods=["GET", "POST"])]

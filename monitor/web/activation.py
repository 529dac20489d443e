"""Choosing a password by a one-time link, whose token is in no address that a server is told of."""

from datetime import UTC, datetime
from html import escape
from pathlib import Path

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor import commands
from monitor.accounts import passwords, sign_in_names
from monitor.errors import InvalidValue, MonitorError, NotFound, Refused, TooBusy
from monitor.i18n import own_name, text
from monitor.read.current_log import store
from monitor.web import forms, sign_in
from monitor.web.language import language

TITLE = "access.activate"
SCRIPT = Path(__file__).parent / "static" / "activation.js"


async def activation(request: Request) -> Response:
    """Looking at the page does not use the link up; nor does giving its token, before a password."""
    lang = language(request)
    if request.method == "GET":
        return _asking(lang)
    if refused := await forms.refuse_foreign(request, lang, TITLE):
        return refused
    given = await request.form()
    token = forms.typed_text(given, "jeton").strip()[:200]
    try:
        name, known_as = await anyio.to_thread.run_sync(_of_link, token)
        if "password" not in given:
            return _choosing(lang, token, name, known_as)
        try:
            entered = await forms.run_password_check(request, _activate, token, given)
        except (InvalidValue, Refused, TooBusy) as error:
            typed = forms.typed_text(given, "name")[:200]
            return _choosing(lang, token, name, typed, error)
        return await sign_in.after_password(request, entered, lang)
    except NotFound as error:
        return _asking(lang, error)
    except MonitorError as error:
        return forms.form_page(
            lang, TITLE, forms.error_alert(error, lang), forms.error_status(error)
        )


def _activate(token: str, given) -> str:
    password, again = forms.typed_text(given, "password"), forms.typed_text(given, "again")
    if password != again:
        raise InvalidValue("password_differs")
    return commands.activate_and_sign_in(
        store(), token, password, sign_in_name=forms.typed_text(given, "name")[:200]
    )


def _of_link(token: str) -> tuple[str, str]:
    """The account of the link, and the name that it signs in with, "" before it has chosen one."""
    with store().reading() as session:
        name = passwords.account_of_link(session, token, datetime.now(UTC))
        return name, sign_in_names.sign_in_name(session, name) or ""


def _asking(lang: str, error: MonitorError | None = None) -> Response:
    """The token is put in by a script of ours, or by hand."""
    body = f"""
{forms.error_alert(error, lang)}
<form method="post" action="/activation?lang={lang}" data-lien>
{
        forms.input_field(
            lang,
            "access.link_code",
            "jeton",
            hint="access.link_code_hint",
            required=True,
            autocomplete="off",
            spellcheck="false",
        )
    }
<button>{escape(text("access.go_on", lang))}</button>
</form>
<script src="/activation.js"></script>"""
    switch = forms.links_to_other_languages("/activation", lang)
    return forms.form_page(lang, TITLE, body, 404 if error else 200, switch=switch)


def _choosing(
    lang: str, token: str, name: str, known_as: str, error: MonitorError | None = None
) -> Response:
    intro = text("access.activate_intro", lang, name=name, least=passwords.SHORTEST)
    hidden = f'<input type="hidden" name="jeton" value="{escape(token)}">'
    body = f"""
<p>{escape(intro)}</p>
{forms.error_alert(error, lang)}
<form method="post" action="/activation?lang={lang}">
{hidden}
{
        forms.input_field(
            lang,
            "access.sign_in_name",
            "name",
            hint="access.sign_in_name_hint",
            value=known_as,
            autocomplete="username",
            required=True,
            autofocus=True,
            maxlength="60",
        )
    }
{
        forms.input_field(
            lang,
            "access.password",
            "password",
            "password",
            autocomplete="new-password",
            required=True,
            minlength=str(passwords.SHORTEST),
            maxlength=str(passwords.LONGEST),
        )
    }
{
        forms.input_field(
            lang,
            "access.password_again",
            "again",
            "password",
            autocomplete="new-password",
            required=True,
        )
    }
<button>{escape(text("access.go_on", lang))}</button>
</form>"""
    switch = " ".join(
        f'<form method="post" action="/activation?lang={other}">{hidden}'
        f'<button class="link" lang="{other}">{escape(own_name(other))}</button></form>'
        for other in forms.other_languages(lang)
    )
    return forms.form_page(
        lang, TITLE, body, forms.error_status(error), forms.error_headers(error), switch
    )


async def script(_request: Request) -> Response:
    """What puts the token of the address into the form."""
    body = SCRIPT.read_text("utf-8")
    return Response(body, media_type="text/javascript", headers={"cache-control": "no-cache"})


ROUTES = [
    Route("/activation", activation, methods=["GET", "POST"]),
    Route("/activation.js", script),
]

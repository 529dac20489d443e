"""One's own account: the name to sign in with, the password, other sessions, recovery codes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor import accounts, commands
from monitor.accounts import Account, Bearer, authenticator, passwords, sign_in_names
from monitor.errors import DatabaseError, InvalidValue, MonitorError, NotAllowed
from monitor.i18n import plural, text
from monitor.read.current_log import store
from monitor.settings import sign_in_cookie
from monitor.web import forms, sign_in
from monitor.web.language import language
from monitor.web.second_factor import shown_codes

TITLE = "access.own"


@dataclass(frozen=True)
class OwnAccount:
    """What the page shows of an account. `known_as`: the name that it has chosen to sign in with;
    `codes`: how many recovery codes are left, None without a second factor."""

    account: Account
    known_as: str | None
    has_password: bool
    others: int
    codes: int | None


async def own_account(request: Request) -> Response:
    """The account of who is signed in by a password, and what they change of it."""
    lang, way = language(request), request.query_params.get("vers", "")[: forms.LARGEST_BODY]
    if request.method == "POST" and (refused := await forms.refuse_foreign(request, lang, TITLE)):
        return refused
    who = Bearer(token=request.cookies.get(sign_in_cookie(), "")[:200])
    try:
        own = await anyio.to_thread.run_sync(_own, who)
    except NotAllowed:
        address = forms.form_address("/connexion", {"lang": lang}, way)
        return RedirectResponse(address, status_code=303)
    except DatabaseError as error:
        return forms.form_page(lang, TITLE, forms.error_alert(error, lang), 503)
    if request.method == "GET":
        return _page(lang, way, own, done=request.query_params.get("fait", ""))
    given = await request.form()
    what = forms.typed_text(given, "quoi")
    try:
        if what not in _CHANGES:
            raise InvalidValue("request_malformed")
        done = await forms.run_password_check(request, _CHANGES[what], who, given)
    except MonitorError as error:
        return _page(lang, way, own, error, what)
    if isinstance(done, list):
        return forms.form_page(
            lang, "access.recovery_title", shown_codes(lang, done, _address(lang, way))
        )
    return RedirectResponse(_address(lang, way, what), status_code=303)


def _own(who: Bearer) -> OwnAccount:
    now = datetime.now(UTC)
    with store().reading() as session:
        account = accounts.find_account(session, who, now)
        if account is None:
            raise NotAllowed("not_signed_in")
        confirmed = authenticator.is_confirmed(session, account.name)
        return OwnAccount(
            account,
            sign_in_names.sign_in_name(session, account.name),
            passwords.has_chosen_password(session, account.name),
            accounts.count_sessions(session, account.name, now) - 1,
            authenticator.recovery_codes_left(session, account.name) if confirmed else None,
        )


def _change_name(who: Bearer, given) -> None:
    commands.choose_sign_in_name(
        store(), who, forms.typed_text(given, "present"), forms.typed_text(given, "name")[:200]
    )


def _change_password(who: Bearer, given) -> None:
    password, again = forms.typed_text(given, "password"), forms.typed_text(given, "again")
    if password != again:
        raise InvalidValue("password_differs")
    commands.change_password(store(), who, forms.typed_text(given, "present"), password)


def _end_others(who: Bearer, _given) -> None:
    commands.end_other_sessions(store(), who)


def _new_codes(who: Bearer, given) -> list[str]:
    return commands.new_recovery_codes(store(), who, forms.typed_text(given, "present"))


#: What a form of the page asks for, by its name in `quoi`.
_CHANGES: dict[str, Callable] = {
    "nom": _change_name,
    "passe": _change_password,
    "sessions": _end_others,
    "secours": _new_codes,
}


def _page(
    lang: str,
    way: str,
    own: OwnAccount,
    error: MonitorError | None = None,
    what: str = "",
    done: str = "",
) -> Response:
    role = text(f"role.{own.account.role}", lang)
    intro = text("access.own_intro", lang, name=own.account.name, role=role)
    parts = [f"<p>{escape(intro)}</p>"]
    if done in _CHANGES:
        changed = escape(text(f"access.done_{_SAID[done]}", lang))
        parts.append(f'<p class="done" role="status">{changed}</p>')
    if own.has_password and own.known_as is None and done != "nom":
        parts.append(f'<p class="done">{escape(text("access.name_is_public", lang))}</p>')
    parts.append(
        f'<p><a href="{escape(sign_in.page_of_team(way, lang))}">'
        f"{escape(text('access.to_team', lang))}</a></p>"
    )
    for quoi, part in zip(_CHANGES, (_name, _password, _sessions, _codes), strict=True):
        section = part(lang, own)
        if section:
            heading = escape(text(f"access.own_{_SAID[quoi]}", lang))
            parts.append(
                f'<section id="{quoi}"><h2>{heading}</h2>'
                f"{forms.error_alert(error, lang) if what == quoi else ''}"
                f'<form method="post" action="{escape(_address(lang, way))}#{quoi}">'
                f'<input type="hidden" name="quoi" value="{quoi}">{section}</form></section>'
            )
    if what not in _CHANGES:
        parts.insert(0, forms.error_alert(error, lang))
    switch = forms.links_to_other_languages("/mon-compte", lang, way)
    return forms.form_page(
        lang, TITLE, "\n".join(parts), forms.error_status(error), forms.error_headers(error), switch
    )


#: The messages about each change: `access.own_…`, `access.done_…`.
_SAID = {"nom": "name", "passe": "password", "sessions": "sessions", "secours": "codes"}


def _name(lang: str, own: OwnAccount) -> str:
    if not own.has_password:
        return ""
    return (
        forms.input_field(
            lang,
            "access.sign_in_name",
            "name",
            hint="access.sign_in_name_hint",
            value=own.known_as or "",
            autocomplete="username",
            required=True,
            maxlength="60",
        )
        + _present(lang)
        + _button(lang, "access.change_name")
    )


def _password(lang: str, own: OwnAccount) -> str:
    if not own.has_password:
        return f"<p>{escape(text('access.own_provider', lang))}</p>"
    rule = escape(text("access.password_rule", lang, least=passwords.SHORTEST))
    new = {"autocomplete": "new-password", "required": True}
    return (
        f"<p>{rule}</p>"
        + _present(lang)
        + forms.input_field(
            lang,
            "access.new_password",
            "password",
            "password",
            minlength=str(passwords.SHORTEST),
            maxlength=str(passwords.LONGEST),
            **new,
        )
        + forms.input_field(lang, "access.password_again", "again", "password", **new)
        + _button(lang, "access.change_password")
    )


def _sessions(lang: str, own: OwnAccount) -> str:
    if not own.others:
        return f"<p>{escape(text('access.no_other_session', lang))}</p>"
    paragraph = f"<p>{escape(plural('access.other_sessions', own.others, lang))}</p>"
    return paragraph + _button(lang, "access.end_sessions")


def _codes(lang: str, own: OwnAccount) -> str:
    if own.codes is None:
        return ""
    words = escape(plural("access.codes_left", own.codes, lang))
    return f"<p>{words}</p>" + _present(lang) + _button(lang, "access.new_codes")


def _present(lang: str) -> str:
    return forms.input_field(
        lang,
        "access.present_password",
        "present",
        "password",
        autocomplete="current-password",
        required=True,
    )


def _button(lang: str, label: str) -> str:
    return f"<button>{escape(text(label, lang))}</button>"


def _address(lang: str, way: str, done: str = "") -> str:
    query = {"lang": lang, "fait": done} if done else {"lang": lang}
    return forms.form_address("/mon-compte", query, way)


ROUTES = [Route("/mon-compte", own_account, methods=["GET", "POST"])]

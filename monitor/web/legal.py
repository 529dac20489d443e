"""Who publishes the site, and what it keeps of people: two public pages, from the settings and from the
durations that the server itself keeps to. They ask the database for nothing."""

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.accounts.retention import RETENTIONS
from monitor.i18n import duration, text
from monitor.publisher import link_of, publisher
from monitor.read.screens import LEGAL
from monitor.web.html import render_page
from monitor.web.language import language


@dataclass(frozen=True)
class Part:
    """A title and what stands under it; `facts`: (name, words or "", where it leads or None)."""

    title: str
    words: list[str] = field(default_factory=list)
    facts: list[tuple[str, str, str | None]] = field(default_factory=list)
    table: list[tuple[str, str]] = field(default_factory=list)


def legal_notice(request: Request) -> Response:
    """Publisher, director of publication, host, contact; what is not stated is said not to be."""
    lang = language(request)
    facts = _facts(lang, "publisher", "address", "director", "host", "contact")
    parts = [
        Part(text("legal.who", lang), facts=facts),
        _part(
            lang, "legal.reply", "legal.reply_text", how=_where_to_write(lang, "legal.reply_how")
        ),
        _part(lang, "legal.sources", "legal.sources_text"),
    ]
    return _page(request, lang, "page.legal", "legal.lead", parts)


def privacy_notice(request: Request) -> Response:
    """What is kept of officials, readers, volunteers and failures, why, how long; the rights."""
    lang = language(request)
    officer = [
        (text("legal.officer", lang), given, link_of(given))
        for given in (publisher().officer,)
        if given
    ]
    controller = _facts(lang, "publisher", "address", "contact")
    parts = [
        Part(text("privacy.controller", lang), facts=[*controller, *officer]),
        _part(lang, "privacy.officials", "privacy.officials_text"),
        _part(lang, "privacy.readers", "privacy.readers_text"),
        _part(lang, "privacy.team", "privacy.team_text", table=_durations(lang)),
        _part(lang, "privacy.stays", "privacy.stays_text"),
        _part(
            lang,
            "privacy.rights",
            "privacy.rights_text",
            how=_where_to_write(lang, "privacy.rights_how", publisher().officer),
        ),
    ]
    return _page(request, lang, "page.privacy", "privacy.lead", parts)


def _facts(lang: str, *names: str) -> list[tuple[str, str, str | None]]:
    stated = publisher()
    return [
        (text(f"legal.{name}", lang), getattr(stated, name), link_of(getattr(stated, name)))
        for name in names
    ]


def _durations(lang: str) -> list[tuple[str, str]]:
    """What is kept for a time, and how long: as `retention.purge_expired` does."""
    return [
        (text(f"retention.{one.code}", lang), duration(one.kept_for, lang)) for one in RETENTIONS
    ]


def _part(lang: str, title: str, words: str, how: str = "", **more) -> Part:
    paragraphs = [*text(words, lang).split("\n"), how]
    return Part(text(title, lang), words=[words for words in paragraphs if words], **more)


def _where_to_write(lang: str, key: str, *more: str) -> str:
    """That one writes to what the page says above, `more` among it; or that it says no address."""
    stated = (publisher().contact, publisher().address, *more)
    return text(key if any(stated) else "sheet.no_contact", lang)


def _page(request: Request, lang: str, title: str, lead: str, parts: list[Part]) -> Response:
    return render_page(
        request, "legal.html", lang, heading=text(title, lang), lead=text(lead, lang), parts=parts
    )


_MADE = {"legal": legal_notice, "privacy": privacy_notice}
ROUTES = [Route(f"/{address}", _MADE[kind]) for kind, address in LEGAL.items()]

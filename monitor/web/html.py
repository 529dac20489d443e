"""Pages that need no script: templates, the view of an address, and what an answer carries."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial, wraps
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from monitor import charts
from monitor.errors import DatabaseError, NotFound, TooBusy
from monitor.i18n import LANGUAGES, LOCALES, Choice, day, plural, public_sentence, text
from monitor.models import Status
from monitor.publisher import publisher
from monitor.read import query
from monitor.read.careers import title_wording
from monitor.read.current_log import FOLLOWER, current_snapshot
from monitor.read.limits import RETRY_SECONDS
from monitor.read.screens import legal_links
from monitor.read.selection import View
from monitor.read.wording import ANY_PACT
from monitor.settings import public_url
from monitor.snapshot import log_today
from monitor.web.language import accepted_languages, language
from monitor.web.queueing import VisitorLeft, make_in_turn
from monitor.web.responses import has_current_copy, tag_of

HERE = Path(__file__).parent


@cache
def style() -> str:
    """The style sheet, with the colour of each status on a light and on a dark page."""
    shown = (*Status, *charts.BANDS)
    light, dark = ("".join(_colours(status, shade) for status in shown) for shade in (False, True))
    sheet = (HERE / "static" / "fiche.css").read_text("utf-8")
    return f"{sheet}{light}@media screen and (prefers-color-scheme: dark) {{ {dark} }}"


def _colours(status: str, dark: bool) -> str:
    fill = charts.status_colour(status, dark)
    ink = charts.text_colour_on(fill)
    return (
        f"i.s-{status} {{ background: {fill}; color: {ink}; }} "
        f"rect.s-{status} {{ fill: {fill}; }} text.on-{status} {{ fill: {ink}; }}\n"
    )


@cache
def content_policy(script: bool = False, framed: bool = False) -> str:
    """A content security policy of its own: no script at all, or our own and what plotly.js draws with.
    `framed`: a page of any site may show it."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    styles = "'unsafe-inline'" if script else f"'sha256-{digest}'"
    rules = [
        "default-src 'none'",
        f"style-src {styles}",
        f"img-src 'self'{' data: blob:' if script else ''}",
        "base-uri 'none'",
        "form-action 'self'",
        f"frame-ancestors {'*' if framed else chr(39) + 'none' + chr(39)}",
    ]
    if script:
        rules += ["script-src 'self'", "connect-src 'self'", "font-src 'self'"]
    return "; ".join(rules)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    compact = {"sort_keys": False, "ensure_ascii": False, "separators": (",", ":")}
    made.policies["json.dumps_kwargs"] = compact
    return made


def site_address(request: Request) -> str:
    """The address of this site as the public knows it, without a slash at its end."""
    return public_url() or str(request.base_url).rstrip("/")


def view_of_request(request: Request, **fixed: str) -> View:
    """The view that the address asks for. Raises NotFound (`no_pact`), and what reading the log does."""
    view = query.read_view(
        current_snapshot(), dict(request.query_params) | fixed, accepted_languages(request)
    )
    if view is None:
        raise NotFound("no_pact")
    return view


def address_names(view: View, **more: str | None) -> dict[str, str]:
    """The names that an address needs beside its place: its pact, whatever others are loaded later, its
    language, whoever follows it, and `more`."""
    found = {
        "pacte": view.log.pact.id,
        "lang": view.lang,
        **more,
    }
    return {name: value for name, value in found.items() if value}


def page_tag(request: Request, view: View) -> str:
    """What the page of an address depends on: the log, the day, the address itself."""
    shown = (site_address(request), str(request.url), view.lang, publisher().contact)
    days = (view.day.isoformat(), log_today().isoformat())
    return tag_of(view.snapshot.head, *days, *shown)


def not_modified(request: Request, view: View) -> Response | None:
    """304 if the client's copy is current."""
    own = page_tag(request, view)
    return (
        Response(status_code=304, headers={"etag": own}) if has_current_copy(request, own) else None
    )


def with_query(path: str, names: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(names)}" if names else path


def render_page(
    request: Request,
    template: str,
    lang: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    rules: str | None = None,
    view: View | None = None,
    names: Mapping[str, str] | None = None,
    **values,
) -> Response:
    """A page of a template, with the frame's own values. `view`: what it shows, for its tag. `names`:
    what the addresses that lead on need, the language by default."""
    names = {"lang": lang} if names is None else names
    body = (
        _templates()
        .get_template(template)
        .render(
            lang=lang,
            locale=LOCALES[lang],
            t=view.text if view else partial(_text, lang),
            cities_title=_name_places(view, lang),
            n=lambda key, count: plural(key, count, lang),
            d=lambda when: day(when, lang),
            sign=charts.status_sign,
            sep=text("sentence.colon", lang),
            style=_styled(),
            home=with_query("/", names),
            cities=with_query("/ville", names),
            legal=legal_links(lang),
            languages=[(name, _in_language(request, name, names)) for name in LANGUAGES],
            **values,
        )
    )
    answer = {"content-security-policy": rules or content_policy(), "cache-control": "no-cache"}
    answer |= {"content-language": lang, **(headers or {})}
    if view is not None and status == 200:
        answer["etag"] = page_tag(request, view)
    return HTMLResponse(body, status, answer)


def _name_places(view: View | None, lang: str) -> str | None:
    """What the page of cities is called; None on a site without a pact, which has none."""
    if view is None and first_view() is None:
        return None
    return text("page.cities", lang, **(view.state.wording if view else site_wording()))


def site_wording() -> Mapping[str, Choice]:
    """The words of pages that are about no pact: those of the pact that the site opens with."""
    view = first_view()
    return title_wording(view) if view else ANY_PACT


def first_view() -> View | None:
    """What the site opens with, without a look at the database; None while no pact is known."""
    ready = FOLLOWER.last_ready
    return query.read_view(ready, {}) if ready else None


def _text(lang: str, key: str, **values) -> str:
    return text(key, lang, **values)


@cache
def _styled():
    return Markup(style())  # ours, and its digest is in the policy: not to be escaped


def _in_language(request: Request, lang: str, names: Mapping[str, str]) -> str:
    """This very page in another language, with the `names` that it needs."""
    asked = {**names, **request.query_params, **names}
    return with_query(request.url.path, asked | {"lang": lang})


def render_message(
    request: Request,
    lang: str,
    status: int,
    heading: str,
    words: str,
    places: Sequence[Mapping] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page that shows nothing of a pact: why not, and the places that lead on."""
    return render_page(
        request,
        "choice.html",
        lang,
        status=status,
        headers=headers,
        heading=heading,
        notices=[],
        words=words,
        places=places,
        pact=None,
        canonical="",
        kept=[],
        typed="",
    )


def answer_with_page(handler: Callable[[Request], Response]) -> Callable:
    """A route that says in a page why it cannot answer, made in a thread."""

    @wraps(handler)
    async def answered(request: Request) -> Response:
        try:
            return await make_in_turn(request, safe, request)
        except TooBusy as error:
            sentence = public_sentence(error, language(request))
            return PlainTextResponse(sentence, 503, {"retry-after": str(RETRY_SECONDS)})
        except VisitorLeft:
            return Response(status_code=503)

    def safe(request: Request) -> Response:
        try:
            return handler(request)
        except (DatabaseError, NotFound) as error:
            lang = language(request)
            unavailable = isinstance(error, DatabaseError)
            return render_message(
                request,
                lang,
                503 if unavailable else 404,
                text("sheet.unavailable", lang),
                public_sentence(error, lang),
                headers={"retry-after": "30"} if unavailable else None,
            )

    return answered

"""The 404 page: says that the address does not exist and leads on, instead of the framework's
empty one, which answers 200 to anything."""

import re

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor.i18n import text
from monitor.read.current_log import FOLLOWER
from monitor.read.screens import ADDRESSES, SCREENS, empty_pages
from monitor.web.html import first_view, render_message, site_wording, with_query
from monitor.web.language import language

#: A measure as one guesses its address from that of a city, `/ville/…`.
_OF_MEASURE = re.compile(r"(?:mesures?|measures?)/([^/]{1,80})", re.IGNORECASE)


class Elsewhere(Convertor[str]):
    """Whatever the framework does not serve itself; what it adds to a page's address is left to it."""

    regex = (
        r"(?!(?:_stcore|static|media|component|app|auth)(?:/|$)|oauth2callback$"
        r"|favicon\.png$|manifest\.json$|index\.html$).+"
    )

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("elsewhere", Elsewhere())


def missing_page(request: Request) -> Response:
    """404 with the pages that show something; the page that was meant, where only capitals or a slash
    differ, or where a measure was asked for as a city is."""
    asked = request.path_params["path"].strip("/")
    if found := _OF_MEASURE.fullmatch(asked):
        address = with_query("/mesures", {**request.query_params, "mesure": found[1]})
        return RedirectResponse(address, status_code=301)
    meant = asked.lower()
    if meant in ADDRESSES:
        address = with_query(f"/{meant}", dict(request.query_params))
        return RedirectResponse(address, status_code=301)
    lang, wording = language(request), site_wording()
    names, ready, opened = {"lang": lang}, FOLLOWER.last_ready, first_view()
    hidden = empty_pages(ready, opened.pact.id if opened else None, None) if ready else ()
    places = [
        {
            "words": text(title, lang, **wording),
            "address": with_query(f"/{address}", names),
            "note": "",
        }
        for _, title, address, _ in SCREENS
        if address not in hidden
    ]
    heading, words = text("unknown.title", lang), text("unknown.words", lang)
    return render_message(request, lang, 404, heading, words, places)


def icon(_request: Request) -> Response:
    """Where browsers look for an icon that no page names."""
    return RedirectResponse("/app/static/icon.png", status_code=301)


ROUTES = [Route("/favicon.ico", icon), Route("/{path:elsewhere}", missing_page)]

"""What a visitor of a route is told when the program fails: a page, or an object for a program, in
their language. Pages of the app have `monitor.ui.error_page`."""

import logging
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from monitor.i18n import moment, text
from monitor.web.html import render_message
from monitor.web.language import language
from monitor.web.responses import CORS, refusal

LOG = logging.getLogger(__name__)
#: Addresses that any site may read, whatever they answer.
ANYWHERE = ("/api/", "/flux.atom", "/graphique/")


class Failures:
    """Plain ASGI middleware: an error that nobody foresaw is told to the reader and to the server's log.
    An answer that has begun is cut short instead, which its reader sees."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def followed(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, followed)
        except Exception:
            if begun or scope["type"] != "http":
                raise
            LOG.exception("an answer failed")
            response = _failure(Request(scope))
            await response(scope, receive, send)


def _failure(request: Request) -> Response:
    lang = language(request)
    words = text("failure.words", lang, moment=moment(datetime.now(UTC), lang))
    if request.url.path.startswith("/api/"):
        response = refusal(500, "failure", words, {"content-language": lang})
    else:
        response = render_message(request, lang, 500, text("failure.title", lang), words)
    if request.url.path.startswith(ANYWHERE):
        response.headers.update(CORS)
    return response

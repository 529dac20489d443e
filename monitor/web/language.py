"""The language of an answer: that of its address, else the reader's, else that of the pact."""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import Message, Receive, Scope, Send

from monitor.i18n import LANGUAGES
from monitor.read import current_log

#: Where a request remembers that its answer depends on the reader's languages.
_NEGOTIATED = "monitor.negotiated"


def accepted_languages(request: HTTPConnection) -> str:
    """What its reader accepts, which caches are told to ask about; "" where the address says the
    language by itself."""
    if request.query_params.get("lang") in LANGUAGES:
        return ""
    request.scope[_NEGOTIATED] = True
    return ",".join(request.headers.getlist("accept-language"))


def language(request: HTTPConnection) -> str:
    """The language of an answer that is about no view, even of a refusal."""
    return current_log.language_of(request.query_params, accepted_languages(request))


class VaryByLanguage:
    """Plain ASGI middleware: an answer whose language was chosen by what its reader accepts says so to
    the caches between them, 304 included."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and scope.get(_NEGOTIATED):
                MutableHeaders(scope=message).add_vary_header("Accept-Language")
            await send(message)

        await self.app(scope, receive, marked if scope["type"] == "http" else send)

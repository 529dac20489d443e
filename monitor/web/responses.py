"""What any program may read without an account: one way of answering, of refusing, of not repeating."""

import hashlib
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from monitor.errors import DatabaseError, MonitorError, NotFound, TooBusy
from monitor.program import program_digest
from monitor.read.limits import PIECE_BYTES, RETRY_SECONDS
from monitor.read.selection import View
from monitor.read.strict_query import BadQuery
from monitor.read.turns import FILES
from monitor.web.language import language
from monitor.web.query import error_message
from monitor.web.queueing import VisitorLeft, make_in_turn, turn_of

METHODS = ("GET", "HEAD", "OPTIONS")
_ALLOWED = ", ".join(METHODS)
#: Any site may read: nothing here depends on who asks.
CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Content-Disposition",
}
PREFLIGHT = {
    "allow": _ALLOWED,
    "access-control-allow-methods": _ALLOWED,
    "access-control-allow-headers": "If-None-Match",
    "access-control-max-age": "86400",
}
#: Kept by anybody, asked again each time: the answer to that is often 304.
CACHE = {"cache-control": "public, no-cache", "vary": "Accept-Encoding"}
_TAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True)
class Answer:
    """A file: what it depends on, what it is called, and how it is made, piece by piece."""

    etag: str
    media_type: str
    lang: str
    pieces: Callable[[], Iterator[bytes]]
    headers: dict[str, str] = field(default_factory=dict)


class Public:
    """GET, HEAD and OPTIONS of what `prepare` makes of a request, in a thread. It raises MonitorError;
    the body is made once it is known to be wanted. Never a cookie."""

    def __init__(self, prepare: Callable[[Request], Answer]):
        self._prepare = prepare

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            async with AsyncExitStack() as stack:
                response = await self._response(request, stack)
                response.headers.update(CORS)
                await response(scope, receive, send)
        except VisitorLeft:
            return

    async def _response(self, request: Request, stack: AsyncExitStack) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        if request.method not in METHODS:
            return refusal(405, "method_not_allowed", _ALLOWED, {"allow": _ALLOWED})
        try:
            answer = await make_in_turn(request, self._prepare, request)
            headers = {"etag": answer.etag, "content-language": answer.lang, **answer.headers}
            if has_current_copy(request, answer.etag):
                return Response(status_code=304, headers=headers | CACHE)
            if request.method == "HEAD":
                return _bare(answer, headers)
            await stack.enter_async_context(turn_of(FILES, request))
            pieces = answer.pieces()
            # What cannot be read is met here, before the answer says that it could.
            first = await make_in_turn(request, next, pieces, None)
        except MonitorError as error:
            return _refused(error, language(request))
        # `Vary` is added by what compresses.
        headers["cache-control"] = CACHE["cache-control"]
        return StreamingResponse(
            _in_turn(request, first, pieces), media_type=answer.media_type, headers=headers
        )


async def _in_turn(
    request: Request, first: bytes | None, pieces: Iterator[bytes]
) -> AsyncIterator[bytes]:
    """The pieces, each made when the one before has gone: a slow reader holds nothing up. When others
    ask for so much that the turn does not come, the file is cut short, and the reader knows."""
    piece = first
    while piece is not None:
        for start in range(0, len(piece), PIECE_BYTES):
            yield piece[start : start + PIECE_BYTES]
        try:
            piece = await make_in_turn(request, next, pieces, None)
        except VisitorLeft:
            return


def etag(view: View, *more: str) -> str:
    """The tag of what a view shows in one form."""
    shown = map("=".join, view.canonical().items())
    return tag_of(view.snapshot.head, view.lang, *more, *shown)


def tag_of(*parts: str) -> str:
    """The tag of what depends on these and on the program alone: after an upgrade everything is sent
    anew. Weak: compressed or not, it says the same."""
    whole = chr(0).join((program_digest(), *parts))
    return f'W/"{hashlib.sha256(whole.encode()).hexdigest()[:32]}"'


def has_current_copy(request: Request, tag: str) -> bool:
    """Whether the reader has that already (RFC 9110, 13.1.2: a weak comparison)."""
    named = ",".join(request.headers.getlist("if-none-match"))
    return named.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(named)


def _bare(answer: Answer, headers: dict[str, str]) -> Response:
    """The headers alone; how long the body would be is not known."""
    response = Response(media_type=answer.media_type, headers=headers | CACHE)
    del response.headers["content-length"]
    return response


def _refused(error: MonitorError, lang: str) -> Response:
    headers = {"content-language": lang}
    if isinstance(error, (DatabaseError, TooBusy)):
        headers["retry-after"] = str(RETRY_SECONDS)
        return refusal(503, error.code, error_message(error, lang), headers)
    if isinstance(error, NotFound):
        return refusal(404, error.code, error_message(error, lang), headers)
    found = (error.name, error.value) if isinstance(error, BadQuery) else (None, None)
    return refusal(400, error.code, error_message(error, lang), headers, *found)


def refusal(
    status: int,
    code: str,
    message: str,
    headers: dict[str, str],
    name: str | None = None,
    value: str | None = None,
) -> Response:
    """What a program is told that gets no answer, always in the same form."""
    content = {"error": code, "name": name, "value": value, "message": message}
    return JSONResponse(content, status, headers | {"cache-control": "no-store"})

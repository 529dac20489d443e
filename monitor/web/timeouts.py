"""Requests and answers are bounded: how long an address is, how long nobody reads."""

import asyncio

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from monitor.i18n import text
from monitor.read.limits import HEAD_BYTES, PATH_BYTES, PATIENCE, PIECE_BYTES, QUERY_BYTES
from monitor.web.language import language
from monitor.web.transport import cut_connection


class Patience:
    """Plain ASGI middleware: refuses addresses and headers that are too long; sends a body piece by
    piece, and cuts a connection that takes none of it, or sends none, for PATIENCE seconds."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif refused := _too_long(scope):
            await refused(scope, receive, send)
        else:
            await self.app(scope, _hurried(receive), _patient(receive, send))


def _too_long(scope: Scope) -> Response | None:
    query = scope["query_string"]
    lang = language(HTTPConnection({**scope, "query_string": query[:QUERY_BYTES]}))
    if len(scope["path"].encode()) > PATH_BYTES:
        return PlainTextResponse(text("error.path_too_long", lang, most=PATH_BYTES), 414)
    if len(query) > QUERY_BYTES:
        return PlainTextResponse(text("error.address_too_long", lang, most=QUERY_BYTES), 414)
    if sum(len(name) + len(value) for name, value in scope["headers"]) > HEAD_BYTES:
        return PlainTextResponse(text("error.head_too_long", lang), 431)
    return None


def _hurried(receive: Receive) -> Receive:
    """The body of a request, whose parts come soon or not at all."""
    whole = False

    async def part() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(PATIENCE):
                message = await receive()
        except TimeoutError:
            cut_connection(receive)
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return part


def _patient(receive: Receive, send: Send) -> Send:
    async def piecewise(message: Message) -> None:
        body = message.get("body", b"")
        more = message.get("more_body", False)
        for start in range(0, len(body) - PIECE_BYTES, PIECE_BYTES):
            piece = body[start : start + PIECE_BYTES]
            await within({**message, "body": piece, "more_body": True})
        if len(body) > PIECE_BYTES:
            last = (len(body) - 1) // PIECE_BYTES * PIECE_BYTES
            message = {**message, "body": body[last:], "more_body": more}
        await within(message)

    async def within(message: Message) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await send(message)
        except TimeoutError:
            cut_connection(receive)

    return piecewise

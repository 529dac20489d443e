"""Requests that another site makes a browser send: refused, and logged."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from monitor.accounts.sessions import LOG
from monitor.settings import public_url


def is_foreign(headers: Headers) -> bool:
    """Whether a request that changes something comes from elsewhere, or does not say from where.

    Browsers name the origin of every POST and WebSocket (Fetch standard, 3.1); most also say whether
    it is the same site (Fetch Metadata).
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    try:
        origin = urlsplit(headers.get("origin", ""))
        public = urlsplit(public_url())
    except ValueError:  # half of an IPv6 address
        return True
    # The public address has one scheme; where none is set, a proxy may stand between with another.
    if origin.netloc == public.netloc and public.netloc:
        return origin.scheme != public.scheme
    ours = origin.netloc and origin.netloc == headers.get("host")
    return origin.scheme not in ("http", "https") or not ours


class SameOrigin:
    """Plain ASGI middleware: refuses WebSockets that a page of another site opens. A client that is
    no browser names no origin, and has no cookie of somebody else's either."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        headers = Headers(scope=scope) if scope["type"] == "websocket" else Headers()
        if headers.get("origin") and is_foreign(headers):
            LOG.warning("refused: a WebSocket from %.200s", headers.get("origin", "nowhere"))
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)

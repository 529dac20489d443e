"""Connections before any request is known: bounded by address and in all, and closed when they say
nothing."""

import asyncio
import gc
import resource
import socket
from collections import Counter
from collections.abc import Container
from typing import Any, ClassVar

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from monitor.i18n import LANGUAGES, text
from monitor.read.limits import HEAD_BYTES, MESSAGE_BYTES, PATIENCE, counted_address
from monitor.settings import read_bound

#: Files and sockets that the rest of the process needs.
SPARE = 200


class BoundedConnection(AutoHTTPProtocol):
    """A connection of uvicorn that must say what it wants within PATIENCE seconds and HEAD_BYTES."""

    # What both protocols of uvicorn have, whichever it takes.
    connections: set["BoundedConnection"]
    transport: asyncio.Transport
    loop: asyncio.AbstractEventLoop
    cycle: Any
    most = by_address = 0
    #: Whose X-Forwarded-For uvicorn believes: behind them are many readers.
    proxies: Container[str] = ()
    _open: ClassVar[Counter[str]] = Counter()

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        # What the system holds for whoever takes nothing of it is bounded in time as well.
        transport.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1_000 * PATIENCE
        )
        host = (transport.get_extra_info("peername") or ("",))[0]
        self._peer = counted_address(host)
        self._head, self._timer, self._upgraded, self._refused = 0, None, False, False
        self._open[self._peer] += 1
        if host not in self.proxies and self._open[self._peer] > self.by_address:
            transport.abort()
            return
        if len(self.connections) > self.most:
            self._make_room()
        self._wait()

    def _make_room(self) -> None:
        """Of the address that has most connections, the first one that has said nothing goes."""
        silent = [one for one in self.connections if getattr(one, "_timer", None) is not None]
        most = max((one._peer for one in silent), key=self._open.__getitem__, default=None)
        oldest = min(
            (one for one in silent if one._peer == most),
            key=lambda one: one._timer.when() if one._timer else 0.0,
            default=self,
        )
        oldest.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        cycle = self.cycle
        between = cycle is None or cycle.response_complete
        super().data_received(data)
        if self.cycle is not cycle:
            self._stop_waiting()
        elif between and not self._upgraded and not self.transport.is_closing():
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._refuse()
            elif self._timer is None:
                self._wait()

    def handle_websocket_upgrade(self, *arguments) -> None:
        self._stop_waiting()
        self._forget()
        self._upgraded = True
        # Both protocols of uvicorn have it; the type of the one that is taken does not say so.
        super().handle_websocket_upgrade(*arguments)  # pyright: ignore[reportAttributeAccessIssue]

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._forget()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._timer = self.loop.call_later(PATIENCE, self.transport.abort)

    def _stop_waiting(self) -> None:
        self._head = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _forget(self) -> None:
        self._open[self._peer] -= 1
        if self._open[self._peer] <= 0:
            del self._open[self._peer]

    def _refuse(self) -> None:
        """Answer. Whoever is still sending as the connection is closed may never read the answer: what
        comes is thrown away, until they have ended or PATIENCE has."""
        body = "\n".join(text("error.head_too_long", lang) for lang in LANGUAGES).encode()
        head = (
            "HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n"
            f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        if not self.transport.can_write_eof():  # TLS
            self.transport.close()
            return
        self.transport.write_eof()
        self._refused = True
        if self._timer is None:
            self._wait()


def bound_connections() -> None:
    """Bound the connections of the uvicorn that is about to listen in this process, and let it have as
    many as the system gives it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = 65_536 if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    BoundedConnection.most = max(files - SPARE, files // 2)
    BoundedConnection.by_address = min(
        read_bound("MONITOR_CONNECTIONS_BY_ADDRESS"), BoundedConnection.most // 2
    )
    for config in [one for one in gc.get_objects() if type(one) is uvicorn.Config]:
        config.http_protocol_class = BoundedConnection
        BoundedConnection.proxies = getattr(config.loaded_app, "trusted_hosts", ())
        # A message that is too long by little is answered in our words.
        config.ws_max_size = 2 * MESSAGE_BYTES

"""The connection under a request: who is at its other end, and how it is cut."""

from collections.abc import Callable
from typing import Any

from starlette.types import Receive, Scope

from monitor.read.limits import counted_address


def address_of(scope: Scope) -> str:
    """The address of the asker (`limits.counted_address`): that of the connection, or what a trusted
    proxy says (uvicorn takes X-Forwarded-For from the addresses of FORWARDED_ALLOW_IPS alone)."""
    client = scope.get("client")
    return counted_address(client[0] if client else None)


def cut_connection(receive: Receive) -> None:
    """End the connection now: what it still holds for whoever does not read is freed. Without effect
    under a server that is not uvicorn."""
    transport = _of(receive)
    if transport is not None:
        transport.abort()


def _of(receive: Callable) -> Any:
    return getattr(getattr(receive, "__self__", None), "transport", None)

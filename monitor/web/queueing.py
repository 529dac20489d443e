"""Routes take turns: a few threads make the answers, and none for a client that has left."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio
from starlette.requests import Request
from starlette.types import Receive

from monitor.read.limits import PATIENCE
from monitor.read.turns import ANSWERS, PAST, Turn, Turns, too_busy_error
from monitor.web.transport import address_of

#: As many as ANSWERS and PAST let in together: nobody who has a turn waits for a thread.
_THREADS = anyio.CapacityLimiter(4)


class VisitorLeft(Exception):
    """Whoever asked is not there any more. A proxy must say so: of HAProxy, `option abortonclose`."""


def turns_of(request: Request) -> Turns:
    """The queue of a request: its own for what was known at a past time."""
    return PAST if "connu" in request.query_params else ANSWERS


async def make_in_turn(request: Request, function: Callable, *arguments):
    """What a function returns, called in a thread when the turn of the request has come.

    Raises TooBusy, and VisitorLeft when nobody waits for it any more.
    """
    async with turn_of(turns_of(request), request):
        return await anyio.to_thread.run_sync(function, *arguments, limiter=_THREADS)


@asynccontextmanager
async def turn_of(turns: Turns, request: Request) -> AsyncIterator[Turn]:
    """The turn of a request. Raises TooBusy after PATIENCE, and VisitorLeft."""
    with turns.ask(address_of(request.scope)) as turn:
        if not turn.come.done():
            await _come(turn, request.receive)
        turn.come.result()
        yield turn


async def _come(turn: Turn, receive: Receive) -> None:
    loop, come = asyncio.get_running_loop(), asyncio.Event()
    turn.come.add_done_callback(lambda _: loop.call_soon_threadsafe(come.set))
    waits = asyncio.ensure_future(come.wait()), asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait(waits, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if waits[1].done():
            raise VisitorLeft
        if not come.is_set():
            raise too_busy_error()
    finally:
        for one in waits:
            one.cancel()


async def _left(receive: Receive) -> None:
    """Return once the client has gone. What it sends is not read: GET has no body."""
    while (await receive())["type"] != "http.disconnect":
        pass

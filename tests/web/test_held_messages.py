"""What is held of the messages of an address is bounded, however many of its pages send them."""

import asyncio

from monitor.web.sockets import HELD_BYTES_BY_ADDRESS, Sockets
from tests.support.attacks import pressed

MESSAGE = pressed("x" * 900_000)
FIT = HELD_BYTES_BY_ADDRESS // len(MESSAGE)


class Page:
    """A socket from one address; `taken`: its messages that the framework was given."""

    def __init__(self, sockets: Sockets, address: str = "192.0.2.1"):
        self._come: asyncio.Queue = asyncio.Queue()
        self.taken, self.closed = 0, None
        scope = {"type": "websocket", "path": "/", "query_string": b"", "client": (address, 1)}
        sockets.app = self._framework
        self.over = asyncio.create_task(sockets(scope, self._come.get, self._sent))

    async def say(self, data: bytes) -> None:
        """Send it, and wait until it was given to the framework, or refused."""
        before = self.taken
        self._come.put_nowait({"type": "websocket.receive", "bytes": data})
        while self.taken == before and self.closed is None:
            assert not self.over.done(), self.over.exception()
            await asyncio.sleep(0)

    async def leave(self) -> None:
        self._come.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self.over

    async def _framework(self, _scope, receive, _send) -> None:
        while (await receive())["type"] == "websocket.receive":
            self.taken += 1

    async def _sent(self, message: dict) -> None:
        if message["type"] == "websocket.close":
            self.closed = message["code"]


async def pages_that_say(sockets: Sockets, data: bytes, count: int) -> list[Page]:
    pages = []
    for _ in range(count):
        pages.append(Page(sockets))
        await pages[-1].say(data)
    return pages


def test_pages_of_one_address_hold_no_more_long_messages_than_fit():
    async def open_many() -> list[int | None]:
        pages = await pages_that_say(Sockets(None), MESSAGE, FIT + 2)
        return [page.closed for page in pages]

    assert asyncio.run(open_many()) == [None] * FIT + [1008] * 2


def test_pages_that_left_or_said_less_since_hold_nothing_for_others():
    async def take_their_place() -> list[int | None]:
        sockets = Sockets(None)
        first, second, *_ = await pages_that_say(sockets, MESSAGE, FIT)
        await first.leave()
        await second.say(pressed("x"))
        pages = await pages_that_say(sockets, MESSAGE, 3)
        return [page.closed for page in pages]

    assert asyncio.run(take_their_place()) == [None, None, 1008]

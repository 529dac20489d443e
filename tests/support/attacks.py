"""What strangers do to a server: each from one address that is none of a reader's, and bounded.

`readers` looks on meanwhile: what they wait, whether the process says that it is ready, what it holds.
"""

import asyncio
import math
import random
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psutil
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.client import DEMO, Asker, Reader

#: The address of who attacks; each reader has another one, what asks for files comes from 127.0.0.1.
ATTACKER = "127.0.0.2"
#: What a reader thinks between two views, seconds.
THINK = 0.25
READERS = 4


@dataclass
class Watched:
    """What readers elsewhere met. Seconds; `unready`: what failed; `memory`: MB, at the most."""

    views: list[float] = field(default_factory=list)
    files: list[float] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)
    unready: list[str] = field(default_factory=list)
    memory: float = 0.0

    @property
    def p95(self) -> float:
        """Of the views."""
        return _p95(self.views)

    @property
    def files_p95(self) -> float:
        return _p95(self.files)

    def __str__(self):
        met = {"views": self.views, "files": self.files, "/readyz": self.ready}
        lines = [
            f"{len(seconds)} {name} p95 {1000 * _p95(seconds):.0f} ms, "
            f"most {1000 * max(seconds, default=math.inf):.0f} ms"
            for name, seconds in met.items()
        ]
        return f"{'; '.join(lines)}; {len(self.unready)} failed; {self.memory:.0f} MB"


def memory_of(*processes: psutil.Process) -> Callable[[], float]:
    """What weighs them together, in MB."""
    return lambda: sum(one.memory_info().rss for one in processes) / 2**20


def _p95(seconds: list[float]) -> float:
    if len(seconds) < 2:
        return math.inf
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


async def watched(
    port: int, memory_mb: Callable[[], float], seconds: float, doing: Awaitable | None = None
) -> Watched:
    """What readers meet for so many seconds and, if it lasts longer, until `doing` is done."""
    found, over = Watched(), asyncio.Event()
    tasks = [asyncio.create_task(_read(port, number, found, over)) for number in range(READERS)]
    tasks += [
        asyncio.create_task(_ask(port, found, over)),
        asyncio.create_task(_fetch(port, found, over)),
        asyncio.create_task(_weigh(memory_mb, found, over)),
    ]
    attack = asyncio.ensure_future(doing) if doing is not None else None
    await asyncio.sleep(seconds)
    if attack is not None:
        await attack
    over.set()
    await asyncio.gather(*tasks)
    return found


async def _read(port: int, number: int, found: Watched, over: asyncio.Event) -> None:
    """A reader who chooses one department after the other; who is cut off opens the page again."""
    choices = random.Random(number)
    while not over.is_set():
        try:
            async with Reader(port, "", DEMO, source=f"127.0.1.{1 + number}") as reader:
                await reader.run()
                while True:
                    chosen = choices.choice(reader.options("_departement"))
                    run = await reader.run(_departement=chosen)
                    found.views.append(run.seconds)
                    if over.is_set():
                        return
                    await _think(over)
        except (OSError, TimeoutError, websockets.WebSocketException) as error:
            found.unready.append(f"a page: {type(error).__name__}")
            await _think(over)


async def _think(over: asyncio.Event, seconds: float = THINK) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), seconds)


async def _ask(port: int, found: Watched, over: asyncio.Event) -> None:
    while not over.is_set():
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(30), Asker(port) as asker:
                if b"ready" not in await asker.get("/readyz"):
                    found.unready.append("not ready")
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            found.unready.append(type(error).__name__)
        found.ready.append(time.perf_counter() - begun)
        await _think(over, 0.2)


async def _fetch(port: int, found: Watched, over: asyncio.Event) -> None:
    """A program that asks for the indicators and the feed."""
    paths = (f"/api/v1/indicators.json?{DEMO}", f"/flux.atom?{DEMO}", f"/ville/75056?{DEMO}")
    while not over.is_set():
        for path in paths:
            begun, response = time.perf_counter(), b""
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                response = await reader.read()
                writer.close()
            found.files.append(time.perf_counter() - begun)
            if not response.startswith((b"HTTP/1.1 200", b"HTTP/1.1 404")):
                found.unready.append(f"{path}: {response[:40]!r}")
        await _think(over)


async def _weigh(memory_mb: Callable[[], float], found: Watched, over: asyncio.Event) -> None:
    while not over.is_set():
        found.memory = max(found.memory, memory_mb())
        await asyncio.sleep(0.1)


def asked(query: str, page: str = "") -> bytes:
    """The message by which a browser asks for a page."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    return message.SerializeToString()


def pressed(*widgets: str) -> bytes:
    """The message of a page some of whose buttons, of these ids, were pressed."""
    message = BackMsg()
    for one in widgets:
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = one, True
    return message.SerializeToString()


def past(number: int) -> str:
    """A query that asks for what was known at a time of its own, when all was loaded."""
    at = datetime.now(UTC) - timedelta(microseconds=number)
    return f"{DEMO}&connu={at:%Y-%m-%dT%H:%M:%S.%fZ}"


@asynccontextmanager
async def socket(port: int, **options) -> AsyncIterator[websockets.ClientConnection]:
    async with websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=None,
        compression=None,
        ping_interval=None,
        open_timeout=60,
        close_timeout=1,
        **{"local_addr": (ATTACKER, 0), **options},
    ) as opened:
        yield opened


async def read_to_the_end(opened: websockets.ClientConnection) -> websockets.ConnectionClosed:
    """Take what comes, until the socket is closed: how it was."""
    while True:
        try:
            await opened.recv()
        except websockets.ConnectionClosed as closed:
            return closed


async def chatter(port: int, sockets: int = 4, messages: int = 1000) -> None:
    """Some sockets, each with so many small messages as fast as they are taken."""

    async def one() -> None:
        try:
            async with socket(port) as opened:
                taking = asyncio.create_task(read_to_the_end(opened))
                for _ in range(messages):
                    await opened.send(asked(DEMO))
                await asyncio.sleep(1)
                taking.cancel()
        except (OSError, websockets.WebSocketException):
            pass

    await asyncio.gather(*(one() for _ in range(sockets)))


async def past_views(port: int, sockets: int = 200, seconds: float = 15) -> None:
    """Each socket asks for what was known at a time of its own, and waits for it so long."""

    async def one(number: int) -> None:
        try:
            async with socket(port) as opened:
                await opened.send(asked(past(number)))
                with suppress(TimeoutError):
                    await asyncio.wait_for(read_to_the_end(opened), seconds)
        except (OSError, websockets.WebSocketException):
            pass

    await asyncio.gather(*(one(number) for number in range(sockets)))


async def closed_requests(port: int, requests: int = 500) -> None:
    """So many requests for what was known at as many times, closed as soon as they are sent."""
    for number in range(requests):
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(ATTACKER, 0))
            path = f"/api/v1/indicators.json?{past(1000 + number)}"
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            await writer.drain()
            writer.close()


async def unread(port: int, sockets: int = 75, requests: int = 75, seconds: float = 15) -> None:
    """Sockets that ask for pages and requests that ask for files: nothing of it is read."""
    async with AsyncExitStack() as stack:
        for number in range(requests):
            with suppress(OSError):
                _, writer = await asyncio.open_connection(
                    "127.0.0.1", port, local_addr=(ATTACKER, 0), limit=1024
                )
                stack.callback(writer.close)
                name = ("actions.json", "actions.csv", "commitments.json")[number % 3]
                path = f"/api/v1/{name}?{DEMO}"
                writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                writer.transport.pause_reading()  # pyright: ignore[reportAttributeAccessIssue]
        for _ in range(sockets):
            with suppress(OSError, websockets.WebSocketException):
                opened = await stack.enter_async_context(socket(port, max_queue=1))
                for page in ("", "mesures", "actions", "analyses"):
                    await opened.send(asked(DEMO, page))
                stack.callback(opened.transport.abort)
        await asyncio.sleep(seconds)


async def idle(port: int, connections: int = 1100, seconds: float = 10) -> None:
    """Connections that say nothing."""
    async with AsyncExitStack() as stack:
        for _ in range(connections):
            with suppress(OSError):
                _, writer = await asyncio.open_connection(
                    "127.0.0.1", port, local_addr=(ATTACKER, 0)
                )
                stack.callback(writer.close)
        await asyncio.sleep(seconds)


#: Name -> an attack at its whole size.
ATTACKS: dict[str, Callable[[int], Awaitable]] = {
    "4 sockets with 1,000 messages each": chatter,
    "200 sockets, each with another connu": past_views,
    "500 requests with a connu, closed": closed_requests,
    "150 that read nothing": unread,
    "1,100 idle connections": idle,
}

"""The WebSockets of pages: how many are open, how much comes in by each, and which take nothing."""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from monitor.errors import TooBusy
from monitor.i18n import public_sentence, text
from monitor.read.limits import MESSAGE_BYTES, PATIENCE, QUERY_BYTES, RETRY_SECONDS
from monitor.settings import read_bound
from monitor.web.language import language
from monitor.web.page_messages import is_end_of_run, is_replaceable, is_too_long, run_in
from monitor.web.transport import address_of, cut_connection

#: Messages at once, then a second: more than a hand does. A run that ends gives one back.
BURST, RATE = 100, 20
#: The same for all the pages of an address together.
BURST_BY_ADDRESS, RATE_BY_ADDRESS = 1_000, 100
#: Bytes of messages that are held for all the pages of an address together, those that wait and the last
#: run of each, which the framework keeps: a page has some thousands.
HELD_BYTES_BY_ADDRESS = 16 * MESSAGE_BYTES
#: Pages that an address opens at once, then a second: a tenth of those that it may, or so many. Each
#: costs some milliseconds of a core before it takes a turn.
AT_ONCE, SHARE = 20, 10
#: By then it could open, and send, as much at once again.
REMEMBERED_SECONDS = 12
#: Runs begun that nobody saw end: the one there is, and the one that takes its place.
UNSEEN = 2
POLICY, TOO_BIG = 1008, 1009
#: What the framework's page asks for before it opens its socket: what is answered there it shows.
ASKED_BEFORE = "/_stcore/health"


@dataclass
class Bucket:
    """What may still come: so much at once, then so much a second."""

    most: float
    rate: float
    left: float = field(init=False)
    at: float = field(default_factory=time.monotonic)

    def __post_init__(self):
        self.left = self.most

    def take(self) -> bool:
        """Whether one more may come."""
        now = time.monotonic()
        self.left = min(self.most, self.left + (now - self.at) * self.rate)
        self.at = now
        self.left -= 1
        return self.left >= 0

    def give_back(self) -> None:
        self.left = min(self.most, self.left + 1)

    def wait(self) -> float:
        """In how many seconds one more may come, behind those who wait; its place is taken."""
        return 0.0 if self.take() else -self.left / self.rate


@dataclass
class Asker:
    """An address that has pages open, `left_at` when it had some last: `openings`, what it may open;
    `messages`, what all its pages together may send; `held_bytes`, what came of them and is held."""

    openings: Bucket
    messages: Bucket = field(default_factory=lambda: Bucket(BURST_BY_ADDRESS, RATE_BY_ADDRESS))
    held_bytes: int = 0
    open: int = 0
    left_at: float = 0.0


@dataclass(frozen=True)
class Arrival:
    """A message that came; `run`: it begins a run; `replaceable`: the next such one stands for both."""

    message: Message
    run: bool = False
    replaceable: bool = False

    @property
    def size(self) -> int:
        """Bytes, or letters of a text."""
        return len(self.message.get("bytes") or self.message.get("text") or "")


class Sockets:
    """Plain ASGI middleware. Too many sockets, of an address or in all: 503. A page in the making is
    what costs: those that one address opens at once are opened one after the other. Too long a message,
    or too many: the socket is closed with a sentence. Of the runs that a page asks for while others of
    its own wait, the last one is passed on."""

    def __init__(self, app):
        self.app = app
        self._most = read_bound("MONITOR_SOCKETS")
        self._by_address = read_bound("MONITOR_SOCKETS_BY_ADDRESS")
        self._at_once = max(AT_ONCE, self._by_address // SHARE)
        self._open = 0
        self._askers: dict[str, Asker] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["path"] == ASKED_BEFORE
        if not asks and scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        address = address_of(scope)
        lang = language(
            HTTPConnection(
                {"headers": [], **scope, "query_string": scope["query_string"][:QUERY_BYTES]}
            )
        )
        known = self._askers.get(address)
        if self._open >= self._most or (known and known.open >= self._by_address):
            sentence = text("error.too_many_sockets", lang, seconds=RETRY_SECONDS)
            refused = PlainTextResponse(sentence, 503, {"retry-after": str(RETRY_SECONDS)})
            await refused(scope, receive, send)
            return
        if asks:
            await self.app(scope, receive, send)
            return
        with self._counted(address) as asker:
            socket = _Socket(receive, send, asker, lang)
            filling = asyncio.create_task(socket.fill())
            try:
                if await socket.stays(asker.openings.wait()):
                    await self.app(scope, socket.receive, socket.send)
            finally:
                filling.cancel()
                socket.forget()

    @contextmanager
    def _counted(self, address: str) -> Iterator[Asker]:
        """One more socket of that address is open. An address is remembered until it could open as many
        at once again: nobody gains by leaving."""
        new = Asker(Bucket(self._at_once, self._at_once))
        asker = self._askers.setdefault(address, new)
        asker.open += 1
        self._open += 1
        try:
            yield asker
        finally:
            asker.open -= 1
            self._open -= 1
            asker.left_at = time.monotonic()
            if not asker.open:
                later = asyncio.get_running_loop().call_later
                later(REMEMBERED_SECONDS, self._forget, address)

    def _forget(self, address: str) -> None:
        asker = self._askers.get(address)
        gone = time.monotonic() - REMEMBERED_SECONDS
        if asker and not asker.open and asker.left_at <= gone:
            del self._askers[address]


class _Socket:
    """What comes is read at once, so that its end is seen at once; it is passed on when the page has
    taken what was sent to it before."""

    def __init__(self, receive: Receive, send: Send, asker: Asker, lang: str):
        self._receive, self._send, self._asker, self._lang = receive, send, asker, lang
        self._buckets = (Bucket(BURST, RATE), asker.messages)
        self._waiting: deque[Arrival] = deque()
        self._changed = asyncio.Event()
        self._unseen = self._sending = 0
        self._last_run = 0  # bytes
        self._over: Message | None = None

    async def fill(self) -> None:
        """Read until the end of the socket."""
        while self._over is None:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                self._end(message)
            elif message["type"] == "websocket.receive":
                await self._weigh(message)
            else:
                self._add(Arrival(message))

    async def stays(self, seconds: float) -> bool:
        """Whether whoever opens it is still there after so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds or None):
                while seconds and self._over is None:
                    self._changed.clear()
                    await self._changed.wait()
        return self._over is None

    async def _weigh(self, message: Message) -> None:
        data = message.get("bytes") or b""
        run = run_in(data)
        if len(data) > MESSAGE_BYTES or (run and is_too_long(run)):
            await self._close(TOO_BIG, "message_too_long")
        elif not all([bucket.take() for bucket in self._buckets]):
            await self._close(POLICY, "too_many_messages")
        else:
            self._add(Arrival(message, run is not None, run is not None and is_replaceable(run)))
            if self._asker.held_bytes > HELD_BYTES_BY_ADDRESS:
                await self._close(POLICY, "too_many_messages")

    def _add(self, come: Arrival) -> None:
        if come.replaceable and self._waiting and self._waiting[-1].replaceable:
            self._asker.held_bytes -= self._waiting.pop().size
        self._waiting.append(come)
        self._asker.held_bytes += come.size
        self._changed.set()

    def _end(self, message: Message) -> None:
        self._over = message
        self.forget()
        self._changed.set()

    def forget(self) -> None:
        """Nothing of what came is held any more."""
        self._asker.held_bytes -= sum(come.size for come in self._waiting) + self._last_run
        self._waiting.clear()
        self._last_run = 0

    async def _close(self, code: int, error: str) -> None:
        reason = public_sentence(TooBusy(error), self._lang)
        await self.send({"type": "websocket.close", "code": code, "reason": reason})
        self._end({"type": "websocket.disconnect", "code": code, "reason": reason})

    async def receive(self) -> Message:
        """The next message, once the page keeps up."""
        while True:
            if self._over is not None:
                return self._over
            if self._waiting and self._may_pass(self._waiting[0]):
                come = self._waiting.popleft()
                self._pass_on(come)
                return come.message
            self._changed.clear()
            try:
                async with asyncio.timeout(PATIENCE if self._waiting else None):
                    await self._changed.wait()
            except TimeoutError:
                self._unseen = 0  # a run can last longer: what comes now takes its place

    def _pass_on(self, come: Arrival) -> None:
        self._asker.held_bytes -= self._last_run if come.run else come.size
        if come.run:
            self._last_run = come.size
            self._unseen += 1

    def _may_pass(self, come: Arrival) -> bool:
        return not (come.run and (self._unseen >= UNSEEN or self._sending))

    async def send(self, message: Message) -> None:
        """What the page is shown; the connection is cut when it is not taken for PATIENCE seconds."""
        self._sending += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self._send(message)
        except TimeoutError:
            cut_connection(self._receive)
        finally:
            self._sending -= 1
            if is_end_of_run(message):
                self._unseen = 0
                for bucket in self._buckets:
                    bucket.give_back()
            if self._waiting:
                self._changed.set()

"""A reader as the server sees one: Streamlit's own protocol on a WebSocket, with the message cache
and the address bar of a browser."""

import asyncio
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Subprotocol

#: Runs for which a browser keeps a message that it was not sent again
#: (`global.maxCachedMessageAge`).
KEPT_RUNS = 2
TIMEOUT_SECONDS = 60
#: The address of the fictional pact: the packaged one, which is real, is what is shown without it.
DEMO = "pacte=demo"


@dataclass(eq=False)
class Run:
    """One run of the script: from the request to `script_finished`."""

    seconds: float
    bytes: int


def source_of(number: int) -> str:
    """The address of the reader of that number, on this machine: none of a crowd shares another's."""
    return f"127.1.{number // 250}.{1 + number % 250}"


class PageFailed(Exception):
    """The page showed an exception, or stands in maintenance."""


class Asker:
    """One connection that is kept, for short answers over plain HTTP."""

    def __init__(self, port: int):
        self._port = port

    async def __aenter__(self) -> "Asker":
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_):
        self._writer.close()

    async def get(self, path: str) -> bytes:
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n\r\n"
        self._writer.write(request.encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        return await self._reader.readexactly(length)


@dataclass(eq=False)
class Reader:
    """One session, from the address `source`. `query` is the address of the page; a widget is named by
    its key."""

    port: int
    page: str = ""
    query: str = ""
    host: str = "127.0.0.1"
    source: str | None = None
    _held: dict[str, int] = field(default_factory=dict)
    _widgets: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    _runs: int = 0
    _page_hash: str = ""

    async def __aenter__(self) -> "Reader":
        self._socket = await websockets.connect(
            f"ws://{self.host}:{self.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
            ping_interval=None,
            open_timeout=TIMEOUT_SECONDS,
            local_addr=(self.source, 0) if self.source else None,
        )
        return self

    async def __aexit__(self, *_):
        await self._socket.close()

    def options(self, key: str) -> list[str]:
        """The choices of a list, in words, its first line («all») left out."""
        return self._widgets[key][1][1:]

    async def run(self, **chosen: str) -> Run:
        """Run the script; `chosen`: the key of a list or of a field, and what is chosen in it.

        Raises PageFailed, and TimeoutError after TIMEOUT_SECONDS.
        """
        request = self._request(chosen)
        self._runs += 1
        begun, received = time.perf_counter(), 0
        await self._socket.send(request)
        while True:
            data = await asyncio.wait_for(self._socket.recv(), TIMEOUT_SECONDS)
            assert isinstance(data, bytes)
            received += len(data)
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "script_finished":
                return Run(time.perf_counter() - begun, received)
            self._note(message)

    def _request(self, chosen: dict[str, str]) -> bytes:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self.query
        if self._runs:
            rerun.page_script_hash = self._page_hash
        else:
            rerun.page_name = self.page
        rerun.context_info.timezone = "Europe/Paris"
        rerun.context_info.locale = "fr-FR"
        rerun.context_info.url = f"http://{self.host}:{self.port}/{self.page}"
        rerun.context_info.color_scheme = "light"
        for key, value in chosen.items():
            state = rerun.widget_states.widgets.add()
            state.id, state.string_value = self._widgets[key][0], value
        recent = (hash_ for hash_, run in self._held.items() if self._runs - run <= KEPT_RUNS)
        rerun.cached_message_hashes.extend(recent)
        return message.SerializeToString()

    def _note(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page_hash = message.new_session.page_script_hash or self._page_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "ref_hash":
            self._held[message.ref_hash] = self._runs
        elif kind == "delta":
            if message.metadata.cacheable:
                self._held[message.hash] = self._runs
            if message.delta.WhichOneof("type") == "new_element":
                self._note_element(message.delta.new_element)

    def _note_element(self, element) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise PageFailed(element.exception.message)
        found = getattr(element, kind)
        if identifier := getattr(found, "id", ""):
            key = identifier.rsplit("-", 1)[-1]
            self._widgets[key] = identifier, list(getattr(found, "options", ()))

"""Strangers who ask for much: those who read elsewhere do not notice, and nothing is kept for nobody."""

import asyncio
import socket as sockets
import time
from contextlib import AsyncExitStack, suppress

import psutil
import pytest
import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.frames import Close

from benchmarks.client import DEMO, Reader
from monitor import commands
from monitor.i18n import text
from monitor.store import open_store
from monitor.ui.markdown import md
from monitor.web.sockets import AT_ONCE
from tests.support import attacks as attack
from tests.support.attacks import ATTACKER, asked, memory_of, past, pressed, read_to_the_end, socket
from tests.support.server import get, process_at, run_server
from tests.support.waiting import LONGEST, wait_until

#: What an address may ask of the servers of these tests.
SOCKETS, CONNECTIONS, PATIENCE = 12, 30, 2


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """A demo that takes a while to be worked out: 2,000 signatories, 20,000 actions."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('load') / 'monitor.db'}")
    commands.init_database(store, empty=True)
    commands.load_demo(store, signatories=2_000, actions=20_000)
    return store.url


@pytest.fixture(scope="module")
def server(url):
    """Its address; it lets go sooner, and of fewer, than in use."""
    settings = {
        "MONITOR_SOCKETS_BY_ADDRESS": SOCKETS,
        "MONITOR_CONNECTIONS_BY_ADDRESS": CONNECTIONS,
        "MONITOR_PATIENCE": PATIENCE,
    }
    with run_server(url, **{name: str(value) for name, value in settings.items()}) as address:
        assert get(f"{address}/api/v1/indicators.json?{DEMO}")[0] == 200
        yield address


@pytest.fixture
def port(server) -> int:
    return int(server.rsplit(":", 1)[1])


async def _request(port: int, path: str, headers: str = "", host: str = ATTACKER) -> bytes:
    """The whole answer of a GET, from that address."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(host, 0))
    writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode())
    try:
        return await reader.read()
    finally:
        writer.close()


def test_of_the_runs_that_a_page_asks_for_at_once_few_are_made_and_the_last_one_is(port):
    async def flood() -> int:
        begun = 0
        async with socket(port) as opened:
            for number in range(60):
                await opened.send(asked(f"{DEMO}&departement={number:02}&lang=en"))
            await opened.send(asked(f"{DEMO}&departement=nowhere"))
            async with asyncio.timeout(LONGEST):
                async for data in opened:
                    message = ForwardMsg.FromString(data)
                    begun += message.WhichOneof("type") == "new_session"
                    if b"nowhere" in data:
                        return begun
        return begun

    assert asyncio.run(flood()) <= 10


def test_pages_that_send_without_end_keep_nobody_waiting(server, port):
    memory = memory_of(process_at(server))
    quiet = asyncio.run(attack.watched(port, memory, 0.5))
    found = asyncio.run(attack.watched(port, memory, 2, attack.chatter(port, 4, 250)))
    assert len(found.views) >= attack.READERS and not found.unready
    assert max(found.ready) < max(1, 10 * max(quiet.ready))


def test_a_page_that_sends_without_end_is_closed_with_a_sentence(port):
    end = asyncio.run(_end_of_who_sends(port, asked(DEMO)))
    assert (end.code, end.reason) == (1008, text("error.too_many_messages", "fr"))


def test_what_a_page_sends_does_not_pile_up(server, port):
    """Each tells of a button: none stands for another."""
    memory = memory_of(process_at(server))
    before = memory()
    end = asyncio.run(_end_of_who_sends(port, pressed("x" * 900_000)))
    assert (end.code, end.reason) == (1008, text("error.too_many_messages", "fr"))
    assert memory() - before < 60


async def _end_of_who_sends(port: int, message: bytes) -> Close:
    """How the server closes the socket of a page that sends this until it does, and reads what comes."""
    async with socket(port) as opened, asyncio.timeout(LONGEST):
        reading = asyncio.create_task(read_to_the_end(opened))
        with suppress(websockets.ConnectionClosed):
            while True:
                await opened.send(message)
                await asyncio.sleep(0)
        closed = await reading
    assert closed.rcvd, "the connection was lost before it was closed"
    return closed.rcvd


@pytest.mark.parametrize(
    "message",
    [
        lambda: asked("x" * 5_000),
        lambda: asked("") + b"\x82\x01" * 600_000,
        lambda: pressed(*("a" for _ in range(100_000))),
    ],
    ids=["address", "bytes", "widgets"],
)
def test_a_message_that_is_too_long_closes_the_page_with_a_sentence(port, message):
    async def send() -> websockets.ConnectionClosed:
        async with socket(port) as opened:
            await opened.send(message())
            async with asyncio.timeout(LONGEST):
                return await read_to_the_end(opened)

    closed = asyncio.run(send())
    assert (closed.rcvd.code, closed.rcvd.reason) == (1009, text("error.message_too_long", "fr"))


def test_an_address_with_too_many_pages_open_is_refused_and_readers_are_not(port):
    async def open_many() -> websockets.InvalidStatus:
        async with AsyncExitStack() as stack:
            for _ in range(SOCKETS):
                await stack.enter_async_context(socket(port))
            with pytest.raises(websockets.InvalidStatus) as refused:
                await stack.enter_async_context(socket(port))
            async with Reader(port, "", DEMO) as reader:
                await reader.run()
        async with socket(port):
            return refused.value

    answer = asyncio.run(open_many()).response
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert answer.body.decode() == text("error.too_many_sockets", "fr", seconds=10)


def test_pages_that_one_address_opens_without_end_are_opened_one_after_the_other(port):
    async def open_and_leave(count: int) -> float:
        begun = time.perf_counter()
        for _ in range(count):
            async with socket(port) as opened:
                opened.transport.abort()
        return time.perf_counter() - begun

    async def read_meanwhile() -> tuple[bool, float]:
        leaving = asyncio.create_task(open_and_leave(2 * AT_ONCE))
        async with Reader(port, "", DEMO):
            is_first = not leaving.done()
        return is_first, await leaving

    is_first, all_of_them = asyncio.run(read_meanwhile())
    assert is_first and all_of_them > 0.9  # so many at once, then as many a second: not sooner


def test_past_times_that_one_address_asks_for_are_made_one_by_one_and_readers_go_on(server, port):
    process = process_at(server)

    async def read() -> float:
        async with Reader(port, "", DEMO) as reader:
            return (await reader.run()).seconds

    async def ask_one(number: int) -> float:
        begun = time.perf_counter()
        answer = await _request(port, f"/api/v1/indicators.json?{past(number)}")
        assert answer.startswith(b"HTTP/1.1 200")
        return time.perf_counter() - begun

    async def ask() -> tuple[int, float, float]:
        quiet = max(await read(), await ask_one(98))
        async with AsyncExitStack() as stack:
            opened = [await stack.enter_async_context(socket(port)) for _ in range(SOCKETS)]
            process.suspend()  # all of them are there at once, however slowly we ask
            for number, one in enumerate(opened):
                await one.send(asked(past(number)))
            process.resume()
            slowest = await read()
            refused = sum(await asyncio.gather(*(_is_refused(one) for one in opened)))
        return refused, quiet, max(slowest, await ask_one(99))

    refused, quiet, slowest = asyncio.run(ask())
    assert 0 < refused <= SOCKETS - 5  # one is made, four wait
    assert slowest < max(5, 10 * quiet)


async def _is_refused(opened) -> bool:
    """Whether a page says that it is too busy; a page that is shown ends otherwise."""
    async with asyncio.timeout(LONGEST):
        busy = md(text("error.too_busy", "fr", seconds=10)).encode()
        refused = False
        async for data in opened:
            refused = refused or busy in data
            if ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
                return refused
    return refused


def test_nothing_is_made_for_requests_that_were_closed(server, port):
    process = process_at(server)

    async def ask(number: int) -> float:
        begun = time.perf_counter()
        path = f"/api/v1/indicators.json?{past(number)}"
        assert (await _request(port, path, host="127.0.0.1")).startswith(b"HTTP/1.1 200")
        return time.perf_counter() - begun

    async def close_many() -> float:
        await attack.closed_requests(port, 200)
        return await ask(9_999)

    def spent(asking) -> tuple[float, float]:
        """What it waits, and what it costs the server."""
        before = sum(process.cpu_times()[:2])
        return asyncio.run(asking), sum(process.cpu_times()[:2]) - before

    quiet, cost = spent(ask(9_998))
    waited, used = spent(close_many())
    assert waited < max(2, 10 * quiet) and used < max(5, 20 * cost)


def test_files_that_nobody_reads_are_few_and_end(server, port):
    process = process_at(server)

    async def take_nothing() -> int:
        async with AsyncExitStack() as stack:
            opened = []
            for _ in range(12):
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", port, local_addr=(ATTACKER, 0), limit=256
                )
                stack.callback(writer.close)
                path = f"/api/v1/actions.json?{DEMO}"
                writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                opened.append(reader)
            await asyncio.to_thread(wait_until, lambda: any(reader._buffer for reader in opened))
            await asyncio.sleep(0.5)
            begun = sum(len(reader._buffer) > 0 for reader in opened)
            assert (await _request(port, f"/flux.atom?{DEMO}", host="127.0.0.1"))[9:12] == b"200"
            await asyncio.to_thread(
                wait_until, lambda: _connections(process) == 0, "what nobody reads does not end"
            )
            return begun

    assert 1 <= asyncio.run(take_nothing()) <= 6


def _connections(process: psutil.Process) -> int:
    """Those that come from the attacker."""
    return sum(
        one.status == psutil.CONN_ESTABLISHED and one.raddr.ip == ATTACKER
        for one in process.net_connections("tcp")
        if one.raddr
    )


def test_a_page_that_reads_nothing_is_cut(server, port):
    process = process_at(server)

    async def take_nothing() -> float:
        small = sockets.socket()
        small.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4_096)
        small.bind((ATTACKER, 0))
        small.setblocking(False)
        await asyncio.get_running_loop().sock_connect(small, ("127.0.0.1", port))
        async with socket(port, max_queue=1, sock=small, local_addr=None) as opened:
            opened.transport.pause_reading()
            for page in ("", "mesures", "actions", "analyses"):
                await opened.send(asked(DEMO, page))
                await asyncio.sleep(0.2)
            begun = time.perf_counter()
            await asyncio.to_thread(
                wait_until, lambda: _connections(process) == 0, "a page that reads nothing stays"
            )
            opened.transport.abort()
            return time.perf_counter() - begun

    assert asyncio.run(take_nothing()) < 10 * PATIENCE  # a browser that answers no ping: 60 s


def test_connections_that_say_nothing_are_bounded_and_end(server, port):
    process = process_at(server)

    async def say_nothing() -> tuple[int, bytes]:
        async with AsyncExitStack() as stack:
            for _ in range(2 * CONNECTIONS):
                _, writer = await asyncio.open_connection(
                    "127.0.0.1", port, local_addr=(ATTACKER, 0)
                )
                stack.callback(writer.close)
            await asyncio.sleep(0.3)
            most = _connections(process)
            answer = await _request(port, "/readyz", host="127.0.0.1")
            await asyncio.to_thread(
                wait_until, lambda: _connections(process) == 0, "what says nothing stays"
            )
            return most, answer

    most, answer = asyncio.run(say_nothing())
    assert most <= CONNECTIONS and b"ready" in answer


@pytest.mark.parametrize(
    ("path", "headers", "status", "words"),
    [
        (f"/?{'a' * 5_000}", "", b"414", text("error.address_too_long", "fr", most=4_000)),
        (
            f"/ville/75056?lang=en&x={'a' * 5_000}",
            "",
            b"414",
            text("error.address_too_long", "en", most=4_000),
        ),
        (
            f"/api/v1/actions.csv?{'&'.join(['pacte=demo'] * 900)}",
            "",
            b"414",
            text("error.address_too_long", "fr", most=4_000),
        ),
        (f"/ville/{'a%20' * 600}", "", b"414", text("error.path_too_long", "fr", most=1_000)),
        ("/", f"Cookie: a={'b' * 70_000}\r\n", b"431", text("error.head_too_long", "fr")),
        (
            "/api/v1/actions.csv",
            "".join(f"X-{n}: {'b' * 100}\r\n" for n in range(700)),
            b"431",
            text("error.head_too_long", "fr"),
        ),
    ],
)
def test_what_is_too_long_to_be_meant_is_refused_in_words(port, path, headers, status, words):
    answer = asyncio.run(_request(port, path, headers))
    assert answer[9:12] == status and words.encode() in answer


def test_who_goes_on_sending_a_head_that_is_too_long_is_told_so(port):
    async def go_on() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(ATTACKER, 0))
        writer.write(f"GET / HTTP/1.0\r\nCookie: {'b' * 70_000}".encode())
        begun = await reader.readexactly(12)
        try:
            for _ in range(100):
                writer.write(b"b" * 1_000)
                await writer.drain()
                await asyncio.sleep(0)
            return begun + await reader.read()
        finally:
            writer.close()

    answer = asyncio.run(go_on())
    assert answer[9:12] == b"431" and text("error.head_too_long", "fr").encode() in answer


def test_a_request_that_never_ends_is_closed(port):
    async def dribble() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(ATTACKER, 0))
        writer.write(b"GET / HTTP/1.1\r\n")
        try:
            async with asyncio.timeout(LONGEST):
                while not reader.at_eof():
                    await asyncio.sleep(0.2)
                    writer.write(b"X: y\r\n")
                    await writer.drain()
            return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    assert asyncio.run(dribble()) == b""


def test_a_bound_that_is_no_number_is_refused_in_words(url, tmp_path):
    log = tmp_path / "said.txt"
    with pytest.raises(AssertionError), run_server(url, log, MONITOR_SOCKETS="many"):
        pass
    log_text = log.read_text("utf-8")
    assert text("error.not_a_bound", "fr", name="MONITOR_SOCKETS", value="many") in log_text
    assert "Traceback" not in log_text

"""The configurations of proxies that are shipped, before stand-ins that say what reaches them and before
two real replicas: what one address may ask, and that nobody else notices."""

import asyncio
import re
import shutil
import subprocess
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from monitor import commands
from monitor.store import open_store
from tests.support import attacks as attack
from tests.support import cluster
from tests.support.paths import ROOT
from tests.support.server import free_port, process_at, run_server, skip_without, wait_for_answer
from tests.support.waiting import LONGEST, wait_until

#: What one address may do here: fewer than in use, to be quick.
CONNECTIONS, PAGES, FILES, RATE = 8, 3, 3, 20
BOUNDS = {
    "MONITOR_CONNECTIONS_BY_ADDRESS": CONNECTIONS,
    "MONITOR_SOCKETS_BY_ADDRESS": PAGES,
    "MONITOR_FILES_BY_ADDRESS": FILES,
    "MONITOR_FILES_RATE": RATE,
    "MONITOR_PAGES_RATE": RATE,
}
#: A proxy before this one.
OUTER = "127.0.0.9"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
PAGE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)


class Stand(ThreadingHTTPServer):
    """Stands where a replica would. It says from whom a request comes; what has `held` in its address
    waits until it is let go."""

    daemon_threads = True
    request_queue_size = 500

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answer)
        self.held, self.let_go = [], Event()

    @asynccontextmanager
    async def holding(self):
        """At the end, all that waits is let go."""
        self.held.clear()
        self.let_go.clear()
        try:
            yield
        finally:
            self.let_go.set()

    async def has(self, held: int) -> None:
        """Wait until so many requests wait here."""
        await asyncio.to_thread(
            wait_until, lambda: len(self.held) == held, "requests do not come here"
        )

    def handle_error(self, request, client_address):
        """Who asked has left."""


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if "held" in self.path:
            self.server.held.append(self.path)
            self.server.let_go.wait(LONGEST)
        forwarded = ", ".join(self.headers.get_all("X-Forwarded-For") or ()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(forwarded)))
        self.end_headers()
        self.wfile.write(forwarded)

    def log_message(self, *_):
        pass


@contextmanager
def standing(folder, **variables: str):
    """The port of HAProxy before a stand-in, and the stand-in."""
    skip_without(cluster.HAPROXY, "haproxy")
    with Stand() as stand:
        Thread(target=stand.serve_forever, daemon=True).start()
        replicas = dict.fromkeys("ab", f"http://127.0.0.1:{stand.server_port}")
        bounds = {name: str(value) for name, value in BOUNDS.items()}
        with cluster.balancing(replicas, folder / "haproxy.txt", **bounds, **variables) as address:
            yield _port(address), stand
        stand.shutdown()


@contextmanager
def behind_nginx(folder):
    """The port of nginx before a stand-in, and the stand-in."""
    if not NGINX:
        pytest.skip("needs nginx, which is not here")
    site = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    port = free_port()
    with Stand() as stand:
        Thread(target=stand.serve_forever, daemon=True).start()
        own = f"127.0.0.1:{stand.server_port}"
        (folder / "site.conf").write_text(
            site.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8501", own)
        )
        places = "".join(
            f"{name}_temp_path {folder / name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder / 'pid'}; error_log {folder / 'errors'};"
            "events { worker_connections 1000; }"
            f"http {{ access_log off; {places} include {folder / 'site.conf'}; }}"
        )
        process = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"])
        try:
            wait_for_answer(process, f"http://127.0.0.1:{port}/readyz")
            yield port, stand
        finally:
            process.terminate()
            process.wait(LONGEST)
            stand.shutdown()


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    with behind_nginx(tmp_path_factory.mktemp("nginx")) as found:
        yield found


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    with standing(tmp_path_factory.mktemp("door"), MONITOR_BEHIND=OUTER) as found:
        yield found


@asynccontextmanager
async def connected(port: int, host: str):
    """A connection from that address: (reader, writer)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(host, 0))
    try:
        yield reader, writer
    finally:
        writer.close()


def ask(writer: asyncio.StreamWriter, path: str, headers: str = "") -> None:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())


async def answered(reader: asyncio.StreamReader) -> str:
    """The next answer of a connection."""
    async with asyncio.timeout(LONGEST):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(re.search(rb"content-length: (\d+)", head.lower())[1])
        return (head + await reader.readexactly(length)).decode()


async def answer(port: int, path: str, headers: str = "", host: str = attack.ATTACKER) -> str:
    """What is answered to a request from that address; "" where the connection is cut."""
    try:
        async with connected(port, host) as (reader, writer):
            ask(writer, path, headers)
            return await answered(reader)
    except (ConnectionError, asyncio.IncompleteReadError):
        return ""


def _status(response: str) -> str:
    return response[9:12]


def _words(response: str) -> str:
    return response.split("\r\n\r\n")[1]


async def ask_for_one_more(
    port: int, stand: Stand, path: str, headers: str, most: int
) -> tuple[str, str]:
    """What one address is told that has `most` open, and another one meanwhile; at the end the first is
    served again."""
    other = path.replace("held", "x")
    async with AsyncExitStack() as stack, stand.holding():
        for _ in range(most):
            _, writer = await stack.enter_async_context(connected(port, attack.ATTACKER))
            ask(writer, path, headers)
        await stand.has(most)
        refused = await answer(port, path, headers)
        meanwhile = await answer(port, other, headers, host="127.0.0.3")
    async with asyncio.timeout(LONGEST):
        while _status(await answer(port, other, headers)) == "503":
            await asyncio.sleep(0.05)
    return refused, meanwhile


@pytest.mark.parametrize(
    ("path", "headers", "most", "words"),
    [
        ("/api/v1/held", "", FILES, "Trop de demandes en cours depuis votre adresse."),
        ("/%61pi/v1/held", "", FILES, "Too many requests from your address are in progress."),
        ("/ville/held", "", FILES, "Trop de demandes en cours depuis votre adresse."),
        ("/_stcore/held", PAGE, PAGES, "Trop de pages sont ouvertes depuis votre adresse."),
    ],
    ids=["a file", "a file, a letter of it escaped", "a sheet", "a page"],
)
def test_what_one_address_has_open_is_bounded_and_others_are_served(
    door, path, headers, most, words
):
    refused, meanwhile = asyncio.run(ask_for_one_more(*door, path, headers, most))
    assert _status(refused) == "503" and "retry-after: 10" in refused.lower()
    assert words in _words(refused) and _status(meanwhile) == "200"


@pytest.mark.parametrize(
    ("path", "headers", "host", "other"),
    [("/flux.atom", "", "127.0.0.4", "127.0.0.5"), ("/", PAGE, "127.0.0.10", "127.0.0.11")],
    ids=["files", "pages"],
)
def test_an_address_that_asks_without_end_is_told_to_wait(door, path, headers, host, other):
    async def ask_on() -> tuple[list[str], str]:
        responses = [await answer(door[0], path, headers, host) for _ in range(RATE + 5)]
        return responses, await answer(door[0], path, headers, other)

    many, meanwhile = asyncio.run(ask_on())
    assert [_status(one) for one in many] == ["200"] * RATE + ["429"] * 5
    assert "Too many requests from your address." in _words(many[-1])
    assert _status(meanwhile) == "200"


def test_connections_that_say_nothing_are_bounded_by_address(door):
    async def say_nothing() -> tuple[str, str]:
        response = "not asked"
        async with asyncio.timeout(LONGEST):
            while (
                response
            ):  # a slow machine may open the last when the first has been silent for too long
                async with AsyncExitStack() as stack:
                    for _ in range(CONNECTIONS):
                        await stack.enter_async_context(connected(door[0], "127.0.0.6"))
                    response = await answer(door[0], "/", host="127.0.0.6")
                    other = await answer(door[0], "/", host="127.0.0.7")
        return response, other

    refused, other = asyncio.run(say_nothing())
    assert refused == "" and _status(other) == "200"


def test_who_asks_is_whom_the_connection_comes_from_whatever_the_browser_says(door):
    forged = "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-For: 8.8.8.8\r\n"
    assert _words(asyncio.run(answer(door[0], "/", forged))) == attack.ATTACKER


def test_behind_another_proxy_each_has_the_address_that_it_says_last(door):
    port, stand = door

    async def ask_for_many() -> tuple[list[str], str, str]:
        async with AsyncExitStack() as stack, stand.holding():
            reader, writer = await stack.enter_async_context(connected(port, OUTER))
            addresses = []
            for header in ("9.9.9.9, 10.0.0.1", "10.0.0.2"):
                ask(writer, "/", f"X-Forwarded-For: {header}\r\n")
                addresses.append(_words(await answered(reader)))
            for number in range(2 * FILES):
                _, writer = await stack.enter_async_context(connected(port, OUTER))
                ask(writer, "/api/held", f"X-Forwarded-For: 10.0.0.{1 + number % 2}\r\n")
            await stand.has(2 * FILES)
            refused = await answer(port, "/api/x", "X-Forwarded-For: 10.0.0.1\r\n", OUTER)
            other = await answer(port, "/api/x", "X-Forwarded-For: 10.0.0.3\r\n", OUTER)
        return addresses, refused, other

    addresses, refused, other = asyncio.run(ask_for_many())
    assert addresses == ["10.0.0.1", "10.0.0.2"]
    assert (_status(refused), _status(other)) == ("503", "200")


@pytest.mark.parametrize(
    ("path", "headers", "most"),
    [("/%61pi/v1/held", "", 20), ("/ville/held", "", 20), ("/held", PAGE, 200)],
    ids=["a file, a letter of it escaped", "a sheet", "a page"],
)
def test_nginx_bounds_what_one_address_has_open(nginx, path, headers, most):
    refused, meanwhile = asyncio.run(ask_for_one_more(*nginx, path, headers, most))
    assert (_status(refused), _status(meanwhile)) == ("503", "200")
    assert "retry-after: 10" in refused.lower() and "Trop de demandes" in _words(refused)


def test_nginx_replaces_what_the_browser_says_and_hides_the_framework_s_figures(nginx):
    port, _ = nginx
    forged = "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-For: 8.8.8.8\r\n"
    assert _words(asyncio.run(answer(port, "/", forged))) == attack.ATTACKER
    assert _status(asyncio.run(answer(port, "/_stcore/%6detrics"))) == "404"


def test_strangers_who_do_all_at_once_take_no_replica_down_and_cut_off_no_reader(tmp_path):
    skip_without(cluster.HAPROXY, "haproxy")
    store = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    commands.init_database(store, empty=True)
    commands.load_demo(store, signatories=300, actions=3_000)
    log = tmp_path / "haproxy.txt"

    async def all_at_once(port: int) -> None:
        await asyncio.gather(
            attack.chatter(port, 4, 250),
            attack.past_views(port, 20, 1),
            attack.closed_requests(port, 50),
            attack.unread(port, 8, 24, 1),
            attack.idle(port, 300, 1),
        )

    with ExitStack() as stack:
        replicas = {name: stack.enter_context(run_server(store.url)) for name in "ab"}
        address = stack.enter_context(cluster.balancing(replicas, log))
        port, memory = _port(address), attack.memory_of(*map(process_at, replicas.values()))
        found = asyncio.run(attack.watched(port, memory, 1, all_at_once(port)))
    assert not found.unready and "DOWN" not in log.read_text("utf-8")


def _port(address: str) -> int:
    return int(address.rsplit(":", 1)[1])

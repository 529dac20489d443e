"""The real server on a free port, run as a person runs it."""

import json
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from monitor.store import open_store
from tests.support.forked import Forked, fork_module
from tests.support.paths import ROOT
from tests.support.waiting import LONGEST, wait_until

#: The servers that `run_server` has started, by their addresses.
SERVED: dict[str, psutil.Process] = {}
#: The ports of those that have ended. A browser knows the next one by it, and has its scripts.
LEFT: list[int] = []


def skip_without(found, what: str) -> None:
    """Skip loudly, or fail where everything is required."""
    if not found:
        message = f"needs {what}, which is not here"
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail(message)
        pytest.skip(message)


@contextmanager
def run_server(
    url: str,
    log: Path | None = None,
    port: int | None = None,
    options: tuple[str, ...] = (),
    **variables: str,
):
    """The address of a server on that database; stopped at the end. What it says goes to `log`;
    `options` are Streamlit's, `variables` are added to its environment."""
    own = port or port_of_before() or free_port()
    environment = {**os.environ, "MONITOR_DATABASE": url, **variables}
    state = tempfile.TemporaryDirectory(prefix="monitor-state-")
    if not url.startswith("sqlite:"):  # beside which it would remember its heads, and not in data/
        environment.setdefault("MONITOR_STATE", state.name)
    process = fork_module(
        "streamlit",
        *("run", "dashboard.py", f"--server.port={own}", *options),
        environment=environment,
        folder=ROOT,
        said=log or Path(os.devnull),
    )
    address = f"http://127.0.0.1:{own}"
    SERVED[address] = psutil.Process(process.pid)
    try:
        wait_for_answer(process, f"{address}/_stcore/health")
        yield address
    finally:
        process.terminate()
        process.join(LONGEST)
        del SERVED[address]
        if not port:
            LEFT.append(own)
        state.cleanup()


def wait_for_answer(process: subprocess.Popen | Forked, address: str) -> None:
    """Wait until the process answers at that address."""
    wait_until(
        lambda: process.poll() is not None or answers(address), f"nobody answers at {address}"
    )
    assert process.poll() is None, f"the process that was to answer at {address} has ended"


def process_at(address: str) -> psutil.Process:
    """The server that was started there."""
    return SERVED[address]


def port_of_before() -> int | None:
    """The port of a server that has ended, unless another process has it now."""
    while LEFT:
        port = LEFT.pop()
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(address: str) -> bool:
    try:
        return get(address)[0] == 200
    except OSError:  # nobody there, or too busy to answer yet
        return False


def get(address: str) -> tuple[int, dict, bytes]:
    """(status, headers, body) of a GET, whatever the status."""
    try:
        with urllib.request.urlopen(address, timeout=LONGEST) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def wait_until_verified(address: str) -> None:
    """Wait until the check of the whole chain, which follows the start, is over."""
    while not json.loads(get(f"{address}/healthz")[2]).get("verified"):
        time.sleep(0.2)


def hash_of_inline_script(html: str) -> str:
    """The script that stands inline in Streamlit's index.html."""
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.S)[:1]
    return script


def head(url: str) -> int:
    """The number of the last entry in the database."""
    with open_store(url).reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM head")
    return seq


def wait_until_shown(address: str, url: str) -> None:
    """Wait until public pages show all that is in the database: they follow it half a second behind."""
    wait_until(
        lambda: get(f"{address}/tete")[2].decode() == str(head(url)),
        "the pages do not follow the log",
    )

"""A server in a process of its own, watched: what it uses, and when it is ready."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from benchmarks.measure import ROOT
from tests.support.server import free_port, wait_until_verified

START_SECONDS = 120
#: The program is compiled once, by its first start: see `deploy/Dockerfile`.
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass
class Server:
    """A server that answers on `port`."""

    port: int
    process: psutil.Process

    @property
    def cpu(self) -> float:
        """Seconds of processor that it has used, all its threads."""
        # Linux's clock of another process (`clock_getcpuclockid`): psutil counts hundredths of a second,
        # and a page takes one.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    @property
    def memory_mb(self) -> float:
        return self.process.memory_info().rss / 2**20

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=300) as answer:
            return answer.read()

    def answers(self, path: str) -> bool:
        try:
            self.get(path)
        except (urllib.error.URLError, ConnectionError):
            return False
        return True

    def wait_for(self, path: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.answers(path):
            if not self.process.is_running() or time.monotonic() > deadline:
                raise RuntimeError(f"nothing answers at {path}")
            time.sleep(0.02)

    def wait_until_verified(self) -> None:
        """Wait until the check of the whole chain is over."""
        wait_until_verified(f"http://127.0.0.1:{self.port}")


@contextmanager
def running(*arguments: str, ready: str, **variables: str) -> Iterator[Server]:
    """A command of this interpreter as a server, "{port}" in it replaced, once `ready` answers."""
    port = free_port()
    command = [sys.executable, *(argument.format(port=port) for argument in arguments)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **COMPILED, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(port, psutil.Process(process.pid))
        server.wait_for(ready)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def app(database: str, *options: str):
    """Our app, with an empty page beside it in the same process."""
    return streamlit("benchmarks/served.py", *options, MONITOR_DATABASE=database)


def streamlit(script: str, *options: str, **variables: str):
    arguments = ("-m", "streamlit", "run", script, "--server.port={port}", *options)
    return running(*arguments, ready="/_stcore/health", **variables)

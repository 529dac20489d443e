"""Starting the processes that are then killed, starved or made to wait."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import cast

from monitor.store import open_store
from monitor.store.sqlite import SQLiteStore
from tests.support.forked import Piped
from tests.support.paths import ROOT


def start(*arguments: str, url: str, **options) -> Piped:
    """`python …` in the project's folder; its output is a pipe of text. With `options` it is a Popen,
    which is spoken to in the same way."""
    environment = {**os.environ, "MONITOR_DATABASE": url, "PYTHONPATH": str(ROOT)}
    if not options:
        return Piped(*arguments, environment=environment, folder=ROOT)
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )
    return cast(Piped, process)


def writer(url: str, token: str, count: int, pause: float = 0.0, **options):
    """A worker that has begun."""
    process = waiting_writer(url, token, count, pause, **options)
    begin(process)
    return process


def waiting_writer(url: str, token: str, count: int, pause: float = 0.0, **options):
    """A worker that will begin when it is told to."""
    process = start(
        "-m", "tests.support.worker", url, token, str(count), str(pause), url=url, **options
    )
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


def begin(process: Piped) -> None:
    process.stdin.write("go\n")
    process.stdin.flush()


HOLD = (
    "import sqlite3, sys\n"
    "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "connection.execute('BEGIN EXCLUSIVE')\n"
    "print('locked', flush=True)\n"
    "sys.stdin.read()\n"
)


@contextmanager
def hold_lock(url: str):
    """Another process holds the whole file for as long as the block lasts."""
    store = open_store(url)
    assert isinstance(store, SQLiteStore)
    holder = start("-c", HOLD, str(store.path), url=url)
    try:
        assert holder.stdout.readline() == "locked\n"
        yield
    finally:
        holder.kill()
        holder.communicate()


def read_acknowledged(process: Piped) -> list[dict]:
    """What it said until it ended; a line that a kill cut short was no acknowledgement."""
    output = process.stdout.read()
    process.stdin.close()
    process.stdout.close()
    process.stderr.close()
    process.wait()
    return [json.loads(line) for line in output.splitlines() if line.endswith("}")]

"""Connections to SQLite files that stay open between two readings or writes: a new one reads the whole
schema, with its hundred guards, before its first row, which takes longer than most questions.

Meanwhile a connection holds no lock and no page of the file, and none is kept of a file that
has a write-ahead log: that would stay beside the file, and be missed where somebody copies it by hand.
"""

import atexit
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

#: How many are kept in a process, of all files together, and how long one that nobody takes.
MOST_IDLE, IDLE_SECONDS = 8, 30


@dataclass(slots=True)
class Connection:
    """A connection to one file: the one that had this number when it was opened."""

    db: Database
    place: str
    file: tuple[int, int] | None
    process: int = field(default_factory=os.getpid)
    since: float = 0.0


_IDLE: list[Connection] = []
_LOCK = threading.Lock()


def open_connection(path: Path, open_file: Callable[[], Database]) -> Connection:
    """A new connection, opened by the caller's function."""
    file = _file_number(path)
    return Connection(open_file(), str(path.absolute()), file)


def take_connection(path: Path) -> Connection | None:
    """An open connection to this very file, which is the caller's until it is given back."""
    wanted, process = (str(path.absolute()), _file_number(path)), os.getpid()
    with _LOCK:
        for one in reversed(_IDLE):
            if (one.place, one.file) == wanted and one.process == process:
                _IDLE.remove(one)
                return one
    return None


def give_back(connection: Connection) -> None:
    """Keep it for whoever comes next, as if it were new; those that nobody took for long are closed."""
    open_file = connection.db.conn
    open_file.rollback()
    ((mode,),) = open_file.execute("PRAGMA journal_mode").fetchall()
    if mode == "wal" or connection.file is None:
        open_file.close()
        return
    open_file.text_factory = str
    open_file.execute("PRAGMA shrink_memory")
    connection.since = time.monotonic()
    with _LOCK:
        _IDLE.append(connection)
        fresh = [one for one in _IDLE[-MOST_IDLE:] if one.since > connection.since - IDLE_SECONDS]
        past = [one for one in _IDLE if one not in fresh]
        _IDLE[:] = fresh
    _close(past)


def close_connections() -> None:
    """Close all that nobody is using."""
    with _LOCK:
        past, _IDLE[:] = _IDLE[:], []
    _close(past)


def _close(connections: list[Connection]) -> None:
    for one in connections:
        if one.process == os.getpid():  # what a fork brought along is its parent's
            one.db.conn.close()


def _file_number(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that has taken its name; None where it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


atexit.register(close_connections)

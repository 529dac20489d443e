"""Connections to SQLite files that stay open between two readings: a new one reads the whole schema,
with its hundred guards, before its first row, which takes longer than most questions.

Between two readings a connection holds no lock and no page of the file, and none is kept of a file that
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
MOST, IDLE_SECONDS = 8, 30


@dataclass(slots=True)
class Reader:
    """A connection that reads one file: the one that had this number when it was opened."""

    db: Database
    place: str
    file: tuple[int, int] | None
    process: int = field(default_factory=os.getpid)
    since: float = 0.0


_IDLE: list[Reader] = []
_LOCK = threading.Lock()


def open_reader(path: Path, open_file: Callable[[], Database]) -> Reader:
    """A new connection, opened by the caller's function."""
    file = _file_number(path)
    return Reader(open_file(), str(path.absolute()), file)


def take_reader(path: Path) -> Reader | None:
    """An open connection to this very file, which is the caller's until it is given back."""
    wanted, process = (str(path.absolute()), _file_number(path)), os.getpid()
    with _LOCK:
        for reader in reversed(_IDLE):
            if (reader.place, reader.file) == wanted and reader.process == process:
                _IDLE.remove(reader)
                return reader
    return None


def give_back(reader: Reader) -> None:
    """Keep it for who reads next, as if it were new; those that nobody took for long are closed."""
    connection = reader.db.conn
    connection.rollback()
    ((mode,),) = connection.execute("PRAGMA journal_mode").fetchall()
    if mode == "wal" or reader.file is None:
        connection.close()
        return
    connection.text_factory = str
    connection.execute("PRAGMA shrink_memory")
    reader.since = time.monotonic()
    with _LOCK:
        _IDLE.append(reader)
        fresh = [one for one in _IDLE[-MOST:] if one.since > reader.since - IDLE_SECONDS]
        past = [one for one in _IDLE if one not in fresh]
        _IDLE[:] = fresh
    _close(past)


def close_readers() -> None:
    """Close all that nobody is using."""
    with _LOCK:
        past, _IDLE[:] = _IDLE[:], []
    _close(past)


def _close(readers: list[Reader]) -> None:
    for reader in readers:
        if reader.process == os.getpid():  # what a fork brought along is its parent's
            reader.db.conn.close()


def _file_number(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that has taken its name; None where it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


atexit.register(close_readers)

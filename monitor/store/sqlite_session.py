"""One transaction on a SQLite file."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from sqlite_utils import Database

from monitor.errors import DatabaseBusy, DatabaseDamaged, DatabaseError, MonitorError, Refused
from monitor.store.base import HOLD_SECONDS, GaveWay

#: Steps of SQLite's machine after which it asks whether to go on: some milliseconds.
_STEPS = 100_000
#: Pages that are copied at once, some hundredths of a second; and how long it is tried so.
_PAGES, COPY_SECONDS = 2_000, 60


class SQLiteSession:
    """One transaction on one connection."""

    def __init__(self, db: Database):
        self._db = db
        self._read: list[sqlite3.Cursor] = []

    def rows(self, sql, **params):
        with _decoding():
            rows = self._db.execute(sql, params).fetchall()
        if bytes in set(map(type, chain.from_iterable(rows))):  # no column of ours holds any
            raise DatabaseDamaged("text_damaged")
        return rows

    def chunks(self, sql, size=20_000, **params):
        with _decoding():
            cursor = self._db.execute(sql, params)
            self._read.append(cursor)
            rows = cursor.fetchmany(size)
        while rows:
            yield rows
            with _decoding():
                rows = cursor.fetchmany(size)
        self._read.remove(cursor)

    def execute(self, sql, **params):
        self._db.execute(sql, params)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence]):
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        self._db.conn.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)

    def columns(self, table: str) -> list[str]:
        return [name for _, name, *_ in self._db.execute(f'PRAGMA table_info("{table}")')]

    def take_any_text(self):
        self._db.conn.text_factory = _any_text

    def stop_reading(self) -> None:
        """Let go of what was read in part: it would keep others from writing."""
        for cursor in self._read:
            cursor.close()


def interrupt_for_others(connection: sqlite3.Connection, is_awaited: Callable[[], bool]) -> None:
    """From HOLD_SECONDS on, end the statement at hand, and its transaction, once somebody waits."""
    end = time.monotonic() + HOLD_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end and is_awaited(), _STEPS)


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database, as it is at one moment, in steps between which others write. A write has
    it begin anew; who writes again and again waits once, in the end, for all of it."""
    end = time.monotonic() + COPY_SECONDS

    def look(_status: int, left: int, _pages: int) -> None:
        if left and time.monotonic() > end:
            raise TimeoutError

    try:
        source.backup(target, pages=_PAGES, progress=look)
    except TimeoutError:
        source.backup(target)


def _any_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


@contextmanager
def _decoding() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "Could not decode" in str(error):
            raise DatabaseDamaged("text_damaged") from error
        raise


def is_refusal(error: BaseException) -> bool:
    """Whether an error says nothing of the database but that it, or the program, refused something."""
    if isinstance(error, MonitorError):
        return not isinstance(error, DatabaseError)
    return isinstance(error, sqlite3.IntegrityError)


@contextmanager
def own_errors(path: str, seconds: int) -> Iterator[None]:
    """What SQLite raises within is raised as one of ours."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Refused("refused_by_database", rule=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise translate_error(error, path, seconds) from error
    except UnicodeDecodeError as error:  # a text, or a name of the schema, that is not UTF-8
        raise DatabaseDamaged("database_damaged", path=path, why=error.reason) from error


def translate_error(
    error: sqlite3.DatabaseError, path: str, seconds: int
) -> DatabaseError | GaveWay:
    """What SQLite says, as one of ours."""
    message, name = str(error), getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return GaveWay()
    if "locked" in message or "busy" in message:
        return DatabaseBusy("database_busy", seconds=seconds)
    if "not a database" in message:
        return DatabaseDamaged("database_not_sqlite", path=path)
    if any(sign in message for sign in ("malformed", "no such table", "Could not decode")):
        return DatabaseDamaged("database_damaged", path=path, why=message)
    if name == "SQLITE_CANTOPEN":
        return DatabaseError("database_unreadable", path=path, why=message)
    if "readonly" in message:
        return DatabaseError("database_readonly", path=path)
    if "full" in message or name in ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC"):
        return DatabaseError("disk_full", path=path)
    return DatabaseError("database_failed", path=path, why=message)

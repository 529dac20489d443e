"""One transaction on a SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from sqlite_utils import Database

from monitor.errors import DatabaseDamaged


class SQLiteSession:
    """One transaction on one connection."""

    def __init__(self, db: Database):
        self._db = db

    def rows(self, sql, **params):
        with _decoding():
            rows = self._db.execute(sql, params).fetchall()
        if bytes in set(map(type, chain.from_iterable(rows))):  # no column of ours holds any
            raise DatabaseDamaged("text_damaged")
        return rows

    def chunks(self, sql, size=20_000, **params):
        with _decoding():
            cursor = self._db.execute(sql, params)
            rows = cursor.fetchmany(size)
        while rows:
            yield rows
            with _decoding():
                rows = cursor.fetchmany(size)

    def execute(self, sql, **params):
        self._db.execute(sql, params)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence]):
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        self._db.conn.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)

    def columns(self, table: str) -> list[str]:
        return [column.name for column in self._db[table].columns]

    def take_any_text(self):
        self._db.conn.text_factory = _any_text


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

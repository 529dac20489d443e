"""The tables and guards of a SQLite file: how they are made, and what a new file has."""

import re
import sqlite3
from collections.abc import Collection
from contextlib import closing
from functools import lru_cache
from threading import Lock

from monitor.store.base import Session
from monitor.store.guards import sqlite_guards
from monitor.store.schema_diff import SchemaShape
from monitor.store.tables import schema_files

#: What ANALYZE leaves: the planner's statistics, which nobody reads as facts.
_STATISTICS = ("sqlite_stat1", "sqlite_stat4")
_MASTER = "SELECT type, name, sql FROM sqlite_master"
#: One at a time copies what is kept in memory.
_COPYING = Lock()


def bring_up_to_date(
    connection: sqlite3.Connection, numbers: Collection[str] | None = None
) -> list[str]:
    """Within a transaction: apply the schema files that were not applied yet, those of `numbers` alone
    if they are given, with no guard in their way. Returns their names."""
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (name TEXT PRIMARY KEY)")
    applied = {name for (name,) in connection.execute("SELECT name FROM schema_version")}
    todo = [
        file
        for file in schema_files("sqlite")
        if file.name not in applied and (numbers is None or file.name[:4] in numbers)
    ]
    if todo:
        _take_guards_away(connection)
    for file in todo:
        for statement in split_statements(file.read_text("utf-8")):
            connection.execute(statement)
        connection.execute("INSERT INTO schema_version (name) VALUES (?)", [file.name])
    return [file.name for file in todo]


def put_guards(connection: sqlite3.Connection) -> None:
    """Within a transaction: have today's guards and no others."""
    guards = sqlite_guards()
    kept = [sql for kind, _, sql in connection.execute(_MASTER) if kind == "trigger"]
    if sorted(kept) != sorted(guards):
        _take_guards_away(connection)
        for guard in guards:
            connection.execute(guard)


def _take_guards_away(connection: sqlite3.Connection) -> None:
    for kind, name, _ in connection.execute(_MASTER).fetchall():
        if kind == "trigger":
            connection.execute('DROP TRIGGER "{}"'.format(name.replace('"', '""')))


def make_tables(connection: sqlite3.Connection) -> None:
    """Of a file that holds nothing: what `bring_up_to_date` makes, copied from what it made once."""
    with _COPYING:
        _tables_made_of(_states()).backup(connection)


@lru_cache(maxsize=2)
def _tables_made_of(_files: tuple[tuple, ...]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    bring_up_to_date(connection)
    connection.commit()
    return connection


def _states() -> tuple[tuple, ...]:
    """What another schema file, or another text in one, changes."""
    found = ((file, file.stat()) for file in schema_files("sqlite"))
    return tuple((file, state.st_mtime_ns, state.st_size) for file, state in found)


def split_statements(script: str) -> list[str]:
    """The statements of a schema file. Its comments hold no semicolon, its CHECKs no comment."""
    bare = re.sub(r"--[^\n]*", "", script)
    return [part.strip() for part in bare.split(";") if part.strip()]


def schema_shape(session: Session) -> SchemaShape:
    """What the file at hand has."""
    return _of(session.rows(_MASTER))


def new_schema_shape() -> SchemaShape:
    """What `create` gives to a new file."""
    return _made_of(_states(), sqlite_guards())


@lru_cache(maxsize=2)
def _made_of(_files: tuple[tuple, ...], _guards: tuple[str, ...]) -> SchemaShape:
    with closing(sqlite3.connect(":memory:")) as connection:
        bring_up_to_date(connection)
        put_guards(connection)
        return _of(connection.execute(_MASTER).fetchall())


def _of(rows: list[tuple]) -> SchemaShape:
    return {
        (kind, name): sql and " ".join(sql.split())
        for kind, name, sql in rows
        if name not in _STATISTICS
    }

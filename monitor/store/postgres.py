"""The PostgreSQL adapter, on psycopg 3 and its pool. Imported only where the address asks for it."""

import math
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import IsolationLevel, errors
from psycopg_pool import PoolTimeout

from monitor.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseError,
    DatabaseMissing,
    DatabaseOutdated,
    DatabaseUnreachable,
    InvalidValue,
    Refused,
)
from monitor.store.base import HOLD_SECONDS, GaveWay, Session, Store, batches
from monitor.store.guards import postgres_guards
from monitor.store.implied import accounts_with_wrong_communes
from monitor.store.new_tables import fill_new_tables
from monitor.store.pool import OPTIONS, pool_of
from monitor.store.postgres_shape import new_schema_shape, schema_shape
from monitor.store.roles import APP as APP
from monitor.store.roles import READER as READER
from monitor.store.roles import drop_views, grant
from monitor.store.schema_diff import Departure, schema_differences
from monitor.store.sqlite import BUSY_SECONDS, SQLiteStore
from monitor.store.sqlite_schema import split_statements
from monitor.store.tables import copy_rows, schema_files, schema_names
from monitor.store.wiping import EmptiedEntry, Leftover, tables_to_wipe
from monitor.store.wiping_postgres import wipe_server

#: A reader that takes longer is stopped: one slow query must not hold up the others.
READ_SECONDS = 30
#: Two sessions that create the same database take turns.
_CREATE_LOCK = 0x4D50434C
#: Rows that go to the server together: nobody can be let in while they do.
_AT_ONCE = 2_000
#: Whether somebody waits for the row of the head that this transaction holds.
_AWAITED = """
    SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted
                   AND transactionid = pg_current_xact_id()::xid)
"""


class PostgresSession:
    """One transaction on one connection of the pool."""

    def __init__(self, connection: psycopg.Connection, *, gives_way: bool = False):
        self._connection = connection
        self._numbers = count()
        self._end = time.monotonic() + HOLD_SECONDS if gives_way else math.inf

    def rows(self, sql, **params):
        return self._connection.execute(to_psycopg(sql), params).fetchall()

    def chunks(self, sql, size=20_000, **params):
        with self._connection.cursor(name=f"chunks_{next(self._numbers)}") as cursor:
            cursor.execute(to_psycopg(sql), params)
            while rows := cursor.fetchmany(size):
                yield rows

    def execute(self, sql, **params):
        self._connection.execute(to_psycopg(sql), params)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence]):
        names = ", ".join(f'"{column}"' for column in columns)
        for some in batches(rows, _AT_ONCE):
            with (
                self._connection.cursor() as cursor,
                cursor.copy(f'COPY "{table}" ({names}) FROM STDIN'.encode()) as copy,
            ):
                for row in some:
                    copy.write_row(row)
            self._give_way()

    def columns(self, table: str) -> list[str]:
        found = self.rows(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = :table "
            "AND is_generated = 'NEVER' "
            "ORDER BY ordinal_position",
            table=table,
        )
        return [name for (name,) in found]

    def take_any_text(self):
        pass  # the server accepts no invalid text

    def _give_way(self):
        if time.monotonic() > self._end and self.rows(_AWAITED) == [(True,)]:
            raise GaveWay


class PostgresStore:
    """A PostgreSQL database. Only `create` makes its tables."""

    def __init__(self, url: str):
        self.address = url
        parts = urlsplit(url)
        host = parts.hostname or ""
        #: The address without who asks: what messages and logs may show.
        place = f"{host}:{parts.port}" if parts.port else host
        self.url = f"postgresql://{place}{parts.path}"

    def create(
        self,
        source: Store | None = None,
        progress=lambda entries: None,
    ) -> list[str]:
        with self._translating(), psycopg.connect(self.address, options=OPTIONS) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_CREATE_LOCK])
            connection.execute(
                'CREATE TABLE IF NOT EXISTS schema_version (name text COLLATE "C" PRIMARY KEY)'
            )
            applied = {name for (name,) in connection.execute("SELECT name FROM schema_version")}
            if source is not None and applied:
                raise InvalidValue("target_not_empty", value=self.url)
            if applied - schema_names("postgres"):
                raise DatabaseOutdated("database_newer", path=self.url)
            session = PostgresSession(connection)
            drop_views(connection)  # a table under a view could not be changed
            _drop_guards(connection)
            todo = [file for file in schema_files("postgres") if file.name not in applied]
            for file in todo:
                for statement in split_statements(file.read_text("utf-8")):
                    connection.execute(_typed(statement).encode())
                session.insert("schema_version", ("name",), [(file.name,)])
            if source is not None:
                with source.reading() as origin:
                    copy_rows(origin, session, progress)
            else:
                fill_new_tables(session, [file.name for file in todo])
            for statement in postgres_guards():
                connection.execute(statement.encode())
            grant(connection)
        return [file.name for file in todo]

    def is_outdated(self) -> bool:
        with self._translating(), pool_of(self.address).connection() as connection:
            return self._applied(connection) != schema_names("postgres")

    def bytes_taken(self) -> int:
        with self.reading(outdated=True) as session:
            ((size,),) = session.rows("SELECT pg_database_size(current_database())")
        return size

    @contextmanager
    def reading(self, *, outdated: bool = False) -> Iterator[Session]:
        with self._translating(), pool_of(self.address).connection() as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            connection.execute(f"SET LOCAL statement_timeout = '{READ_SECONDS}s'".encode())
            self._check_schema(connection, outdated)
            yield PostgresSession(connection)

    def looking(self) -> AbstractContextManager[Session]:
        return self.reading()  # which keeps nobody waiting here

    @contextmanager
    def writing(self, *, gives_way: bool = False) -> Iterator[Session]:
        with self._translating(), pool_of(self.address).connection() as connection:
            self._begin_write(connection)
            # Every write waits for the one before, so that the order of commits is that of `seq`.
            connection.execute("SELECT seq FROM head FOR UPDATE")
            yield PostgresSession(connection, gives_way=gives_way)

    def attempt_write(self) -> None:
        with self._translating(), pool_of(self.address).connection() as connection:
            self._begin_write(connection)
            connection.execute("SELECT seq FROM head FOR UPDATE SKIP LOCKED")

    def _begin_write(self, connection: psycopg.Connection):
        connection.isolation_level = IsolationLevel.READ_COMMITTED
        connection.read_only = False
        self._check_schema(connection)

    def departures(self) -> list[Departure]:
        with self.reading() as session:
            found = schema_differences(new_schema_shape(), schema_shape(session))
            ties = accounts_with_wrong_communes(session)
        return found + [Departure("changed", "ties", name) for name in ties]

    def copy_to(self, path: Path) -> None:
        """The copy is a SQLite file: what `restore`, `verify` and `copy` read everywhere."""
        SQLiteStore(path).create(self)

    def wipe(self, emptied: Sequence[EmptiedEntry]) -> list[Leftover]:
        with (
            self._translating(),
            psycopg.connect(self.address, options=OPTIONS, autocommit=True) as connection,
        ):
            self._check_schema(connection)
            return wipe_server(connection, tables_to_wipe(emptied))

    def replace_by(self, path: Path) -> Path | None:
        raise Refused("restore_into_new", path=str(path), url=self.url)

    def _check_schema(self, connection: psycopg.Connection, outdated: bool = False):
        if self._applied(connection) != schema_names("postgres") and not outdated:
            raise DatabaseOutdated("database_outdated", path=self.url)

    def _applied(self, connection: psycopg.Connection) -> set[str]:
        """The schema files that made it."""
        try:
            applied = {name for (name,) in connection.execute("SELECT name FROM schema_version")}
        except errors.UndefinedTable:
            raise DatabaseMissing("database_missing", path=self.url) from None
        if applied - schema_names("postgres"):
            raise DatabaseOutdated("database_newer", path=self.url)
        return applied

    @contextmanager
    def _translating(self):
        try:
            yield
        except (errors.LockNotAvailable, errors.QueryCanceled, PoolTimeout) as error:
            raise DatabaseBusy("database_busy", seconds=BUSY_SECONDS) from error
        except (errors.IntegrityError, errors.DataError) as error:
            raise Refused("refused_by_database", rule=_rule(error)) from error
        except errors.ReadOnlySqlTransaction as error:
            raise DatabaseError("database_readonly", path=self.url) from error
        except errors.DiskFull as error:
            raise DatabaseError("disk_full", path=self.url) from error
        except errors.DataCorrupted as error:
            raise DatabaseDamaged("database_damaged", path=self.url, why=_rule(error)) from error
        except psycopg.OperationalError as error:
            raise DatabaseUnreachable(
                "database_unreachable", path=self.url, why=_rule(error)
            ) from error
        except psycopg.Error as error:
            raise DatabaseError("database_failed", path=self.url, why=_rule(error)) from error


@lru_cache(maxsize=1_024)
def to_psycopg(sql: str) -> bytes:
    """`:name` parameters as psycopg writes them; a literal `%` is doubled. As bytes: of texts, psycopg
    takes only those that stand in the program."""
    return re.sub(r"(?<![:\w]):([a-z]\w*)", r"%(\1)s", sql.replace("%", "%%")).encode()


def _typed(statement: str) -> str:
    """A statement of the schema: numbers as wide as SQLite's, texts in the order of their bytes."""
    typed = re.sub(r"\bINTEGER\b", "bigint", statement)
    return re.sub(r"\bTEXT\b", 'text COLLATE "C"', typed)


def _drop_guards(connection: psycopg.Connection) -> None:
    """A guard's function takes its triggers with it."""
    found = connection.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND proname LIKE 'guard!_%' ESCAPE '!'"
    )
    for (name,) in found.fetchall():
        connection.execute(f'DROP FUNCTION "{name}"() CASCADE'.encode())


def _rule(error: Exception) -> str:
    """The first line of what the server says."""
    diagnosis = getattr(error, "diag", None)
    message = (diagnosis.message_primary if diagnosis else None) or str(error)
    return message.splitlines()[0] if message else type(error).__name__

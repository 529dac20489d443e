"""The SQLite adapter, on sqlite-utils."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from monitor.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseError,
    DatabaseOutdated,
    InvalidValue,
)
from monitor.store.atomic import BESIDE, atomic_write, create_private, make_private
from monitor.store.base import Store
from monitor.store.idle_connections import give_back, open_connection, take_connection
from monitor.store.implied import accounts_with_wrong_communes
from monitor.store.new_tables import fill_new_tables
from monitor.store.schema_diff import Departure, schema_differences
from monitor.store.sqlite_file import (
    APPLICATION_ID,
    check_file,
    check_not_newer,
    check_ours,
    check_regular,
    is_free,
    unused_path,
    write_ahead_is_safe,
)
from monitor.store.sqlite_schema import bring_up_to_date, new_schema_shape, put_guards, schema_shape
from monitor.store.sqlite_session import (
    SQLiteSession,
    copy_pages,
    interrupt_for_others,
    is_refusal,
    own_errors,
)
from monitor.store.tables import copy_rows, numbers_applied, schema_files, schema_names
from monitor.store.wiping import EmptiedEntry, Leftover, wipe_file
from monitor.store.writer_turns import wait_for_turn

BUSY_SECONDS = 5
#: What a large load may hold in memory before SQLite writes pages out (and locks readers out).
CACHE_KIB = 262_144
#: What a reading may: SQLite's default.
READING_KIB = 2_000


class SQLiteStore:
    """A SQLite file. Only `create` may make it: elsewhere a missing file is an error."""

    def __init__(self, path: Path | str):
        self.path = Path(path)
        self.url = f"sqlite:///{self.path}"

    def create(
        self,
        source: Store | None = None,
        progress: Callable[[int], None] = lambda entries: None,
    ) -> list[str]:
        """Of two who make a database at once, the second goes on with that of the first."""
        if not is_free(self.path):
            if source is not None:
                raise InvalidValue("target_not_empty", value=self.url)
            check_file(self.path)
            make_private(self.path)
            return self._prepare(self.path, False)
        try:
            with atomic_write(self.path) as draft:
                create_private(draft)
                return self._prepare(draft, True, source, progress)
        except FileExistsError:
            return self.create(source, progress)
        except OSError as error:
            code = "disk_full" if error.errno == errno.ENOSPC else "database_unreadable"
            raise DatabaseError(code, path=str(self.path), why=error.strerror) from None

    def _prepare(
        self,
        place: Path,
        new: bool,
        source: Store | None = None,
        progress: Callable[[int], None] = lambda entries: None,
    ) -> list[str]:
        """Bring the file at `place`, which is ours or new, up to date."""
        with self._connection("rwc", place) as db:
            if not new:
                check_ours(db, self.path)
                check_not_newer(db, self.path)
            db.conn.execute(
                "PRAGMA journal_mode = WAL"
                if write_ahead_is_safe()
                else "PRAGMA journal_mode = DELETE"
            )
            db.conn.execute("PRAGMA foreign_keys = OFF")  # a table may be made again
            db.conn.execute("BEGIN IMMEDIATE")
            with source.reading(outdated=True) if source else nullcontext() as origin:
                numbers = numbers_applied(origin) if origin else None
                todo = bring_up_to_date(db.conn, numbers)
                if origin:
                    copy_rows(origin, SQLiteSession(db), progress)
                else:
                    fill_new_tables(SQLiteSession(db), todo)
            # What was made before an upgrade is copied as it is: today's guards name today's tables.
            whole = source is None or len(todo) == len(schema_files("sqlite"))
            if whole:
                put_guards(db.conn)
            if broken := db.conn.execute("PRAGMA foreign_key_check").fetchall():
                raise DatabaseDamaged(
                    "database_damaged", path=str(self.path), why=f"foreign key: {broken[0]}"
                )
            db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.conn.commit()
        return todo

    def departures(self) -> list[Departure]:
        with self.reading() as session:
            session.take_any_text()
            found = schema_differences(new_schema_shape(), schema_shape(session))
            readable = not any(one.name in ("account_commune", "account_tie") for one in found)
            ties = accounts_with_wrong_communes(session) if readable else []
        return found + [Departure("changed", "ties", name) for name in ties]

    def is_outdated(self) -> bool:
        check_file(self.path)
        with self._connection("rw") as db:
            return not self._is_of_today(db)

    def bytes_taken(self) -> int:
        beside = (self.path.with_name(f"{self.path.name}{end}") for end in BESIDE)
        return sum(one.stat().st_size for one in beside if one.exists())

    @contextmanager
    def reading(self, *, outdated: bool = False) -> Iterator[SQLiteSession]:
        with self.looking(outdated=outdated) as session:
            session.execute("BEGIN")
            yield session  # it ends where the connection is given back

    @contextmanager
    def looking(self, *, outdated: bool = False) -> Iterator[SQLiteSession]:
        check_file(self.path)
        with self._kept_connection(writes=False) as db:
            self._check_schema(db, outdated)
            session = SQLiteSession(db)
            try:
                yield session  # no transaction: a reader inside one keeps a commit waiting
            except BaseException:
                session.stop_reading()
                raise

    @contextmanager
    def writing(self, *, gives_way: bool = False) -> Iterator[SQLiteSession]:
        check_file(self.path)
        queue = self.path.with_name(f"{self.path.name}.lock")
        with (
            wait_for_turn(queue, BUSY_SECONDS) as is_awaited,
            self._kept_connection(writes=True) as db,
        ):
            self._check_schema(db)
            db.conn.execute("BEGIN IMMEDIATE")
            if gives_way:
                interrupt_for_others(db.conn, is_awaited)
            session = SQLiteSession(db)
            try:
                yield session
                db.conn.set_progress_handler(None, 0)
                db.conn.commit()
            except BaseException:
                session.stop_reading()
                db.conn.set_progress_handler(None, 0)
                db.conn.rollback()
                raise

    @contextmanager
    def trying(self) -> Iterator[SQLiteSession]:
        """A transaction in a file that nobody else has, which is taken away at once: it waits for no
        turn, is never committed, and leaves nothing behind where the process is killed."""
        with self._connection("rw") as db:
            db.conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            db.conn.execute("PRAGMA journal_mode = OFF")
            db.conn.execute("BEGIN IMMEDIATE")
            with suppress(OSError):  # of a system that keeps what is open
                self.path.unlink()
            yield SQLiteSession(db)

    def attempt_write(self) -> None:
        check_file(self.path)
        with suppress(DatabaseBusy), self._connection("rw") as db:
            self._check_schema(db)
            db.conn.execute("PRAGMA busy_timeout = 0")
            db.conn.execute("BEGIN IMMEDIATE")

    def copy_to(self, path: Path) -> None:
        check_file(self.path)
        create_private(path)  # what is wrong with this path must not be said of the database's
        with self._connection("rw") as db:
            copy = sqlite3.connect(path)
            try:
                copy_pages(db.conn, copy)
            except sqlite3.OperationalError as error:
                if "full" in str(error):
                    raise DatabaseError("disk_full", path=str(path)) from error
                raise
            finally:
                copy.close()
            with path.open("rb") as file:
                os.fsync(file.fileno())

    def wipe(self, emptied: Sequence[EmptiedEntry]) -> list[Leftover]:
        queue = self.path.with_name(f"{self.path.name}.lock")
        with wait_for_turn(queue, BUSY_SECONDS), self._connection("rw") as db:
            self._check_schema(db)
            return wipe_file(db.conn)

    def replace_by(self, path: Path) -> Path | None:
        """A whole database is kept and overwritten in one transaction; a damaged one, which cannot
        take a transaction, is moved aside with its journal."""
        kept = None
        if not is_free(self.path):
            check_regular(self.path)
            kept = unused_path(
                self.path, f"{self.path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
            )
            try:
                with atomic_write(kept) as draft:
                    self.copy_to(draft)
            except OSError as error:
                raise DatabaseError(
                    "database_unreadable", path=str(kept), why=error.strerror
                ) from None
            except DatabaseError as error:
                if not isinstance(error, DatabaseDamaged) and error.code != "database_failed":
                    raise  # it is whole: a full disk or a writer is no reason to move it
                for suffix in ("-journal", "-wal", "-shm", ""):
                    beside = self.path.with_name(self.path.name + suffix)
                    if beside.exists():
                        make_private(beside)
                        beside.rename(kept.with_name(kept.name + suffix))
        with suppress(OSError):
            create_private(self.path)
        make_private(self.path)
        with SQLiteStore(path)._connection("ro") as source, self._connection("rwc") as db:
            source.conn.backup(db.conn)
        return kept

    def _check_schema(self, db: Database, outdated: bool = False):
        if not self._is_of_today(db) and not outdated:
            raise DatabaseOutdated("database_outdated", path=str(self.path))

    def _is_of_today(self, db: Database) -> bool:
        mark, applied = check_ours(db, self.path), check_not_newer(db, self.path)
        return mark == APPLICATION_ID and applied == schema_names("sqlite")

    @contextmanager
    def _kept_connection(self, *, writes: bool) -> Iterator[Database]:
        """A connection of those that stay open, or a new one. It is never read-only: what a crash left
        half written is rolled back by the next reader."""
        with own_errors(str(self.path), BUSY_SECONDS):
            kept = take_connection(self.path) or open_connection(
                self.path, lambda: _open(self.path, "rw", check_same_thread=False)
            )
            try:
                kept.db.conn.execute(f"PRAGMA query_only = {int(not writes)}")
                size = CACHE_KIB if writes else READING_KIB
                kept.db.conn.execute(f"PRAGMA cache_size = -{size}")
                yield kept.db
            except BaseException as error:
                if is_refusal(error):
                    give_back(kept)
                else:
                    kept.db.conn.close()
                raise
            give_back(kept)

    @contextmanager
    def _connection(self, mode: str, place: Path | None = None) -> Iterator[Database]:
        """A connection whose errors are ours, closed at the end. `place`: another file than the
        database's, before it is put there."""
        with own_errors(str(self.path), BUSY_SECONDS):
            db = _open(place or self.path, mode)
            try:
                yield db
            finally:
                db.conn.close()


def _open(path: Path, mode: str, **options) -> Database:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, **options
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA secure_delete = ON")  # what a court had emptied is gone
        return Database(connection, recursive_triggers=True, execute_plugins=False)
    except BaseException:
        connection.close()
        raise

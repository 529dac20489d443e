"""A copy of a database, in which something is tried that rests on what it writes: nobody who saves waits
for it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from monitor.errors import DatabaseError, Refused
from monitor.store.base import GaveWay, Session, Store, in_lists
from monitor.store.guards import sqlite_insert_guards
from monitor.store.head import LogEnd, read_head
from monitor.store.sqlite import CACHE_KIB, SQLiteStore
from monitor.store.sqlite_schema import make_tables
from monitor.store.sqlite_session import SQLiteSession, translate_error
from monitor.store.subjects import SUBJECTS

#: A pact of less than this share of a file, or of so few entries, is copied row by row; of more, all
#: pages are copied sooner.
SHARE, FEW = 1 / 8, 300
#: What is copied whole, whatever the pact: few rows, that say who may write and what was decided.
_BESIDE = (
    "account",
    "account_change",
    "account_commune",
    "account_tie",
    "id_key",
    "published_head",
)
_WHOLE = ("load", "pact", "load_review", "withdrawal", "row_withdrawal", "redaction")
#: The rows `t` of the other subjects that a pact has; who signs another one too may be the same person.
_OF_PACT = {
    about.table: "t.pact_id = :pact"
    for about in SUBJECTS.values()
    if "pact_id" in about.facts and about.table not in _WHOLE
} | {
    "signatory": "t.pact_id = :pact OR EXISTS (SELECT 1 FROM signatory o WHERE o.pact_id = t.pact_id "
    "AND o.signatory_id = t.signatory_id AND o.person_id IS NOT NULL)",
    "review": "t.action_seq IN (SELECT seq FROM action WHERE pact_id = :pact)",
}
#: The commitments of a pact, and the last one of all: those that follow are numbered from it.
_COMMITMENTS = "WHERE pact_id = :pact OR id = (SELECT max(id) FROM commitment)"


@contextmanager
def try_in_copy(store: Store, pact_id: str) -> Iterator[Session]:
    """A session on a copy of what the database says of a pact, in which may be written; it is gone at
    the end. Raises as `Store.looking`, and DatabaseError (`temporary_unwritable`, `disk_full`) where
    there is no room for it."""
    with _temporary_file() as connection:
        with store.looking() as session:
            head = read_head(session)  # first: what others write meanwhile is not copied
            most = max(int(SHARE * head.seq), FEW) if isinstance(store, SQLiteStore) else head.seq
            part = _entries_of(session, pact_id, head.seq, most)
            if part is not None:
                _copy_part(session, connection, pact_id, head, part)
        if part is not None:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            connection.execute("BEGIN IMMEDIATE")
            yield _GuardedSession(Database(connection, execute_plugins=False))
            return
    with _folder() as folder:
        copy = SQLiteStore(folder / "trial.db")
        store.copy_to(copy.path)
        with copy.trying() as session:
            yield session


@contextmanager
def _temporary_file() -> Iterator[sqlite3.Connection]:
    """A database without a name, which SQLite keeps in memory as long as it is small."""
    with closing(sqlite3.connect("")) as connection:
        try:
            yield connection
        except sqlite3.IntegrityError as error:
            raise Refused("refused_by_database", rule=str(error)) from error
        except sqlite3.DatabaseError as error:
            raise _of_temporary_file(error) from error


def _of_temporary_file(error: sqlite3.DatabaseError) -> DatabaseError | GaveWay:
    if error.sqlite_errorname in ("SQLITE_CANTOPEN", "SQLITE_IOERR_GETTEMPPATH"):
        return DatabaseError("temporary_unwritable", path="TMPDIR", why=str(error))
    return translate_error(error, "TMPDIR", 0)


class _GuardedSession(SQLiteSession):
    """A session on a file of ours without guards, in which rows are added and none is changed: a table
    has its own against wrong rows before its first. To read them all takes as long as a small load."""

    def __init__(self, db: Database):
        super().__init__(db)
        self._guarded: set[str] = set()

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence]):
        if table not in self._guarded:
            self._guarded.add(table)
            for guard in sqlite_insert_guards(table):
                self.execute(guard)
        super().insert(table, columns, rows)


@contextmanager
def _folder() -> Iterator[Path]:
    try:
        folder = TemporaryDirectory(prefix="monitor-trial-")
    except OSError as error:
        why = error.strerror or str(error)
        raise DatabaseError("temporary_unwritable", path="TMPDIR", why=why) from None
    with folder as name:
        yield Path(name)


def _entries_of(
    session: Session, pact_id: str, until: int, most: int
) -> dict[str, list[int]] | None:
    """The entries of a pact, by table; None if there are more than so many."""
    found: dict[str, list[int]] = {}
    for table, of in _OF_PACT.items():
        left = most - sum(map(len, found.values()))
        of = f"({of}) LIMIT {left + 1}"
        found[table] = _seqs_of(session, table, of, until=until, pact=pact_id)
        if len(found[table]) > left:
            return None
    return found


def _seqs_of(session: Session, table: str, of: str, **params) -> list[int]:
    sql = f"SELECT t.seq FROM {table} t WHERE t.seq <= :until AND {of}"
    return [seq for (seq,) in session.rows(sql, **params)]


def _copy_part(
    session: Session,
    connection: sqlite3.Connection,
    pact_id: str,
    head: LogEnd,
    part: Mapping[str, list[int]],
) -> None:
    """Copy these entries, and what stands beside them, into a new file. Each question is short: a long
    one keeps others from writing to SQLite."""
    seqs = {table: _seqs_of(session, table, "1 = 1", until=head.seq) for table in _WHOLE}
    seqs |= part
    seqs["entry"] = sorted({head.seq, *chain.from_iterable(seqs.values())})
    try:
        for setting in ("journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {setting}")
        make_tables(connection)
        target = SQLiteSession(Database(connection, recursive_triggers=True, execute_plugins=False))
        target.execute("UPDATE head SET seq = :seq, hash = :hash", **head._asdict())
        for table in _BESIDE:
            target.execute(f"DELETE FROM {table}")
            _copy_rows(session, target, table)
        for table, some in seqs.items():
            about = SUBJECTS.get(table)
            for each in (table, *([about.text_table] if about and about.texts else ())):
                for inside, params in in_lists(some):
                    _copy_rows(session, target, each, f"WHERE seq IN {inside}", **params)
        _copy_rows(session, target, "commitment", _COMMITMENTS, pact=pact_id)
        connection.commit()
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as error:  # not one of the database that is copied
        raise _of_temporary_file(error) from error


def _copy_rows(session: Session, target: Session, table: str, of: str = "", **params) -> None:
    columns = session.columns(table)
    rows = session.rows(f"SELECT {', '.join(columns)} FROM {table} {of}", **params)
    target.insert(table, columns, rows)

"""A copy of a database, in which something is tried that rests on what it writes: nobody who saves waits
for it."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from monitor.errors import DatabaseError
from monitor.store.base import Session, Store, in_lists
from monitor.store.head import LogEnd, read_head
from monitor.store.sqlite import SQLiteStore
from monitor.store.sqlite_file import APPLICATION_ID
from monitor.store.sqlite_schema import add_guards, make_tables
from monitor.store.sqlite_session import SQLiteSession, translate_error
from monitor.store.subjects import SUBJECTS

#: A pact of less than this share of a file is copied row by row; of more, all pages are copied sooner.
SHARE = 1 / 8
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
    with _folder() as folder:
        copy = SQLiteStore(folder / "trial.db")
        with store.looking() as session:
            head = read_head(session)  # first: what others write meanwhile is not copied
            most = int(SHARE * head.seq) if isinstance(store, SQLiteStore) else head.seq
            part = _entries_of(session, pact_id, head.seq, most)
            if part is not None:
                _copy_part(session, copy.path, pact_id, head, part)
        if not copy.path.exists():
            store.copy_to(copy.path)
        with copy.trying() as session:
            yield session


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
    session: Session, path: Path, pact_id: str, head: LogEnd, part: Mapping[str, list[int]]
) -> None:
    """Copy these entries, and what stands beside them, into a new file. Each question is short: a long
    one keeps others from writing to SQLite."""
    seqs = {table: _seqs_of(session, table, "1 = 1", until=head.seq) for table in _WHOLE}
    seqs |= part
    seqs["entry"] = sorted({head.seq, *chain.from_iterable(seqs.values())})
    with closing(sqlite3.connect(path)) as connection:
        try:
            for setting in ("journal_mode = OFF", "synchronous = OFF"):
                connection.execute(f"PRAGMA {setting}")
            make_tables(connection)
            target = SQLiteSession(Database(connection, execute_plugins=False))
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
            add_guards(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.commit()
        except sqlite3.DatabaseError as error:
            raise translate_error(error, str(path), 0) from error


def _copy_rows(session: Session, target: Session, table: str, of: str = "", **params) -> None:
    columns = session.columns(table)
    rows = session.rows(f"SELECT {', '.join(columns)} FROM {table} {of}", **params)
    target.insert(table, columns, rows)

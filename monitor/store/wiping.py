"""What redactions emptied, off the disk: out of the pages that a SQLite file has set free, its journals,
and out of the copies of it, which are named.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from monitor.store.base import Session
from monitor.store.subjects import SUBJECTS

#: What may hold words that a redaction took away, beside the texts of entries.
BESIDE_THE_LOG = ("message", "draft", "request", "request_end")
#: Files of these names are looked into.
_COPIES = ("*.db", "*.db.*", "*.sqlite", "*.sqlite3", "*.partial")
#: How a SQLite file begins.
_SQLITE = b"SQLite format 3\0"


class Leftover(NamedTuple):
    """Something that could not be done from here. `code` names the sentence that says what to do
    (`cli.left_<code>`), `values` fill it."""

    code: str
    values: dict


class EmptiedEntry(NamedTuple):
    """An entry that a redaction emptied: where its texts were, and its hash in the chain."""

    seq: int
    subject: str
    hash: str


def emptied_entries(session: Session) -> list[EmptiedEntry]:
    """Those that redactions name, in order."""
    rows = session.rows(
        "SELECT DISTINCT e.seq, e.subject, e.hash FROM redaction r JOIN entry e ON e.seq = r.target_seq "
        "ORDER BY e.seq"
    )
    return [EmptiedEntry(*row) for row in rows]


def tables_to_wipe(emptied: Sequence[EmptiedEntry]) -> list[str]:
    """The tables in which the words of these entries stood."""
    texts = {SUBJECTS[one.subject].text_table for one in emptied}
    return [*sorted(texts), *BESIDE_THE_LOG]


def wipe_file(connection: sqlite3.Connection) -> list[Leftover]:
    """Write a SQLite file anew without what it has set free, and empty its write-ahead log. Outside a
    transaction."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "sqlite_stat4" in names:  # the planner keeps samples of what was indexed
        connection.execute("DELETE FROM sqlite_stat4")
        connection.commit()
    connection.execute("VACUUM")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            return [Leftover("wal", {})]
    return []


def copies_with_texts(
    folders: Sequence[Path], own: Path | None, emptied: Sequence[EmptiedEntry]
) -> list[Leftover]:
    """The SQLite files in these folders that still hold texts of the entries, and those that nobody can
    look into. `own`: the database itself."""
    found = []
    for path in _candidates(folders):
        if own is not None and path == own.resolve():
            continue
        try:
            texts = _texts_in(path, emptied)
        except (sqlite3.Error, OSError):
            found.append(Leftover("unreadable", {"path": str(path)}))
            continue
        if texts:
            found.append(Leftover("copy", {"path": str(path), "n": texts}))
    for path in _journals(folders):
        if own is None or path.with_name(path.name.rpartition("-")[0]) != own:
            found.append(Leftover("unreadable", {"path": str(path)}))
    return found


def _journals(folders: Iterable[Path]) -> Iterator[Path]:
    """What SQLite has left beside a file that was moved or copied while it was written to."""
    for folder in folders:
        for path in sorted([*folder.glob("*-journal"), *folder.glob("*-wal")]):
            if path.is_file() and path.stat().st_size:
                yield path


def _candidates(folders: Iterable[Path]) -> Iterator[Path]:
    seen = set()
    for folder in folders:
        for pattern in _COPIES:
            for path in sorted(folder.glob(pattern)):
                place = path.resolve()
                if place in seen or not place.is_file() or not _is_sqlite(place):
                    continue
                seen.add(place)
                yield place


def _is_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return True  # what cannot be read is named


def _texts_in(path: Path, emptied: Sequence[EmptiedEntry]) -> int:
    """How many of the entries have texts in a copy of the same log."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "entry" not in tables:
            return 0
        count = 0
        for seq, subject, hash_ in emptied:
            table = SUBJECTS[subject].text_table
            if table not in tables:
                continue
            there = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            columns = ", ".join(f"x.{name}" for name in there if name != "seq")
            rows = connection.execute(
                f"SELECT coalesce({columns}) FROM {table} x JOIN entry e ON e.seq = x.seq "
                "WHERE x.seq = ? AND e.hash = ?",
                [seq, hash_],
            ).fetchall()
            count += any(value is not None for (value,) in rows)
        return count
    finally:
        connection.close()

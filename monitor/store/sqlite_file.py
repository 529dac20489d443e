"""What stands at the path of a SQLite database: nothing, a file of ours, or what must not be touched."""

import errno
import os
import sqlite3
import stat
from itertools import chain, count
from pathlib import Path

from sqlite_utils import Database

from monitor.errors import DatabaseDamaged, DatabaseError, DatabaseMissing, DatabaseOutdated
from monitor.store.tables import schema_names

#: Marks the file as ours ("MPCM"): any other SQLite file is refused rather than written into.
APPLICATION_ID = 0x4D50434D
#: That of the files of 0.1.0 and 0.2.0 ("MPCL"). These programs, which know no newer schema, would take
#: the guards of today away: by its mark a file of today is none of theirs.
FORMER_ID = 0x4D50434C


def is_free(path: Path) -> bool:
    """Whether there is nothing at the path, and can be something. Raises DatabaseError."""
    try:
        if free := not path.exists():
            folder = next(one for one in path.absolute().parents if one.exists())
            if not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    except OSError as error:
        raise DatabaseError("database_unreadable", path=str(path), why=error.strerror) from None
    return free


def unused_path(path: Path, name: str) -> Path:
    """A path beside the database, of that name if nothing stands there."""
    ways = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in map(path.with_name, ways) if not one.exists())


def check_regular(path: Path) -> int:
    """Refuse what is no plain file: SQLite would wait at a pipe, and write over a device. Returns
    the size."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise DatabaseError("database_not_a_file", path=str(path))
    return found.st_size


def check_file(path: Path) -> None:
    """Refuse a file that is not there or empty, which SQLite would take for a new database.

    Nothing in this process may open the file but SQLite: closing it would drop every lock that
    the process holds on it (POSIX locks; sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        size = check_regular(path)
    except FileNotFoundError:
        raise DatabaseMissing("database_missing", path=str(path)) from None
    except OSError as error:
        raise DatabaseError("database_unreadable", path=str(path), why=error.strerror) from None
    if size == 0:
        raise DatabaseDamaged("database_empty", path=str(path))


def check_ours(db: Database, path: Path) -> int:
    """The mark of the file."""
    ((mark,),) = db.conn.execute("PRAGMA application_id").fetchall()
    if mark not in (APPLICATION_ID, FORMER_ID):
        raise DatabaseDamaged("database_foreign", path=str(path))
    return mark


def check_not_newer(db: Database, path: Path) -> set[str]:
    """The schema files that made it: another version of the project may know more of them."""
    applied = {name for (name,) in db.conn.execute("SELECT name FROM schema_version")}
    if applied - schema_names("sqlite"):
        raise DatabaseOutdated("database_newer", path=str(path))
    return applied


def write_ahead_is_safe(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite has the fix of the WAL-reset bug (sqlite.org/wal.html#walresetbug)."""
    return (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )

"""What was made before an upgrade: kept as it is, and read from a copy that is brought up to date."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from monitor.errors import DatabaseDamaged, DatabaseError
from monitor.store.atomic import atomic_write
from monitor.store.base import Store
from monitor.store.head import read_head
from monitor.store.sqlite import SQLiteStore

#: A copy, and as much again for what SQLite writes while it makes tables anew.
TIMES = 2
#: What an upgrade takes of an empty database.
LEAST_BYTES = 5_000_000


S = TypeVar("S", bound=Store)


@contextmanager
def open_up_to_date(source: S, beside: Store | None = None) -> Iterator[S | SQLiteStore]:
    """The source; where it was made before an upgrade, a copy of it that is brought up to date, gone
    when the block ends. The source itself is not written to. `beside`: the copy stands in the folder of
    that database, if it is a file.

    Raises DatabaseError (`no_room_for_copy`) and what `Store.reading` raises.
    """
    if not source.is_outdated():
        yield source
        return
    folder = beside.path.absolute().parent if isinstance(beside, SQLiteStore) else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="monitor-upgrade-", dir=folder) as place:
        check_room(source, Path(place))
        copy = SQLiteStore(Path(place) / "copy.db")
        source.copy_to(copy.path)
        copy.create()
        yield copy


def keep_before_upgrade(store: Store, folder: Path | None = None) -> Path:
    """Copy a database as it is, before it is brought up to date, into a new file that its owner alone
    reads (mode 600): in that folder, else beside the database, or here if it is no file. Returns the
    file.

    Raises DatabaseError (`no_room_for_copy`, `database_unreadable`, `disk_full`), DatabaseDamaged
    (`copy_differs`), and what `Store.reading` raises.
    """
    name, place = "monitor.db", folder or Path()
    if isinstance(store, SQLiteStore):
        name, place = store.path.name, folder or store.path.absolute().parent
    kept = place / f"{name}.before-upgrade-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    check_room(store, place)
    try:
        with atomic_write(kept) as draft:
            store.copy_to(draft)
            _check_same_head(store, SQLiteStore(draft), kept)
    except OSError as error:
        raise DatabaseError("database_unreadable", path=str(kept), why=error.strerror) from None
    return kept


def _check_same_head(store: Store, copy: Store, kept: Path) -> None:
    with store.reading(outdated=True) as session, copy.reading(outdated=True) as copied:
        if read_head(session) != read_head(copied):
            raise DatabaseDamaged("copy_differs", path=str(kept))


def check_room(store: Store, folder: Path) -> None:
    """Raises DatabaseError (`no_room_for_copy`) where a copy of the database, and its upgrade, would
    fill the disk of that folder; (`database_unreadable`) where there is no such folder."""
    needed = TIMES * store.bytes_taken() + LEAST_BYTES
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise DatabaseError("database_unreadable", path=str(folder), why=error.strerror) from None
    if free < needed:
        raise DatabaseError(
            "no_room_for_copy", path=str(folder), needed=-(-needed // 10**6), free=free // 10**6
        )

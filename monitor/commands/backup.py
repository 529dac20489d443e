"""Backups of the database, and how to restore one."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from monitor.commands.request_ends import void_pending_requests
from monitor.errors import DatabaseDamaged, DatabaseError, DatabaseMissing, InvalidValue
from monitor.store import Store, open_store
from monitor.store.atomic import atomic_write
from monitor.store.head import read_head
from monitor.store.journal import Verification, timestamp, verify
from monitor.store.sqlite import SQLiteStore
from monitor.store.tables import OF_ONE_DATABASE
from monitor.store.upgrading import open_up_to_date


def back_up(
    store: Store, path: Path, progress: Callable[[int], None] = lambda done: None
) -> Verification:
    """Copy the database into a new file while others read and write, and check the copy's chain.

    The file appears under its name once it is whole. Raises InvalidValue (`file_exists`,
    `file_unreadable`) and DatabaseDamaged (`chain_broken`).
    """
    try:
        path.parent.stat()  # a folder that is missing is probably a typo: it is not made
        with atomic_write(path) as draft:
            store.copy_to(draft)
            found = _checked(open_store(f"sqlite:///{draft}"), progress)
    except FileExistsError:
        raise InvalidValue("file_exists", path=str(path)) from None
    except OSError as error:
        raise InvalidValue("file_unreadable", path=str(path), why=error.strerror) from None
    _note(store, found)
    return found


def _note(store: Store, found: Verification) -> None:
    """Record the backup for monitoring. A role that may only read can make backups too."""
    with suppress(DatabaseError), store.writing() as session:
        ((last,),) = session.rows("SELECT coalesce(max(id), 0) FROM safety_copy")
        session.insert(
            "safety_copy",
            ("id", "made_at", "seq"),
            [(last + 1, timestamp(datetime.now(UTC)), found.entries)],
        )


def restore_backup(
    store: Store, path: Path, progress: Callable[[int], None] = lambda done: None
) -> tuple[Verification, Path | None]:
    """Replace the database with a backup, after checking its chain. A backup made before
    an upgrade is brought up to date on the way; the file itself stays as it is.

    Returns what was checked and where the database that stood there is kept. A server that runs
    goes on with the restored one; everybody signs in again, since the copy may remember sessions
    that have ended; what the team had asked for is asked for anew, since it may have been stopped
    after the copy. Raises InvalidValue (`source_missing`), DatabaseDamaged, DatabaseOutdated,
    DatabaseError.
    """
    with open_up_to_date(SQLiteStore(path.absolute()), beside=store) as source:
        found = _checked(source, progress)
        kept = store.replace_by(source.path)
    store.create()  # the guards are ours, whatever the copy holds
    with store.writing() as session:
        for table in OF_ONE_DATABASE:
            session.execute(f"DELETE FROM {table}")
        void_pending_requests(session, datetime.now(UTC))
    return found, kept


def copy_database(
    source: Store, target: Store, progress: Callable[[int], None] = lambda done: None
) -> Verification:
    """Copy a whole database into one that does not exist yet, of the same engine or the other, and
    check its chain; everybody signs in again there, and what the team had asked for is asked for anew,
    as after `restore`. `progress` is told the number of entries copied.
    What was made before an upgrade is copied twice: the source itself stays as it is.

    Raises InvalidValue (`target_not_empty`), DatabaseDamaged (`chain_broken`) and what
    `Store.reading` raises.
    """
    count_entries(source)
    with open_up_to_date(source, beside=target) as whole:
        target.create(whole, progress)
    with target.writing() as session:
        void_pending_requests(session, datetime.now(UTC))
    with target.reading() as session:
        found = verify(session)
    if not found.intact:
        raise DatabaseDamaged("chain_broken", seq=found.altered, subject=found.subject)
    return found


def count_entries(source: Store) -> int:
    """How many entries there are to copy. Raises InvalidValue (`source_missing`): what is to be
    copied is not made by `init`."""
    try:
        with source.reading(outdated=True) as session:
            return read_head(session).seq
    except DatabaseMissing:
        raise InvalidValue("source_missing", path=source.url) from None


def _checked(source: Store, progress: Callable[[int], None]) -> Verification:
    count_entries(source)
    with source.reading() as session:
        found = verify(session, progress)
    if not found.intact:
        raise DatabaseDamaged("chain_broken", seq=found.altered, subject=found.subject)
    return found

"""Whether a database can be written to now: rights, room on the disk."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from monitor.errors import DatabaseError
from monitor.store.base import Store

#: Less room than this on the disk is said before it is gone.
LITTLE = 64 * 2**20
#: What is written to see whether there is room.
_TRIAL = b"\0" * 65_536
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def check_writable(store: Store) -> int | None:
    """The bytes that are free on the disk of a SQLite file, None where that is not known. Keeps nobody
    from writing.

    Raises DatabaseError (`disk_full`, `database_readonly`) and what `Store.attempt_write` raises.
    """
    path: Path | None = getattr(store, "path", None)
    if path is not None:
        _try_to_write(path)
    store.attempt_write()
    if path is None or not hasattr(os, "statvfs"):
        return None
    found = os.statvfs(path.parent)
    return found.f_bavail * found.f_frsize


def _try_to_write(path: Path) -> None:
    """Beside the database, where SQLite keeps its journal."""
    trial = path.with_name(f"{path.name}.trial-{os.getpid()}")
    try:
        file = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            if os.write(file, _TRIAL) < len(_TRIAL):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        code = "disk_full" if error.errno in _FULL else "database_readonly"
        raise DatabaseError(code, path=str(path)) from None
    finally:
        with suppress(OSError):
            trial.unlink()

"""Writers take turns, first come first served, before they ask SQLite for its lock.

SQLite's own busy handler sleeps longer and longer, up to a tenth of a second: with eight writers some
wait for seconds while others pass again and again. This orders writers and protects nothing: SQLite's
lock does, with or without it.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":  # SQLite's busy handler alone
    fcntl = None
else:
    import fcntl

LOOK_AGAIN_SECONDS = 0.001
#: One byte to draw a ticket under, then one byte a ticket.
_DRAW, _TICKETS = 0, 16
#: The threads of a process go one by one: its locks on a file are the process's, not a thread's.
_INSIDE = threading.Lock()
#: Those of them that wait.
_OUTSIDE: list[Path] = []


@contextmanager
def wait_for_turn(path: Path, seconds: float) -> Iterator[Callable[[], bool]]:
    """Wait for a turn, at most so long; then go on, and let SQLite say that it is busy. What is
    yielded says whether somebody waits behind.

    `path` is a file of its own beside the database, never the database: closing that would drop
    SQLite's locks. A folder that may not be written has no queue. A process that dies leaves its
    place: the system takes its locks away.
    """
    end = time.monotonic() + seconds
    _OUTSIDE.append(path)
    inside = _INSIDE.acquire(timeout=seconds)
    _OUTSIDE.remove(path)
    try:
        place = _open(path) if inside else None
        if place is None:
            yield lambda: bool(_OUTSIDE)
            return
        try:
            drawn = _ticket(place)
            while drawn and not _over(place, drawn - 1) and time.monotonic() < end:
                time.sleep(LOOK_AGAIN_SECONDS)
            yield lambda: bool(_OUTSIDE) or bool(drawn and _anybody_after(place, drawn))
        finally:
            os.close(place)
    finally:
        if inside:
            _INSIDE.release()


def _open(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o660) if fcntl else None
    except OSError:
        return None


def _ticket(place: int) -> int | None:
    """Draw the next number and hold its byte for as long as the file is open. None where none can be
    written: on a full disk there is no queue, and SQLite says that the disk is full."""
    try:
        fcntl.lockf(place, fcntl.LOCK_EX, 1, _DRAW)
        number = int.from_bytes(os.pread(place, 8, 0), "big") + 1
        os.pwrite(place, number.to_bytes(8, "big"), 0)
        fcntl.lockf(place, fcntl.LOCK_EX, 1, _TICKETS + number)
        return number
    except OSError:
        return None
    finally:
        with suppress(OSError):
            fcntl.lockf(place, fcntl.LOCK_UN, 1, _DRAW)


def _over(place: int, number: int) -> bool:
    """Whether whoever drew that number has finished, given up or died."""
    try:
        fcntl.lockf(place, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, _TICKETS + number)
    except OSError:
        return False
    # Whoever draws that number at this moment must not wait for us.
    fcntl.lockf(place, fcntl.LOCK_UN, 1, _TICKETS + number)
    return True


def _anybody_after(place: int, number: int) -> bool:
    last = int.from_bytes(os.pread(place, 8, 0), "big")
    return not all(_over(place, later) for later in range(number + 1, last + 1))

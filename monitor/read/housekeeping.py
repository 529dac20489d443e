"""What runs behind the pages beside the log: what was shown is remembered, each day's head is given out,
the clock and the disk are looked at.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor import commands
from monitor.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseUnreachable,
    MonitorError,
)
from monitor.snapshot import Snapshot
from monitor.store import Store
from monitor.store.clock import BEHIND, last_known_time
from monitor.store.disk_space import LITTLE, check_writable
from monitor.store.heads import Head, missing_heads
from monitor.store.remembered_heads import memory_of

LOG = logging.getLogger("monitor.live")
#: A clock that was put forward or back by more, while we ran, is said.
JUMP = timedelta(hours=1)
#: What keeps everybody from writing until the operator does something.
TROUBLES = ("clock_ahead", "disk_full", "database_readonly")


class ShownHeads:
    """What this machine has shown before: a log that does not hold it any more is not shown."""

    def __init__(self, store: Callable[[], Store]):
        self._store = store
        self._checked: tuple | None = None
        self._noted: Head | None = None
        self._silent = False

    def check(self, snapshot: Snapshot) -> None:
        """Raises DatabaseDamaged (`log_rewritten`) when the log of the snapshot holds a head no more
        that was shown and not settled since (`accept_rewriting`)."""
        store = self._store()
        memory = memory_of(store)
        head = (store.url, snapshot.seq, snapshot.hash)
        checked = (*head, memory.mark())
        if checked == self._checked:
            return
        try:
            known = memory.heads()
        except OSError as error:
            self._tell_once("what was shown cannot be read: %s: %s", memory.path, error)
            return
        if known and (snapshot.seq, snapshot.hash) != known[-1][:2]:
            try:
                self._compare(store, known)
            except (DatabaseBusy, DatabaseUnreachable):
                if self._checked is None or self._checked[:3] != head:
                    raise
                return  # what is shown from memory was checked before
        self._checked = checked

    def _compare(self, store: Store, known: list[Head]) -> None:
        """The last head stands for those before it: each hash covers the one before."""
        last = max(known).seq
        with store.reading() as session:
            if not missing_heads(session, [head for head in known if head.seq == last]):
                return
            first = missing_heads(session, known)[0]
        raise DatabaseDamaged("log_rewritten", seq=first.seq, hash=first.hash)

    def note(self, snapshot: Snapshot) -> None:
        """Remember what is about to be shown. Where nothing can be written, it is said once."""
        head = Head(snapshot.seq, snapshot.hash, datetime.now(UTC).date().isoformat())
        if not head.seq or head == self._noted:
            return
        memory = memory_of(self._store())
        try:
            if head not in memory.heads():
                memory.note([head])
        except OSError as error:
            self._tell_once("what is shown cannot be remembered: %s: %s", memory.path, error)
            return
        self._noted, self._silent = head, False

    def approve(self, snapshot: Snapshot) -> None:
        """`check`, then `note`."""
        self.check(snapshot)
        self.note(snapshot)

    def _tell_once(self, message: str, *values) -> None:
        if not self._silent:
            LOG.warning(message, *values)
        self._silent = True


class Keeper:
    """Gives a head out each day and for each export, and looks at what a write needs.

    `doubts`: what is odd and keeps nobody from writing, by code."""

    EVERY, LOOK = 1.0, 15.0  # seconds

    def __init__(self, store: Callable[[], Store]):
        self._store = store
        self._stopped, self._asked = threading.Event(), threading.Event()
        self._given = ""
        self._offset = _offset()
        self._failed: dict[str, MonitorError] = {}
        self.doubts: dict[str, MonitorError] = {}

    @property
    def trouble(self) -> MonitorError | None:
        """Why nothing can be written now, None if all is well."""
        return next(iter(self._failed.values()), None)

    def start(self) -> None:
        self._stopped.clear()
        self._given, self._offset = "", _offset()
        self._failed, self.doubts = {}, {}
        threading.Thread(target=self._run, name="keeper", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def note_export(self) -> None:
        """A file with the head of the log was given out: that head is written down soon."""
        self._asked.set()

    def look(self) -> None:
        """Look at the clock and the disk once, whatever happens."""
        self._try("disk", self._disk)
        self._try("clock", self._clock)

    def _disk(self) -> None:
        free = check_writable(self._store())
        self._doubt(
            "disk_nearly_full",
            {"free": free // 2**20} if free is not None and free < LITTLE else None,
        )

    def _clock(self) -> None:
        now, jumped = datetime.now(UTC), timedelta(seconds=_offset() - self._offset)
        hours = {"hours": round(jumped / JUMP)}
        self._doubt("clock_jumped", hours if abs(jumped) > JUMP else None)
        with self._store().reading() as session:
            last = last_known_time(session)
        days = {"now": now.date().isoformat(), "last": last.date().isoformat()} if last else None
        self._doubt("clock_behind", days if last and last - now > BEHIND else None)

    def _give(self) -> None:
        self._given = commands.give_head(self._store()).day

    def _doubt(self, code: str, values: dict[str, Any] | None) -> None:
        if values is None:
            self.doubts.pop(code, None)
            return
        if code not in self.doubts:
            LOG.error("%s", MonitorError(code, **values))
        self.doubts[code] = MonitorError(code, **values)

    def _try(self, what: str, work: Callable[[], None]) -> None:
        """Do it; what keeps it from being done is kept as `trouble`, and said once."""
        failed = None
        try:
            work()
        except (DatabaseBusy, DatabaseUnreachable):
            return  # said elsewhere, and looked at again
        except MonitorError as error:
            failed = MonitorError(error.code, **error.values)
        except Exception:
            LOG.exception("the clock and the disk could not be looked at")
            return
        if failed is None or failed.code not in TROUBLES:  # the pages say the rest for themselves
            self._failed.pop(what, None)
            return
        if str(failed) != str(self._failed.get(what)):
            LOG.error("nothing can be written: %s", failed)
        self._failed[what] = failed

    def _run(self) -> None:
        looked = -self.LOOK
        while True:
            late = time.monotonic() - looked >= self.LOOK
            if self._asked.is_set() or (late and self._given != _today()):
                self._asked.clear()
                self._try("head", self._give)
            if late:
                self.look()
                looked = time.monotonic()
            if self._stopped.wait(self.EVERY):
                return


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _offset() -> float:
    """How far the clock is from the one that nobody can put forward or back."""
    steady = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.time() - time.clock_gettime(steady)

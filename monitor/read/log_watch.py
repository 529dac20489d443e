"""What runs behind the pages: the log is followed, and its chain is checked."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from monitor.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseError,
    DatabaseUnreachable,
    MonitorError,
)
from monitor.snapshot import Snapshot, Snapshots
from monitor.store import Store
from monitor.store.journal import Verification, verify_store

LOG = logging.getLogger("monitor.live")


class Follower:
    """Looks at the head of the log twice a second, reads what was appended, and makes it ready
    before any page shows it: no reader waits for what somebody else wrote. `approve` raises what keeps
    it from being shown."""

    EVERY = 0.5  # seconds

    def __init__(
        self,
        snapshots: Callable[[], Snapshots],
        prepare: Callable[[Snapshot], None],
        approve: Callable[[Snapshot], None] = lambda snapshot: None,
    ):
        self._snapshots, self._prepare, self._approve = snapshots, prepare, approve
        self._stopped, self._looked = threading.Event(), threading.Event()
        self._published: Snapshot | None = None
        self._prepared: Snapshot | None = None
        self._failure: DatabaseError | None = None

    def start(self) -> None:
        """Follow from now on; the first snapshot is there when this returns. What its pages need is
        made meanwhile: the first reader waits for what their own page needs alone."""
        self._stopped.clear()
        with self._failing():
            found = self._snapshots().current()
            self._approve(found)
            self._published = found
        threading.Thread(target=self._run, name="follower", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        self._published = self._failure = None

    def wait_until_ready(self) -> None:
        """Until what pages need has been made, or cannot be, a minute at most."""
        self._looked.wait(60)

    def latest_snapshot(self) -> Snapshot | None:
        """The last snapshot that is ready, None when nobody follows. Raises what kept the log from
        being read."""
        if self._failure is not None:
            raise _bare(self._failure)
        return self._published

    @property
    def last_ready(self) -> Snapshot | None:
        """The last snapshot that is ready, whatever keeps the log from being read now."""
        return self._published

    @property
    def seq(self) -> int:
        """The head that pages show, 0 while they show none."""
        return self._published.seq if self._published else 0

    def _run(self) -> None:
        while True:
            self._look()
            self._looked.set()
            if self._stopped.wait(self.EVERY):
                return

    def _look(self) -> None:
        with self._failing():
            found = self._snapshots().current()
            self._approve(found)
            if found is not self._prepared:
                self._prepare(found)
                self._prepared = found
            self._published, self._failure = found, None

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """What cannot be read, or made ready, cannot be shown: no page would come through either."""
        try:
            yield
        except DatabaseError as error:
            self._fails(_bare(error), None)
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            self._fails(DatabaseDamaged("log_damaged", why=why), error)

    def _fails(self, failure: DatabaseError, cause: Exception | None) -> None:
        if str(failure) != str(self._failure):  # it is met twice a second
            serious = logging.ERROR if isinstance(failure, DatabaseDamaged) else logging.WARNING
            LOG.log(serious, "the log cannot be shown: %s", failure, exc_info=cause)
        self._published, self._failure = None, failure


def _bare(error: DatabaseError) -> DatabaseError:
    """The same without its traceback, which holds on to all that ran."""
    return type(error)(error.code, **error.values)


class Watch:
    """Checks the chain behind the pages: at the start, then once a day, and within a minute once another
    log stands in the place of what was checked; once a minute as long as it is broken or could not be
    checked, so that a restored copy is noticed. `found` is the last result, `at` its time. What is wrong
    is said in the server's log, guards that are not there too. `prove` is called before a chain is said
    to be intact. `wait` returns when the first check may begin: it takes a core from the start."""

    DAY, MINUTE, REST = 86_400, 60, 0.1

    def __init__(
        self,
        store: Callable[[], Store],
        prove: Callable[[], None] = lambda: None,
        wait: Callable[[], None] = lambda: None,
    ):
        self._store, self._prove, self._wait = store, prove, wait
        self.found: Verification | None = None
        self.at: datetime | None = None
        self._stopped = threading.Event()

    def start(self) -> None:
        self._stopped.clear()
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def look(self) -> bool:
        """Check once, whatever happens. Returns whether the chain is known to be intact."""
        try:
            found = verify_store(self._store(), pause=self.REST)
            if found.intact:
                self._prove()
            self.found = found
            self.at = datetime.now(UTC)
            self._tell()
        except (DatabaseBusy, DatabaseUnreachable) as error:
            LOG.warning("the chain could not be checked: %s", error)
            self._forget()
        except MonitorError as error:  # the pages say for themselves that the file cannot be read
            LOG.warning("the chain could not be checked: %s", error)
            self.found = None
        except Exception:
            LOG.exception("the chain could not be checked")
            self._forget()
        return self.found is not None and self.found.intact

    def is_of_log(self) -> bool:
        """Whether the log, if it can be read, holds what was found intact."""
        checked = self.found
        if checked is None:  # nothing was
            return True
        try:
            with self._store().reading() as session:
                rows = session.rows("SELECT hash FROM entry WHERE seq = :seq", seq=checked.entries)
        except MonitorError:
            return True
        return not checked.entries or rows == [(checked.head,)]

    def _tell(self) -> None:
        found = self.found
        if found is not None and not found.intact:
            LOG.error("the log does not verify: entry %s (%s)", found.altered, found.subject)
        try:
            differs = self._store().departures()
            with self._store().reading() as session:
                unwiped = session.rows(
                    "SELECT seq FROM redaction WHERE seq > (SELECT coalesce(max(until_seq), 0) "
                    "FROM wiping) LIMIT 1"
                )
        except MonitorError as error:
            LOG.warning("the guards could not be looked at: %s", error)
            return
        if unwiped:
            LOG.warning("texts that were removed may still be on the disk: run `wipe`")
        if differs:
            named = ", ".join(f"{one.kind} {one.name} {one.how}" for one in differs)
            LOG.warning("the database is not as `init` makes it: %s", named)

    def _forget(self) -> None:
        """What was found is not known any more, but that the chain is broken: until a check says
        otherwise nothing is shown, from memory either."""
        if self.found is not None and self.found.intact:
            self.found = None

    def _run(self) -> None:
        self._wait()
        while True:
            sound = self.look()
            due = time.monotonic() + (self.DAY if sound else self.MINUTE)
            while time.monotonic() < due and (not sound or self.is_of_log()):
                if self._stopped.wait(self.MINUTE):
                    return

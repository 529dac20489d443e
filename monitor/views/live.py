"""What runs behind the pages: the log is followed, and its chain is checked."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from monitor.errors import DatabaseError, MonitorError
from monitor.snapshot import Snapshot, Snapshots
from monitor.store import Store
from monitor.store.journal import Verification, verify_store

LOG = logging.getLogger("monitor.live")


class Follower:
    """Looks at the head of the log twice a second, reads what was appended, and makes it ready
    before any page shows it: no reader waits for what somebody else wrote."""

    EVERY = 0.5  # seconds

    def __init__(self, snapshots: Callable[[], Snapshots], prepare: Callable[[Snapshot], None]):
        self._snapshots, self._prepare = snapshots, prepare
        self._stopped = threading.Event()
        self._published: Snapshot | None = None
        self._prepared: Snapshot | None = None
        self._failure: DatabaseError | None = None

    def start(self) -> None:
        """Follow from now on; the first snapshot is there when this returns. What its pages need is
        made meanwhile: the first reader waits for what their own page needs alone."""
        self._stopped.clear()
        try:
            self._published = self._snapshots().current()
        except DatabaseError as error:
            self._failure = error
        threading.Thread(target=self._run, name="follower", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        self._published = self._failure = None

    def published(self) -> Snapshot | None:
        """The last snapshot that is ready, None when nobody follows. Raises what kept the log from
        being read."""
        if self._failure is not None:
            # A copy: what was raised holds on to all that ran.
            raise type(self._failure)(self._failure.code, **self._failure.values)
        return self._published

    @property
    def seq(self) -> int:
        """The head that pages show, 0 while they show none."""
        return self._published.seq if self._published else 0

    def _run(self) -> None:
        while True:
            self._look()
            if self._stopped.wait(self.EVERY):
                return

    def _look(self) -> None:
        try:
            found = self._snapshots().current()
            if found is not self._prepared:
                self._prepare(found)
                self._prepared = found
            self._published, self._failure = found, None
        except DatabaseError as error:
            self._published, self._failure = None, error
        except Exception:
            # The pages read for themselves, and say what they meet; the next look may go better.
            LOG.exception("the log could not be followed")
            self._published = self._failure = None


class Watch:
    """Checks the chain behind the pages: at the start, then once a day; once a minute as long as it
    is broken, so that a restored copy is noticed. `found` is the last result, `at` its time."""

    DAY, MINUTE, REST = 86_400, 60, 0.1

    def __init__(self, store: Callable[[], Store]):
        self._store = store
        self.found: Verification | None = None
        self.at: datetime | None = None
        self._stopped = threading.Event()

    def start(self) -> None:
        self._stopped.clear()
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        while True:
            try:
                self.found = verify_store(self._store(), pause=self.REST)
                self.at = datetime.now(UTC)
            except MonitorError:
                self.found = None  # the pages say for themselves that the file cannot be read
            sound = self.found is not None and self.found.intact
            if self._stopped.wait(self.DAY if sound else self.MINUTE):
                return

"""The one snapshot of a process, brought up to date by whoever asks first."""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.errors import DatabaseBusy, DatabaseDamaged, DatabaseUnreachable
from monitor.pacts import Pact
from monitor.settings import time_zone
from monitor.snapshot.kept import KeptActions
from monitor.snapshot.refresh import bulk_read, refresh_snapshot
from monitor.snapshot.rows import BAD
from monitor.snapshot.snapshot import Snapshot
from monitor.store import Session, Store
from monitor.store.head import read_head

LOG = logging.getLogger("monitor.live")


def default_day(pact: Pact, today: date) -> date:
    """Today, or the end of the term once that has passed."""
    return min(today, pact.term_end or today)


def replies_day(pact: Pact, day: date, today: date) -> date:
    """Until when replies are shown in the view of a day: the end of the term ends no right of reply."""
    return max(day, today) if pact.term_end and day >= pact.term_end else day


def log_today() -> date:
    """The day of the log's clock (UTC), or that of the operator's time zone where it has gone on."""
    now = datetime.now(UTC)
    return max(now.date(), now.astimezone(time_zone()).date())


@dataclass(frozen=True)
class Outage:
    """The server does not answer: since when that is known, and when the log was last looked at."""

    since: datetime
    checked_at: datetime
    error: DatabaseUnreachable


class Snapshots:
    """The one snapshot of a process, brought up to date by whoever asks first.

    `outage`: what is to be told beside it, None while the database answers. `kept`: the file from which
    a server that starts reads the actions.
    """

    def __init__(self, store: Store, kept: KeptActions | None = None):
        self._store, self._kept = store, kept
        self._lock = threading.Lock()
        self._snapshot = Snapshot()
        self._checked_at = datetime.now(UTC)
        self.outage: Outage | None = None

    @property
    def has_snapshot(self) -> bool:
        """Whether there is anything to show, be the database there or not."""
        return self._snapshot.seq > 0

    def current(self) -> Snapshot:
        """The snapshot of the head as it is now.

        While a long write keeps readers out, or the server does not answer, the last one. Raises as
        `Store.reading` does.
        """
        try:
            found = self._up_to_date()
        except DatabaseBusy:
            if self.has_snapshot:
                return self._snapshot
            raise
        except DatabaseUnreachable as error:
            if not self.has_snapshot:
                raise
            if self.outage is None:
                # A copy: what was raised holds on to all that ran.
                untraced = DatabaseUnreachable(error.code, **error.values)
                self.outage = Outage(datetime.now(UTC), self._checked_at, untraced)
            return self._snapshot
        self._checked_at, self.outage = datetime.now(UTC), None
        return found

    def _up_to_date(self) -> Snapshot:
        with self._store.reading() as session:
            if read_head(session) == (self._snapshot.seq, self._snapshot.hash):
                return self._snapshot
        # Read again under the lock: another thread may have gone past the head seen above.
        with self._lock, self._store.reading() as session:
            if read_head(session) != (self._snapshot.seq, self._snapshot.hash):
                with bulk_read():
                    self._snapshot = self._refreshed(session)
            return self._snapshot

    def prove(self) -> None:
        """Compare what was read of the file with the entries, and keep the actions anew. What differs is
        said, and the log is read from its beginning. Raises as `Store.reading` does."""
        if self._kept is None:
            return
        counting = self.current().logs
        with self._store.reading() as session, bulk_read():
            proven = self._kept.is_proven(session, counting)
        if not proven:
            LOG.error("what was kept of the log is not what its entries say: it is read anew")
            self._kept.forget()
            with self._lock:
                self._snapshot = Snapshot()
        snapshot = self.current()
        with self._store.reading() as session:
            self._kept.write(session, snapshot)

    def _refreshed(self, session: Session) -> Snapshot:
        first = self._kept if not self.has_snapshot else None
        try:
            kept = first.read(session) if first else None
            return refresh_snapshot(self._snapshot, session, kept, self._store)
        except BAD as error:
            raise DatabaseDamaged(
                "database_damaged", path=self._store.url, why=type(error).__name__
            ) from error

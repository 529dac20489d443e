"""What the pages read from, and the only caches: bounded, and emptied by each new head of the log."""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache, wraps

import numpy as np
import pandas as pd

from monitor import areas, queries, status
from monitor.errors import DatabaseDamaged, MonitorError
from monitor.snapshot import Outage, Snapshot, Snapshots
from monitor.store import Store, open_store
from monitor.store.journal import Verification, verify_store


class Watch:
    """Checks the chain behind the pages: at the start, then once a day; once a minute as long as it
    is broken, so that a restored copy is noticed. `found` is the last result, `at` its time."""

    DAY, MINUTE, REST = 86_400, 60, 0.1

    def __init__(self):
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
                self.found = verify_store(store(), pause=self.REST)
                self.at = datetime.now(UTC)
            except MonitorError:
                self.found = None  # the pages say for themselves that the file cannot be read
            sound = self.found is not None and self.found.intact
            if self._stopped.wait(self.DAY if sound else self.MINUTE):
                return


WATCH = Watch()


@lru_cache(maxsize=4)
def _opened(address: str | None) -> Snapshots:
    return Snapshots(open_store(address))


def _snapshots() -> Snapshots:
    """Those of the database that the environment names: its whole address, whoever asks included."""
    return _opened(os.environ.get("MONITOR_DATABASE"))


def store() -> Store:
    """The database that the environment names."""
    return open_store()


def current_snapshot() -> Snapshot:
    """The log as it is now; one per process, refreshed by whoever asks first.

    Raises DatabaseMissing, DatabaseDamaged (also when the log does not verify), DatabaseOutdated,
    DatabaseBusy or, before the log was ever read, DatabaseUnreachable.
    """
    _only_intact()
    return _snapshots().current()


def ready() -> None:
    """Raises what keeps this process from showing pages. What it holds in memory is enough: a database
    that is slow to answer, or to refuse, must not hold this up."""
    _only_intact()
    if not _snapshots().kept:
        current_snapshot()


def _only_intact() -> None:
    if (found := WATCH.found) is not None and not found.intact:
        raise DatabaseDamaged("chain_broken", seq=found.altered, subject=found.subject)


def outage() -> Outage | None:
    """What is to be told while `current_snapshot` comes from memory alone, None while it does not."""
    return _snapshots().outage


def areas_loaded() -> None:
    """Read the packaged communes now rather than at the first visit."""
    areas.communes()


class HeadCache:
    """The last `size` results for one head of the log. Another head starts anew: nothing here keeps
    an old log alive. A result is made once, whoever asks, and shared: it is never written to."""

    def __init__(self, size: int):
        self._size = size
        self._lock = threading.RLock()
        self._head = ""
        self._results: OrderedDict = OrderedDict()

    def get(self, head: str, key: tuple, make: Callable[[], object]):
        with self._lock:
            if head != self._head:
                self._head = head
                self._results.clear()
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            self._results[key] = make()
            if len(self._results) > self._size:
                self._results.popitem(last=False)
            return self._results[key]


def per_head(size: int):
    """Keep the results of a function of (snapshot, …) for the present head."""

    def decorate(function):
        cache = HeadCache(size)

        @wraps(function)
        def kept(snapshot: Snapshot, *arguments):
            return cache.get(snapshot.head, arguments, lambda: function(snapshot, *arguments))

        return kept

    return decorate


def per_view(function):
    """Keep the results of a function of (view, …) for the last views of the present head."""
    cache = HeadCache(64)

    @wraps(function)
    def kept(view, *arguments):
        return cache.get(
            view.snapshot.head, (view.key, *arguments), lambda: function(view, *arguments)
        )

    return kept


@per_head(3)
def known(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> status.Known:
    """`status.known` of a pact."""
    return status.known(snapshot.log(pact_id), known_at)


@per_head(12)
def folded(snapshot: Snapshot, pact_id: str, known_at: datetime | None, day: date) -> pd.DataFrame:
    """`status.fold` of a pact."""
    return status.fold(known(snapshot, pact_id, known_at), day)


@per_head(12)
def people(snapshot: Snapshot, pact_id: str, known_at: datetime | None, day: date) -> pd.DataFrame:
    """`status.people` of a pact."""
    return status.people(known(snapshot, pact_id, known_at), day)


@per_head(4)
def changed(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> pd.DataFrame:
    """`status.changes` of a pact."""
    return status.changes(known(snapshot, pact_id, known_at))


@per_head(12)
def replied(snapshot: Snapshot, pact_id: str, known_at: datetime | None, day: date) -> pd.DataFrame:
    """`status.replies` of a pact."""
    return status.replies(known(snapshot, pact_id, known_at), snapshot.log(pact_id).actions, day)


@per_head(3)
def standing(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None
) -> tuple[np.ndarray, np.ndarray]:
    """The seqs of the entries that stand, and of the assessments that move a status, in order."""
    found = known(snapshot, pact_id, known_at)
    return np.sort(found.everything.seq), np.sort(found.assessments.seq)


@per_head(3)
def public(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> np.ndarray:
    """A mask over the actions of the log: accepted, and about somebody who is public. A file of
    signatories may wait, or be taken back, while there are entries about them."""
    log = snapshot.log(pact_id)
    people = known(snapshot, pact_id, known_at).signatories["signatory_id"]
    theirs = np.zeros(
        int(log.commitments.index.max() if len(log.commitments) else 0) + 1, dtype=bool
    )
    theirs[log.commitments.index[log.commitments["signatory_id"].isin(people)]] = True
    return log.actions.visible(known_at) & theirs[log.actions.commitment]


@per_head(4)
def places(snapshot: Snapshot, pact_id: str) -> tuple[pd.DataFrame, np.ndarray]:
    """The areas where somebody signed, as in `Log.areas`, and their search keys."""
    log = snapshot.log(pact_id)
    signed = log.areas[log.areas.index.isin(log.signatories["commune"])]
    return signed, areas.keys_of(signed)


@per_head(32)
def found(snapshot: Snapshot, pact_id: str, typed: str) -> np.ndarray:
    """`queries.search`: the same search on the next page costs nothing."""
    with store().reading() as database:
        return queries.search(database, pact_id, typed)

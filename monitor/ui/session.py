"""What the pages read from, and the only caches: all bounded, all keyed on the log itself."""

from datetime import date, datetime
from functools import lru_cache

import numpy as np
import pandas as pd

from monitor import areas, queries, status
from monitor.log import Log
from monitor.snapshot import Snapshot, Snapshots
from monitor.store import Store, open_store


@lru_cache(maxsize=4)
def _snapshots(url: str) -> Snapshots:
    return Snapshots(open_store(url))


def store() -> Store:
    """The database that the environment names."""
    return open_store()


def current_snapshot() -> Snapshot:
    """The log as it is now; one per process, refreshed by whoever asks first.

    Raises DatabaseMissing, DatabaseDamaged, DatabaseOutdated or DatabaseBusy.
    """
    return _snapshots(store().url).current()


def areas_loaded() -> None:
    """Read the packaged communes now rather than at the first visit."""
    areas.communes()


@lru_cache(maxsize=3)
def known(log: Log, known_at: datetime | None) -> status.Known:
    """`status.known`, kept for the last few logs and times. A log is equal only to itself."""
    return status.known(log, known_at)


@lru_cache(maxsize=16)
def folded(log: Log, known_at: datetime | None, day: date) -> pd.DataFrame:
    """`status.fold`, kept for the last few days asked for. Shared by readers: never written to."""
    return status.fold(known(log, known_at), day)


@lru_cache(maxsize=16)
def people(log: Log, known_at: datetime | None, day: date) -> pd.DataFrame:
    """`status.people`, likewise."""
    return status.people(known(log, known_at), day)


@lru_cache(maxsize=4)
def changed(log: Log, known_at: datetime | None) -> pd.DataFrame:
    """`status.changes`, likewise."""
    return status.changes(known(log, known_at))


@lru_cache(maxsize=4)
def places(log: Log) -> tuple[pd.DataFrame, np.ndarray]:
    """The areas where somebody signed, as in `Log.areas`, and their search keys."""
    signed = log.areas[log.areas.index.isin(log.signatories["commune"])]
    return signed, areas.keys_of(signed)


@lru_cache(maxsize=8)
def series(
    log: Log,
    known_at: datetime | None,
    days: tuple[date, ...],
    filters: tuple[tuple[str, str], ...],
) -> pd.DataFrame:
    """`status.over_time` of the commitments whose columns have these values."""
    state = known(log, known_at)
    keep = np.ones(len(state.commitments), dtype=bool)
    for column, value in filters:
        keep &= (state.commitments[column] == value).to_numpy()
    return status.over_time(state, days, keep)


@lru_cache(maxsize=32)
def found(head: str, pact_id: str, typed: str) -> np.ndarray:
    """`queries.search` at that head of the log: the same search on the next page costs nothing."""
    with store().reading() as database:
        return queries.search(database, pact_id, typed)

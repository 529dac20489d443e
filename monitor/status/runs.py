"""How long each commitment that binds keeps each status: what a line of time is counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from monitor import dates
from monitor.log import STATUSES
from monitor.models import Status
from monitor.status.known import KnownPact
from monitor.status.office import LATER
from monitor.status.standing import Standing, order_by, status_by_day

_BEFORE = -(2**30)
_NOT_ASSESSED = STATUSES[Status.NOT_ASSESSED]


def group_positions(offsets: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """The positions of all members of these groups: those of group g are offsets[g] to
    offsets[g + 1] - 1."""
    begins = offsets[groups]
    lengths = offsets[groups + 1] - begins
    shift = np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
    return shift + np.arange(len(shift))


def take_entries(entries: Standing, rows: np.ndarray) -> Standing:
    """The entries about some commitments alone, these numbered from 0 in the order of `rows`."""
    lengths = entries.offsets[rows + 1] - entries.offsets[rows]
    at = group_positions(entries.offsets, rows)
    return Standing(
        commitment=np.repeat(np.arange(len(rows)), lengths),
        day=entries.day[at],
        status=entries.status[at],
        seq=entries.seq[at],
        run_start=entries.run_start[at] - at + np.arange(len(at)),
        offsets=np.append(0, np.cumsum(lengths)),
    )


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of days on which a commitment binds and its status is the same; a commitment has no two
    on one day. Sorted by commitment, then by day.

    `row`: of `Known.commitments`. `start`, `end`: the first day, and the one after the last, in days
    since 1970. `status`: codes of Status. `office`: the one that binds, by its place in `codes`
    (`Pact.office_codes`), or `unknown_office`.
    `offsets`: where the runs of each commitment begin.
    """

    row: np.ndarray
    start: np.ndarray
    end: np.ndarray
    status: np.ndarray
    office: np.ndarray
    offsets: np.ndarray
    codes: tuple[str, ...]

    def of(self, rows: np.ndarray | None) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """(start, end, status, office) of the runs of these commitments, None for all."""
        columns = self.start, self.end, self.status, self.office
        if rows is None:
            return columns
        at = group_positions(self.offsets, rows)
        return self.start[at], self.end[at], self.status[at], self.office[at]


def status_runs(known: KnownPact) -> Runs:
    """The runs of every commitment: `fold` on every day at once, for its status and its office."""
    row, start, end, status = _by_status(known)
    owner = known.owner[row]
    parts = []
    # A mandate that lasts until the commitment is due binds for good; of two that overlap, the
    # one that ends first is cut where the other begins. Mandates are ranked by their end.
    covered = np.full(len(row), LATER, dtype=np.int64)
    mandates = zip(
        known.binds_from[::-1], known.binds_until[::-1], known.offices[::-1], strict=True
    )
    for binds_from, binds_until, office in mandates:
        begins, ends = binds_from[row], np.minimum(binds_until[row], LATER - 1) + 1
        first = np.maximum(start, begins)
        last = np.minimum(np.minimum(end, ends), covered)
        bound = np.flatnonzero(first < last)
        held = office[owner[bound]]
        parts.append((row[bound], first[bound], last[bound], status[bound], held))
        covered = np.minimum(covered, begins)
    if not parts:
        empty = np.array([], dtype=np.int32)
        offsets = np.zeros(len(known.owner) + 1, dtype=np.int64)
        return Runs(empty, empty, empty, empty, empty, offsets, known.pact.office_codes)
    row, start, end, status, office = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    order = order_by(row, start)
    row = row[order].astype(np.int32)
    return Runs(
        row,
        start[order].astype(np.int32),
        end[order].astype(np.int32),
        status[order],
        office[order],
        np.searchsorted(row, np.arange(len(known.owner) + 1)),
        known.pact.office_codes,
    )


def _by_status(known: KnownPact) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(row, first day, day after the last, status) of the runs of each commitment, binding or not."""
    count = len(known.owner)
    row, day, end, status = status_by_day(known.assessments)
    opens = np.full(count, LATER, dtype=np.int64)
    first = np.ones(len(row), dtype=bool)
    first[1:] = row[1:] != row[:-1]
    opens[row[first]] = day[first]
    return (
        np.concatenate([np.arange(count), row]),
        np.concatenate([np.full(count, _BEFORE, dtype=np.int64), day]),
        np.concatenate([opens, end]),
        np.concatenate([np.full(count, _NOT_ASSESSED, dtype=np.int8), status]),
    )


def over_time(
    runs: Runs,
    days: Sequence[date],
    rows: np.ndarray | None = None,
    office: str | None = None,
) -> pd.DataFrame:
    """Where all that ever bound by the last of these days (dates, in order) stands on each of them.

    day (datetime64[s]), due (int64: binding on that day, less not applicable), one int64 column per
    Status: those of what binds on that day. Then not_yet (does not bind yet), ended (has bound, and does
    not on that day), and of the ended, by the status on the last day on which it bound, ended_STATUS. On
    every day the statuses, not_yet and ended make the same whole.
    `rows`: the commitments that are counted, by their rows; `office`: the one that binds; None
    for all.
    """
    moments = np.array([dates.day_number(day) for day in days], dtype=np.int64)
    row, start, end, status = _bound_by(runs, moments, rows, office)
    begins, ends = _places(moments, start), _places(moments, end)
    follows = np.append(row[1:] == row[:-1], np.zeros(min(len(row), 1), dtype=bool))
    # What has ended stands as it did, until it binds again.
    again = np.where(follows, np.append(begins[1:], begins[:1]), len(moments))
    begun, gone, back = (_summed(place, status, len(moments)) for place in (begins, ends, again))
    binding, ended = begun - gone, gone - back
    bound, over = binding.sum(axis=1), ended.sum(axis=1)
    every = len(row) - int(follows.sum())
    return pd.DataFrame(
        {
            "day": moments.astype("datetime64[D]").astype("datetime64[s]"),
            "due": bound - binding[:, STATUSES[Status.NOT_APPLICABLE]],
            **{str(status): binding[:, code] for status, code in STATUSES.items()},
            "not_yet": every - bound - over,
            "ended": over,
            **{f"ended_{status}": ended[:, code] for status, code in STATUSES.items()},
        }
    )


def ever_bound(
    runs: Runs, day: date, rows: np.ndarray | None = None, office: str | None = None
) -> np.ndarray:
    """The commitments that have bound by the day, by their rows, in order: those that `over_time` counts
    up to that day. `rows`: in order as well."""
    row, *_ = _bound_by(runs, np.array([dates.day_number(day)]), rows, office)
    return row[np.append(True, row[1:] != row[:-1])[: len(row)]]


def _bound_by(
    runs: Runs, moments: np.ndarray, rows: np.ndarray | None, office: str | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(row, start, end, status) of the runs that begin by the last of the days."""
    start, end, status, held = runs.of(rows)
    row = runs.row if rows is None else np.repeat(rows, runs.offsets[rows + 1] - runs.offsets[rows])
    kept = start <= (moments[-1] if len(moments) else _BEFORE)
    if office is not None:
        kept &= held == runs.codes.index(office)
    at = np.flatnonzero(kept)
    return row[at], start[at], end[at], status[at]


def _places(moments: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The place of the first of the moments that is not before each day: looked up, for the days are
    many and the moments few."""
    first, last = (moments[0], moments[-1]) if len(moments) else (0, -1)
    place = np.searchsorted(moments, np.arange(first, last + 2))
    return place[np.clip(days, first, last + 1) - first]


def _summed(place: np.ndarray, status: np.ndarray, moments: int) -> np.ndarray:
    """How many are at each moment or before it, by status: [moment, status]."""
    size = len(Status)
    counts = np.bincount(place * size + status, minlength=(moments + 1) * size)
    return counts.reshape(-1, size).cumsum(axis=0)[:-1]

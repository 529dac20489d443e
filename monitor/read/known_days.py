"""Since when commitments have their status, and when else something happened, no more precise than the
entries that say so."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import Protocol

import numpy as np
import pandas as pd

from monitor import dates
from monitor.i18n import on_day, since_day
from monitor.log import STATUSES, Actions
from monitor.models import FOUND, Status
from monitor.read.selection import View
from monitor.table_rows import ChangeRow, CommitmentRow


class EntryDay(Protocol):
    """What an entry that the log does not have yet says of its day; `happened_on`: EDTF."""

    @property
    def happened_on(self) -> str: ...

    @property
    def status(self) -> str | None: ...


def day_as_known(actions: Actions, on: date, seq: int, typed: EntryDay | None = None) -> str:
    """A counting day as EDTF, no more precise than the date of the entry that it comes from, which is
    `typed` where the log has none of that number; of a search, its own day: one made after the mandate
    counts by its end."""
    if (at := _row_of(actions, seq)) is not None:
        first, last = int(actions.first_day[at]), int(actions.last_day[at])
        is_search = actions.status[at] == STATUSES[Status.NO_EVIDENCE]
    elif typed:
        first, last = dates.day_interval(typed.happened_on)
        is_search = typed.status == Status.NO_EVIDENCE
    else:
        return on.isoformat()
    counted = dates.day_number(on)
    own = first <= counted <= last or (is_search and counted < first)
    return dates.partial_date_of(first, last) if own else on.isoformat()


def is_before_entry(actions: Actions, seq: int, other: int) -> bool:
    """Whether an entry is about a day before all that another one can mean."""
    one, then = _row_of(actions, seq), _row_of(actions, other)
    if one is None or then is None:
        return False
    return bool(actions.last_day[one] < actions.first_day[then])


def is_before_day(actions: Actions, seq: int, day: date) -> bool:
    """Whether an entry is about a day before that one (NaT: none is), whatever its date can mean."""
    at = _row_of(actions, seq)
    if at is None or pd.isna(day):
        return False
    return bool(actions.last_day[at] < dates.day_number(day))


def was_public_before(actions: Actions, seq: int, other: int) -> bool:
    """Whether an entry was public before anybody could read what another one says of the status: it, or
    what it corrects, where that gave the same one."""
    one, then = _row_of(actions, seq), _row_of(actions, other)
    if one is None or then is None:
        return False
    accepted = actions.accepted_at
    return bool(accepted[one] < min(accepted[row] for row in _saying_the_same(actions, then)))


def _saying_the_same(actions: Actions, row: int) -> Iterator[int]:
    """An entry, then what it corrects, and so on while the status is the same."""
    yield row
    while True:
        older = np.flatnonzero(actions.first[:row] == actions.first[row])
        if not len(older) and actions.supersedes[row]:
            older = np.flatnonzero(actions.first[:row] == actions.supersedes[row])
        if not len(older) or actions.status[older[-1]] != actions.status[row]:
            return
        row = int(older[-1])
        yield row


def _row_of(actions: Actions, seq: int) -> int | None:
    at = bisect_left(actions.seq, seq)
    return at if at < len(actions.seq) and actions.seq[at] == seq else None


def status_day(
    view: View, row: CommitmentRow | ChangeRow, typed: EntryDay | None = None
) -> str | None:
    """The day, as `day_as_known` says it, from which a commitment has had its status; None where nothing
    says so."""
    if row.since is None:
        return None
    return day_as_known(view.log.actions, row.since.date(), row.said_by, typed)


def since_in_words(
    view: View, row: CommitmentRow | ChangeRow, typed: EntryDay | None = None
) -> str:
    """Since when a commitment has had its status: « depuis novembre 2017 »; when somebody found that
    nothing has begun: « en novembre 2017 »; "" where nothing says so. `typed`: see `day_as_known`."""
    on = status_day(view, row, typed)
    return (on_day if row.status in FOUND else since_day)(on, view.lang) if on else ""


def status_since(view: View, rows: pd.DataFrame) -> pd.Series:
    """Since when each of these rows of `status.fold` has its status, as `day_as_known` says it, "" where
    nothing does: for many at once."""
    since = rows["since"].dt.strftime("%Y-%m-%d").fillna("").astype("str")
    actions = view.log.actions
    if not len(actions.seq):
        return since
    seqs = rows["said_by"].to_numpy()
    at = np.searchsorted(actions.seq, seqs.astype(actions.seq.dtype)).clip(max=len(actions.seq) - 1)
    first, last = actions.first_day[at], actions.last_day[at]
    on = (rows["since"] - pd.Timestamp(dates.date_of_day(0))).dt.days.fillna(-(10**6)).to_numpy()
    named = (actions.seq[at] == seqs) & rows["since"].notna().to_numpy()
    later = named & (on < first) & (actions.status[at] == STATUSES[Status.NO_EVIDENCE])
    since[later] = first[later].astype("datetime64[D]").astype(str)
    within = named & (first <= on) & (on <= last) | later
    for wide, length in (((last - first) > 0, 7), ((last - first) > 31, 4)):
        since = since.mask(within & wide, since.str[:length])
    return since

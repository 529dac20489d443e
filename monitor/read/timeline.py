"""The line of time of a view: on which days, and what it is drawn from."""

from datetime import date

import numpy as np
import pandas as pd

from monitor import charts, dates, status
from monitor.read.cache import per_filter, per_state
from monitor.read.day_state import DayState
from monitor.read.filters import LASTING
from monitor.read.selection import View, rows_matching

#: With more changes than this, a line of time is drawn by months.
STEPS = 120


@per_filter
def status_series(view: View) -> pd.DataFrame:
    """`status.over_time` of the view, since the start of the term, whatever the filter by status; and
    `officials`: of how many the whole is. A filter by office is about that by which each binds."""
    runs = view.state.runs
    lasting = view.columns(*LASTING)
    rows = rows_matching(view.everything, lasting) if lasting else None
    kept = rows, view.filters.get("fonction")
    owners = view.known.owner[status.ever_bound(runs, view.day, *kept)]
    table = status.over_time(runs, _days(view.day_state), *kept)
    table["officials"] = min(len(owners), 1) + np.count_nonzero(np.diff(owners))
    return table


def is_by_months(view: View) -> bool:
    """Whether the line of time is drawn by months: there are too many changes for a step each."""
    return len(view.day_state.change_days) > STEPS


@per_filter
def count_changes(view: View) -> int:
    """How many changes of status there are by the day of the view, of the commitments that bind and
    are kept if there are filters."""
    table = view.state.status_changes
    end = int(np.searchsorted(table["day"].to_numpy(), dates.day_number(view.day), side="right"))
    if view.rows is None:
        return end
    return int(view.is_bound[table["row"].to_numpy()[:end]].sum())


@per_state
def _days(state: DayState) -> tuple[date, ...]:
    """Every day on which something changes, when they are few; else the ends of months."""
    start, end = state.pact_state.pact.term_start, state.day
    if end <= start:
        return (end,)
    changes = state.change_days
    if len(changes) <= STEPS:
        return (start, *map(dates.date_of_day, changes), end)
    months = pd.date_range(start, end, freq="ME").date
    return (start, *(month for month in months if start < month < end), end)


@per_filter
def layers_in_series(view: View) -> list[str]:
    """The statuses that the line of time shows, and what does not bind."""
    return charts.visible_layers(status_series(view))


@per_filter
def entries_by_month(view: View) -> pd.DataFrame:
    """How many standing entries about the commitments that the filters keep count in each month of the
    term, whatever the filter by status: month (YYYY-MM), entries (int64). Every month, to the day of
    the view: none before the term."""
    everything = view.known.everything
    kept = np.zeros(len(view.known.owner), dtype=bool)
    kept[view.commitments_for_figures.index.to_numpy()] = True
    start, end = (dates.day_number(each) for each in (view.pact.term_start, view.day))
    day = everything.day
    counted = kept[everything.commitment] & (start <= day) & (day <= end)
    first, last = (np.datetime64(each, "M") for each in (view.pact.term_start, view.day))
    months = np.arange(first, last + 1)
    place = day[counted].astype("datetime64[D]").astype("datetime64[M]") - first
    entries = np.bincount(place.astype(np.int64), minlength=len(months))
    return pd.DataFrame({"month": months.astype(str), "entries": entries})

"""The line of time of a view: on which days, what it is drawn from, and how."""

from datetime import date

import numpy as np
import pandas as pd

from monitor import charts, dates, status
from monitor.models import Office
from monitor.read import chart_data, log_state
from monitor.read.filters import LASTING
from monitor.read.memoise import per_filter, per_view
from monitor.read.selection import View, matching

#: With more changes than this, a line of time is drawn by months.
STEPS = 120


@per_view
def over_time(view: View, dark: bool) -> charts.Figure:
    """`charts.over_time`."""
    return chart_data.mark_fictional(charts.over_time(series(view), view.lang, dark), view, dark)


@per_filter
def series(view: View) -> pd.DataFrame:
    """`status.over_time` of the view, since the start of the term, whatever the filter by status; and
    `officials`: of how many the whole is. A filter by office is about that by which each binds."""
    runs = log_state.runs(view.snapshot, view.log.pact.id, view.known_at)
    lasting = view.columns(*LASTING)
    rows = matching(view.known.commitments, lasting) if lasting else None
    office = view.filters.get("fonction")
    kept = rows, Office(office) if office else None
    owners = view.known.owner[status.ever_bound(runs, view.day, *kept)]
    table = status.over_time(runs, _days(view.whole), *kept)
    table["officials"] = min(len(owners), 1) + np.count_nonzero(np.diff(owners))
    return table


@per_filter
def counted(view: View) -> bool:
    """Whether the line of time counts commitments (`charts.shows_counts`) rather than shares."""
    return charts.shows_counts(series(view))


@per_filter
def by_months(view: View) -> bool:
    """Whether the line of time is drawn by months: there are too many changes for a step each."""
    return len(_moments(view.whole)) > STEPS


def over_time_title(view: View) -> str:
    """The message that says what the line of time counts."""
    return "analyses.over_time_counts" if counted(view) else "analyses.over_time"


def over_time_key(view: View) -> str:
    """The message that says what each step of the line of time comes from."""
    return "analyses.over_time_months" if by_months(view) else "analyses.over_time_help"


@per_filter
def changes(view: View) -> int:
    """How many changes of status there are by the day of the view, of the commitments that bind and
    are kept if there are filters."""
    table = log_state.changed(view.snapshot, view.log.pact.id, view.known_at)
    end = int(np.searchsorted(table["day"].to_numpy(), dates.day_number(view.day), side="right"))
    if view.rows is None:
        return end
    kept = np.zeros(len(view.everything), dtype=bool)
    kept[view.bound.index] = True
    return int(kept[table["row"].to_numpy()[:end]].sum())


@per_filter
def _moments(view: View) -> np.ndarray:
    """The days within the term, up to that of the view, on which something changes, whatever the
    filters."""
    known = view.known
    first, last = dates.day_number(view.pact.term_start), dates.day_number(view.day)
    moments = np.concatenate(
        [
            log_state.changed(view.snapshot, view.log.pact.id, view.known_at)["day"],
            known.binds_from.ravel(),
            known.binds_until.ravel() + 1,
        ]
    )
    return np.unique(moments[(moments > first) & (moments < last)])


@per_filter
def _days(view: View) -> tuple[date, ...]:
    """Every day on which something changes, when they are few; else the ends of months."""
    start, end = view.pact.term_start, view.day
    if end <= start:
        return (end,)
    if not by_months(view):
        return (start, *(dates.date_of_day(moment) for moment in _moments(view)), end)
    months = pd.date_range(start, end, freq="ME").date
    return (start, *(month for month in months if start < month < end), end)


@per_filter
def in_series(view: View) -> list[str]:
    """The statuses that the line of time shows, and what does not bind."""
    return charts.visible_layers(series(view))

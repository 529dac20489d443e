"""Where commitments stood on one day, and on a later one: how many went from where to where."""

from datetime import date

import numpy as np
import pandas as pd

from monitor.analysis_codes import ENDED, NOT_YET, STATES
from monitor.dates import months_before
from monitor.models import Status
from monitor.read.between_days import kinds_of_change, states_in_order
from monitor.read.cache import per_filter
from monitor.read.day_state import DayState
from monitor.read.query import earlier_day
from monitor.read.selection import View

#: Months between the two days where none is asked for.
MONTHS = 12


def day_before(view: View, asked: str = "") -> date | None:
    """The day to compare the view with: the one asked for, else MONTHS before, within the term; None
    where the view is of the first day."""
    start = view.pact.term_start
    since = earlier_day(asked, view) or max(start, months_before(view.day, MONTHS))
    return since if since < view.day else None


def states_between() -> list[str]:
    """What a commitment is on a day, in the order of the table: it does not bind yet; its statuses from
    the least to the furthest; it binds no more."""
    return [NOT_YET, *states_in_order(), ENDED]


def dated_transitions(view: View, asked: str) -> pd.DataFrame:
    """`transition_table` since `day_before`, with that day as its first column, `since`, and no
    `change` where nothing changed."""
    since = day_before(view, asked) or view.day
    table = transition_table(view, since)
    table = table.assign(change=table["change"].replace("", None))
    table.insert(0, "since", since.isoformat())
    return table


@per_filter
def transition_table(view: View, since: date) -> pd.DataFrame:
    """Of all that has ever bound by the day of the view, whatever the filter by status, a row for each
    pair that occurs: before, after (of `states_between`), commitments (int64), change (of Change, ""
    where nothing changed)."""
    now = view.commitments_for_figures
    now = now[now["ever_bound"].to_numpy()]
    then = DayState(view.state, since).commitments.loc[now.index]
    size = len(STATES)
    before, after = (_states_of(table) for table in (then, now))
    counts = np.bincount(before * size + after, minlength=size * size)
    pairs = np.flatnonzero(counts)
    old, new = np.divmod(pairs, size)
    statuses = len(Status)
    change = kinds_of_change(
        old < statuses, new < statuses, np.minimum(old, statuses - 1), np.minimum(new, statuses - 1)
    )
    names = np.array(STATES, dtype=object)
    table = pd.DataFrame(
        {
            "before": names[old],
            "after": names[new],
            "commitments": counts[pairs],
            "change": change,
        }
    )
    order = {state: place for place, state in enumerate(states_between())}
    places = np.lexsort((table["after"].map(order), table["before"].map(order)))
    return table.take(places).reset_index(drop=True)


def _states_of(commitments: pd.DataFrame) -> np.ndarray:
    """What each is, by its place in STATES."""
    binds, ever = (commitments[name].to_numpy() for name in ("binding", "ever_bound"))
    ended, not_yet = STATES.index(ENDED), STATES.index(NOT_YET)
    status = commitments["status"].array.codes.astype(np.int64)
    return np.where(binds, status, np.where(ever, ended, not_yet))

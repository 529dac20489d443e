"""What the log said of one day, and when: how much of a published figure later reading changed."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from monitor.log import NEVER, microseconds_of, moment_of
from monitor.read import chart_data
from monitor.read.cache import per_filter
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.tables import round_shares

#: Times that a figure is compared at, for each costs a reading of the whole log.
POINTS = 6
#: Microseconds.
DAY = 86_400_000_000
#: Of `indicators.indicator_table`, what is compared.
COLUMNS = ("due", "officials", "assessed", "coverage", "implemented", "rate_low", "rate_high")


@per_filter
def times_of_knowledge(view: View) -> list[datetime]:
    """The last acceptance of POINTS days at most (UTC), the first and the last on which the log grew
    among them. None where all came on one day."""
    accepted = view.log.actions.accepted_at
    latest = NEVER - 1 if view.known_at is None else microseconds_of(view.known_at)
    accepted = np.sort(accepted[accepted <= latest])
    days = accepted // DAY
    ends = accepted[np.append(days[1:] != days[:-1], True)] if len(accepted) else accepted
    if len(ends) < 2:
        return []
    kept = np.unique(np.linspace(0, len(ends) - 1, min(POINTS, len(ends))).round().astype(np.int64))
    return [moment_of(int(end)) for end in ends[kept]]


@per_filter
def revision_table(view: View) -> pd.DataFrame:
    """What was known of the day of the view at each of `times_of_knowledge`: known_on (UTC, ISO 8601),
    and COLUMNS of `indicators.indicator_table` in all, whatever the filter by status."""
    rows = []
    for time in times_of_knowledge(view):
        state = PactState(view.snapshot, view.state.pact_id, time)
        row = chart_data.total_indicators(replace(view, state=state))
        known_on = time.isoformat().replace("+00:00", "Z")
        rows.append((known_on, *(getattr(row, name) for name in COLUMNS)))
    return round_shares(pd.DataFrame(rows, columns=["known_on", *COLUMNS]))

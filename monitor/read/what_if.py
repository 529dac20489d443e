"""What the share of what is implemented would be, if what nobody assessed were implemented less often
than what was assessed, or as often: assumptions, and no estimate."""

import pandas as pd

from monitor.analysis.groups import share_under_assumption
from monitor.read import chart_data
from monitor.read.cache import per_filter
from monitor.read.selection import View
from monitor.shares import is_enough
from monitor.tables import SHARE_DIGITS

#: How many times as often as what was assessed.
TIMES = (0.0, 0.25, 0.5, 0.75, 1.0)


@per_filter
def what_if_table(view: View) -> pd.DataFrame:
    """A row for each of TIMES, whatever the filter by status. Empty where too little is due or assessed
    for a percentage, or everything is assessed.

    times         float64
    due, assessed, implemented  int64, as in `indicators.indicator_table`
    share         float64  implemented / due, if what is not assessed were implemented so many times as
                           often as what is
    """
    row = chart_data.total_indicators(view)
    enough = (
        is_enough(row.due, row.officials)
        and is_enough(row.assessed, row.officials_assessed)
        and row.due > row.assessed
    )
    counts = row.implemented, row.assessed, row.due
    return pd.DataFrame(
        {
            "times": TIMES,
            "due": row.due,
            "assessed": row.assessed,
            "implemented": row.implemented,
            "share": [
                round(share_under_assumption(*counts, times), SHARE_DIGITS) if enough else None
                for times in TIMES
            ],
        }
    ).astype({"share": "float64"})[: len(TIMES) if enough else 0]

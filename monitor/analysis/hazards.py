"""How often something happens within each stretch of time, to what was still waiting at its start.

In discrete time: D. Duval & F. Pétry, Political Studies 67, 2019, p. 207.
"""

from itertools import pairwise

import numpy as np
import pandas as pd

from monitor.analysis.incidence import Spells
from monitor.analysis.intervals import design_effect, wilson_interval


def hazard_table(spells: Spells, cause: int, edges: np.ndarray) -> pd.DataFrame:
    """A row a stretch, from one of `edges` (days of the clock) to the day before the next.

    at_risk, clusters  int64    commitments that wait on its first day, and of how many officials
    happened           int64    of these, those that the cause has ended before it was over
    share, low, high   float64  happened / at_risk, and Wilson's interval of at_risk ÷ design effect
    """
    clusters, own = np.unique(spells.cluster, return_inverse=True)
    size, rows = len(clusters), []
    for first, after in pairwise(edges):
        waiting = (spells.entry < first) & (first <= spells.exit)
        hit = waiting & (spells.cause == cause) & (spells.exit < after)
        cases, hits = (np.bincount(own[each], minlength=size) for each in (waiting, hit))
        at_risk, happened = int(cases.sum()), int(hits.sum())
        share = happened / at_risk if at_risk else np.nan
        low, high = wilson_interval(share, at_risk / design_effect(hits, cases))
        rows.append(
            (at_risk, int(np.count_nonzero(cases)), happened, share, float(low), float(high))
        )
    names = ["at_risk", "clusters", "happened", "share", "low", "high"]
    return pd.DataFrame(rows, columns=names)

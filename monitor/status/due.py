"""When each commitment is due."""

import numpy as np

from monitor.dates import day_interval
from monitor.pacts import Pact
from monitor.status.office import LATER, term_days

#: Of a due date that a signatory has not.
NOT_SAID = 2**30
#: The day on which nothing is due: of a term whose end is not fixed.
NEVER_DUE = LATER - 1


def due_days(pact: Pact, own: np.ndarray, measure: np.ndarray) -> np.ndarray:
    """The day (since 1970) on which each commitment is due, NEVER_DUE for none: the last that the date
    of its signatory can mean (`own`, else NOT_SAID), else that of its measure, else the last of the
    term. `measure`: places among those of the pact."""
    _, term_end = term_days(pact)
    by_measure = [day_interval(one.due_on)[1] if one.due_on else term_end for one in pact.measures]
    return np.where(own == NOT_SAID, np.array(by_measure, dtype=np.int64)[measure], own)

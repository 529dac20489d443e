"""The chance that a commitment is decided, or implemented, within each half-year that it waits."""

from math import ceil

import numpy as np
import pandas as pd

from monitor.analysis.hazards import hazard_table
from monitor.analysis.spells import EVENT
from monitor.analysis_codes import Event
from monitor.dates import YEAR
from monitor.read.cache import per_filter
from monitor.read.incidence import event_spells
from monitor.read.selection import View
from monitor.tables import SHARE_DIGITS


def half_year_edges(numbers: np.ndarray) -> np.ndarray:
    """The first day after each of these half-years, on a clock of days (int64)."""
    return np.round(numbers * YEAR / 2).astype(np.int64)


@per_filter
def half_year_table(view: View) -> pd.DataFrame:
    """A row an Event and a half-year since each commitment first bound, the first of them 1.

    event         str      of Event
    half_year     int64
    at_risk       int64    commitments to which it had not happened at its start, and nothing else that
                           ends the wait; officials: of how many signatories
    happened      int64    of these, those to which it happened within it
    share         float64  happened / at_risk
    low, high     float64  what chance alone would move of it (95 %), by signatory
    """
    parts = []
    for event in Event:
        spells = event_spells(view, event)
        count = max(ceil((int(spells.exit.max(initial=0)) + 1) / (YEAR / 2)), 1)
        edges = half_year_edges(np.arange(count + 1))
        table = hazard_table(spells, EVENT, edges).rename(columns={"clusters": "officials"})
        table.insert(0, "half_year", np.arange(1, count + 1))
        table.insert(0, "event", event.value)
        parts.append(table[table["at_risk"] > 0])
    return pd.concat(parts, ignore_index=True).round(SHARE_DIGITS)

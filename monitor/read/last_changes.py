"""Since when commitments have their status, no more precise than the entries that say so: for many at
once, without reading their texts."""

import numpy as np
import pandas as pd

from monitor import dates
from monitor.log import STATUSES
from monitor.models import Status
from monitor.read.selection import View


def status_since(view: View, rows: pd.DataFrame) -> pd.Series:
    """For each of these rows of `status.fold`, since when as EDTF (« 2017-11 »), "" where nothing says
    so: what `city.day_as_known` makes of each with its entry."""
    said = rows["since"].dt.strftime("%Y-%m-%d").fillna("").astype("str")
    actions = view.log.actions
    if not len(actions.seq):
        return said
    seqs = rows["said_by"].to_numpy()
    at = np.searchsorted(actions.seq, seqs).clip(max=len(actions.seq) - 1)
    first, last = actions.first_day[at], actions.last_day[at]
    on = (rows["since"] - pd.Timestamp(dates.date_of_day(0))).dt.days.fillna(-(10**6)).to_numpy()
    named = (actions.seq[at] == seqs) & rows["since"].notna().to_numpy()
    later = named & (on < first) & (actions.status[at] == STATUSES[Status.NO_EVIDENCE])
    said[later] = first[later].astype("datetime64[D]").astype(str)
    within = named & (first <= on) & (on <= last) | later
    for wide, length in (((last - first) > 0, 7), ((last - first) > 31, 4)):
        said = said.mask(within & wide, said.str[:length])
    return said

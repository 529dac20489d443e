"""Signatories retracted as mistakes: no page and no published file names them, not even one that shows
an earlier log.

An address that we give away names a state of the log, so that its figures can be found again. What was
believed of a commitment then is a state of knowledge; that somebody signed who did not is a false
sentence about them, and it must not outlive its retraction at every address that was ever copied. The
log keeps them, and so does the command that reads it as it was (`status --known-at`).
"""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from monitor.log import NEVER, Log, microseconds_of


def public_log(log: Log) -> Log:
    """The log as if who was taken back since, alone or with a whole file, had never been in it. Who is
    back, under the same id and name, always was."""
    gone = _gone(log.signatories)
    if not gone.any():
        return log
    times = log.signatories["withdrawn_at"].mask(gone, 0)
    return replace(log, signatories=log.signatories.assign(withdrawn_at=times))


def count_retracted(log: Log, public: Log, known_at: datetime) -> int:
    """How many signatories the log had at that time whom its `public_log` has not."""
    if public is log:
        return 0
    people, shown, cut = log.signatories, public.signatories, microseconds_of(known_at)
    taken = people["withdrawn_at"].to_numpy() != shown["withdrawn_at"].to_numpy()
    then = people["signatory_id"].isin(people["signatory_id"][taken])
    then &= (people["recorded_at"] <= cut) & (people["accepted_at"] <= cut)
    before, left = (
        set(table.loc[then & (table["withdrawn_at"] > cut), "signatory_id"])
        for table in (people, shown)
    )
    return len(before - left)


def _gone(people: pd.DataFrame) -> np.ndarray:
    """The retracted versions of signatories who have not been loaded again since."""
    withdrawn = people["withdrawn_at"].to_numpy() < NEVER
    if not withdrawn.any():
        return withdrawn
    stands = ~withdrawn & (people["accepted_at"].to_numpy() < NEVER)
    named = pd.MultiIndex.from_frame(people[["signatory_id", "name"]])
    back = people["signatory_id"][withdrawn & named.isin(named[stands])]
    return withdrawn & ~people["signatory_id"].isin(back).to_numpy()

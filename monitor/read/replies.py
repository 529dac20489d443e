"""The officials' replies of a view, and the right to them."""

from datetime import date

import numpy as np
import pandas as pd

from monitor import export, queries
from monitor.dates import date_interval
from monitor.read import log_entries, log_state
from monitor.read.selection import View


def table(view: View, rows: np.ndarray) -> pd.DataFrame:
    """`export.reply_columns` about these commitments: index = row of `view.everything`."""
    last = _last(view)
    own = last[np.isin(last["row"].to_numpy(), rows)]
    with log_entries.database() as database:
        return export.reply_columns(database, view.log, own)


def given(view: View, rows: np.ndarray) -> dict[int, queries.Entry]:
    """The last reply about these commitments (rows of `view.everything`): those that have one."""
    last = _last(view)
    own = np.flatnonzero(np.isin(last["row"].to_numpy(), rows))
    if not len(own):
        return {}
    seqs = last["seq"].to_numpy()[own].tolist()
    with log_entries.database() as database:
        found = queries.published_entries(database, seqs, int(view.log.actions.seq.max(initial=0)))
    texts = {entry.seq: entry for entry in found}
    said = zip(last["row"].to_numpy()[own].tolist(), seqs, strict=True)
    return {row: texts[seq] for row, seq in said if seq in texts}


def before(reply: queries.Entry, since: pd.Timestamp) -> bool:
    """Whether a reply came before the status that it stands beside, which began on `since`."""
    return not pd.isna(since) and date_interval(reply.happened_on)[1] < since.date()


def _last(view: View) -> pd.DataFrame:
    return log_state.replied(view.snapshot, view.log.pact.id, view.known_at, view.replies_day)


def requested(view: View, signatory_id: str) -> list[tuple[str, str, date]]:
    """(measure, way, day) of each time that the right of reply was claimed or offered."""
    with log_entries.database() as database:
        found = queries.reply_requests(
            database, view.log.pact.id, signatory_id, log_entries.until(view)
        )
    said = ((measure, way, date.fromisoformat(day)) for _, measure, way, day in found)
    return [one for one in said if one[2] <= view.day or view.known_at is None]

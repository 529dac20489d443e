"""The officials' replies of a view, and the right to them."""

from datetime import date

import numpy as np
import pandas as pd

from monitor import export, queries
from monitor.dates import interval
from monitor.views import reading, session
from monitor.views.view import View


def table(view: View, rows: np.ndarray) -> pd.DataFrame:
    """`export.replies` about these commitments: index = row of `view.everything`."""
    last = _last(view)
    own = last[np.isin(last["row"].to_numpy(), rows)]
    with reading.database() as database:
        return export.replies(database, view.log, own)


def given(view: View, rows: np.ndarray) -> dict[int, queries.Entry]:
    """The last reply about these commitments (rows of `view.everything`): those that have one."""
    last = _last(view)
    own = np.flatnonzero(np.isin(last["row"].to_numpy(), rows))
    if not len(own):
        return {}
    seqs = last["seq"].to_numpy()[own].tolist()
    with reading.database() as database:
        found = queries.entries(database, seqs, int(view.log.actions.seq.max(initial=0)))
    texts = {entry.seq: entry for entry in found}
    said = zip(last["row"].to_numpy()[own].tolist(), seqs, strict=True)
    return {row: texts[seq] for row, seq in said if seq in texts}


def before(reply: queries.Entry, since: pd.Timestamp) -> bool:
    """Whether a reply came before the status that it stands beside, which began on `since`."""
    return not pd.isna(since) and interval(reply.happened_on)[1] < since.date()


def _last(view: View) -> pd.DataFrame:
    return session.replied(view.snapshot, view.log.pact.id, view.known_at, view.replies_day)


def requested(view: View, signatory_id: str) -> list[tuple[str, str, date]]:
    """(measure, way, day) of each time that the right of reply was claimed or offered."""
    with reading.database() as database:
        found = queries.reply_requests(
            database, view.log.pact.id, signatory_id, reading.until(view)
        )
    said = ((measure, way, date.fromisoformat(day)) for _, measure, way, day in found)
    return [one for one in said if one[2] <= view.day or view.known_at is None]

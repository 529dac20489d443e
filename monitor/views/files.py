"""The tables of a view as open data: commitments, actions and indicators."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from monitor import export
from monitor.models import GroupBy
from monitor.views import reading, replies, session
from monitor.views.view import View

#: Rows made and sent together: bounds the memory of a file of any length.
ROWS = 5_000


def about(view: View) -> dict:
    """`export.about` of the view."""
    return export.about(view.snapshot, view.log, view.day, view.known_at, view.filters)


def commitments(view: View) -> Iterator[pd.DataFrame]:
    """`export.commitments` of those that the filters keep, in parts."""
    table, replied = view.commitments, replies.table(view)
    for start in range(0, max(len(table), 1), ROWS):
        yield export.commitments(table.iloc[start : start + ROWS], replied)


def actions(view: View) -> Iterator[pd.DataFrame]:
    """`export.actions` about these commitments, in the order of the log, in parts."""
    seqs = reading.seqs(view, True)[::-1]
    replied = replies.table(view)
    named = view.everything.loc[replied.index, ["signatory_id", "measure"]].join(replied)
    for start in range(0, max(len(seqs), 1), ROWS):
        with session.store().reading() as database:
            yield export.actions(
                database, seqs[start : start + ROWS], _standing(view), reading.until(view), named
            )


def _standing(view: View) -> np.ndarray:
    return session.standing(view.snapshot, view.log.pact.id, view.known_at)[0]


def indicators(view: View, by: GroupBy | None) -> Iterator[pd.DataFrame]:
    """`export.indicators_of` these commitments, whatever the filter by status: it would choose the
    answer."""
    yield export.indicators_of(view.without("statut").commitments, by)

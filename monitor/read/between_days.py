"""What is not what it was: the commitments on two days, each difference of one kind."""

from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from monitor.i18n import plural, text
from monitor.models import UNKNOWN, Status
from monitor.read.cache import per_filter
from monitor.read.day_state import DayState
from monitor.read.selection import View
from monitor.status import is_news


class Change(StrEnum):
    """How a commitment differs between two days, in the order of the sums: assessed for the first time;
    further on the ladder of statuses, or less far; become, or no longer, not applicable; bound by then
    only, or no longer."""

    FIRST = "first"
    FORWARD = "forward"
    BACK = "back"
    APART = "apart"
    ENTERED = "entered"
    LEFT = "left"


#: How far each is: what is given up or at rest stands below what has not begun.
_RUNG = np.array([status.step - len(Status) * status.stopped for status in Status])
#: Nobody knows where it stands.
_UNKNOWN = np.array([status in UNKNOWN for status in Status])
_APART = np.array([status is Status.NOT_APPLICABLE for status in Status])


@per_filter
def changes_between(view: View, since: date) -> pd.DataFrame:
    """The commitments that the filters keep and that are not on the day of the view what they were on
    `since`: rows of `View.commitments`, with `before` (of Status) and `change` (of Change); the latest
    status first."""
    now = view.commitments
    then = DayState(view.state, since).commitments.loc[now.index]
    before, after = (table["status"].array.codes for table in (then, now))
    bound = now["binding"].to_numpy()
    was = then["binding"].to_numpy()
    moved = bound & was & is_news(before, after)
    kinds = [
        (Change.ENTERED, bound & ~was),
        (Change.LEFT, was & ~bound),
        (Change.APART, moved & (_APART[before] | _APART[after] | _UNKNOWN[after])),
        (Change.FIRST, moved & _UNKNOWN[before]),
        (Change.FORWARD, moved & (_RUNG[after] > _RUNG[before])),
        (Change.BACK, moved),
    ]
    change = np.select([mask for _, mask in kinds], [kind for kind, _ in kinds], "")
    rows = np.flatnonzero(change != "")
    found = now.take(rows).assign(before=then["status"].take(rows), change=change[rows])
    return found.sort_values("since", ascending=False, kind="stable")


def sums_in_words(found: pd.DataFrame, lang: str) -> str:
    """« 3 premières évaluations, 1 avancée »: how many of each kind there are, of those that occur."""
    counts = found["change"].value_counts()
    said = [
        plural(f"changes.sum_{kind}", int(counts[kind]), lang) for kind in Change if kind in counts
    ]
    return text("sentence.comma", lang).join(said)

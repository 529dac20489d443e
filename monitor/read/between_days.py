"""What is not what it was: the commitments on two days, each difference of one kind."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from monitor.analysis_codes import Change
from monitor.i18n import plural, text
from monitor.models import UNKNOWN, Status
from monitor.read.cache import per_filter
from monitor.read.day_state import DayState
from monitor.read.selection import View
from monitor.status import is_news

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
    change = kinds_of_change(was, bound, before, after)
    rows = np.flatnonzero(change != "")
    found = now.take(rows).assign(before=then["status"].take(rows), change=change[rows])
    return found.sort_values("since", ascending=False, kind="stable")


def kinds_of_change(
    was: np.ndarray, bound: np.ndarray, before: np.ndarray, after: np.ndarray
) -> np.ndarray:
    """The Change of each commitment, "" where nothing changed. `was`, `bound`: whether it bound on the
    first day and on the last; `before`, `after`: its status on each (codes of Status)."""
    moved = bound & was & is_news(before, after)
    kinds = [
        (Change.ENTERED, bound & ~was),
        (Change.LEFT, was & ~bound),
        (Change.APART, moved & (_APART[before] | _APART[after] | _UNKNOWN[after])),
        (Change.FIRST, moved & _UNKNOWN[before]),
        (Change.FORWARD, moved & (_RUNG[after] > _RUNG[before])),
        (Change.BACK, moved),
    ]
    return np.select([mask for _, mask in kinds], [kind for kind, _ in kinds], "")


def states_in_order() -> list[str]:
    """The statuses from the least to the furthest: what is unknown, what is given up or at rest, the
    way to a promise kept, what is not applicable."""
    statuses = list(Status)
    order = np.lexsort((-np.arange(len(statuses)), _RUNG, _APART, ~_UNKNOWN))
    return [statuses[code].value for code in order]


def sums_in_words(found: pd.DataFrame, lang: str) -> str:
    """`counts_in_words` of the rows of `changes_between`."""
    return counts_in_words(found["change"].value_counts().to_dict(), lang)


def counts_in_words(counts: Mapping[str, int], lang: str) -> str:
    """« 3 premières évaluations, 1 avancée »: how many of each Change there are, of those that occur."""
    parts = [
        plural(f"changes.sum_{kind}", int(counts[kind]), lang)
        for kind in Change
        if counts.get(kind)
    ]
    return text("sentence.comma", lang).join(parts)

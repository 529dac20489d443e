"""What happened to the commitments, whatever the day: every change of status, every reply."""

from datetime import date

import numpy as np
import pandas as pd

from monitor import dates
from monitor.log import KINDS, STATUSES, Actions
from monitor.models import UNKNOWN, Kind, Status
from monitor.status.known import KnownPact
from monitor.status.standing import standing_entries

_NOT_ASSESSED = STATUSES[Status.NOT_ASSESSED]
_NOTHING_KNOWN = [STATUSES[status] for status in UNKNOWN]


def status_changes(known: KnownPact) -> pd.DataFrame:
    """Every change of status, whatever the day: one row each, in order of day then of the log.

    row (int64, of `Known.commitments`), day (int64, days since 1970), seq (int64, the entry that
    made it), before, after (int8, codes of Status).
    """
    assessments = known.assessments
    begins = np.flatnonzero(assessments.run_start == np.arange(len(assessments.run_start)))
    status = assessments.status[begins]
    same = np.zeros(len(begins), dtype=bool)
    same[1:] = assessments.commitment[begins][1:] == assessments.commitment[begins][:-1]
    before = np.where(same, np.concatenate([[0], status[:-1]]) if len(status) else 0, _NOT_ASSESSED)
    table = pd.DataFrame(
        {
            "row": assessments.commitment[begins],
            "day": assessments.day[begins],
            "seq": assessments.seq[begins],
            "before": before.astype(np.int8),
            "after": status,
        }
    )
    return table.sort_values(["day", "seq"], ignore_index=True)


def is_news(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Which changes (codes of Status) say something new of a commitment: neither that somebody looked
    and found nothing, nor that this is taken back."""
    known = ~np.isin(before, _NOTHING_KNOWN) | ~np.isin(after, _NOTHING_KNOWN)
    return known & (before != after)


def standing_replies(known: KnownPact, actions: Actions) -> pd.DataFrame:
    """Every standing reply of an official: row (int64, of `Known.commitments`), day (int32, days since
    1970), seq (int64, the entry); by commitment, then day."""
    entries = known.everything
    reply = np.zeros(len(entries.seq), dtype=bool)
    if len(actions):
        kinds = actions.kind[np.searchsorted(actions.seq, entries.seq)]
        reply = kinds == KINDS[Kind.REPLY]
    columns = {"row": entries.commitment, "day": entries.day, "seq": entries.seq}
    table = pd.DataFrame({name: values[reply] for name, values in columns.items()})
    return table.astype({"row": "int64", "day": "int32", "seq": "int64"})


def last_replies(every: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The last of `standing_replies` about each commitment that has one, by that day: row, seq."""
    by_then = every[every["day"] <= dates.day_number(as_of)]
    return by_then.drop_duplicates("row", keep="last", ignore_index=True)[["row", "seq"]]


def actions_by_commitment(
    known: KnownPact, actions: Actions, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(those of these rows of actions that are about a commitment of `known`, by commitment, then in
    the order of the log; where those of each commitment begin, and the end)."""
    about = known.row_of[actions.commitment[rows]]
    rows, about = rows[about >= 0], about[about >= 0]
    order = np.argsort(about, kind="stable")
    return rows[order], np.searchsorted(about[order], np.arange(len(known.owner) + 1))


def unpromised_entries(known: KnownPact, actions: Actions, counted: np.ndarray) -> np.ndarray:
    """The rows of the actions that stand and are about no commitment of `known`: of a measure that
    somebody promised once, by a row that says otherwise now. `counted`: a mask of the actions."""
    beside = known.row_of[actions.commitment] < 0
    if not beside.any():
        return np.empty(0, dtype=np.int64)
    rows, _ = standing_entries(actions, counted)
    return np.sort(rows[beside[rows]])

"""From what day each entry counts, and which of them say where a commitment stands: what the log knows
of an entry and a file of actions cannot say."""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
import pandas as pd

from monitor import queries
from monitor.log import KINDS, STATUSES, Log
from monitor.status import KnownPact
from monitor.status.standing import standing_entries
from monitor.store import Session

#: The columns of entries.csv.
ENTRIES = (
    "action_id",
    "signatory_id",
    "measure",
    "kind",
    "status",
    "happened_on",
    "counts_on",
    "moves",
    "place",
    "seq",
    "recorded_at",
    "first_recorded_at",
    "texts_removed",
)
_KINDS = np.array([*map(str, KINDS)], dtype=object)
_STATUSES = np.array([*map(str, STATUSES), None], dtype=object)


def standing_facts(log: Log, known: KnownPact, known_at: datetime | None = None) -> pd.DataFrame:
    """The entries that stand, in the order in which those of one day count.

    row (of `Roll.commitments`), kind, status (codes), counts_on (days since 1970), moves (bool), place
    (from 1), seq, recorded_at, first_recorded_at (microseconds since 1970).
    """
    actions, standing = log.actions, known.everything
    _, root = standing_entries(actions, actions.mask_counted(known_at))
    order = np.argsort(standing.seq)
    row = standing.commitment[order]
    at = np.searchsorted(actions.seq, standing.seq[order])
    place = np.lexsort((at, root[at]))
    row, at = row[place], at[place]
    return pd.DataFrame(
        {
            "row": row,
            "kind": actions.kind[at],
            "status": actions.status[at],
            "counts_on": known.days[at],
            "moves": np.isin(actions.seq[at], known.assessments.seq),
            "place": np.arange(1, len(at) + 1),
            "seq": actions.seq[at],
            "recorded_at": actions.recorded_at[at],
            "first_recorded_at": actions.recorded_at[root[at]],
        }
    )


def entry_table(session: Session, known: KnownPact, facts: pd.DataFrame) -> pd.DataFrame:
    """ENTRIES of some rows of `standing_facts`, days and times as texts; None = empty."""
    named = queries.entry_names(session, facts["seq"].tolist())
    names = ("action_id", "happened_on", "texts_removed")
    columns = dict(zip(names, zip(*named, strict=True) if named else [()] * 3, strict=True))
    about = known.commitments.iloc[facts["row"].to_numpy()]
    columns |= {name: about[name].astype(object).to_numpy() for name in ("signatory_id", "measure")}
    columns |= {
        "kind": _KINDS[facts["kind"]],
        "status": _STATUSES[facts["status"]],
        "counts_on": np.datetime_as_string(facts["counts_on"].to_numpy().astype("datetime64[D]")),
        **{name: _times(facts[name]) for name in ("recorded_at", "first_recorded_at")},
        **{name: facts[name].tolist() for name in ("moves", "place", "seq")},
    }
    return pd.DataFrame(columns, columns=list(ENTRIES), dtype=object)


def entry_parts(facts: pd.DataFrame, at_once: int) -> Iterator[pd.DataFrame]:
    """`standing_facts` in parts of so many, one at least."""
    for start in range(0, max(len(facts), 1), at_once):
        yield facts.iloc[start : start + at_once]


def _times(since_1970: pd.Series) -> np.ndarray:
    """Microseconds as the log writes them."""
    return np.datetime_as_string(since_1970.to_numpy().astype("datetime64[us]"), timezone="UTC")

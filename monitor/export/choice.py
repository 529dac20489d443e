"""Which entries an exported file holds, in what order, and what each may still name."""

from dataclasses import dataclass, fields
from datetime import datetime

import numpy as np

from monitor.log import KINDS, Actions, Log
from monitor.models import Kind
from monitor.status import KnownPact
from monitor.status.standing import DAY, standing_entries


@dataclass(frozen=True)
class EntryChoice:
    """`seq`: the entries in the order of the file. `linked`: whether the file says what each of them
    supersedes. `dated_by_log`: how many count from the day they were recorded (see `choose_entries`)."""

    seq: np.ndarray
    linked: np.ndarray
    dated_by_log: int


def choose_entries(log: Log, known: KnownPact, known_at: datetime | None) -> EntryChoice:
    """The entries which, loaded again, say what the log says at `known_at`.

    Of every action that counts, the last version that counts, at the place of the first: an entry
    that corrects or withdraws another comes after it. What is pending, refused or taken back with its
    file is left out, and so is what is about a commitment that is no longer made.

    Where such an entry was superseded by one that is here, the file does not name it; where it
    itself superseded one, what does not stand for that reason is left out with it.

    One thing no file can say: an entry counts from the day on which it was first recorded if its date
    may mean that one and a later one (a year that was not over). Loaded again, it is recorded later,
    and may count from a later day. `dated_by_log` counts these entries.
    """
    actions = log.actions
    counted = actions.mask_counted(known_at)
    rows, (_, root) = _current(actions, counted), standing_entries(actions, counted)
    rows = rows[np.isin(actions.commitment[rows], known.commitments["commitment"].to_numpy())]
    rows = _loadable(actions, rows, np.sort(known.everything.seq))
    rows = _ordered(actions, rows, root)
    linked = np.isin(actions.supersedes[rows], actions.first[rows]) & (actions.supersedes[rows] > 0)
    standing = np.searchsorted(actions.seq, known.everything.seq)
    recorded = actions.recorded_at[root[standing]] // DAY
    day = known.everything.day
    by_log = (day == recorded) & (actions.last_day[standing] > day)
    return EntryChoice(actions.seq[rows], linked, int(by_log.sum()))


def _current(actions: Actions, counted: np.ndarray) -> np.ndarray:
    """The position of the last version that counts of every action, in the order of the first."""
    rows = np.flatnonzero(counted)[::-1]
    _, last = np.unique(actions.first[rows], return_index=True)
    return rows[last]


def _loadable(actions: Actions, rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The rows that fold to the `wanted` seqs when nothing else is there.

    Each round takes away rows that stand for nothing in the log: retractions of what is not there,
    what would stand again, what would take away again. It ends with what stands, at the latest.
    """
    while True:
        known = np.isin(actions.supersedes[rows], actions.first[rows])
        rows = rows[known | (actions.kind[rows] != KINDS[Kind.RETRACTION])]
        if len(known) != len(rows):
            continue
        alone = _alone(actions, rows, known)
        stands, _ = standing_entries(alone, np.ones(len(rows), dtype=bool))
        found = np.sort(actions.seq[rows[stands]])
        if np.array_equal(found, wanted):
            return rows
        again = np.setdiff1d(found, wanted)
        lost = np.searchsorted(actions.seq, np.setdiff1d(wanted, found))
        drop = np.isin(actions.seq[rows], again)
        drop |= np.isin(actions.supersedes[rows], actions.first[lost])
        rows = rows[~drop]


def _alone(actions: Actions, rows: np.ndarray, known: np.ndarray) -> Actions:
    """The actions of these rows as a file would say them: each of one version, which names no other that
    is not there (`known`)."""
    columns = {one.name: getattr(actions, one.name)[rows] for one in fields(Actions)}
    own = columns["first"]
    columns |= {"seq": own, "supersedes": np.where(known, columns["supersedes"], 0)}
    return Actions(**columns)


def _ordered(actions: Actions, rows: np.ndarray, root: np.ndarray) -> np.ndarray:
    """The rows by their place in the log."""
    rows = rows[np.lexsort((actions.first[rows], root[rows]))]
    place = np.full(len(actions), -1)
    place[np.searchsorted(actions.seq, actions.first[rows])] = np.arange(len(rows))
    links = np.flatnonzero(actions.supersedes[rows])
    targets = place[np.searchsorted(actions.seq, actions.supersedes[rows][links])]
    if (targets < links).all():
        return rows
    target = dict(zip(links.tolist(), targets.tolist(), strict=True))
    order: dict[int, None] = {}
    for row in range(len(rows)):
        chain = [row]
        while target.get(chain[-1], -1) >= 0:
            chain.append(target[chain[-1]])
        order |= dict.fromkeys(reversed(chain))
    return rows[list(order)]

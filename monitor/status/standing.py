"""Which entries stand, in whose place, and from what day each counts."""

import math
from dataclasses import dataclass

import numpy as np

from monitor.log import KINDS, STATUSES, Actions
from monitor.models import Kind, Status
from monitor.pacts import Pact
from monitor.status.office import LATER, SignedDays, clip_to_signature, uncounted_reasons

DAY = 86_400_000_000  # in microseconds
_SEARCH = STATUSES[Status.NO_EVIDENCE]


@dataclass(frozen=True, slots=True)
class Standing:
    """The entries that stand, sorted by (commitment, counting day, place in the log).

    `commitment` is a row number of `Known.commitments`. `run_start` (assessments only) is the
    position at which the present unbroken run of the same status began.
    `offsets`: where those of each commitment begin, and the end.
    """

    commitment: np.ndarray
    day: np.ndarray
    status: np.ndarray
    seq: np.ndarray
    run_start: np.ndarray
    offsets: np.ndarray


def current_entries(
    actions: Actions,
    counted: np.ndarray,
    number: np.ndarray,
    owner: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    signed: SignedDays,
    pact: Pact,
) -> tuple[np.ndarray, np.ndarray, Standing, Standing]:
    """(the counting day of every action, why it moves no status as in `Known`, the entries that stand,
    the assessments that move a status).

    `counted`: a mask of the actions. `number`: the row of each commitment by its number, -1 for none.
    `owner`, `starts`, `ends`: as in `Known`. `signed`: of each commitment.
    """
    rows, root = standing_entries(actions, counted)
    commitment = number[actions.commitment].astype(np.int32)
    day, why = _days(actions, root, commitment, owner, starts, ends, signed, pact)
    rows = rows[commitment[rows] >= 0]
    rows = rows[order_by(commitment[rows], day[rows], root[rows])]  # then by their own order
    moving = rows[(why[rows] < 0) & (actions.status[rows] >= 0)]
    moving = moving[_speaking(commitment[moving], actions.status[moving])]
    every, moves = (
        _sorted(commitment[each], day[each], actions.status[each], actions.seq[each], len(owner))
        for each in (rows, moving)
    )
    return day, why, every, moves


def order_by(*columns: np.ndarray) -> np.ndarray:
    """The order by the first of these columns of whole numbers, then by the next; what is equal keeps
    its order. As `np.lexsort`, in half of its time where one number can hold them all."""
    if not len(columns[0]):
        return np.arange(0)
    firsts = [int(column.min()) for column in columns]
    sizes = [int(column.max()) - first + 1 for column, first in zip(columns, firsts, strict=True)]
    if math.prod(sizes) >= 2**63:
        return np.lexsort(columns[::-1])
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column, first, size in zip(columns, firsts, sizes, strict=True):
        key *= size
        key += column
        key -= first
    return np.argsort(key, kind="stable")


def _days(
    actions, root, commitment, owner, starts, ends, signed, pact
) -> tuple[np.ndarray, np.ndarray]:
    """(counting day of each action, why its date touches no office under signature)."""
    recorded = actions.recorded_at[root] // DAY
    # What is recorded happened before; but "today" may be a day ahead of the log's own clock, and a
    # correction may say a later day than that on which its target was recorded.
    day = np.maximum(actions.first_day, np.minimum(actions.last_day, recorded)).astype(np.int32)
    about = np.flatnonzero(commitment >= 0)
    row = commitment[about]
    first_day, latest = actions.first_day[about], day[about]
    # A search is about all that was done until then: it counts by the last office that had begun.
    search = actions.status[about] == _SEARCH
    bound = np.full(len(about), LATER, dtype=np.int64)
    for start, end in zip(starts, ends, strict=True):
        since, until = clip_to_signature(start[owner], end[owner], signed)
        last = until[row]
        touched = (search | (first_day <= last)) & (latest >= since[row])
        bound[touched] = last[touched]
    day[about] = np.minimum(day[about], bound)
    why = np.full(len(actions), -1, dtype=np.int8)
    loose = np.flatnonzero(bound == LATER)
    under = signed.of(row[loose])
    why[about[loose]] = uncounted_reasons(first_day[loose], latest[loose], under, pact)
    return day, why


def _speaking(commitment: np.ndarray, status: np.ndarray) -> np.ndarray:
    """A mask of assessments in their order: a search that found nothing says something only while
    nothing else stands."""
    search = status == _SEARCH
    if not search.any():
        return ~search
    others = np.cumsum(~search)
    opens = np.ones(len(commitment), dtype=bool)
    opens[1:] = commitment[1:] != commitment[:-1]
    before = np.maximum.accumulate(np.where(opens, others - ~search, 0))
    return ~search | (others == before)


def _sorted(commitment, day, status, seq, count) -> Standing:
    position = np.arange(len(commitment), dtype=np.int32)
    begins = np.ones(len(commitment), dtype=bool)
    begins[1:] = (commitment[1:] != commitment[:-1]) | (status[1:] != status[:-1])
    run_start = np.maximum.accumulate(np.where(begins, position, 0)) if len(position) else position
    offsets = np.searchsorted(commitment, np.arange(count + 1))
    return Standing(commitment, day, status, seq, run_start, offsets)


def status_by_day(entries: Standing) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(row, day, day of the next one or LATER, status): what is said of each commitment at the end of
    each day from which something counts."""
    same = entries.commitment[1:] == entries.commitment[:-1]
    last = np.ones(len(entries.day), dtype=bool)
    last[:-1] = ~same | (entries.day[1:] != entries.day[:-1])
    row, day, status = entries.commitment[last], entries.day[last], entries.status[last]
    until = np.full(len(row), LATER, dtype=np.int64)
    follows = row[1:] == row[:-1]
    until[:-1][follows] = day[1:][follows]
    return row, day, until, status


def first_met(entries: Standing, due: np.ndarray) -> np.ndarray:
    """From what day the criterion of each commitment was met on the day it was due or, where it was
    not, from what day it was first met after that; LATER where it never was. `due`: by row."""
    row, day, until, status = status_by_day(entries)
    implemented = status == STATUSES[Status.IMPLEMENTED]
    at = np.flatnonzero(implemented & (until > due[row]))[::-1]  # of several, the first is kept
    found = np.full(len(due), LATER, dtype=np.int64)
    found[row[at]] = day[at]
    return found


def standing_entries(actions: Actions, visible: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(positions of the entries that stand, position of the root of every entry).

    Of several versions of one action the last one counts, at the place of the first. A correction
    takes the place of what it corrects, and one entry stands at a place: of it and of all that corrects
    it, directly or not, the one that was written last and is not withdrawn. Retractions themselves
    stand for nothing.
    """
    found = _succession(actions, visible)
    stands = found.current & (actions.kind != KINDS[Kind.RETRACTION])
    return np.flatnonzero(stands & ~found.mask_replaced()[found.first]), found.root


def replacing_entries(actions: Actions, visible: np.ndarray) -> dict[int, int]:
    """By the seq of each of these entries that does not stand, or that withdraws nothing any more, that
    of the entry because of which: a later version of it, else what withdraws it, else the last that
    corrects it, else what stands at its place."""
    found = _succession(actions, visible)
    newest = np.full(len(actions), -1)
    newest[found.first[found.current]] = np.flatnonzero(found.current)
    older = np.flatnonzero(visible & ~found.current)
    gone = np.flatnonzero(found.mask_replaced() & (newest >= 0))
    replaced = np.concatenate([older, newest[gone]])
    replacing = np.concatenate(
        [newest[found.first[older]], newest[found.find_replacements()[gone]]]
    )
    return dict(zip(actions.seq[replaced].tolist(), actions.seq[replacing].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Succession:
    """What takes whose place; all but `current` and `root` name actions by the position of version 1.

    `first`: that of every entry. `current`: a mask of the versions that count. `root`: as in
    `standing_entries`. `withdrawn`: what withdraws each that is withdrawn. `corrections`, `targets`,
    `places`: each that corrects another, which it names, and the place of both. `living`: a mask of
    these, which are not withdrawn. `standing`: what stands at each place.
    """

    first: np.ndarray
    current: np.ndarray
    root: np.ndarray
    withdrawn: dict[int, int]
    corrections: np.ndarray
    targets: np.ndarray
    places: np.ndarray
    living: np.ndarray
    standing: np.ndarray

    def mask_replaced(self) -> np.ndarray:
        """A mask of what is withdrawn, or does not stand at its place."""
        mask = np.zeros(len(self.first), dtype=bool)
        for members in (self.corrections, self.places):
            mask[members[self.standing[self.places] != members]] = True
        mask[[*self.withdrawn]] = True
        return mask

    def find_replacements(self) -> np.ndarray:
        """What withdraws each, else the last that corrects it, else what stands at its place."""
        found = self.standing.copy()
        found[self.corrections] = self.standing[self.places]
        corrected = np.full(len(found), -1)
        np.maximum.at(corrected, self.targets[self.living], self.corrections[self.living])
        found = np.where(corrected >= 0, corrected, found)
        found[[*self.withdrawn]] = [*self.withdrawn.values()]
        return found


def _succession(actions: Actions, visible: np.ndarray) -> _Succession:
    first = np.searchsorted(actions.seq, actions.first)
    current = visible
    later = np.flatnonzero(visible & (actions.first != actions.seq))
    if len(later):
        current = visible.copy()
        _, newest = np.unique(actions.first[later][::-1], return_index=True)
        current[first[later]] = False
        current[later] = False
        current[later[::-1][newest]] = True
    retraction = actions.kind == KINDS[Kind.RETRACTION]
    links = np.flatnonzero(actions.supersedes)
    targets = np.searchsorted(actions.seq, actions.supersedes[links])
    root = _roots(first, current, links, targets, retraction)
    counted, takes_away = current[links], retraction[links]
    corrects, withdraws = counted & ~takes_away, counted & takes_away
    corrections, places = first[links[corrects]], root[links[corrects]]
    of_retractions: dict[int, list[int]] = {}
    beside = np.isin(places, first[links[withdraws]])
    for place, one in zip(places[beside].tolist(), corrections[beside].tolist(), strict=True):
        of_retractions.setdefault(place, []).append(one)
    withdrawn: dict[int, int] = {}
    sources, aims = first[links[withdraws]], targets[withdraws]
    order = np.argsort(-sources, kind="stable")  # what withdraws one of them is decided before it
    for source, target in zip(sources[order].tolist(), aims[order].tolist(), strict=True):
        replaced = any(one not in withdrawn for one in of_retractions.get(source, ()))
        if not replaced and source not in withdrawn:
            withdrawn.setdefault(target, source)
    living = ~np.isin(corrections, [*withdrawn]) if withdrawn else np.ones(len(places), dtype=bool)
    standing = np.arange(len(actions))
    np.maximum.at(standing, places[living], corrections[living])
    corrected = targets[corrects]
    return _Succession(
        first, current, root, withdrawn, corrections, corrected, places, living, standing
    )


def _roots(first, visible, links, targets, retraction) -> np.ndarray:
    """The place of each entry: that of version 1, and of a correction, that of what it corrects, as
    the version of it that counts says; where none counts, version 1."""
    root = first.copy()
    counts = np.zeros(len(first), dtype=bool)
    counts[first[visible]] = True
    speaks = visible[links] | ((first[links] == links) & ~counts[links])
    place = np.arange(len(first))
    order = np.argsort(first[links], kind="stable")  # a target comes before what corrects it
    order = order[~retraction[links][order]]
    for link, source, target, says in zip(
        links[order].tolist(),
        first[links][order].tolist(),
        targets[order].tolist(),
        speaks[order].tolist(),
        strict=True,
    ):
        root[link] = place[target]
        if says:
            place[source] = place[target]
    return root

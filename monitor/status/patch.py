"""What a log that has grown changes of what was computed before: the commitments that a new entry is
about are folded again, and put in the place of what they were."""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from monitor.log import Actions, Log
from monitor.status.fold import fold
from monitor.status.history import actions_by_commitment, standing_replies, status_changes
from monitor.status.known import KnownPact, Roll, latest_sources, what_is_known
from monitor.status.runs import Runs, group_positions, status_runs
from monitor.status.splice import Groups, exchange, replace_ranges
from monitor.status.standing import Standing

#: Of more commitments than these, the whole is folded again.
MOST_PATCHED = 2_000


@dataclass(frozen=True, slots=True)
class Patch:
    """What has changed of a pact. `rows`: those of `Known.commitments` that are folded again, in order;
    `entries`: the rows of all actions about them, and about others that are new; `part`: what is known
    of these commitments alone, as if there were no others; `known`: what is known now; `gone`,
    `gone_moving`: the seqs of their entries that stood before, and of those that moved a status."""

    rows: np.ndarray
    entries: np.ndarray
    part: KnownPact
    known: KnownPact
    gone: np.ndarray
    gone_moving: np.ndarray


def patch_known(older: KnownPact, before: Log, log: Log) -> Patch | None:
    """`what_is_known` of the log now, from what was known of it before; None where it says more than new
    entries about the same commitments, or of so many that nothing is won."""
    same = (one.name for one in fields(Log) if one.name not in ("actions", "sources"))
    if not all(getattr(before, name) is getattr(log, name) for name in same):
        return None
    changed = log.actions.rows_changed(before.actions)
    if changed is None:
        return None
    touched, own = _linked(log.actions, log.actions.commitment[changed], len(older.row_of))
    rows = np.sort(older.row_of[touched])
    rows = rows[rows >= 0]
    if len(rows) > MOST_PATCHED:
        return None
    part = what_is_known(_only(log, own), None, _part_of(older, rows))
    known = replace(
        older,
        sources=older.sources if before.sources is log.sources else latest_sources(log),
        days=_written(older.days, len(log.actions), own, part.days),
        uncounted=_written(older.uncounted, len(log.actions), own, part.uncounted),
        everything=_patch_standing(older.everything, rows, part.everything),
        assessments=_patch_standing(older.assessments, rows, part.assessments),
        met=_written(older.met, len(older.met), rows, part.met),
    )
    gone, gone_moving = (
        one.seq[group_positions(one.offsets, rows)] for one in (older.everything, older.assessments)
    )
    return Patch(rows, own, part, known, gone, gone_moving)


def _linked(actions: Actions, commitments: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """(these commitments, and those that an entry about one of them is a version, a correction or a
    retraction of, or the other way round; the rows of all entries about them)."""
    touched = np.zeros(most, dtype=bool)
    touched[commitments] = True
    # A version names the first of its action, and what supersedes another that of its target.
    links = np.flatnonzero((actions.supersedes != 0) | (actions.first != actions.seq))
    first, target = actions.first[links], actions.supersedes[links]
    is_named = np.zeros(int(actions.seq.max(initial=0)) + 1, dtype=bool)
    while True:
        own = np.flatnonzero(touched[actions.commitment])
        named = np.concatenate([actions.first[own], actions.supersedes[own]])
        named = named[named > 0]
        is_named[named] = True
        naming = links[is_named[first] | (is_named[target] & (target > 0))]
        about = actions.commitment[np.append(np.searchsorted(actions.seq, named), naming)]
        if touched[about].all():
            return np.flatnonzero(touched), own
        touched[about] = True


def _only(log: Log, rows: np.ndarray) -> Log:
    """The log with these of its entries alone."""
    columns = {one.name: getattr(log.actions, one.name)[rows] for one in fields(Actions)}
    return replace(log, actions=Actions(**columns))


def _part_of(roll: Roll, rows: np.ndarray) -> Roll:
    """The roll with these of its commitments, and of whose they are, alone."""
    commitments = roll.commitments.take(rows).reset_index(drop=True)
    people, owner = np.unique(roll.owner[rows], return_inverse=True)
    person = np.full(len(roll.signatories), -1)
    person[people] = np.arange(len(people))
    row_of = np.full_like(roll.row_of, -1)
    numbers = commitments["commitment"].to_numpy()
    row_of[numbers[numbers > 0]] = np.flatnonzero(numbers > 0)
    whole = {one.name: getattr(roll, one.name) for one in fields(Roll)}
    part = {
        "signatories": roll.signatories.take(people).reset_index(drop=True),
        "answers": _about(roll.answers, person),
        "details": _about(roll.details, person),
        "commitments": commitments,
        "row_of": row_of,
        "owner": owner.astype(roll.owner.dtype),
        "promised": roll.promised.of(rows),
        "due": roll.due[rows],
        "starts": roll.starts[:, people],
        "ends": roll.ends[:, people],
        "offices": roll.offices[:, people],
        "binds_from": roll.binds_from[:, rows],
        "binds_until": roll.binds_until[:, rows],
    }
    return Roll(**whole | part)


def _about(facts: pd.DataFrame, person: np.ndarray) -> pd.DataFrame:
    """Those of some people alone, by their new places."""
    if not len(facts):
        return facts
    at = person[facts["person"].to_numpy()]
    return facts.assign(person=at)[at >= 0].reset_index(drop=True)


def patch_runs(older: Runs, patch: Patch) -> Runs:
    """`status_runs` of what is known now."""
    part = status_runs(patch.part)
    groups = Groups(older.offsets, part.offsets, patch.rows)
    return Runs(
        groups.put(older.row, patch.rows[part.row]),
        groups.put(older.start, part.start),
        groups.put(older.end, part.end),
        groups.put(older.status, part.status),
        groups.put(older.office, part.office),
        groups.offsets,
        older.codes,
    )


def patch_changes(older: pd.DataFrame, patch: Patch) -> pd.DataFrame:
    """`status_changes` of what is known now."""
    part = status_changes(patch.part)
    touched = np.zeros(len(patch.known.owner), dtype=bool)
    touched[patch.rows] = True
    gone = np.flatnonzero(touched[older["row"].to_numpy()])
    day, seq = older["day"].to_numpy(), older["seq"].to_numpy()
    spans = (np.searchsorted(day, part["day"], side) for side in ("left", "right"))
    at = [a + np.searchsorted(seq[a:b], one) for a, b, one in zip(*spans, part["seq"], strict=True)]
    part["row"] = patch.rows[part["row"]]
    columns = {
        name: exchange(older[name].to_numpy(), gone, np.array(at, dtype=int), part[name].to_numpy())
        for name in older
    }
    return pd.DataFrame(columns, copy=False)


def patch_seqs(older: np.ndarray, gone: np.ndarray, come: Standing) -> np.ndarray:
    """Numbers of entries in order, without those that are `gone`, and with those that `come`."""
    gone, seqs = np.sort(gone), np.sort(come.seq)
    return exchange(older, np.searchsorted(older, gone), np.searchsorted(older, seqs), seqs)


def patch_replies(older: pd.DataFrame, patch: Patch, actions: Actions) -> pd.DataFrame:
    """`standing_replies` of what is known now."""
    part = standing_replies(patch.part, actions)
    row = older["row"].to_numpy()
    begins, ends = (np.searchsorted(row, patch.rows, side) for side in ("left", "right"))
    if not len(part) and (begins == ends).all():
        return older
    cuts = np.searchsorted(part["row"], np.arange(1, len(patch.rows)))
    part["row"] = patch.rows[part["row"]]
    columns = {}
    for name in older:
        pieces = np.split(part[name].to_numpy(), cuts)[: len(begins)]
        columns[name] = replace_ranges(older[name].to_numpy(), begins, ends, pieces)
    return pd.DataFrame(columns, copy=False)


def patch_grouped(
    older: np.ndarray, offsets: np.ndarray, patch: Patch, actions: Actions, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """`actions_by_commitment` of what is known now. `counts`: a mask of the actions."""
    part, begins = actions_by_commitment(patch.part, actions, patch.entries[counts[patch.entries]])
    groups = Groups(offsets, begins, patch.rows)
    return groups.put(older, part), groups.offsets


def patch_fold(older: pd.DataFrame, patch: Patch, as_of: date) -> pd.DataFrame:
    """`fold` of what is known now; a column in which nothing has changed is that of before."""
    part = fold(patch.part, as_of)
    columns = {
        name: _patch_column(older[name].array, patch.rows, part[name].array) for name in older
    }
    return pd.DataFrame(columns, copy=False)


def _patch_column(older: ExtensionArray, rows: np.ndarray, part: ExtensionArray) -> ExtensionArray:
    if isinstance(older, pd.Categorical) and isinstance(part, pd.Categorical):
        if np.array_equal(older.codes[rows], part.codes):
            return older
        codes = older.codes.copy()
        codes[rows] = part.codes
        return pd.Categorical.from_codes(codes, dtype=older.dtype)
    if older.take(rows).equals(part):
        return older
    array = older.copy()
    array[rows] = part
    return array


def _patch_standing(older: Standing, rows: np.ndarray, part: Standing) -> Standing:
    groups = Groups(older.offsets, part.offsets, rows)
    run_start = groups.put(older.run_start, part.run_start)
    groups.shift(run_start)
    return Standing(
        groups.put(older.commitment, rows[part.commitment]),
        groups.put(older.day, part.day),
        groups.put(older.status, part.status),
        groups.put(older.seq, part.seq),
        run_start,
        groups.offsets,
    )


def _written(older: np.ndarray, size: int, rows: np.ndarray, part: np.ndarray) -> np.ndarray:
    """A column, longer now, with other values in these rows."""
    found = np.empty(size, dtype=older.dtype)
    found[: len(older)] = older
    found[rows] = part
    return found

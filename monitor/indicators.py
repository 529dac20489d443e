"""Numbers that survive a hostile reader: every one with its denominator and its bounds.

Input is always the table of `status.fold`. Only binding commitments count, and those that are
`not_applicable` are in neither numerator nor denominator.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from monitor.dates import YEAR
from monitor.log import STATUSES
from monitor.models import GroupBy, Status
from monitor.table_rows import IndicatorRow, read_rows

#: The column of `fold` that each grouping reads.
GROUP_COLUMNS = {
    GroupBy.MEASURE: "measure",
    GroupBy.THEME: "theme",
    GroupBy.COMMUNE: "commune",
    GroupBy.DEPARTMENT: "department_code",
    GroupBy.REGION: "region_code",
    GroupBy.SIZE: "size",
    GroupBy.OFFICE: "office_ever",  # of what binds, the office by which it does
}
#: Days of a twelfth of a year.
MONTH = YEAR / 12


def indicator_table(
    commitments: pd.DataFrame, by: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """The indicators, in all or by group.

    group         str      code of the group ("" in all); one column per grouping if several
    due           int64    binding commitments less those not applicable, whatever their due date
    assessed      int64    of these, those with any other status than `not_assessed`
    coverage      float64  assessed / due
    implemented   int64
    partly        int64    partly implemented: never part of a rate
    rate          float64  implemented / assessed, which nobody drew at random
    rate_low      float64  implemented / due: as if none of the unknown were implemented
    rate_high     float64  possible / due: as if all were
    no_evidence   int64    of the assessed, those of which only fruitless searches are known
    stale         int64    of the assessed, those `stale` in the fold: what stands now is not known
    officials     int64    who made the due commitments; officials_assessed, the assessed among them
    entries_per_assessed  float64  standing entries about the assessed / assessed
    months_since_entry    float64  months of a twelfth of a year since the last entry about each of the
                                   assessed, searches included: their median
    due_ever      int64    all that has ever bound by the day, less those that were not applicable
                           while they last bound; assessed_ever, implemented_ever, partly_ever: of
                           these, each as it stood while it last bound
    possible      int64    implemented, not assessed, no_evidence or stale

    The columns of the day and those that end in `_ever` are two wholes: no figure mixes them.
    A share of nothing is NaN, never 0. The bounds are those of a share with missing answers
    (C. Manski, Partial Identification of Probability Distributions, 2003, chapter 1).
    """
    keys = grouping_keys(by)
    return _held(pd.DataFrame(_columns(commitments, keys)), keys)


def indicator_rows(
    commitments: pd.DataFrame, by: str | Sequence[str] | None = None
) -> list[IndicatorRow]:
    """The rows of `indicator_table`, in all or by one grouping, in a fraction of its time: where few
    commitments are counted, it is tables that cost."""
    keys = grouping_keys(by)
    if keys and keys[0] in (GroupBy.THEME, GroupBy.OFFICE):
        return read_rows(IndicatorRow, indicator_table(commitments, by))
    found = _columns(commitments, keys)
    columns = (found[name].tolist() for name in IndicatorRow._fields)
    return [IndicatorRow(*row) for row in zip(*columns, strict=True)]


def _columns(commitments: pd.DataFrame, keys: Sequence[str]) -> dict[str, np.ndarray | pd.Index]:
    """The columns of `indicator_table`."""
    labels, group = _groups(commitments, [GROUP_COLUMNS[GroupBy(key)] for key in keys])
    names = ["group"] if len(keys) <= 1 else [str(key) for key in keys]
    return {
        **dict(zip(names, labels, strict=True)),
        **_on_the_day(commitments, group, len(labels[0]), GroupBy.MEASURE in keys),
        **_since_the_start(commitments, group, len(labels[0])),
    }


def grouping_keys(by: str | Sequence[str] | None) -> list[str]:
    """The groupings that a table is made by: none, one or several."""
    return [by] if isinstance(by, str) else list(by or [])


def _on_the_day(
    commitments: pd.DataFrame, group: np.ndarray, size: int, once: bool
) -> dict[str, np.ndarray]:
    """What binds on the day, by group: the columns of `indicator_table`. `once`: nobody has two
    commitments of a group."""
    status = commitments["status"].array.codes
    binding = commitments["binding"].to_numpy()
    of = _by_status(status, binding, group, size)
    due = np.flatnonzero(binding & (status != STATUSES[Status.NOT_APPLICABLE]))
    assessed = due[status[due] != STATUSES[Status.NOT_ASSESSED]]
    stale = due[commitments["stale"].to_numpy()[due]]
    all_due = np.bincount(group[due], minlength=size)
    all_assessed = all_due - of[:, STATUSES[Status.NOT_ASSESSED]]
    done, fruitless = (of[:, STATUSES[one]] for one in (Status.IMPLEMENTED, Status.NO_EVIDENCE))
    old = np.bincount(group[stale], minlength=size)
    possible = done + (all_due - all_assessed) + fruitless + old
    own, entries = group[assessed], commitments["actions"].to_numpy()[assessed]
    who = commitments["signatory_id"].array

    def officials(rows: np.ndarray) -> np.ndarray:
        if once:
            return np.bincount(group[rows], minlength=size)
        return _different(who.codes[rows], group[rows], len(who.categories), size)

    return {
        "due": all_due,
        "assessed": all_assessed,
        "coverage": _share(all_assessed, all_due),
        "implemented": done,
        "partly": of[:, STATUSES[Status.PARTLY_IMPLEMENTED]],
        "rate": _share(done, all_assessed),
        "rate_low": _share(done, all_due),
        "rate_high": _share(possible, all_due),
        "no_evidence": fruitless,
        "stale": old,
        "officials": officials(due),
        "officials_assessed": officials(assessed),
        "entries_per_assessed": _share(np.bincount(own, entries, size), all_assessed),
        "months_since_entry": _median(commitments["age"].to_numpy()[assessed], own, size) / MONTH,
        "possible": possible,
    }


def _since_the_start(
    commitments: pd.DataFrame, group: np.ndarray, size: int
) -> dict[str, np.ndarray]:
    """What has ever bound by the day, by group: the last columns of `indicator_table`."""
    status = commitments["status_ever"].array.codes
    counts = _by_status(status, commitments["ever_bound"].to_numpy(), group, size)
    of = {status: counts[:, code] for status, code in STATUSES.items()}
    due = counts.sum(axis=1) - of[Status.NOT_APPLICABLE]
    return {
        "due_ever": due,
        "assessed_ever": due - of[Status.NOT_ASSESSED],
        "implemented_ever": of[Status.IMPLEMENTED],
        "partly_ever": of[Status.PARTLY_IMPLEMENTED],
    }


def _by_status(status: np.ndarray, mask: np.ndarray, group: np.ndarray, size: int) -> np.ndarray:
    """How many of a mask have each status, from the codes: [group, code of Status]."""
    rows = np.flatnonzero(mask)
    flat = group[rows] * len(STATUSES) + status[rows]
    return np.bincount(flat, minlength=size * len(STATUSES)).reshape(size, len(STATUSES))


def _different(who: np.ndarray, group: np.ndarray, people: int, size: int) -> np.ndarray:
    """How many signatories (codes below `people`) stand in each group."""
    people = max(people, 1)
    pairs = group * people + who
    # Sorting is what costs: not where one mark a pair is little, nor of rows that follow their like,
    # nor where nobody comes twice.
    if size * people <= 4 * max(len(who), people):
        marks = np.zeros(size * people, dtype=bool)
        marks[pairs] = True
        return np.count_nonzero(marks.reshape(size, people), axis=1)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    seen = np.zeros(people, dtype=bool)
    seen[pairs % people] = True
    if np.count_nonzero(seen) < len(pairs):
        pairs = np.unique(pairs)
    return np.bincount(pairs // people, minlength=size)


def _median(days: np.ndarray, group: np.ndarray, size: int) -> np.ndarray:
    """The median of days, whole and not negative, by group; NaN where there is none."""
    whole = days.astype(np.int64)
    width = int(whole.max(initial=0)) + 1
    keys = group * width + whole  # one key of both counts, or sorts, faster than two
    count = np.bincount(group, minlength=size)
    begin, found = np.cumsum(count) - count, np.full(size, np.nan)
    some = count > 0
    low, high = (begin + (count - 1) // 2)[some], (begin + count // 2)[some]
    if size * width <= 4 * len(keys):
        upto = np.cumsum(np.bincount(keys))
        low, high = (np.searchsorted(upto, place, side="right") for place in (low, high))
    else:
        keys.sort()
        low, high = keys[low], keys[high]
    found[some] = (low % width + high % width) / 2
    return found


def count_by_status(commitments: pd.DataFrame, by: GroupBy, ever: bool = False) -> pd.DataFrame:
    """Binding commitments by group and status: index = group, one int64 column per Status. `ever`: all
    that has ever bound by the day, each as it stood while it last bound."""
    (labels,), group = _groups(commitments, [GROUP_COLUMNS[GroupBy(by)]])
    status, bound = ("status_ever", "ever_bound") if ever else ("status", "binding")
    codes = commitments[status].array.codes
    counts = _by_status(codes, commitments[bound].to_numpy(), group, len(labels))
    names = [status.value for status in Status]
    return pd.DataFrame(counts, index=labels.rename("group"), columns=names)


def signing_funnel(people: pd.DataFrame, commitments: pd.DataFrame) -> dict[str, int]:
    """Two lines, each with its unit.

    People: signed, elected, in_office. Commitments: binding, due, assessed, implemented, partly.
    """
    status = commitments["status"].array.codes
    binding = commitments["binding"].to_numpy()
    (counts,) = _by_status(status, binding, np.zeros(len(status), dtype=np.int64), 1)
    of = {one: int(counts[code]) for one, code in STATUSES.items()}
    due = int(binding.sum()) - of[Status.NOT_APPLICABLE]
    signed = people["signed"].to_numpy()
    return {
        "signed": int(signed.sum()),
        "elected": int((signed & people["elected"].to_numpy()).sum()),
        "in_office": int((signed & people["in_office"].to_numpy()).sum()),
        "binding": int(binding.sum()),
        "due": due,
        "assessed": due - of[Status.NOT_ASSESSED],
        "implemented": of[Status.IMPLEMENTED],
        "partly": of[Status.PARTLY_IMPLEMENTED],
    }


def _held(found: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Without the group of who holds no office, unless something binds in it: its office is not
    known. Without the group of no theme where there is no theme at all."""
    if list(keys) == [GroupBy.THEME] and not found["group"].any():
        return found[:0]
    if GroupBy.OFFICE not in keys:
        return found
    name = "group" if len(keys) == 1 else str(GroupBy.OFFICE)
    bound = (found["due"] > 0) | (found["due_ever"] > 0)
    return found[(found[name] != "") | bound].reset_index(drop=True)


def _groups(
    commitments: pd.DataFrame, columns: list[str]
) -> tuple[tuple[pd.Index, ...], np.ndarray]:
    """(labels of the groups that have a row, in order, by column; the group of each row)."""
    if not columns:
        return (pd.Index([""], dtype="str"),), np.zeros(len(commitments), dtype=np.int64)
    cells = [commitments[column].array for column in columns]
    codes = np.zeros(len(commitments), dtype=np.int64)
    for cell in cells:
        codes = codes * len(cell.categories) + cell.codes
    present, size = np.flatnonzero(np.bincount(codes)), int(codes.max(initial=0)) + 1
    place = np.zeros(size, dtype=np.int64)
    place[present] = np.arange(len(present))
    labels, rest = [], present
    for cell in reversed(cells):
        rest, code = np.divmod(rest, max(len(cell.categories), 1))
        labels.insert(0, cell.categories.take(code).astype("str"))
    return tuple(labels), place[codes]


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def count_by_official(commitments: pd.DataFrame) -> pd.DataFrame:
    """One row per signatory of the table, in its order.

    signatory_id, name, commune, commune_name, department_code (category) as in `status.fold`;
    commitments, implemented, assessed (int64): of the rows given.
    """
    codes = commitments["signatory_id"].array.codes
    status = commitments["status"].array.codes
    _, first, own = np.unique(codes, return_index=True, return_inverse=True)
    order = np.argsort(first)
    names = ("signatory_id", "name", "commune", "commune_name", "department_code")
    masks = {
        "commitments": np.ones(len(codes), dtype=bool),
        "implemented": status == STATUSES[Status.IMPLEMENTED],
        "assessed": status != STATUSES[Status.NOT_ASSESSED],
    }
    return pd.DataFrame(
        {name: commitments[name].array.take(first[order]) for name in names}
        | {
            name: np.bincount(own[mask], minlength=len(first))[order]
            for name, mask in masks.items()
        }
    )


def count_officials(commitments: pd.DataFrame, kept: np.ndarray | slice = slice(None)) -> int:
    """How many signatories made these commitments, or those of a mask over them."""
    who = commitments["signatory_id"].array
    made = np.zeros(len(who.categories), dtype=bool)
    made[who.codes[kept]] = True
    return int(np.count_nonzero(made))

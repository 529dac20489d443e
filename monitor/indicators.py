"""Numbers that survive a hostile reader: every one with its denominator and its bounds.

Input is always the table of `status.fold`. Only binding commitments count, and those that are
`not_applicable` are in neither numerator nor denominator.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from monitor.log import STATUSES
from monitor.models import GroupBy, Status

#: The column of `fold` that each grouping reads.
GROUP_COLUMNS = {
    GroupBy.MEASURE: "measure",
    GroupBy.COMMUNE: "commune",
    GroupBy.DEPARTMENT: "department_code",
    GroupBy.REGION: "region_code",
    GroupBy.SIZE: "size",
    GroupBy.OFFICE: "office",
}


def table(commitments: pd.DataFrame, by: GroupBy | Sequence[GroupBy] | None = None) -> pd.DataFrame:
    """The indicators, in all or by group.

    group         str      code of the group ("" in all); one column per grouping if several
    due           int64    binding commitments less those not applicable, whatever their due date
    assessed      int64    of these, those with any other status than `not_assessed`
    coverage      float64  assessed / due
    implemented   int64
    partly        int64    partly implemented: never part of a rate
    rate          float64  implemented / assessed
    rate_low      float64  implemented / due: as if none of the unknown were implemented
    rate_high     float64  (implemented + not_assessed + no_evidence) / due: as if all were

    A share of nothing is NaN, never 0. The bounds are those of a share with missing answers
    (C. Manski, Partial Identification of Probability Distributions, 2003, chapter 1).
    """
    keys = [by] if isinstance(by, str) else list(by or [])
    labels, counts = _counts(commitments, [GROUP_COLUMNS[GroupBy(key)] for key in keys])
    of = {status: counts[:, code] for status, code in STATUSES.items()}
    due = counts.sum(axis=1) - of[Status.NOT_APPLICABLE]
    implemented = of[Status.IMPLEMENTED]
    unknown = of[Status.NOT_ASSESSED] + of[Status.NO_EVIDENCE]
    assessed = due - of[Status.NOT_ASSESSED]
    names = ["group"] if len(keys) <= 1 else [str(key) for key in keys]
    return pd.DataFrame(
        {
            **dict(zip(names, labels, strict=True)),
            "due": due,
            "assessed": assessed,
            "coverage": _share(assessed, due),
            "implemented": implemented,
            "partly": of[Status.PARTLY_IMPLEMENTED],
            "rate": _share(implemented, assessed),
            "rate_low": _share(implemented, due),
            "rate_high": _share(implemented + unknown, due),
        }
    )


def by_status(commitments: pd.DataFrame, by: GroupBy) -> pd.DataFrame:
    """Binding commitments by group and status: index = group, one int64 column per Status."""
    (labels,), counts = _counts(commitments, [GROUP_COLUMNS[GroupBy(by)]])
    return pd.DataFrame(
        counts, index=labels.rename("group"), columns=[status.value for status in Status]
    )


def funnel(people: pd.DataFrame, commitments: pd.DataFrame) -> dict[str, int]:
    """Two lines, each with its unit.

    People: signed, elected, in_office. Commitments: binding, due, assessed, implemented, partly.
    """
    total = table(commitments).iloc[0]
    return {
        "signed": int(people["signed"].sum()),
        "elected": int((people["signed"] & people["elected"]).sum()),
        "in_office": int((people["signed"] & people["in_office"]).sum()),
        "binding": int(commitments["binding"].sum()),
        **{name: int(total[name]) for name in ("due", "assessed", "implemented", "partly")},
    }


def _counts(
    commitments: pd.DataFrame, columns: list[str]
) -> tuple[tuple[pd.Index, ...], np.ndarray]:
    """Binding commitments by status: (the labels of the groups by column, a row of counts each), of
    the groups that have any commitment at all."""
    binding = commitments["binding"].to_numpy()
    statuses = commitments["status"].cat.codes.to_numpy()
    labels, group = (pd.Index([""], dtype="str"),), np.zeros(len(commitments), dtype=np.int64)
    if columns:
        labels, group = _groups(commitments, columns)
    size = len(STATUSES)
    flat = np.bincount(group[binding] * size + statuses[binding], minlength=len(labels[0]) * size)
    counts = flat.reshape(-1, size).astype(np.int64)
    if columns == ["office"]:  # who holds none is bound by nothing
        held = np.flatnonzero(labels[0] != "")
        return (labels[0].take(held),), counts[held]
    return labels, counts


def _groups(
    commitments: pd.DataFrame, columns: list[str]
) -> tuple[tuple[pd.Index, ...], np.ndarray]:
    """(labels of the groups that have a row, in order, by column; the group of each row)."""
    cells = [commitments[column].cat for column in columns]
    codes = np.zeros(len(commitments), dtype=np.int64)
    for cell in cells:
        codes = codes * len(cell.categories) + cell.codes.to_numpy()
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


def by_official(commitments: pd.DataFrame) -> pd.DataFrame:
    """One row per signatory of the table, in its order.

    signatory_id, name, commune, commune_name, department_code (category) as in `status.fold`;
    commitments, implemented, assessed (int64): of the rows given.
    """
    codes = commitments["signatory_id"].cat.codes.to_numpy()
    status = commitments["status"].cat.codes.to_numpy()
    size = len(commitments["signatory_id"].cat.categories)
    _, first = np.unique(codes, return_index=True)
    first.sort()
    at = codes[first]
    names = ["signatory_id", "name", "commune", "commune_name", "department_code"]
    table = commitments[names].take(first)
    for name, mask in (
        ("commitments", np.ones(len(codes), dtype=bool)),
        ("implemented", status == STATUSES[Status.IMPLEMENTED]),
        ("assessed", status != STATUSES[Status.NOT_ASSESSED]),
    ):
        table[name] = np.bincount(codes[mask], minlength=size)[at]
    return table.reset_index(drop=True)

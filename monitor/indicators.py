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
#: Below this number of due commitments a group shows counts, not percentages.
FEW = 5


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
    counts = _counts(commitments, [GROUP_COLUMNS[GroupBy(key)] for key in keys])
    due = counts.drop(columns=[Status.NOT_APPLICABLE]).sum(axis=1)
    implemented = counts[Status.IMPLEMENTED]
    unknown = counts[Status.NOT_ASSESSED] + counts[Status.NO_EVIDENCE]
    assessed = due - counts[Status.NOT_ASSESSED]
    result = pd.DataFrame(
        {
            "due": due,
            "assessed": assessed,
            "coverage": _share(assessed, due),
            "implemented": implemented,
            "partly": counts[Status.PARTLY_IMPLEMENTED],
            "rate": _share(implemented, assessed),
            "rate_low": _share(implemented, due),
            "rate_high": _share(implemented + unknown, due),
        }
    )
    names = ["group"] if len(keys) <= 1 else [str(key) for key in keys]
    return result.rename_axis(index=names).reset_index()


def by_status(commitments: pd.DataFrame, by: GroupBy) -> pd.DataFrame:
    """Binding commitments by group and status: index = group, one int64 column per Status."""
    return _counts(commitments, [GROUP_COLUMNS[GroupBy(by)]]).rename_axis(index="group")


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


def _counts(commitments: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Binding commitments by status, one row per group that has any commitment at all."""
    binding = commitments["binding"].to_numpy()
    statuses = commitments["status"].cat.codes.to_numpy()
    if columns:
        grouped = commitments.groupby(columns, observed=True, sort=True)
        group, labels = grouped.ngroup().to_numpy(), grouped.size().index
    else:
        group, labels = np.zeros(len(commitments), dtype=np.int64), pd.Index([""])
    size = len(STATUSES)
    flat = np.bincount(group[binding] * size + statuses[binding], minlength=len(labels) * size)
    names = [status.value for status in Status]
    if not isinstance(labels, pd.MultiIndex):
        labels = labels.astype("str")
    counts = pd.DataFrame(flat.reshape(-1, size), index=labels, columns=names).astype("int64")
    return counts.drop(index="", errors="ignore") if columns == ["office"] else counts


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole > 0).astype("float64")


def by_official(commitments: pd.DataFrame) -> pd.DataFrame:
    """One row per signatory of the table, in its order.

    signatory_id, name, commune, commune_name, department_code (category) as in `status.fold`;
    commitments, implemented, assessed (int64): of the rows given.
    """
    codes = commitments["signatory_id"].cat.codes.to_numpy()
    status = commitments["status"].cat.codes.to_numpy()
    size = len(commitments["signatory_id"].cat.categories)
    first = commitments.drop_duplicates("signatory_id")
    at = first["signatory_id"].cat.codes.to_numpy()
    table = first[["signatory_id", "name", "commune", "commune_name", "department_code"]].copy()
    for name, mask in (
        ("commitments", np.ones(len(codes), dtype=bool)),
        ("implemented", status == STATUSES[Status.IMPLEMENTED]),
        ("assessed", status != STATUSES[Status.NOT_ASSESSED]),
    ):
        table[name] = np.bincount(codes[mask], minlength=size)[at]
    return table.reset_index(drop=True)

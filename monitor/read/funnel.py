"""Groups beside the whole, and what chance alone would make of them. No order among them."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor.analysis.groups import (
    INNER,
    OUTER,
    StandardisedGroups,
    funnel_limits,
    over_dispersion,
    standardise_groups,
)
from monitor.analysis.intervals import design_effect
from monitor.analysis_codes import FUNNELS
from monitor.indicators import GROUP_COLUMNS
from monitor.log import STATUSES
from monitor.models import FEW, GroupBy, Status
from monitor.read import chart_data
from monitor.read.cache import per_filter
from monitor.read.selection import View
from monitor.shares import is_enough
from monitor.tables import SHARE_DIGITS

#: The fewest groups that a funnel is drawn of.
GROUPS = 10
#: Points of a line of limits.
LINE = 80


class Funnel(NamedTuple):
    """`table`: as of `group_funnel`. `share`: of the whole; `widened`: by what the number of cases is
    divided for the limits: the design effect, times the over-dispersion."""

    table: pd.DataFrame
    share: float
    widened: float


@per_filter
def group_funnel(view: View, by: str, alike: bool) -> Funnel:
    """The groups of five assessed commitments of five signatories or more, whatever the filter by
    status, in the order of `chart_data.group_labels`; with `alike`, each beside what the whole would
    make of the same measures, sizes and offices (indirect standardisation).

    group           str
    assessed, officials_assessed, implemented  int64
    expected        float64  implemented, if each were so as often as the whole in its stratum
    rate            float64  `StandardisedGroups.adjusted_rates`: unless `alike`, implemented / assessed
    inner_low, inner_high, outer_low, outer_high  float64  limits of chance at that number, 95 and 99.8 %
    outside         int64    0 within the inner limits, 1 between them and the outer ones, 2 beyond
    coverage, months_since_entry  float64  as in `indicators.indicator_table`
    """
    rows = _assessed(view)
    implemented = rows["status"].array.codes == STATUSES[Status.IMPLEMENTED]
    who = rows["signatory_id"].array
    hits, cases = (
        np.bincount(who.codes, weights, len(who.categories)) for weights in (implemented, None)
    )
    effect = design_effect(hits, cases)
    share = float(implemented.mean()) if len(rows) else np.nan
    cells = rows[GROUP_COLUMNS[GroupBy(by)]].array
    size = len(cells.categories)
    found = standardise_groups(implemented, cells.codes, size, _strata(rows, by, alike))
    groups = chart_data.indicators_by_group(view, by)
    groups = groups[is_enough(groups["assessed"], groups["officials_assessed"])]
    at = cells.categories.get_indexer(groups["group"])
    kept = StandardisedGroups(*(column[at] for column in found))
    widened = effect * over_dispersion(kept.distances(effect))
    rate = kept.adjusted_rates(share)
    limits = {
        level: np.array([funnel_limits(n / widened, share, level) for n in kept.cases])
        for level in (INNER, OUTER)
    }
    outside = sum(
        ((rate < ends[:, 0]) | (rate > ends[:, 1])).astype(np.int64)
        for ends in (each.reshape(-1, 2) for each in limits.values())
    )
    table = pd.DataFrame(
        {
            "group": groups["group"].to_numpy(),
            "assessed": kept.cases,
            "officials_assessed": groups["officials_assessed"].to_numpy(),
            "implemented": kept.observed,
            "expected": kept.expected.round(1),
            "rate": rate,
            **{
                f"{name}_{end}": limits[level].reshape(-1, 2)[:, place]
                for name, level in (("inner", INNER), ("outer", OUTER))
                for place, end in enumerate(("low", "high"))
            },
            "outside": outside,
            "coverage": groups["coverage"].to_numpy(),
            "months_since_entry": groups["months_since_entry"].to_numpy(),
        }
    )
    return Funnel(table.round(SHARE_DIGITS), share, widened)


def draws_funnel(view: View, by: str) -> bool:
    """Whether the groups are enough for a funnel, and not all alike."""
    if not view.in_departments:
        return False
    funnel = group_funnel(view, by, False)
    return len(funnel.table) >= GROUPS and 0 < funnel.share < 1


def all_groups(view: View) -> pd.DataFrame:
    """`group_funnel` by each of FUNNELS, as they are and beside their like: columns grouping, code and
    alike in place of its group. Without the places of a pact that has no departments."""
    parts = [
        group_funnel(view, by, alike).table.assign(
            grouping=by.value, alike="yes" if alike else "no"
        )
        for by in FUNNELS
        for alike in (False, True)
    ]
    table = pd.concat(parts, ignore_index=True).rename(columns={"group": "code"})
    first = ["grouping", "code", "alike"]
    table = table[[*first, *table.columns.drop(first)]]
    return table if view.in_departments else table[:0]


def _assessed(view: View) -> pd.DataFrame:
    """What the rate of the assessed is counted from."""
    rows = view.commitments_for_figures
    status = rows["status"].array.codes
    apart = [STATUSES[each] for each in (Status.NOT_APPLICABLE, Status.NOT_ASSESSED)]
    return rows.take(np.flatnonzero(rows["binding"].to_numpy() & ~np.isin(status, apart)))


def _strata(rows: pd.DataFrame, by: str, alike: bool) -> np.ndarray:
    """The stratum of each: measure, size of the place and, where several bind, office, less what the
    groups are made by; one for all unless `alike`."""
    found = np.zeros(len(rows), dtype=np.int64)
    names = ["measure", "size", "office_ever"] if alike else []
    for name in names:
        if name != GROUP_COLUMNS[GroupBy(by)]:
            cells = rows[name].array
            found = found * (len(cells.categories) + 1) + cells.codes + 1
    return np.unique(found, return_inverse=True)[1] if len(found) else found


@per_filter
def limit_lines(view: View, by: str, alike: bool) -> pd.DataFrame:
    """The limits of the funnel as lines: assessed (from FEW to the largest group), and the four of
    `group_funnel`."""
    funnel = group_funnel(view, by, alike)
    most = int(funnel.table["assessed"].max())
    cases = np.unique(np.geomspace(FEW, max(most, FEW + 1), LINE).round().astype(np.int64))
    found = {
        level: np.array([funnel_limits(n / funnel.widened, funnel.share, level) for n in cases])
        for level in (INNER, OUTER)
    }
    return pd.DataFrame(
        {
            "assessed": cases,
            **{
                f"{name}_{end}": found[level][:, place]
                for name, level in (("inner", INNER), ("outer", OUTER))
                for place, end in enumerate(("low", "high"))
            },
        }
    ).round(SHARE_DIGITS)

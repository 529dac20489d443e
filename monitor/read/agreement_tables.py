"""What two blind readers said, as tables: pairs without a name, and the figures counted from them.

Nobody has reviewed a reading yet when its pair opens: a row says neither of whom it is nor by whom, and
its place tells nothing. Nor does it say which measure: which measures of an official are drawn for is
known to all, and a set that few others have would be a name. So what is said of each measure is counted
here, of measures that enough officials have, once a sample is read to its end.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from monitor.analysis.agreement import (
    Agreement,
    Alpha,
    Pair,
    Percentage,
    agreement_of,
    percentage_of,
    publishable_alpha,
)
from monitor.export.analysis_fields import ANALYSES
from monitor.models import FEW, Status
from monitor.queries.ratings import RatingPair
from monitor.samples import EVIDENCE

FIGURES, PAIRS = "agreement", "agreement_pairs"
COLUMNS = {name: [field.name for field in ANALYSES[name]] for name in (FIGURES, PAIRS)}
#: Of a pair, before anything is published of it.
_ALL_COLUMNS = (*COLUMNS[PAIRS], "is_blind", "measure")
_ORDER = {status: place for place, status in enumerate(Status)}


def pairs_in_steps(
    pairs: Sequence[RatingPair], doubled: Iterable[tuple[str, str]]
) -> list[RatingPair]:
    """What may be published of the pairs of a plan, which are in the order in which they opened: those
    of the officials of whom all that is `doubled` was read twice, by fives; the last five with whoever
    is left once everybody was. Whoever knows whose pair came in then finds at least five officials
    more, never one pair.
    """
    left: dict[str, set[str]] = {}
    for official, measure in doubled:
        left.setdefault(official, set()).add(measure)
    everybody = left.keys() | {one.signatory_id for one in pairs}
    done: dict[str, None] = {}
    for one in pairs:
        waited = left.get(one.signatory_id, set())
        waited.discard(one.measure)
        if not waited:
            done[one.signatory_id] = None
    count = len(done)
    if count < len(everybody):
        count -= count % FEW
        if len(everybody) - count < FEW:
            count -= FEW
    shown = {*list(done)[: max(count, 0)]}
    return [one for one in pairs if one.signatory_id in shown]


def table_of_pairs(pairs: Mapping[str, Sequence[RatingPair]]) -> pd.DataFrame:
    """Pairs, a row each: officials as numbers, statuses in the order of `Status`."""
    rows = []
    for plan_id, own in pairs.items():
        numbers: dict[str, int] = {}
        for place, one in enumerate(own, start=1):
            number = numbers.setdefault(one.signatory_id, len(numbers) + 1)
            statuses = sorted((one.first.status, one.second.status), key=_ORDER.__getitem__)
            shown = (status.value for status in statuses)
            alike = (one.has_same_source, EVIDENCE[one.has_same_evidence])
            rows.append((plan_id, place, number, *shown, *alike, one.is_blind, one.measure))
    return pd.DataFrame(rows, columns=list(_ALL_COLUMNS), dtype=object)


def public_pairs(
    pairs: Mapping[str, Sequence[RatingPair]], finished: Collection[str] | None = None
) -> pd.DataFrame:
    """`table_of_pairs`, of the plans of which everybody may read how far readers agree: of enough
    pairs that are counted, and of enough officials. `finished`: the plans of which all is read, if not
    all are; of the others the measure is empty, for a later pair would tell itself by what it changes.
    """
    table = table_of_pairs(pairs)
    if finished is not None:
        table["measure"] = table["measure"].where(table["plan_id"].isin(list(finished)), None)
    counts = _counted(table).groupby("plan_id")["official"].agg(["size", "nunique"]).min(axis=1)
    kept = table["plan_id"].isin(counts[counts >= FEW].index)
    return table[kept].reset_index(drop=True)


def anonymous_rows(pairs: pd.DataFrame) -> pd.DataFrame:
    """Of `public_pairs`, what is published: the pairs that are counted, without their measure. Of one
    that did not stay blind the log tells which it is."""
    rows = _counted(pairs)[COLUMNS[PAIRS]].reset_index(drop=True)
    rows["place"] = (rows.groupby("plan_id", sort=False).cumcount() + 1).astype(object)
    return rows


def agreement_of_rows(rows: pd.DataFrame) -> Agreement:
    """What the pairs of one plan that are counted agree on."""
    return agreement_of(_pairs(rows))


def agreement_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """The figures of `public_pairs`: a row for each plan, then one for each of its measures that enough
    officials have, which have no coefficient."""
    rows = []
    for plan_id, own in pairs.groupby("plan_id", sort=False):
        rows.append(_figures(str(plan_id), None, own, agreement_of_rows(own)))
        for measure, part in own.groupby("measure", sort=True):
            if len(_counted(part)) >= FEW:
                rows.append(_figures(str(plan_id), str(measure), part, None))
    return pd.DataFrame(rows, columns=COLUMNS[FIGURES], dtype=object)


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """The pairs that stayed blind, and in which there was something to judge."""
    judged = rows["same_source"].astype(bool) | rows["evidence"].ne(EVIDENCE[True])
    return rows[rows["is_blind"].astype(bool) & judged]


def _pairs(rows: pd.DataFrame) -> list[Pair]:
    """The pairs that are counted."""
    return [
        Pair(
            int(row.official),
            str(row.measure),
            Status(row.one_status),
            Status(row.other_status),
            bool(row.same_source),
        )
        for row in _counted(rows).itertuples()
    ]


def _figures(
    plan_id: str, measure: str | None, rows: pd.DataFrame, whole: Agreement | None
) -> tuple:
    pairs = _pairs(rows)
    same = [pair for pair in pairs if pair.same_source]
    classes, statuses = percentage_of(pairs, by_class=True), percentage_of(pairs)
    officials = len({pair.official for pair in pairs})
    shown = min(len(pairs), officials) >= FEW
    ordinal, nominal = publishable_alpha(whole) if whole else (_NONE, _NONE)
    return (
        plan_id,
        measure,
        len(pairs),
        officials,
        len(rows) - len(pairs),
        *_share(classes, shown),
        *_share(statuses, shown),
        whole.ladder if whole else None,
        *map(_rounded, ordinal),
        *map(_rounded, nominal),
        len(same),
        sum(pair.first is pair.second for pair in same),
        rows["evidence"].iloc[0],
    )


_NONE = Alpha(None, None, None)


def _share(found: Percentage, is_shown: bool) -> tuple:
    if not is_shown:
        return found.agreeing, None, None, None
    return found.agreeing, *map(_rounded, (found.share, found.low, found.high))


def _rounded(value: float | None) -> float | None:
    """As files have it."""
    return None if value is None or np.isnan(value) else round(value, 4)

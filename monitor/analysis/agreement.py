"""Agreement of two people who read the same commitments without seeing each other's status.

K. Krippendorff, Content Analysis, 2nd ed. 2004, ch. 11 (coincidences, α nominal and ordinal); A. Hayes &
K. Krippendorff, Communication Methods and Measures 1, 2007, p. 77; A. Zapf et al., BMC Medical Research
Methodology 16, 2016, no. 93 (bootstrap of units).
"""

from collections.abc import Hashable, Iterable, Sequence
from random import Random
from typing import Literal, NamedTuple, TypeVar

import numpy as np

from monitor.analysis.intervals import LEVEL, design_effect, wilson_interval
from monitor.models import Status, Verdict

#: Under so many pairs only percentages and the table are shown; under the second, α is provisional.
PAIRS_FOR_ALPHA, PAIRS_FOR_SURE = 50, 100
#: How often officials are drawn again for an interval, and the seed of these draws.
DRAWS, SEED = 2_000, 7
#: The ladder of the ordinal α, from nothing known to done. What is stalled, abandoned or not applicable
#: is on no rung of it.
LADDER = (
    Status.NO_EVIDENCE,
    Status.NOT_STARTED,
    Status.ANNOUNCED,
    Status.DECIDED,
    Status.IN_PROGRESS,
    Status.PARTLY_IMPLEMENTED,
    Status.IMPLEMENTED,
)

Metric = Literal["nominal", "ordinal"]


Thing = TypeVar("Thing")
StatusPair = tuple[Status, Status]


class Pair(NamedTuple):
    """What two people said of one commitment; in which order is of no account. `same_source`: whether
    both cite one address."""

    official: Hashable
    measure: str
    first: Status
    second: Status
    same_source: bool = False


class Alpha(NamedTuple):
    """α with its interval, all None where everybody said the same, so that nothing can be told."""

    value: float | None
    low: float | None
    high: float | None


class Percentage(NamedTuple):
    """A share of pairs with its interval, which counts the pairs of one official for what they tell."""

    agreeing: int
    pairs: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.agreeing / self.pairs if self.pairs else np.nan


class MeasureAgreement(NamedTuple):
    """Of one measure: how many pairs, how many say the same status, how many the same class; of those
    that do not say the same status, how many have one source, and which two statuses how often, the
    commonest first."""

    measure: str
    pairs: int
    same_status: int
    same_class: int
    apart_same_source: int
    apart: tuple[tuple[StatusPair, int], ...]


class Agreement(NamedTuple):
    """`classes`: of what the public reads, kept, partly kept or not (`verdict_class`). `statuses`: of
    the status itself. `ladder`: how many pairs are within LADDER, which `ordinal` is of. `table`: how
    many pairs of each two statuses, in the order of `Status`, each pair once. `same_source`: how many
    pairs have one source, and how many of these say the same status."""

    pairs: int
    officials: int
    classes: Percentage
    statuses: Percentage
    nominal: Alpha
    ordinal: Alpha
    ladder: int
    table: dict[StatusPair, int]
    measures: tuple[MeasureAgreement, ...]
    same_source: tuple[int, int]

    def heaviest_pairs(self, most: int = 3) -> list[tuple[StatusPair, int]]:
        """The commonest disagreements, those first that change what the public reads where two are as
        common."""
        return _heaviest(self.table)[:most]

    def measure_of_most(self, pair: StatusPair) -> tuple[str, int] | None:
        """The measure in which two statuses part the readers more often than in any other, and how
        often."""
        return commonest([(one.measure, dict(one.apart).get(pair, 0)) for one in self.measures])

    def measures_to_rewrite(self, most: int = 3) -> list[MeasureAgreement]:
        """The measures with the most disagreements, two at least; of as many, those with the fewest
        pairs first."""
        apart = [one for one in self.measures if one.pairs - one.same_status > 1]
        apart.sort(key=lambda one: (one.same_status - one.pairs, one.pairs))
        return apart[:most]


def commonest(counts: Iterable[tuple[Thing, int]]) -> tuple[Thing, int] | None:
    """What is there more often than all else, and more than once, with how often; None if nothing is."""
    ordered = sorted(counts, key=lambda one: -one[1])
    next_most = max([1, *(count for _, count in ordered[1:2])])
    return ordered[0] if ordered and ordered[0][1] > next_most else None


def verdict_class(status: Status) -> Verdict:
    """What the public reads of a status: kept, partly kept, or not (`unfinished`). What cannot be asked
    is a class of its own, so that it never agrees with anything else."""
    if status.verdict in (Verdict.KEPT, Verdict.PARTLY_KEPT, Verdict.NOT_APPLICABLE):
        return status.verdict
    return Verdict.UNFINISHED


def coincidences(values: np.ndarray, codes: int) -> np.ndarray:
    """The matrix of coincidences (codes × codes, float64) of units that several people rated.

    `values`: raters × units, numbers from 0 to `codes`, −1 where somebody said nothing. A unit of which
    fewer than two said anything is left out.
    """
    found = np.zeros((codes, codes))
    for unit in values.T:
        counts = np.bincount(unit[unit >= 0], minlength=codes).astype(float)
        if (ratings := counts.sum()) > 1:
            found += (np.outer(counts, counts) - np.diag(counts)) / (ratings - 1)
    return found


def krippendorff_alpha(matrix: np.ndarray, metric: Metric) -> np.ndarray:
    """α of one matrix of coincidences, or of each of many (… × codes × codes); NaN where all is alike.

    Ordinal: by the rank of the codes, in the order in which they are numbered.
    """
    each = matrix.sum(-1)
    if metric == "nominal":
        apart = 1.0 - np.eye(matrix.shape[-1])
    else:
        middle = np.cumsum(each, -1) - each / 2
        apart = np.square(middle[..., :, None] - middle[..., None, :])
    seen = (matrix * apart).sum((-1, -2))
    chance = (each[..., :, None] * each[..., None, :] * apart).sum((-1, -2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - seen * (each.sum(-1) - 1) / chance


def resampling_weights(clusters: int, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """How often each cluster is drawn in each of `draws` draws of as many, with replacement (int64)."""
    draw = Random(seed).randrange
    drawn = np.array([draw(clusters) for _ in range(draws * clusters)]).reshape(draws, clusters)
    places = np.arange(draws)[:, None] * clusters + drawn
    return np.bincount(places.ravel(), minlength=draws * clusters).reshape(draws, clusters)


def percentile_interval(values: np.ndarray) -> tuple[float, float]:
    """(lower, upper) limit, at 95 %, of what was computed of each draw; NaN is left out."""
    known = np.sort(values[np.isfinite(values)])
    if not len(known):
        return np.nan, np.nan
    cut = int((1 - LEVEL) / 2 * (len(known) - 1))
    return float(known[cut]), float(known[-cut - 1])


def agreement_of(pairs: Sequence[Pair], seed: int = SEED) -> Agreement:
    """What pairs of ratings agree on. The same pairs in the same order give the same figures."""
    officials = {
        name: number for number, name in enumerate(dict.fromkeys(p.official for p in pairs))
    }
    of_official = np.array([officials[pair.official] for pair in pairs], dtype=np.int64)
    weights = resampling_weights(len(officials), seed=seed) if pairs else np.zeros((0, 0), int)
    every, rungs = tuple(Status), set(LADDER)
    within = np.array([{p.first, p.second} <= rungs for p in pairs], dtype=bool)
    return Agreement(
        len(pairs),
        len(officials),
        percentage_of(pairs, by_class=True),
        percentage_of(pairs),
        _alpha(pairs, every, of_official, weights, "nominal"),
        _alpha(
            [pair for pair, is_within in zip(pairs, within, strict=True) if is_within],
            LADDER,
            of_official[within],
            weights,
            "ordinal",
        ),
        int(within.sum()),
        _count_pairs(pairs),
        _by_measure(pairs),
        (
            len(cited := [p for p in pairs if p.same_source]),
            sum(p.first is p.second for p in cited),
        ),
    )


def _heaviest(table: dict[StatusPair, int]) -> list[tuple[StatusPair, int]]:
    apart = [(pair, count) for pair, count in table.items() if pair[0] is not pair[1]]
    apart.sort(key=lambda one: (-one[1], verdict_class(one[0][0]) is verdict_class(one[0][1])))
    return apart


def publishable_alpha(found: Agreement) -> tuple[Alpha, Alpha]:
    """α ordinal and nominal, each empty under PAIRS_FOR_ALPHA pairs."""
    none = Alpha(None, None, None)
    return (
        found.ordinal if found.ladder >= PAIRS_FOR_ALPHA else none,
        found.nominal if found.pairs >= PAIRS_FOR_ALPHA else none,
    )


def percentage_of(pairs: Sequence[Pair], by_class: bool = False) -> Percentage:
    """How many pairs say the same status, or the same `verdict_class`."""
    officials = {name: k for k, name in enumerate(dict.fromkeys(p.official for p in pairs))}
    of_official = np.array([officials[pair.official] for pair in pairs], dtype=np.int64)
    return _percentage([_is_same(pair, by_class) for pair in pairs], of_official)


def _is_same(pair: Pair, by_class: bool) -> bool:
    if by_class:
        return verdict_class(pair.first) is verdict_class(pair.second)
    return pair.first is pair.second


def _percentage(agree: list[bool], of_official: np.ndarray) -> Percentage:
    hits = np.bincount(of_official, agree)
    cases = np.bincount(of_official)
    size = len(agree) / design_effect(hits, cases)
    low, high = wilson_interval(sum(agree) / len(agree) if agree else np.nan, size)
    return Percentage(sum(agree), len(agree), float(low), float(high))


def _alpha(
    pairs: Sequence[Pair],
    codes: tuple[Status, ...],
    of_official: np.ndarray,
    weights: np.ndarray,
    metric: Metric,
) -> Alpha:
    """α of pairs, and its interval: officials drawn again, each with all of their pairs."""
    if not pairs:
        return Alpha(None, None, None)
    first, second = (
        np.array([codes.index(status) for status in pair])
        for pair in zip(*((p.first, p.second) for p in pairs), strict=True)
    )
    count = len(codes)
    own = np.zeros((weights.shape[1], count, count))
    np.add.at(own, (of_official, first, second), 1)
    np.add.at(own, (of_official, second, first), 1)
    value = float(krippendorff_alpha(own.sum(0), metric))
    if not np.isfinite(value):
        return Alpha(None, None, None)
    drawn = np.tensordot(weights.astype(float), own, 1)
    return Alpha(value, *percentile_interval(krippendorff_alpha(drawn, metric)))


def _count_pairs(pairs: Sequence[Pair]) -> dict[tuple[Status, Status], int]:
    order = {status: place for place, status in enumerate(Status)}
    found: dict[tuple[Status, Status], int] = {}
    for pair in pairs:
        one, other = sorted((pair.first, pair.second), key=order.__getitem__)
        found[one, other] = found.get((one, other), 0) + 1
    return dict(sorted(found.items(), key=lambda item: tuple(order[one] for one in item[0])))


def _by_measure(pairs: Sequence[Pair]) -> tuple[MeasureAgreement, ...]:
    """In the order in which measures are first met."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair.measure, []).append(pair)
    return tuple(
        MeasureAgreement(
            measure,
            len(own),
            sum(_is_same(pair, False) for pair in own),
            sum(_is_same(pair, True) for pair in own),
            sum(pair.same_source and not _is_same(pair, False) for pair in own),
            tuple(_heaviest(_count_pairs(own))),
        )
        for measure, own in found.items()
    )

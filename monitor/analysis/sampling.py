"""A sample of officials drawn at random, and what it says of all: a share with its margin.

Nobody chooses: officials are drawn in the order of the SHA-256 of a public seed and their id, which
anybody can compute again. What is already followed is not drawn but taken whole. The share is a ratio
over strata (W. Cochran, Sampling Techniques, 3rd ed. 1977, § 6.11), whose variance knows that the rest
is finite; its interval is Wilson's for as many independent cases as that variance is worth. What is not
known of those drawn counts once as no and once as yes (J. Horowitz & C. Manski, Journal of the American
Statistical Association 95, 2000, p. 77).
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from monitor.analysis.intervals import student_quantile, wilson_interval

#: The fewest officials drawn in a stratum that has as many: a variance needs two.
LEAST = 2
#: What rounding leaves of a variance that is 0.
ROUNDING = 1e-18
#: The design effect that a plan reckons with: commitments of one official are somewhat alike.
ALIKE = 1.1


def draw_digest(seed: str, official: str) -> str:
    """The number, in hexadecimal, by which an official is drawn: the smallest come first."""
    return sha256(f"{seed}:{official}".encode()).hexdigest()


def draw_order(seed: str, officials: Iterable[str]) -> list[str]:
    """The officials in the order in which they are drawn."""
    return sorted(officials, key=lambda official: (draw_digest(seed, official), official))


def draw_double_rated(seed: str, drawn: Sequence[str], share: float) -> list[str]:
    """Which of some drawn officials (or whatever else was drawn) two people rate: that share of them,
    rounded up, by an order of its own."""
    # 0.1 × 30 is a little more than 3.
    wanted = math.ceil(round(share * len(drawn), 9))
    return draw_order(f"{seed}:double", drawn)[:wanted]


def allocate(
    sizes: Sequence[int],
    total: int,
    least: int = LEAST,
    spread: Sequence[float] | None = None,
) -> list[int]:
    """How many officials to draw in each stratum, by its size: proportional, the largest remainders
    rounded up, and in each at least `least`, or all that it has. `spread`: the standard deviation in
    each stratum, where it is known (J. Neyman's allocation: more where they differ more).

    The sum is `total` unless there are fewer officials, or the least of each make more."""
    sizes = [int(size) for size in sizes]
    weights = [float(size) for size in sizes]
    if spread is not None:
        weights = [size * each for size, each in zip(sizes, spread, strict=True)]
    fixed: dict[int, int] = {}
    while True:
        free = [at for at in range(len(sizes)) if at not in fixed]
        rest = max(total - sum(fixed.values()), 0)
        whole = sum(weights[at] for at in free)
        quotas = {at: rest * weights[at] / whole if whole else 0.0 for at in free}
        low = {at: min(least, sizes[at]) for at in free if quotas[at] < min(least, sizes[at])}
        high = {at: sizes[at] for at in free if quotas[at] >= sizes[at]}
        if not low and not high:
            break
        # One kind at a time: what one stratum cannot take may lift another above its least.
        fixed |= high or low
    found = fixed | {at: int(quotas[at]) for at in free}
    missing = max(total - sum(found.values()), 0) if free else 0
    for at in sorted(free, key=lambda at: (int(quotas[at]) - quotas[at], at))[:missing]:
        found[at] += 1
    return [found[at] for at in range(len(sizes))]


@dataclass(frozen=True)
class DrawnStratum:
    """What is known of the officials drawn in one stratum of `size` officials. Of each of them, by its
    id in `officials`: how many commitments it has that were not taken whole (`cases`), of how many the
    answer is yes (`hits`), and of how many it is not known (`unknown`)."""

    size: int
    officials: Sequence[str]
    hits: np.ndarray
    unknown: np.ndarray
    cases: np.ndarray


class Whole(NamedTuple):
    """The same three counts of the commitments that are taken whole."""

    hits: int
    unknown: int
    cases: int


#: Nothing is taken whole.
NO_WHOLE = Whole(0, 0, 0)


@dataclass(frozen=True)
class Share:
    """A share estimated from a sample: its standard error, its degrees of freedom, and its limits at
    95 %. NaN where nothing can be said."""

    value: float
    error: float
    df: int
    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """A share if all that is not known is no (`least`), and if all of it is yes (`most`)."""

    least: Share
    most: Share

    @property
    def interval(self) -> tuple[float, float]:
        """From the lower limit of the one to the upper limit of the other."""
        return self.least.low, self.most.high

    @property
    def is_point(self) -> bool:
        """Whether nothing is left unknown of what was drawn or taken whole."""
        return self.least == self.most


@dataclass(frozen=True)
class Change:
    """By how much a share moved between two rounds: at least and at most, and the limits at 95 %."""

    least: float
    most: float
    error: float
    low: float
    high: float


def estimate(strata: Sequence[DrawnStratum], whole: Whole = NO_WHOLE) -> Estimate:
    """The share of all commitments that have the answer, taken whole or drawn for."""
    return Estimate(*(_Totals(strata, whole, unknown).share for unknown in (False, True)))


def estimate_change(
    before: tuple[Sequence[DrawnStratum], Whole],
    after: tuple[Sequence[DrawnStratum], Whole],
    count_shared: Callable[[int, int], int],
) -> Change:
    """By how much the share moved from one round to the next. Officials drawn in both vary together:
    their covariance is taken off. `count_shared`: how many officials a stratum of the first has in
    common with one of the second (by their places), drawn or not.

    Where a share has no standard error, limits from those of the two shares (G. Zou & A. Donner,
    Statistics in Medicine 27, 2008, p. 1693).
    """
    found = []
    for unknown_before in (True, False):
        one = _Totals(*before, unknown_before)
        two = _Totals(*after, not unknown_before)
        found.append(_difference(one, two, one.covariance(two, count_shared)))
    least, most = found
    error = max(least.error, most.error)
    return Change(least.value, most.value, error, least.low, most.high)


def expected_margin(
    strata: Sequence[tuple[int, int, int]], whole: int, share: float, alike: float = ALIKE
) -> float:
    """Half of what is, about, between the limits at 95 % that a plan will give, if that share of what it
    draws for has the answer and all is answered. `strata`: of each (officials, commitments, drawn);
    `whole`: how many commitments are taken whole. NaN where a stratum has one official drawn of several.
    """
    rest = sum(commitments for _, commitments, _ in strata)
    df = sum(drawn - 1 for _, _, drawn in strata)
    if not whole + rest or any(drawn < min(LEAST, officials) for officials, _, drawn in strata):
        return np.nan
    left = sum((officials / drawn - 1) * commitments for officials, commitments, drawn in strata)
    if df < 1 or left == 0:
        return 0.0 if left == 0 else np.nan
    low, high = wilson_interval(share, rest**2 / (left * alike), student_quantile(df))
    return float(high - low) / 2 * rest / (whole + rest)


class _Totals:
    """Totals of a sample, with what is not known as no, or as yes (`unknown`)."""

    def __init__(self, strata: Sequence[DrawnStratum], whole: Whole, unknown: bool):
        self.strata = strata
        self.hits = [each.hits + each.unknown if unknown else each.hits for each in strata]
        self.whole_hits = whole.hits + whole.unknown if unknown else whole.hits
        self.rest_hits = sum(s.size * h.mean() for s, h in zip(strata, self.hits, strict=True))
        self.rest = sum(each.size * each.cases.mean() for each in strata)
        self.all = whole.cases + self.rest
        self.value = float((self.whole_hits + self.rest_hits) / self.all) if self.all else np.nan
        self.residuals = [
            hits - self.value * each.cases for each, hits in zip(strata, self.hits, strict=True)
        ]

    @property
    def variance(self) -> float:
        """NaN where a stratum has one official drawn of several; 0 where nobody differs, which
        rounding would hide."""
        total = 0.0
        for each, residuals in zip(self.strata, self.residuals, strict=True):
            drawn = len(residuals)
            if drawn < each.size:
                spread = residuals.var(ddof=1) if drawn >= LEAST else np.nan
                total += each.size**2 * (1 - drawn / each.size) / drawn * spread
        variance = float(total / self.all**2) if self.all else np.nan
        return 0.0 if variance < ROUNDING else variance

    @property
    def share(self) -> Share:
        df = sum(len(each.cases) - 1 for each in self.strata)
        variance = self.variance
        low, high = self._limits(variance, df)
        return Share(self.value, math.sqrt(variance), df, low, high)

    def _limits(self, variance: float, df: int) -> tuple[float, float]:
        if not self.all:
            return np.nan, np.nan
        floor = self.whole_hits / self.all
        ceiling = (self.whole_hits + self.rest) / self.all
        drawn = sum(len(each.cases) for each in self.strata)
        size = sum(each.size for each in self.strata)
        if drawn == size:
            return self.value, self.value
        if math.isnan(variance) or df < 1:
            return floor, ceiling
        quantile = student_quantile(df)
        share = self.rest_hits / self.rest if self.rest else 0.0
        if variance == 0 or share in (0, 1):
            # Nobody drawn differs: their variance would promise that nobody else does. As if each
            # official were one case.
            limits = wilson_interval(share, drawn / (1 - drawn / size), quantile)
            low, high = (floor + self.rest / self.all * float(limit) for limit in limits)
        else:
            cases = self.value * (1 - self.value) / variance
            low, high = (float(limit) for limit in wilson_interval(self.value, cases, quantile))
        return float(max(low, floor)), float(min(high, ceiling))

    def covariance(self, other: "_Totals", count_shared: Callable[[int, int], int]) -> float:
        """That of the two shares, from the officials drawn for both."""
        total = 0.0
        for here, one in enumerate(self.strata):
            at = {official: place for place, official in enumerate(one.officials)}
            for there, two in enumerate(other.strata):
                both = [(at[o], place) for place, o in enumerate(two.officials) if o in at]
                if len(both) < LEAST:
                    continue
                mine, theirs = np.array(both).T
                pair = self.residuals[here][mine], other.residuals[there][theirs]
                together = float(np.cov(*pair)[0, 1])
                drawn = len(one.officials) * len(two.officials)
                weight = one.size * two.size * len(both) / drawn - count_shared(here, there)
                total += weight * together
        return total / (self.all * other.all) if self.all and other.all else np.nan


def _difference(one: _Totals, two: _Totals, covariance: float) -> Share:
    first, second = one.share, two.share
    value, df = second.value - first.value, min(first.df, second.df)
    variance = first.error**2 + second.error**2 - 2 * covariance
    error = math.sqrt(max(variance, 0.0)) if not math.isnan(variance) else np.nan
    if first.error * second.error > 0 and df:
        down = up = student_quantile(df) * error
    else:
        # Where nobody drawn differs, or everybody was: from the limits of the two shares.
        down = math.hypot(second.value - second.low, first.high - first.value)
        up = math.hypot(second.high - second.value, first.value - first.low)
    low, high = max(value - down, -1.0), min(value + up, 1.0)
    return Share(value, error, df, float(low), float(high))

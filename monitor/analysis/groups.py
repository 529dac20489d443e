"""Groups beside the whole: what chance alone would move, and what their make-up explains. No order among
them.

H. Goldstein & D. Spiegelhalter, JRSS A 159, 1996; D. Spiegelhalter, Statistics in Medicine 24, 2005,
p. 1185 (funnel plots, over-dispersion, limits between two counts).
"""

from typing import NamedTuple

import numpy as np

from monitor.analysis.intervals import normal_quantile

#: What the inner and the outer limits of a funnel hold, if chance alone is at work.
INNER, OUTER = 0.95, 0.998
#: The share of groups at each end whose distance is taken for that of the next within.
WINSORISED = 0.1
#: Above this many cases, limits are those of the normal distribution.
MANY = 1_000


class StandardisedGroups(NamedTuple):
    """By group: how many commitments were assessed (int64), how many of them are implemented
    (int64), how many would be if each were so as often as the whole in its stratum (float64), and the
    variance of the difference by chance (float64)."""

    cases: np.ndarray
    observed: np.ndarray
    expected: np.ndarray
    variance: np.ndarray

    def distances(self, effect: float = 1.0) -> np.ndarray:
        """(observed − expected) in standard deviations; NaN where nothing can vary. `effect`: the
        design effect."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return (self.observed - self.expected) / np.sqrt(effect * self.variance)

    def adjusted_rates(self, share: float) -> np.ndarray:
        """The rate of each group as it is set beside that of the whole, `share`: this one, moved by as
        many standard deviations as the group is from what is expected of it. With one stratum,
        observed / cases. NaN where nothing can vary."""
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = self.distances() * np.sqrt(share * (1 - share) / self.cases)
        return np.clip(share + moved, 0, 1)


def standardise_groups(
    implemented: np.ndarray, group: np.ndarray, groups: int, stratum: np.ndarray
) -> StandardisedGroups:
    """Indirect standardisation of assessed commitments (`implemented`: bool) by the strata they are in:
    measure and size of the commune for like beside like, one stratum for none."""
    cases = np.bincount(group, minlength=groups)
    of_stratum = np.bincount(stratum)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (np.bincount(stratum, implemented) / of_stratum)[stratum]
    return StandardisedGroups(
        cases,
        np.bincount(group, implemented, groups).astype(np.int64),
        np.bincount(group, share, groups),
        np.bincount(group, share * (1 - share), groups),
    )


def share_under_assumption(implemented: int, assessed: int, due: int, times: float) -> float:
    """implemented / due, if what is due and not assessed were implemented `times` times as often as what
    is assessed. An assumption, and no estimate: 0 gives the lower bound, 1 the rate of the assessed."""
    return (implemented + times * implemented / assessed * (due - assessed)) / due


def over_dispersion(distances: np.ndarray) -> float:
    """By how much groups differ more than chance would make them: the mean square of their distances,
    each end winsorised; never below 1."""
    known = np.sort(distances[np.isfinite(distances)])
    cut = int(WINSORISED * len(known))
    if cut:
        known[:cut], known[-cut:] = known[cut], known[-cut - 1]
    return max(1.0, float(np.square(known).mean())) if len(known) else 1.0


def funnel_limits(cases: float, share: float, level: float) -> tuple[float, float]:
    """(lowest, highest) share of so many independent cases that chance leaves within the level, where
    the whole has that `share`: the quantiles of the binomial distribution, between two counts so that
    they make a line. Chance puts no more beyond either than half of what the level leaves; what is true
    of those to whom something happened is true of the others. `cases` may be a number of cases divided
    by what widens the funnel."""
    if cases > MANY:
        reach = normal_quantile(level) * np.sqrt(share * (1 - share) / cases)
        return max(share - reach, 0.0), min(share + reach, 1.0)
    whole, tail = max(round(cases), 1), (1 - level) / 2
    return _lower_limit(whole, share, tail), 1 - _lower_limit(whole, 1 - share, tail)


def _lower_limit(whole: int, share: float, tail: float) -> float:
    chance = _binomial(whole, share)
    below = np.cumsum(chance)
    at = min(int(np.searchsorted(below, tail)), whole)
    part = (below[at] - tail) / chance[at] if chance[at] else 0.0
    return max((at - part) / whole, 0.0)


def _binomial(cases: int, share: float) -> np.ndarray:
    """The chance of each number from 0 to `cases`."""
    if share in (0, 1):
        return np.eye(1, cases + 1, cases if share else 0)[0]
    hits = np.arange(cases + 1)
    factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, cases + 1)))])
    ways = factorial[-1] - factorial - factorial[::-1]
    return np.exp(ways + hits * np.log(share) + (cases - hits) * np.log1p(-share))

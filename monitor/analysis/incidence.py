"""How long it takes until something befalls a commitment, where other ends compete with it.

The share to which it has ever happened by a time since the start. Whoever was not at risk from the
start enters late; whoever is not followed to the end is censored. One minus Kaplan and Meier, which
takes other ends for censoring, would say too much.

O. Aalen & S. Johansen, Scandinavian Journal of Statistics 5, 1978; H. Putter, M. Fiocco & R. Geskus,
Statistics in Medicine 26, 2007. Variance: the infinitesimal jackknife, summed by cluster (T. Therneau's
`survival` for R computes the same). Interval on log(−log F).
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce

import numpy as np

from monitor.analysis.intervals import LEVEL, normal_quantile

#: Draws of the normal distribution from which the width of a band is read, and where they begin.
DRAWS, SEED = 20_000, 1
#: What is left of a standard error of 0, such as that of a share of 1, by rounding.
NOTHING = 1e-9
#: Decimals of a share: sums of many leave a little more than 1 of all, or a little less.
DECIMALS = 12


@dataclass(frozen=True)
class Spells:
    """Time at risk of each commitment: from the day after `entry` to `exit`, in days since its clock
    began. `cause`: what ended it, 1 and up; 0 if it was followed no further. `cluster`: the code of
    its official, from 0."""

    entry: np.ndarray
    exit: np.ndarray
    cause: np.ndarray
    cluster: np.ndarray

    @cached_property
    def ends(self) -> np.ndarray:
        """The days at which something ended, in order, once each."""
        return np.unique(self.exit[self.cause > 0])

    def take(self, rows: np.ndarray) -> "Spells":
        """Those of some rows, their clusters counted anew from 0."""
        _, cluster = np.unique(self.cluster[rows], return_inverse=True)
        return Spells(self.entry[rows], self.exit[rows], self.cause[rows], cluster)

    def count_at_risk(self, days: np.ndarray) -> np.ndarray:
        """How many are at risk on each day (int64)."""
        entered = np.searchsorted(np.sort(self.entry), days, side="left")
        return entered - np.searchsorted(np.sort(self.exit), days, side="left")

    def count_clusters_at_risk(self, days: np.ndarray) -> np.ndarray:
        """Of how many clusters somebody is at risk on each day, or between two of theirs (int64)."""
        there = np.flatnonzero(self.entry < self.exit)
        _, own = np.unique(self.cluster[there], return_inverse=True)
        first = np.full(own.max(initial=-1) + 1, np.iinfo(np.int64).max)
        last = np.zeros_like(first)
        np.minimum.at(first, own, self.entry[there])
        np.maximum.at(last, own, self.exit[there])
        entered = np.searchsorted(np.sort(first), days, side="left")
        return entered - np.searchsorted(np.sort(last), days, side="left")

    def count_ended(self, cause: int, days: np.ndarray) -> np.ndarray:
        """How many that cause has ended by each day (int64); 0: how many were followed no further."""
        return np.searchsorted(np.sort(self.exit[self.cause == cause]), days, side="right")


class Incidence:
    """The cumulative incidence of each cause of some spells.

    `causes`: how many there are, whether each ended something or not. `days`: the days at which
    something ended. `still[k]`: the share still at risk after `days[k]`; `shares[j - 1, k]`: the share
    that cause j has ended by then.
    """

    def __init__(self, spells: Spells, causes: int):
        self.spells = spells
        self.days = spells.ends
        place = np.searchsorted(self.days, spells.exit)
        ended = np.zeros((causes, len(self.days)))
        for cause in range(1, causes + 1):
            own = place[spells.cause == cause]
            ended[cause - 1] = np.bincount(own, minlength=len(self.days))
        self._at_risk = spells.count_at_risk(self.days)
        self._hazards = ended / self._at_risk
        self._hazard = self._hazards.sum(axis=0)
        self.still = np.cumprod(1 - self._hazard)
        self._before = np.append(1.0, self.still[:-1])[: len(self.days)]
        self.shares = np.cumsum(self._before * self._hazards, axis=1).round(DECIMALS)

    def share_at(self, cause: int, days: np.ndarray) -> np.ndarray:
        """The share that the cause has ended by each of these days (float64)."""
        return np.append(0.0, self.shares[cause - 1])[self._place(days)]

    def influences(self, cause: int, days: np.ndarray) -> np.ndarray:
        """What each cluster adds to the share that the cause has ended by each day: float64
        [cluster, day]. The sum over clusters is 0, that of the squares the variance."""
        spells = self.spells
        share, before, at_risk = self.shares[cause - 1], self._before, self._at_risk
        clusters = int(spells.cluster.max(initial=-1)) + 1
        if not len(self.days):
            return np.zeros((clusters, len(days)))
        with np.errstate(divide="ignore"):
            weight = np.where(self._hazard < 1, 1 / (at_risk * (1 - self._hazard)), 0.0)
        direct = before / at_risk
        # Sums up to each end, of what a spell that is at risk on those days gives back.
        paid = _prefix(direct * self._hazards[cause - 1])
        passed = _prefix(weight * self._hazard)
        passed_share = _prefix(share * weight * self._hazard)
        entered, left = self._place(spells.entry), self._place(spells.exit)
        ended = spells.cause > 0
        own = spells.cause == cause
        at = np.maximum(left - 1, 0)
        found = np.empty((clusters, len(days)))
        for column, (day, place) in enumerate(zip(days, self._place(days), strict=True)):
            first, last = np.minimum(entered, place), np.minimum(left, place)
            now = share[place - 1] if place else 0.0
            over = spells.exit <= day
            influence = np.where(own & over, direct[at], 0.0) - (paid[last] - paid[first])
            influence -= np.where(ended & over, (now - share[at]) * weight[at], 0.0)
            influence += now * (passed[last] - passed[first])
            influence -= passed_share[last] - passed_share[first]
            found[:, column] = np.bincount(spells.cluster, influence, clusters)
        return found

    def _place(self, days: np.ndarray) -> np.ndarray:
        """How many ends are on each day or before it."""
        return np.searchsorted(self.days, days, side="right")


def standard_error(influences: np.ndarray) -> np.ndarray:
    """The standard error of each column of `Incidence.influences`."""
    return np.sqrt(np.square(influences).sum(axis=0))


def log_log_interval(
    share: np.ndarray, error: np.ndarray, quantile: float | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """(lower, upper) limit of each share by its standard error, on the scale of log(−log): never below 0
    or above 1; NaN where the share is 0 or 1."""
    z = normal_quantile() if quantile is None else quantile
    with np.errstate(divide="ignore", invalid="ignore"):
        width = z * error / (share * np.log(share))
        low, high = share ** np.exp(-width), share ** np.exp(width)  # log F is negative
    known = (share > 0) & (share < 1)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def band_quantile(influences: np.ndarray, level: float = LEVEL) -> float:
    """How many standard errors a band must reach on each side to hold the whole curve, at the days of
    these influences (the sup-t band: J. Montiel Olea & M. Plagborg-Møller, Journal of Applied
    Econometrics 34, 2019). The normal quantile where nothing varies."""
    moving = influences[:, standard_error(influences) > NOTHING]
    if not moving.size:
        return normal_quantile(level)
    scaled = moving / standard_error(moving)
    values, vectors = np.linalg.eigh(scaled.T @ scaled)
    root = vectors * np.sqrt(np.maximum(values, 0))
    draws = np.abs(_normal_draws(len(values)) @ root.T)
    # Column by column: numpy takes the most of a short row much more slowly.
    most = reduce(np.maximum, draws.T)
    return float(np.quantile(most, level))


@lru_cache(maxsize=16)
def _normal_draws(count: int) -> np.ndarray:
    """DRAWS draws of so many independent normal values, the same each time."""
    return np.random.default_rng(SEED).standard_normal((DRAWS, count))


def _prefix(values: np.ndarray) -> np.ndarray:
    return np.append(0.0, np.cumsum(values))

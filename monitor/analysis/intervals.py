"""Intervals of shares: what chance alone would move.

Commitments of one official are not independent facts: an interval divides the number of commitments by
the design effect (L. Kish, Survey Sampling, 1965, § 8.2).
"""

from statistics import NormalDist

import numpy as np

#: What an interval holds, if nothing else is said.
LEVEL = 0.95


def normal_quantile(level: float = LEVEL) -> float:
    """How many standard errors an interval of that level reaches on each side."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson_interval(share, size) -> tuple[np.ndarray, np.ndarray]:
    """(lower, upper) limit, at 95 %, of a share that was seen in `size` independent cases; NaN of none.

    `size` may be a number of cases divided by a design effect. (E. B. Wilson, JASA 22, 1927, p. 209;
    recommended by Brown, Cai & DasGupta, Statistical Science 16, 2001, p. 101.)
    """
    share, size = np.asarray(share, dtype=float), np.asarray(size, dtype=float)
    z2 = normal_quantile() ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (share + z2 / (2 * size)) / (1 + z2 / size)
        half = np.sqrt(z2 * (share * (1 - share) / size + z2 / (4 * size**2))) / (1 + z2 / size)
        low = np.where(share == 0, np.where(size > 0, 0.0, np.nan), centre - half)
        high = np.where(share == 1, np.where(size > 0, 1.0, np.nan), centre + half)
    return low, high


def design_effect(hits: np.ndarray, cases: np.ndarray) -> float:
    """By how much the variance of a share exceeds that of independent cases.

    `hits`, `cases`: of each cluster (official). Never below 1; 1 where there is nothing to tell, which
    is so if all cases agree or there is one cluster. (The variance of a ratio: W. Cochran, Sampling
    Techniques, 3rd ed. 1977, § 6.3.)
    """
    hits, cases = (column[cases > 0] for column in (hits, cases))
    total, clusters = cases.sum(), len(cases)
    share = hits.sum() / total if total else np.nan
    if clusters < 2 or not 0 < share < 1:
        return 1.0
    between = clusters / (clusters - 1) * np.square(hits - share * cases).sum() / total**2
    return max(1.0, float(between / (share * (1 - share) / total)))

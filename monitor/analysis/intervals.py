"""Intervals of shares: what chance alone would move.

Commitments of one official are not independent facts: an interval divides the number of commitments by
the design effect (L. Kish, Survey Sampling, 1965, § 8.2).
"""

from functools import lru_cache
from statistics import NormalDist

import numpy as np

#: What an interval holds, if nothing else is said.
LEVEL = 0.95
#: From so many degrees of freedom, Student's quantile is that of the normal distribution and four terms
#: (R. Cornish & E. Fisher; M. Abramowitz & I. Stegun, 26.7.5): right to the fourth digit and better.
#: Of each: its divisor, and its polynomial in z², times z.
MANY = 7
CORNISH_FISHER = (
    (4, (1, 1)),
    (96, (5, 16, 3)),
    (384, (3, 19, 17, -15)),
    (92_160, (79, 776, 1_482, -1_920, -945)),
)


def normal_quantile(level: float = LEVEL) -> float:
    """How many standard errors an interval of that level reaches on each side."""
    return NormalDist().inv_cdf((1 + level) / 2)


@lru_cache(1_000)
def student_quantile(df: int, level: float = LEVEL) -> float:
    """The same where the standard error was estimated with so many degrees of freedom (Student's t)."""
    z = normal_quantile(level)
    if df >= MANY:
        return z + sum(
            z * np.polyval(powers, z * z) / (divisor * df**order)
            for order, (divisor, powers) in enumerate(CORNISH_FISHER, start=1)
        )
    low, high = 0.0, 1_000.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _student_level(middle, df) < level else (low, middle)
    return high


def _student_level(quantile: float, df: int) -> float:
    """How much of Student's distribution is within the quantile on each side: an integer df has a sum
    (M. Abramowitz & I. Stegun, Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4)."""
    angle, odd = np.arctan(quantile / np.sqrt(df)), df % 2
    steps = np.arange(1, df // 2)
    ratios = np.cos(angle) ** 2 * (2 * steps - 1 + odd) / (2 * steps + odd)
    terms = 1 + np.cumprod(ratios).sum() if df > 1 else 0.0
    if odd:
        return float(2 / np.pi * (angle + np.sin(angle) * np.cos(angle) * terms))
    return float(np.sin(angle) * terms)


def wilson_interval(share, size, quantile: float | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(lower, upper) limit, at 95 %, of a share that was seen in `size` independent cases; NaN of none.

    `size` may be a number of cases divided by a design effect; `quantile`: how many standard errors to
    reach, of a normal distribution if nothing is said. (E. B. Wilson, JASA 22, 1927, p. 209;
    recommended by Brown, Cai & DasGupta, Statistical Science 16, 2001, p. 101.)
    """
    share, size = np.asarray(share, dtype=float), np.asarray(size, dtype=float)
    z2 = (normal_quantile() if quantile is None else quantile) ** 2
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

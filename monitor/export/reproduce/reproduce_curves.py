"""Cumulative incidence with competing ends, its variance by signatory, and what chance would move.

`reproduce.py` runs it. O. Aalen & S. Johansen 1978; variance: infinitesimal jackknife; band: sup-t;
E. B. Wilson 1927.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import cache
from math import exp, log, nan, sqrt
from operator import mul
from random import Random
from statistics import NormalDist

YEAR, Z = 365.25, NormalDist().inv_cdf(0.975)
DRAWS = 10_000


class Curve:
    """The cumulative incidence of each cause of some waits: rows of (entry, exit, cause, signatory)."""

    def __init__(self, rows: list):
        self.rows = rows
        entries, exits = sorted(row[0] for row in rows), sorted(row[1] for row in rows)
        self.days = sorted({row[1] for row in rows if row[2] != "censored"})
        ended = Counter(row[1:3] for row in rows)
        self.risk = [bisect_left(entries, day) - bisect_left(exits, day) for day in self.days]
        self.happened = [ended[day, "event"] for day in self.days]
        causes = {row[2] for row in rows} - {"censored"}
        self.over = [sum(ended[day, cause] for cause in causes) for day in self.days]
        still, share = 1.0, 0.0
        self.before, self.shares = [], [0.0]
        for at_risk, happened, over in zip(self.risk, self.happened, self.over, strict=True):
            self.before.append(still)
            share += still * happened / at_risk
            still *= 1 - over / at_risk
            self.shares.append(round(share, 12))  # sums leave a little more than 1, or less

    def share(self, day: int) -> float:
        return self.shares[bisect_right(self.days, day)]

    def influences(self, day: int) -> list:
        """What each signatory adds to the share of that day: the squares sum to its variance."""
        now, upto = self.share(day), bisect_right(self.days, day)
        direct, weight, given = [], [], [(0.0, 0.0, 0.0)]
        for k, (at_risk, over) in enumerate(zip(self.risk, self.over, strict=True)):
            direct.append(self.before[k] / at_risk)
            weight.append(1 / (at_risk - over) if at_risk > over else 0.0)
            paid, passed, of_share = given[-1]
            lost = weight[k] * over / at_risk
            paid += direct[k] * self.happened[k] / at_risk
            given.append((paid, passed + lost, of_share + lost * self.shares[k + 1]))
        found: dict = defaultdict(float)
        for entry, left, cause, signatory in self.rows:
            a = min(bisect_right(self.days, entry), upto)
            b = max(min(bisect_right(self.days, left), upto), a)
            paid, passed, of_share = (to - of for of, to in zip(given[a], given[b], strict=True))
            found[signatory] += now * passed - of_share - paid
            if cause != "censored" and left <= day:
                k = bisect_left(self.days, left)
                found[signatory] -= (now - self.shares[k + 1]) * weight[k]
                found[signatory] += direct[k] if cause == "event" else 0
        return [found[signatory] for signatory in sorted(found)]


def last_shown(rows: list) -> int:
    """The last day on which five signatories are at risk, or the first that ends all that is, before
    others come; -1 where too few are from the start."""
    first, last = {}, {}
    for entry, left, _, signatory in rows:
        if entry < left:
            first[signatory] = min(first.get(signatory, entry), entry)
            last[signatory] = max(last.get(signatory, left), left)
    if len(rows) < 20 or len({row[3] for row in rows}) < 5:
        return -1
    begun, gone = sorted(first.values()), sorted(last.values())
    days = sorted({*last.values()}, reverse=True)
    at_risk = (day for day in days if bisect_left(begun, day) - bisect_left(gone, day) >= 5)
    curve, latest = Curve(rows), max((row[0] for row in rows if row[0] < row[1]), default=-1)
    ends = zip(curve.days, curve.risk, curve.over, strict=True)
    broken = (day for day, risk, over in ends if over >= risk and day <= latest)
    last_day = next(at_risk, -1)
    return min(last_day, next(broken, last_day))


@cache
def normals(days: int) -> list:
    """Standard normals, one for each day, drawn anew each time: the same for every curve."""
    random = Random(1)
    return [[random.gauss(0, 1) for _ in range(days)] for _ in range(DRAWS)]


def quantile(columns: list) -> float:
    """How many standard errors hold 95 % of the curves that chance draws, at all of these days."""
    moving = [c for c in columns if sum(map(mul, c, c)) > 1e-18]
    if not moving:
        return Z
    scaled = [[x / size for x in c] for c in moving if (size := sqrt(sum(map(mul, c, c))))]
    root: list = []  # Cholesky's, of their correlation
    for i, own in enumerate(scaled):
        row = [0.0] * len(scaled)
        for j in range(i + 1):
            rest = sum(map(mul, own, scaled[j]))
            rest -= sum(row[k] * (root[j] if j < i else row)[k] for k in range(j))
            if j == i:
                row[j] = sqrt(rest) if rest > 1e-9 else 0.0
            elif root[j][j]:
                row[j] = rest / root[j][j]
        root.append(row)
    root = [row[: i + 1] for i, row in enumerate(root)]  # the rest of each is nothing
    most = [max(abs(sum(map(mul, row, drawn))) for row in root) for drawn in normals(len(root))]
    return sorted(most)[int(0.95 * DRAWS)]


def limits(share: float, error: float, z: float) -> tuple:
    """On the scale of log(-log)."""
    if not 0 < share < 1:
        return nan, nan
    width = z * error / (share * log(share))
    return share ** exp(-width), share ** exp(width)


def wilson(share: float, size: float) -> tuple:
    centre = (share + Z * Z / (2 * size)) / (1 + Z * Z / size)
    half = Z * sqrt(share * (1 - share) / size + Z * Z / (4 * size**2)) / (1 + Z * Z / size)
    return 0 if share == 0 else centre - half, 1 if share == 1 else centre + half


def design_effect(hits: Counter, cases: Counter) -> float:
    """How much the commitments of one person are alike."""
    happened, total, clusters = sum(hits.values()), sum(cases.values()), len(cases)
    if clusters < 2 or not 0 < happened < total:
        return 1
    share = happened / total
    between = sum((hits[one] - share * n) ** 2 for one, n in cases.items())
    between *= clusters / (clusters - 1) / total**2
    return max(1, between / (share * (1 - share) / total))

"""A sample drawn again and again from a universe whose truth is invented: how often the interval holds
it."""

from typing import NamedTuple

import numpy as np

from monitor.analysis.sampling import DrawnStratum, Whole, draw_order, estimate
from monitor.read.sample_universe import FRESH, Universe
from monitor.sizes import SIZES

#: How often what nobody watches is implemented, by the size of the commune, if nobody is asked: less
#: often than what is watched.
INVENTED = dict(zip(SIZES, (0.08, 0.12, 0.15, 0.20, 0.25, 0.30, 0.10), strict=True))


class Redraws(NamedTuple):
    """`truth`: the share of all; `bias`: by how much the mean of the estimates misses it; `coverage`:
    the share of draws whose interval holds it; `half`: half the mean width of an interval; `rest`: the
    share of what is drawn for; `cases`: of how many commitments a draw asks, on average."""

    truth: float
    bias: float
    coverage: float
    half: float
    rest: float
    cases: float


def redraw(universe: Universe, officials: int, draws: int, whole_share: float = 0.3) -> Redraws:
    """Draw so many officials so many times."""
    rows, chance = universe.rows, np.random.default_rng(1)
    rest = rows[rows["stratum"] != FRESH]
    # Commitments of one official go the same way more often than those of two.
    codes, ids = rest["signatory_id"].factorize()
    own = chance.beta(2, 2, len(ids))[codes] * 2
    hit = chance.random(len(rest)) < rest["size"].map(INVENTED).to_numpy() * own
    hits, cases = np.bincount(codes, hit).astype(int), np.bincount(codes)
    place = {official: at for at, official in enumerate(ids)}
    taken = len(rows) - len(rest)
    whole = Whole(round(whole_share * taken), 0, taken)
    truth = (whole.hits + hits.sum()) / len(rows)
    allocation = universe.allocate_officials(officials)
    values, held, widths, asked = [], [], [], []
    for seed in range(draws):
        strata = []
        for one in allocation:
            drawn = draw_order(str(seed), universe.officials[one.code])[: one.drawn]
            at = [place[official] for official in drawn]
            none = np.zeros(len(at), dtype=int)
            strata.append(DrawnStratum(one.officials, drawn, hits[at], none, cases[at]))
        found = estimate(strata, whole)
        low, high = found.interval
        values.append(found.least.value)
        held.append(low <= truth <= high)
        widths.append(high - low)
        asked.append(sum(each.cases.sum() for each in strata))
    means = (float(np.mean(each)) for each in (values, held, widths, hit, asked))
    value, coverage, width, share, count = means
    return Redraws(float(truth), value - float(truth), coverage, width / 2, share, count)

"""A random sample drawn 2,000 times from an invented truth: how often its interval holds it."""

from benchmarks.rows import Row, above, below
from monitor.read.pact_state import PactState
from monitor.read.sample import sampling_universe
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.redraws import redraw

DRAWS = 2_000
OFFICIALS = 60


def rows(database: str) -> list[Row]:
    state = PactState(Snapshots(open_store(database)).current(), "demo")
    last = state.pact.term_end
    assert last is not None
    universe = sampling_universe(state, last, None, 365, "size")
    found = redraw(universe, OFFICIALS, DRAWS)
    what = f"{OFFICIALS} officials, {DRAWS:,} redraws"
    half = f"± {100 * found.half:.1f} points"
    return [
        above(f"Interval of 95 %, {what}: coverage", 100 * found.coverage, 93, "%", half),
        below(f"Bias, {what}", abs(100 * found.bias), 0.2, "points", 2),
    ]

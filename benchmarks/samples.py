"""A random sample drawn 2,000 times from an invented truth: how often its interval holds it, and how
wide it is. Of a demo of 2,000 signatories on its last day, in which what nobody watches does worse."""

from benchmarks.rows import Row, above, below
from monitor.commands import load_demo
from monitor.read.pact_state import PactState
from monitor.read.sample import sampling_universe
from monitor.read.sample_universe import Universe
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.redraws import redraw

DRAWS = 2_000
OFFICIALS = 60
#: Signatories and seed of the demo.
SIGNATORIES, SEED = 2_000, 3


def universe_drawn(database: str) -> Universe:
    """What a plan of the last day of that demo starts from, made in an empty database."""
    store = open_store(database)
    store.create()
    load_demo(store, signatories=SIGNATORIES, seed=SEED)
    state = PactState(Snapshots(store).current(), "demo")
    last = state.pact.term_end
    assert last is not None
    return sampling_universe(state, last, None, 365, "size")


def rows(database: str) -> list[Row]:
    found = redraw(universe_drawn(database), OFFICIALS, DRAWS)
    what = f"{OFFICIALS} officials, {DRAWS:,} redraws"
    truth = f"{100 * found.truth:.1f} % in all, {100 * found.rest:.1f} % of what is not followed"
    return [
        above(f"Interval of 95 %, {what}: coverage", 100 * found.coverage, 93, "%", truth),
        Row(f"Half of its width, {what}", f"{100 * found.half:.1f} points", "–", "–", "–", None),
        below(f"Bias, {what}", abs(100 * found.bias), 0.2, "points", 2),
    ]

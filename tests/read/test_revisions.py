"""What was said of one day, at each time, is what the log of that time says."""

from random import Random

import pytest

from monitor import indicators, status
from monitor.read import query
from monitor.read.pact_state import PactState
from monitor.read.revisions import COLUMNS, POINTS, revision_table, times_of_knowledge
from monitor.snapshot import Snapshots
from tests.support.exports import recordable_world
from tests.support.random_logs import random_world, with_retractions
from tests.support.world_writer import write


@pytest.mark.parametrize("seed", (17, 29))
def test_each_row_is_what_the_log_of_that_time_says_of_the_day(fresh, tmp_path, seed):
    store = fresh(tmp_path / "a.db")
    write(
        store,
        with_retractions(recordable_world(random_world(seed, lawful=True)), Random(seed)),
        seed,
    )
    view = query.read_view(Snapshots(store).current(), {"pacte": "p", "au": "2019-05-01"})
    assert view is not None
    times, table = times_of_knowledge(view), revision_table(view)
    assert 2 <= len(times) <= POINTS
    assert [each.isoformat().replace("+00:00", "Z") for each in times] == table[
        "known_on"
    ].to_list()
    log = PactState(view.snapshot, "p").public_log
    for row, time in zip(table.itertuples(), times, strict=True):
        known = status.what_is_known(log, time)
        (totals,) = indicators.indicator_table(status.fold(known, view.day)).itertuples()
        for name in COLUMNS:
            expected = getattr(totals, name)
            assert getattr(row, name) == pytest.approx(expected, abs=5e-5, nan_ok=True)
    assert times == sorted(times)

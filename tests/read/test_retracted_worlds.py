"""Random logs with retractions of signatories and mandates, written into a database and read from it:
the fold and the figures are those of the slow readings of the rules."""

import math
from random import Random

import pytest

from monitor import indicators, status
from monitor.snapshot import Snapshots
from tests.support import slow_figures, slow_fold
from tests.support.exports import recordable_world
from tests.support.folds import COLUMNS, DAYS, PEOPLE, days_of, moments_of, rows_of
from tests.support.random_logs import random_world, taken_back, with_retractions
from tests.support.world_writer import write

#: Places are those of the database, which has its own.
NAMES = tuple(name for name in COLUMNS if name not in ("commune_name", "department_code", "size"))

#: Of the first 324, which agree as well: those that retract mandates, or two rows.
SEEDS = (17, 20, 29, 34, 36, 37, 45, 48, 64, 16, 53, 73, 94)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_slow_implementation_agrees_where_rows_were_retracted(fresh, tmp_path, seed):
    rng = Random(f"retracted/{seed}")
    world = with_retractions(recordable_world(random_world(seed, lawful=True)), rng)
    store = fresh(tmp_path / "a.db")
    entry_of = write(store, world, seed)
    log, slow = Snapshots(store).current().log("p"), taken_back(world)
    times = [None, *(one["recorded_at"] for one in world.retractions)]
    for known_at in {*times, *moments_of(slow, rng)}:
        known = status.what_is_known(log, known_at)
        for day in days_of(slow, rng) if slow.mandates else DAYS:
            table, everybody = status.fold(known, day), status.fold_people(known, day)
            rows = slow_fold.fold(slow, day, known_at)
            assert rows_of(table, NAMES) == [
                {
                    name: entry_of.get(row[name], 0) if name == "said_by" else row[name]
                    for name in NAMES
                }
                for row in rows
            ]
            people = slow_fold.people(slow, day, known_at)
            assert rows_of(everybody, PEOPLE) == people
            assert indicators.signing_funnel(everybody, table) == slow_fold.funnel(people, rows)
            expected = slow_figures.figures(rows, day)
            found = indicators.indicator_table(table).iloc[0]
            figures = {name: None if math.isnan(found[name]) else found[name] for name in expected}
            assert figures == pytest.approx(expected)

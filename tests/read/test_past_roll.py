"""What was known at a past time is the same whether it shares its roll with another time or not."""

from dataclasses import fields, is_dataclass
from random import Random

import numpy as np
import pandas as pd
import pytest

from monitor import status
from monitor.read.pact_state import PactState
from monitor.snapshot import Snapshots
from tests.support.exports import recordable_world
from tests.support.folds import moments_of
from tests.support.random_logs import random_world, with_retractions
from tests.support.world_writer import write


@pytest.mark.parametrize("seed", (17, 29, 53))
def test_a_time_that_shares_its_roll_is_known_as_one_that_does_not(fresh, tmp_path, seed):
    rng = Random(f"roll/{seed}")
    world = with_retractions(recordable_world(random_world(seed, lawful=True)), rng)
    store = fresh(tmp_path / "a.db")
    write(store, world, seed)
    snapshot = Snapshots(store).current()
    log = PactState(snapshot, "p").public_log
    times = {*moments_of(world, rng), *_changes(log.signatories), *_changes(log.mandates)}
    for at in times:
        assert _same(PactState(snapshot, "p", at).known, status.what_is_known(log, at)), at
    rolls = {status.roll_since(log, at) for at in times if at}
    assert None in rolls and len(rolls) > 2  # that of now, and some of the past


def _changes(versions: pd.DataFrame):
    """The times of a table, and the microsecond before each."""
    times = pd.unique(versions[["recorded_at", "accepted_at", "withdrawn_at"]].to_numpy().ravel())
    for at in times[(times > 0) & (times < np.iinfo(np.int64).max)]:
        for one in (at - 1, at):
            yield pd.Timestamp(one, unit="us", tz="UTC").to_pydatetime()


def _same(one, other) -> bool:
    if isinstance(one, pd.DataFrame):
        return one.equals(other) and list(one.dtypes) == list(other.dtypes)
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    if is_dataclass(one) and not hasattr(one, "model_fields"):
        return all(_same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, tuple):
        return all(map(_same, one, other))
    return one == other

"""The actions that a server keeps in a file: what it starts from is what the log says."""

import logging
import stat
from dataclasses import replace

import numpy as np
import pytest

from monitor import commands
from monitor.models import Role
from monitor.snapshot import KeptActions, Snapshot, Snapshots
from monitor.store import SQLiteStore
from tests.support.clock import NOW
from tests.support.loading import HEADER, ONE, PACT, load
from tests.support.same import assert_same
from tests.support.team import action, sign_in

MORE = ONE.replace("new-1", "new-2")
SINCE = {
    "nothing": lambda store: None,
    "an action": lambda store: load(store, HEADER + MORE),
    "another pact, with reviews": lambda store: commands.load_demo(store, signatories=20),
    "a signatory": lambda store: load(
        store, "signatory_id,name,commune,outcome\nx,X,01004,elected\n", "signatories"
    ),
    "an entry that waits": lambda store: commands.log_action(
        store, sign_in(store, "Dominique", Role.VOLUNTEER), action()
    ),
}


def kept_beside(store) -> KeptActions:
    return KeptActions(store.path.with_name("kept"), least=1)


def assert_same_log(one: Snapshot, other: Snapshot) -> None:
    assert (one.seq, one.hash, one.recorded_at) == (other.seq, other.hash, other.recorded_at)
    assert_same(dict(one.logs), dict(other.logs))


@pytest.fixture
def kept(store):
    """A file of a log with an action more than the packaged pact has."""
    load(store, HEADER + ONE)
    Snapshots(store, kept_beside(store)).prove()
    return kept_beside(store)


@pytest.mark.parametrize("append", SINCE.values(), ids=SINCE.keys())
def test_a_start_from_the_file_gives_what_a_cold_read_gives(store, kept, append):
    append(store)
    with store.reading() as session:
        assert kept.read(session) is not None
    snapshots = Snapshots(store, kept)
    for _ in range(2):
        assert_same_log(snapshots.current(), Snapshots(store).current())
        snapshots.prove()


def test_a_file_taken_back_since_makes_the_log_read_anew(store, kept):
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM load")
    commands.withdraw_load(store, None, seq, "Taken back.")
    assert_not_used(store, kept_beside(store))


@pytest.mark.parametrize("at", (3, 40, 500, -1), ids=("seal", "head", "columns", "end"))
def test_a_file_that_is_damaged_is_not_used(store, kept, at):
    path = store.path.with_name("kept")
    damaged = bytearray(path.read_bytes())
    damaged[at] ^= 1
    path.write_bytes(damaged)
    assert_not_used(store, kept)


def test_a_file_cut_short_is_not_used(store, kept):
    path = store.path.with_name("kept")
    for size in (0, 10, 32, 100):
        path.write_bytes(path.read_bytes()[:size])
        assert_not_used(store, kept)


def test_the_file_of_another_log_is_not_used(kept, tmp_path):
    other = SQLiteStore(tmp_path / "other.db")
    commands.init_database(other, now=NOW)
    assert_not_used(other, kept)


def test_the_file_of_a_log_that_was_longer_is_not_used(store):
    before = store.path.read_bytes()
    load(store, HEADER + ONE)
    Snapshots(store, kept_beside(store)).prove()
    store.path.write_bytes(before)
    assert_not_used(store, kept_beside(store))


def test_a_file_that_says_something_else_is_found_out_and_the_log_is_read_anew(store, kept, caplog):
    true = Snapshots(store).current()
    log = true.logs[PACT]
    status = np.zeros_like(log.actions.status)
    forged = replace(log, actions=replace(log.actions, status=status))
    with store.reading() as session:  # by somebody who has the secret of the database
        kept_beside(store).write(session, replace(true, logs={PACT: forged}))
    snapshots = Snapshots(store, kept)
    assert not snapshots.current().logs[PACT].actions.status.any()
    with caplog.at_level(logging.ERROR, "monitor.live"):
        snapshots.prove()
    assert "not what its entries say" in caplog.text
    assert_same_log(snapshots.current(), true)
    assert_same_log(Snapshots(store, kept_beside(store)).current(), true)


def test_the_file_is_for_its_owner_alone_and_of_a_short_log_there_is_none(store, kept):
    assert stat.S_IMODE(store.path.with_name("kept").stat().st_mode) == 0o600
    Snapshots(store, KeptActions(store.path.with_name("none"))).prove()
    assert not store.path.with_name("none").exists()


def assert_not_used(store, kept: KeptActions) -> None:
    with store.reading() as session:
        assert kept.read(session) is None
    snapshots = Snapshots(store, kept)
    assert_same_log(snapshots.current(), Snapshots(store).current())

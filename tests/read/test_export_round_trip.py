"""What is exported, loaded into an empty database, says the same, byte for byte."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitor import commands, export, status
from monitor.export.choice import choose_entries
from monitor.store import open_store
from tests.support.exports import (
    CONTRACT,
    MUCH_LATER,
    load_export,
    printed_tables,
    recordable_world,
)
from tests.support.random_logs import World, log_of, random_world
from tests.support.size import pick_amount
from tests.support.whole_pacts import load_files, refusals
from tests.support.world_writer import write

ENGINES = ("sqlite", "postgres")


@pytest.fixture
def other(tmp_path):
    """An empty database beside the one that is exported."""
    store = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    store.create()
    return store


@pytest.mark.parametrize("form", ["csv", "datapackage"])
def test_the_packaged_pact_comes_back_as_it_was(store, other, tmp_path, form):
    export.publish_pact(store, "mouves-2014", tmp_path / "out", form)
    load_export(other, tmp_path / "out", "mouves-2014")
    assert printed_tables(other, "mouves-2014") == printed_tables(store, "mouves-2014")


@pytest.mark.sqlite
@pytest.mark.parametrize("form", ["semicolon.csv", "xlsx"])
def test_the_files_of_spreadsheets_come_back_as_a_folder(store, other, tmp_path, form):
    export.publish_pact(store, "mouves-2014", tmp_path / "out", form)
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    whole = load_files(other, files, now=MUCH_LATER)
    assert whole.loaded and refusals(whole) == []
    assert printed_tables(other, "mouves-2014") == printed_tables(store, "mouves-2014")


@pytest.mark.sqlite
def test_a_demo_comes_back_as_it_was(empty, other, tmp_path):
    commands.load_demo(empty, signatories=300, now=MUCH_LATER)
    export.publish_pact(empty, "demo", tmp_path / "out", "csv")
    load_export(other, tmp_path / "out", "demo")
    assert printed_tables(other, "demo") == printed_tables(empty, "demo")


def check(fresh, world: World, seed: int, late: bool, known_at=None) -> None:
    """One random log, there and back: what is printed, and the files themselves.

    Left out, and only that: a log in which an entry counts from the day on which it was recorded.
    A file cannot carry that day, and the same entry loaded later may count from a later one.
    """
    if not late:
        log = log_of(world)
        assume(not choose_entries(log, status.what_is_known(log, known_at), known_at).dated_by_log)
    with TemporaryDirectory() as name:
        folder = Path(name)
        store, other = fresh(folder / "a.db"), fresh(folder / "b.db")
        write(store, world, seed, late)
        first = export.publish_pact(store, "p", folder / "x", "csv", known_at=known_at)
        assert not first.dated_by_log
        load_export(other, folder / "x", "p")
        assert printed_tables(other, "p") == printed_tables(store, "p", known_at)
        export.publish_pact(other, "p", folder / "y", "csv")
        for content in CONTRACT:
            ours, theirs = folder / "x" / f"{content}.csv", folder / "y" / f"{content}.csv"
            assert ours.exists() == theirs.exists()
            assert not ours.exists() or lines(ours) == lines(theirs)


def lines(path: Path) -> list[bytes]:
    """In order of the text: what counts at the same place may stand in another order in the file."""
    return sorted(path.read_bytes().splitlines())


@pytest.mark.sqlite
@settings(max_examples=pick_amount(8, 3))
@given(st.integers(0, 10**6))
def test_any_log_recorded_after_the_facts_comes_back_as_it_was(fresh, seed):
    check(fresh, random_world(seed, lawful=True), seed, late=True)


@pytest.mark.sqlite
@settings(max_examples=pick_amount(5, 3))
@given(st.integers(0, 10**6), st.sampled_from([None, datetime(2018, 1, 1, tzinfo=UTC)]))
def test_any_log_comes_back_unless_the_day_of_recording_counts_in_it(fresh, seed, known_at):
    check(
        fresh,
        recordable_world(random_world(seed, lawful=True)),
        seed,
        late=False,
        known_at=known_at,
    )

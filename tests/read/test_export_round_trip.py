"""What is exported, loaded into an empty database, says the same, byte for byte."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitor import commands, export, indicators, status, tables
from monitor.dates import date_interval
from monitor.export.choice import choose_entries
from monitor.models import GroupBy
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.random_logs import World, log_of, random_world
from tests.support.size import full
from tests.support.world_writer import write

ENGINES = ("sqlite", "postgres")

CONTRACT = ("areas", "signatories", "mandates", "actions")
DAYS = (date(2015, 12, 31), date(2017, 6, 1), date(2020, 7, 5))
#: After all that a random log holds.
MUCH_LATER = datetime.now(UTC)


def said(store, pact: str, known_at=None, days=DAYS) -> list[str]:
    """What `status` prints of a pact on several days, and `indicators` on the last of them."""
    known = status.what_is_known(Snapshots(store).current().log(pact), known_at)
    folded = [status.fold(known, day) for day in days]
    printed = [tables.to_csv(tables.published_status(table)) for table in folded]
    for by in (None, *(by.value for by in GroupBy)):
        printed.append(
            tables.to_csv(tables.published_indicators(indicators.table(folded[-1], by), by))
        )
    return printed


def loaded(store, folder: Path, pact: str, now=MUCH_LATER) -> None:
    """Load an export into an empty database, as the commands do."""
    with (folder / "pact.toml").open("rb") as file:
        assert commands.load_pact(store, file, name="pact.toml", now=now).loaded
    for content in CONTRACT:
        path = folder / f"{content}.csv"
        if not path.exists() or len(path.read_bytes().splitlines()) == 1:
            continue
        with path.open("rb") as file:
            report = commands.load(store, content, file, pact_id=pact, name=path.name, now=now)
        assert report.loaded and not report.refused, [error.code for error in report.errors]


@pytest.fixture
def other(tmp_path):
    """An empty database beside the one that is exported."""
    store = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    store.create()
    return store


@pytest.mark.parametrize("form", ["csv", "datapackage"])
def test_the_packaged_pact_comes_back_as_it_was(store, other, tmp_path, form):
    export.publish(store, "mouves-2014", tmp_path / "out", form)
    loaded(other, tmp_path / "out", "mouves-2014")
    assert said(other, "mouves-2014") == said(store, "mouves-2014")


@pytest.mark.sqlite
def test_a_demo_comes_back_as_it_was(empty, other, tmp_path):
    commands.demo(empty, signatories=300, now=MUCH_LATER)
    export.publish(empty, "demo", tmp_path / "out", "csv")
    loaded(other, tmp_path / "out", "demo")
    assert said(other, "demo") == said(empty, "demo")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Makes empty databases, from one that was made once."""
    model = tmp_path_factory.mktemp("model") / "model.db"
    open_store(f"sqlite:///{model}").create()

    def make(path: Path):
        return open_store(f"sqlite:///{shutil.copyfile(model, path)}")

    return make


def possible(world: World) -> World:
    """Without the mandates that were recorded before they began or ended, the days of signatures to
    come, and what is recorded or decided in times to come."""

    def signed(row: dict) -> dict:
        day = row["signed_on"]
        past = day is None or date_interval(day)[0] <= row["recorded_at"].date()
        return row if past else row | {"signed_on": None}

    def past(row: dict) -> bool:
        dates = (row["started_on"], row["ended_on"] or row["started_on"])
        return all(date_interval(text)[1] <= row["recorded_at"].date() for text in dates)

    def so_far(rows) -> tuple[dict, ...]:
        return tuple(
            row
            | {
                name: row[name] if row[name] and row[name] <= MUCH_LATER else None
                for name in ("accepted_at", "withdrawn_at")
            }
            for row in rows
            if row["recorded_at"] <= MUCH_LATER
        )

    return world.but(
        signatories=so_far(map(signed, world.signatories)),
        mandates=so_far(filter(past, world.mandates)),
        actions=so_far(world.actions),
        areas=so_far(world.areas),
        later=tuple(one for one in world.later if one[0] <= MUCH_LATER),
    )


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
        first = export.publish(store, "p", folder / "x", "csv", known_at=known_at)
        assert not first.dated_by_log
        loaded(other, folder / "x", "p")
        assert said(other, "p") == said(store, "p", known_at)
        export.publish(other, "p", folder / "y", "csv")
        for content in CONTRACT:
            ours, theirs = folder / "x" / f"{content}.csv", folder / "y" / f"{content}.csv"
            assert ours.exists() == theirs.exists()
            assert not ours.exists() or lines(ours) == lines(theirs)


def lines(path: Path) -> list[bytes]:
    """In order of the text: what counts at the same place may stand in another order in the file."""
    return sorted(path.read_bytes().splitlines())


@pytest.mark.sqlite
@settings(max_examples=full(8, 3))
@given(st.integers(0, 10**6))
def test_any_log_recorded_after_the_facts_comes_back_as_it_was(fresh, seed):
    check(fresh, random_world(seed, lawful=True), seed, late=True)


@pytest.mark.sqlite
@settings(max_examples=full(5, 3))
@given(st.integers(0, 10**6), st.sampled_from([None, datetime(2018, 1, 1, tzinfo=UTC)]))
def test_any_log_comes_back_unless_the_day_of_recording_counts_in_it(fresh, seed, known_at):
    check(fresh, possible(random_world(seed, lawful=True)), seed, late=False, known_at=known_at)

"""A pact as DataFrames: the same from a database, an API and a folder, and the figures of the pages."""

import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_index_equal, assert_series_equal
from starlette.applications import Starlette

import monitor
from monitor import export, snapshot
from monitor.commands import samples
from monitor.frames import CannotAnswer
from monitor.frames.folder import READERS
from monitor.models import GroupBy
from monitor.read import sample_tables
from monitor.read.pact_state import PactState
from monitor.read.sample import draft_plan
from monitor.store import open_store
from monitor.web import api
from tests.support.exports import DAYS, recordable_world
from tests.support.loading import HEADER, ONE, load
from tests.support.paths import SHAPES
from tests.support.random_logs import random_world
from tests.support.shapes import LOADED_ON, shape_files
from tests.support.size import pick_amount
from tests.support.waiting import wait_until
from tests.support.whole_pacts import load_files
from tests.support.world_writer import write

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
#: Every frame of a view, by its name.
OF_A_DAY = ("commitments", "funnel", "over_time", "signatories", "actions")
ANALYSES = ("transitions", "incidence", "hazard", "spells", "groups")
OF_ALL = ("answers", "sources")
TIMELESS = ("mandates", "areas", "details")


def frames_of(pact, as_of=None, **filters) -> dict:
    found = {name: getattr(pact, name)(as_of, **filters) for name in (*OF_A_DAY, *OF_ALL)}
    found |= {name: getattr(pact, name)(as_of=as_of, **filters) for name in ANALYSES}
    found |= {name: getattr(pact, name)(**filters) for name in TIMELESS}
    for by in (None, *GroupBy, "size,measure"):
        found[f"indicators by {by}"] = pact.indicators(by, as_of, **filters)
    found["incidence by size"] = pact.incidence(as_of, by="size", **filters)
    return found | {"measures": pact.measures()}


def assert_same(one, other, as_of=None, **filters) -> None:
    theirs = frames_of(other, as_of, **filters)
    for name, frame in frames_of(one, as_of, **filters).items():
        if isinstance(frame, pd.Series):
            assert_series_equal(frame, theirs[name], obj=name)
        else:
            (ours, types), (others, their_types) = in_codes(frame), in_codes(theirs[name])
            assert_frame_equal(ours, others, obj=name)
            assert types.keys() == their_types.keys(), name
            for column, dtype in types.items():
                assert_index_equal(dtype.categories, their_types[column].categories, obj=column)
                assert dtype.ordered == their_types[column].ordered, column


def in_codes(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    """The frame with the codes of its categories, and their types by column: pandas would compare
    categories cell by cell."""
    types = {name: d for name, d in frame.dtypes.items() if isinstance(d, pd.CategoricalDtype)}
    return frame.assign(**{name: frame[name].cat.codes for name in types}), types


@pytest.fixture
def api_of(store):
    """The address of the API of a database."""
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=api.ROUTES), port=0, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    (port,) = {sock.getsockname()[1] for one in server.servers for sock in one.sockets}
    yield f"http://127.0.0.1:{port}/api/v1"
    server.should_exit = True
    thread.join()


def test_importing_the_program_loads_neither_pandas_nor_streamlit():
    script = "import sys, monitor; print({'pandas', 'numpy', 'streamlit'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


@pytest.mark.sqlite
@pytest.mark.parametrize("form", READERS)
def test_a_folder_of_any_format_gives_the_frames_of_its_database(store, url, tmp_path, form):
    export.publish_pact(store, PACT, tmp_path / "out", form)
    assert_same(monitor.open(url), monitor.open(str(tmp_path / "out")))


def test_a_folder_gives_the_frames_of_any_day_and_filter(store, url, tmp_path):
    export.publish_pact(store, PACT, tmp_path / "out", "csv")
    one, other = monitor.open(url), monitor.open(str(tmp_path / "out"))
    assert (one.id, one.head, one.day) == (other.id, other.head, other.day)
    for day in DAYS:
        assert_same(one, other, day, region="11", mesure="1")
    assert_frame_equal(one.changes(DAYS[0], DAYS[1]), other.changes(DAYS[0], DAYS[1]))


def test_the_api_gives_the_frames_of_its_database(url, api_of):
    one, other = monitor.open(url, PACT), monitor.open(f"{api_of}/", PACT)
    assert (one.head, one.day) == (other.head, other.day)
    assert_same(one, other)
    assert_same(one, other, date(2016, 4, 5), departement="75")
    then = datetime(2014, 1, 1, tzinfo=UTC)
    assert_frame_equal(one.commitments(known_at=then), other.commitments(known_at=then))


@pytest.mark.sqlite
def test_shapes_give_the_same_frames_from_either_engine(empty, postgres):
    address = postgres.fresh()
    for store in (empty, open_store(address)):
        store.create()
        for shape in ("maire-et-adjoints", "un-elu-174-mesures"):
            assert load_files(store, shape_files(shape), now=LOADED_ON).loaded
    for pact in ("essai-adjoints", "essai-president"):
        one, other = (monitor.open(each, pact) for each in (empty.url, address))
        assert one.head.partition(":")[0] == other.head.partition(":")[0]
        for name in ("commitments", "signatories", "mandates", "actions", "spells", "transitions"):
            assert_frame_equal(getattr(one, name)(), getattr(other, name)(), obj=f"{pact} {name}")
        for by in ("measure", "theme", "office"):
            assert_frame_equal(one.indicators(by), other.indicators(by), obj=f"{pact} {by}")
    postgres.drop(address)


@pytest.mark.sqlite
@settings(max_examples=pick_amount(6, 2))
@given(st.integers(0, 10**6))
def test_the_folder_of_any_log_gives_the_frames_of_its_database(fresh, seed):
    with TemporaryDirectory() as name:
        store = fresh(Path(name) / "a.db")
        write(store, recordable_world(random_world(seed, lawful=True)), seed, late=False)
        export.publish_pact(store, "p", Path(name) / "x", "csv")
        one, other = monitor.open(store.url), monitor.open(f"{name}/x")
        for day in DAYS:
            assert_same(one, other, day)


@pytest.mark.sqlite
@pytest.mark.parametrize("shape", sorted(path.name for path in SHAPES.iterdir()))
def test_the_folder_of_any_shape_gives_the_figures_that_it_publishes(empty, tmp_path, shape):
    assert load_files(empty, shape_files(shape), now=LOADED_ON).loaded
    check_figures(empty, tmp_path)


@pytest.mark.sqlite
def test_the_folder_of_a_demo_gives_the_figures_that_it_publishes(demo, tmp_path):
    check_figures(demo, tmp_path)


def check_figures(store, folder: Path) -> None:
    """Every indicators file, and each commitment, counted again from the rest of the folder."""
    export.publish_pact(store, None, folder / "out", "parquet")
    one, other = monitor.open(store.url), monitor.open(str(folder / "out"))
    for by in (None, *GroupBy):
        path = folder / "out" / f"indicators-{by or 'total'}.parquet"
        if not path.exists():
            assert by is GroupBy.THEME and not len(one.indicators(by))
            continue
        published, counted = pd.read_parquet(path), other.indicators(by)
        for name in published:
            if by and name == by.value:
                assert published[name].fillna("").tolist() == counted[name].astype("str").tolist()
            else:
                digits = 1 if name in ("entries_per_assessed", "months_since_entry") else 4
                expected = counted[name].astype("float64").round(digits)
                assert published[name].astype("float64").equals(expected), name
    assert_same(one, other, one.day)


@pytest.mark.sqlite
def test_a_random_sample_is_the_same_from_every_source(store, url, api_of, tmp_path):
    before = datetime.now(UTC)
    samples.plan_sample(store, None, draft_plan(state_of(store), date(2016, 1, 1), 3, "Loto"))
    samples.record_seed(store, None, PACT, "1", "4 12 23")
    read_samples = sample_tables.samples_to_export
    for form in ("csv", "json", "parquet", "bundle"):
        export.publish_pact(store, PACT, tmp_path / form, form, read_samples=read_samples)
    one = monitor.open(url)
    assert len(one.sample()) == 2 and one.sample()["place"].tolist() == [1, 2]
    assert one.sample_plans()["seed"].tolist() == ["4 12 23"]
    assert len(one.sample(known_at=before)) == len(one.sample_plans(known_at=before)) == 0
    for address in (
        api_of,
        *(str(tmp_path / form) for form in ("csv", "json", "parquet", "bundle")),
    ):
        assert_frame_equal(monitor.open(address).sample("1"), one.sample(1))
        assert_frame_equal(monitor.open(address).sample_plans(), one.sample_plans())
    with pytest.raises(CannotAnswer) as refused:
        one.sample("2")
    assert refused.value.code == "unknown_sample_plan"
    listed = (tmp_path / "csv" / "sample-1-universe.txt").read_bytes()
    assert one.sample_plans()["universe"].tolist() == [sha256(listed).hexdigest()]


@pytest.mark.parametrize("source", ["database", "API", "folder"])
def test_a_past_time_is_read_where_the_pact_is_whatever_the_environment_names(
    store, url, api_of, tmp_path, monkeypatch, source
):
    samples.plan_sample(store, None, draft_plan(state_of(store), date(2016, 1, 1), 3, "Loto"))
    samples.record_seed(store, None, PACT, "1", "4 12 23")
    then, address = datetime.now(UTC), url
    if source == "folder":
        address = str(tmp_path / "out")
        read_samples = sample_tables.samples_to_export
        export.publish_pact(
            store, PACT, tmp_path / "out", "csv", known_at=then, read_samples=read_samples
        )
    one = monitor.open(address if source != "API" else api_of)
    expected = past_frames(one, then)
    if source != "API":  # whose server is the one that the environment names
        monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'another.db'}")
        other = monitor.open(address)
        for name, frame in past_frames(other, then).items():
            assert_frame_equal(frame, expected[name], obj=name)
        assert not (tmp_path / "another.db").exists()
    assert len(expected["sample"]) == 2


def past_frames(pact, then) -> dict[str, pd.DataFrame]:
    """What was known at a time, of samples as well."""
    by_time = ("sample", "sample_plans", "agreement", "agreement_pairs")
    found = {name: getattr(pact, name)(known_at=then) for name in by_time}
    return found | {name: getattr(pact, name)(DAYS[0], then) for name in ("commitments", "actions")}


def state_of(store) -> PactState:
    return PactState(snapshot.Snapshots(store).current(), PACT)


def test_when_something_was_known_is_asked_of_whoever_knows(store, url, api_of, tmp_path):
    load(store, HEADER + ONE, now=LOADED_ON)
    found = monitor.open(url).revisions()
    assert len(found) == 2 and found["assessed"].is_monotonic_increasing
    assert_frame_equal(monitor.open(api_of).revisions(), found)
    export.publish_pact(store, PACT, tmp_path / "out", "csv")
    with pytest.raises(CannotAnswer) as refused:
        monitor.open(str(tmp_path / "out")).revisions()
    assert refused.value.code == "frames_no_past"


def test_the_frames_are_the_caller_s_own(store, url):
    pact = monitor.open(url)
    before = pact.commitments()
    frame = pact.commitments()
    frame.loc[:, "actions"] = 0
    people = pact.signatories()
    people.loc[:, "name"] = "x"
    assert_frame_equal(pact.commitments(), before)
    assert "x" not in set(pact.signatories()["name"])


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda pact: pact.commitments("2999-01-01"), "day_to_come"),
        (lambda pact: pact.commitments("5 July"), "not_a_day"),
        (lambda pact: pact.commitments(known_at="yesterday"), "query_not_a_time"),
        (lambda pact: pact.commitments(city="75056"), "query_unknown_name"),
        (lambda pact: pact.commitments(statut="done"), "query_unknown_value"),
        (lambda pact: pact.indicators("mayor"), "query_unknown_grouping"),
        (lambda pact: pact.indicators("size,size"), "query_unknown_grouping"),
        (lambda pact: pact.changes("2020-07-05", "2016-01-01"), "frames_since"),
    ],
)
@pytest.mark.sqlite
def test_what_means_nothing_is_said_in_a_sentence(store, ask, code):
    with pytest.raises(CannotAnswer) as found:
        ask(monitor.open(store.url))
    assert found.value.code == code and len(str(found.value)) > 30


@pytest.mark.sqlite
def test_an_address_that_holds_no_pact_is_said_in_a_sentence(store, tmp_path, api_of):
    export.publish_pact(store, PACT, tmp_path / "xlsx", "xlsx")
    export.publish_pact(store, PACT, tmp_path / "old", "csv")
    (tmp_path / "old" / "entries.csv").unlink()
    export.publish_pact(store, PACT, tmp_path / "out", "csv")
    for address, pact, code in (
        ("mysql://localhost/x", None, "frames_address"),
        (f"sqlite:///{tmp_path}/none.db", None, "database_missing"),
        (store.url, "other", "unknown_pact"),
        (str(tmp_path / "none"), None, "frames_no_export"),
        (str(tmp_path / "xlsx"), None, "frames_format"),
        (str(tmp_path / "old"), None, "frames_incomplete"),
        (str(tmp_path / "out"), "other", "frames_other_pact"),
        ("http://127.0.0.1:9/api/v1", None, "frames_unreachable"),
        ("http://127.0.0.1:9/", None, "frames_api_address"),
        (api_of, "other", "frames_refused"),
    ):
        with pytest.raises(CannotAnswer) as found:
            monitor.open(address, pact)
        assert found.value.code == code, address


@pytest.mark.sqlite
def test_a_folder_knows_one_time(store, tmp_path):
    then = datetime(2014, 6, 1, tzinfo=UTC)
    export.publish_pact(store, PACT, tmp_path / "now", "csv")
    export.publish_pact(store, PACT, tmp_path / "then", "csv", known_at=then)
    with pytest.raises(CannotAnswer, match="--known-at"):
        monitor.open(str(tmp_path / "now")).commitments(known_at=then)
    one, other = monitor.open(store.url), monitor.open(str(tmp_path / "then"))
    assert_frame_equal(
        one.indicators("measure", known_at=then), other.indicators("measure", known_at=then)
    )
    assert_frame_equal(one.commitments(known_at=then), other.commitments())

"""The scripts of a bundle count its figures again, and stop on any difference."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from monitor import commands, export
from monitor.commands.retracting import retract_row
from monitor.read.analysis_tables import analyses_to_export
from monitor.read.blind import doubled_commitments
from monitor.read.sample import sample_plans
from monitor.read.sample_tables import samples_to_export
from monitor.samples import find_plan
from monitor.store import open_store
from tests.support.blind_ratings import rate_many
from tests.support.clock import NOW
from tests.support.exports import DAYS, recordable_world
from tests.support.loading import HEADER, ONE, load
from tests.support.random_logs import random_world
from tests.support.sample_plans import state_of, two_rounds
from tests.support.shapes import LOADED_ON, shape_files
from tests.support.team import people_of
from tests.support.whole_pacts import load_files
from tests.support.world_writer import write

PACT = "mouves-2014"
RSCRIPT = shutil.which("Rscript")
SCRIPTS = [
    pytest.param([sys.executable, "-S", "reproduce.py"], id="python"),
    pytest.param(
        [RSCRIPT, "reproduce.R"],
        id="R",
        marks=pytest.mark.skipif(RSCRIPT is None, reason="R is not installed: reproduce.R not run"),
    ),
]


@pytest.fixture(scope="module")
def bundle_of(tmp_path_factory):
    """The folder of the bundle of the packaged pact, of a demo, or of a shape, made once."""

    @cache
    def made(what: str) -> Path:
        folder = tmp_path_factory.mktemp("bundle")
        store = open_store(f"sqlite:///{folder / 'monitor.db'}")
        commands.init_database(store, empty=what != "packaged")
        if what == "demo":
            commands.load_demo(store, signatories=100)
            people_of(store)
            two_rounds(store, 16)
            state = state_of(store)
            doubled = doubled_commitments(state, find_plan(sample_plans(state), "3"))
            rate_many(store, "3", 80, first=doubled)
        elif what != "packaged":
            assert load_files(store, shape_files(what), now=LOADED_ON).loaded
        export.publish_pact(
            store,
            None,
            folder / "out",
            "bundle",
            read_samples=samples_to_export,
            read_analyses=analyses_to_export,
        )
        return folder / "out"

    return made


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess:
    # R would compile what is called once.
    environment = os.environ | {"R_ENABLE_JIT": "0"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


# R takes long to start, and counts the packaged pact below, as it was known.
@pytest.mark.parametrize(
    ("command", "what"),
    [
        pytest.param(*script.values, what, id=f"{script.id}-{what}", marks=script.marks)
        for script in SCRIPTS
        for what in ("packaged", "demo", "candidats-et-reponses", "maire-et-adjoints")
        if (script.id, what) != ("R", "packaged")
    ],
)
def test_the_figures_of_a_bundle_are_counted_again(bundle_of, command, what):
    done = run(command, bundle_of(what))
    assert done.returncode == 0, done.stderr
    assert "all the same" in done.stdout


@pytest.mark.parametrize("command", SCRIPTS)
def test_an_answer_that_is_neither_commits_no_more_than_a_no(bundle_of, tmp_path, command):
    folder = bundle_of("candidats-et-reponses")
    other = falsify(folder, tmp_path / "out", "answers.csv", '"no"', '"neither"')
    done = run(command, other)
    assert done.returncode == 0, done.stderr


#: By file: what is put in the place of what, and what a script then says.
FALSE = [
    ("entries.csv", "implemented", "abandoned", "commitments.csv, "),
    ("commitments.csv", '"True"', '"False"', "commitments.csv, hidalgo-paris / 1, "),
    ("indicators-total.csv", '"6"', '"5"', "indicators-total.csv, in all, due"),
    ("incidence.csv", '"730","3"', '"730","4"', "incidence.csv, office / decided / 730, happened"),
]
#: What is behind them.
FALSE_BEHIND = [
    ("signatories.csv", '"elected"', '"defeated"', "outcome"),
    ("signatories.csv", '"75056"', '"13055"', "commune"),
    ("mandates.csv", '"mayor"', '"deputy_mayor"', "binding"),
    ("signed_areas.csv", '"Paris"', '"Lutèce"', "commune_name"),
    ("measures.csv", '"1","', '"9","', "is not in it, or should not be"),
    ("pact.toml", "term_end = 2020", "term_end = 2021", "due_on"),
    ("spells.csv", '"239"', '"240"', "spells.csv, office / decided / hidalgo-paris / 1"),
    ("entries.csv", '"True"', '"False"', "commitments.csv, "),
    ("actions.csv", '"decided"', '"announced"', ", status, "),
    ("actions.csv", '"2018-', '"2019-', ", happened_on, "),
    ("hazard.csv", '"0.1667"', '"0.1666"', "hazard.csv, decided / 2, share"),
]
#: R takes long to start: who was elected, a wait, a total, a curve.
FALSE_FOR_R = [*(FALSE_BEHIND[place] for place in (0, 6)), *FALSE[2:]]


def falsify(folder: Path, to: Path, name: str, before: str, after: str) -> Path:
    """A copy of a bundle with one cell changed, and with the digests of what it now holds."""
    shutil.copytree(folder, to)
    text = (to / name).read_text("utf-8")
    assert before in text
    (to / name).write_text(text.replace(before, after, 1), "utf-8")
    descriptor = json.loads((to / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        digest = hashlib.sha256((to / resource["path"]).read_bytes()).hexdigest()
        resource["hash"] = f"sha256:{digest}"
    (to / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return to


#: By table: the column of which the first filled cell is changed, and by how much. Each of them is
#: counted from other files of the folder.
ALTERED = [
    ("groups", "expected", 0.1),
    ("groups", "rate", 0.0001),
    ("groups", "inner_low", 0.0001),
    ("groups", "outer_high", -0.0001),
    ("groups", "outside", 1),
    ("sample_estimates", "least", 0.0001),
    ("sample_estimates", "low", 0.0001),
    ("sample_estimates", "high", -0.0001),
    ("agreement", "class_share", 0.0001),
    ("agreement", "status_low", 0.0001),
    ("agreement", "ordinal", 0.0001),
    ("agreement", "nominal", 0.0001),
    ("groups", "coverage", 0.0001),
    ("sample", "unknown", 1),
    ("sample", "implemented", 1),
    ("sample_estimates", "implemented_taken", 1),
    ("sample_changes", "most", 0.0001),
    ("sample_changes", "error", 0.0001),
    ("sample_changes", "low", 0.0001),
    ("agreement", "ordinal_low", 0.0001),
    ("agreement", "nominal_high", 0.0001),
    ("transitions", "commitments", 1),
]
#: R takes long to start: one for each table.
ALTERED_FOR_R = [
    ("groups", "inner_low", 0.0001),
    ("sample", "unknown", 1),
    ("sample_changes", "error", 0.0001),
    ("agreement", "ordinal", 0.0001),
]


def alter_cell(
    folder: Path, to: Path, table: str, column: str, by: float, beside: str = ""
) -> Path:
    """A copy of a bundle with the first filled cell of a column a little larger, in a row in which the
    cell `beside` is filled too."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row[column] and row[beside or column])
    cells = [f'"{cell}"' for cell in row.values()]
    changed = str(round(float(row[column]) + by, 4)) if isinstance(by, float) else None
    place = list(row).index(column)
    after = [*cells]
    after[place] = f'"{changed or int(row[column]) + int(by)}"'
    return falsify(folder, to, f"{table}.csv", ",".join(cells), ",".join(after))


@pytest.mark.parametrize(("table", "column", "by"), ALTERED)
def test_a_figure_that_is_altered_is_named(bundle_of, tmp_path, table, column, by):
    folder = alter_cell(bundle_of("demo"), tmp_path / "out", table, column, by)
    done = run([sys.executable, "-S", "reproduce.py"], folder)
    assert done.returncode == 1 and done.stderr.startswith(f"DIFFERENT: {table}.csv, ")
    assert f", {column}, " in done.stderr


@pytest.mark.parametrize(
    ("column", "by", "expected"),
    [("status_low", 0.0001, ", status_low, "), ("same_source", 1_000, "its measures have more")],
)
def test_a_figure_of_a_measure_that_is_altered_is_told(bundle_of, tmp_path, column, by, expected):
    folder = alter_cell(bundle_of("demo"), tmp_path / "out", "agreement", column, by, "measure")
    done = run([sys.executable, "-S", "reproduce.py"], folder)
    assert done.returncode == 1 and expected in done.stderr


@pytest.mark.skipif(RSCRIPT is None, reason="R is not installed: reproduce.R not run")
@pytest.mark.parametrize(("table", "column", "by"), ALTERED_FOR_R)
def test_a_figure_that_is_altered_is_named_by_r(bundle_of, tmp_path, table, column, by):
    folder = alter_cell(bundle_of("demo"), tmp_path / "out", table, column, by)
    done = run([str(RSCRIPT), "reproduce.R"], folder)
    assert done.returncode == 1 and f"DIFFERENT: {table}.csv, " in done.stderr
    assert f", {column}" in done.stderr


@pytest.mark.parametrize("seed", [3, 8])
def test_any_log_is_counted_again_as_it_was_known(fresh, tmp_path, seed):
    """With corrections, retractions, withdrawn files and signatures, answers and details."""
    store, world = fresh(tmp_path / "a.db"), recordable_world(random_world(seed, lawful=True))
    write(store, world, seed, late=False)
    then = sorted(action["recorded_at"] for action in world.actions)[len(world.actions) // 2]
    folder = tmp_path / "out"
    export.publish_pact(
        store, None, folder, "bundle", day=DAYS[-1], known_at=then, read_analyses=analyses_to_export
    )
    done = run([sys.executable, "-S", "reproduce.py"], folder)
    assert done.returncode == 0, done.stderr
    if RSCRIPT and seed == 8:
        done = run([RSCRIPT, "reproduce.R"], folder)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("name", "before", "after", "expected"), [*FALSE, *FALSE_BEHIND])
def test_what_figures_are_counted_from_cannot_be_changed(
    bundle_of, tmp_path, name, before, after, expected
):
    folder = falsify(bundle_of("packaged"), tmp_path / "out", name, before, after)
    done = run([sys.executable, "-S", "reproduce.py"], folder)
    assert done.returncode == 1 and expected in done.stderr
    assert done.stderr.startswith("DIFFERENT: ")
    assert not (folder / "__pycache__").exists()


@pytest.mark.skipif(RSCRIPT is None, reason="R is not installed: reproduce.R not run")
@pytest.mark.parametrize(("name", "before", "after", "_"), FALSE_FOR_R)
def test_r_counts_the_same_again(bundle_of, tmp_path, name, before, after, _):
    folder = falsify(bundle_of("packaged"), tmp_path / "out", name, before, after)
    done = run([str(RSCRIPT), "reproduce.R"], folder)
    assert done.returncode == 1 and done.stderr.startswith("DIFFERENT: "), done.stderr


@pytest.mark.parametrize("times", [0, 2])
@pytest.mark.parametrize(
    "name", ["indicators-measure.csv", "incidence.csv", "hazard.csv", "commitments.csv"]
)
def test_a_row_that_is_missing_or_there_twice_is_named(bundle_of, tmp_path, name, times):
    rows = (bundle_of("packaged") / name).read_text("utf-8").splitlines(keepends=True)
    folder = falsify(
        bundle_of("packaged"), tmp_path / "out", name, f"\n{rows[2]}", "\n" + rows[2] * times
    )
    done = run([sys.executable, "-S", "reproduce.py"], folder)
    assert done.returncode == 1 and done.stderr.startswith(f"DIFFERENT: {name}, ")


@pytest.fixture(scope="module")
def revised(tmp_path_factory):
    """The bundle of a pact of which something was learnt later, and those of the times that it names."""
    folder = tmp_path_factory.mktemp("revised")
    store = open_store(f"sqlite:///{folder / 'monitor.db'}")
    commands.init_database(store, now=NOW)
    load(store, HEADER + ONE, now=LOADED_ON)
    day = date(2020, 7, 5)

    def bundle_at(name: str, known_at: datetime | None) -> Path:
        export.publish_pact(
            store,
            None,
            folder / name,
            "bundle",
            day=day,
            known_at=known_at,
            read_analyses=analyses_to_export,
        )
        return folder / name

    with (bundle_at("now", None) / "revisions.csv").open(newline="") as file:
        times = [row["known_on"] for row in csv.DictReader(file)]
    return folder / "now", [str(bundle_at(time, datetime.fromisoformat(time))) for time in times]


def test_what_was_told_at_earlier_times_is_what_their_bundles_give(revised):
    now, earlier = revised
    assert len(earlier) == 2
    script = [sys.executable, "-S", "reproduce.py", "."]
    alone, one, both = (run([*script, *given], now) for given in ([], earlier[:1], earlier))
    assert alone.returncode == one.returncode == both.returncode == 0, both.stderr
    assert "of 2 earlier times" in alone.stderr and "of 1 earlier times" in one.stderr
    assert not both.stderr


@pytest.mark.skipif(RSCRIPT is None, reason="R is not installed: reproduce.R not run")
def test_r_counts_what_was_told_at_earlier_times_and_names_what_is_altered(revised, tmp_path):
    now, (first, second) = revised
    folder = alter_cell(now, tmp_path / "out", "revisions", "assessed", 1)
    done = run([str(RSCRIPT), "reproduce.R", ".", second, first], folder)
    assert done.returncode == 1, done.stdout
    time = Path(first).name.replace("+00:00", "Z")
    assert f"DIFFERENT: revisions.csv, {time}, assessed: " in done.stderr


@pytest.mark.parametrize("column", ["assessed", "rate_high"])
def test_an_earlier_figure_that_is_altered_is_named(revised, tmp_path, column):
    now, earlier = revised
    folder = alter_cell(
        now, tmp_path / "out", "revisions", column, 1 if column == "assessed" else 0.1
    )
    done = run([sys.executable, "-S", "reproduce.py", ".", *earlier], folder)
    assert done.returncode == 1 and f", {column}, " in done.stderr
    assert done.stderr.startswith("DIFFERENT: revisions.csv, ")


def test_a_bundle_of_a_past_time_leaves_out_whoever_was_taken_back_since(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    commands.init_database(store, now=NOW)
    retract_row(store, None, "signatories", PACT, ("hidalgo-paris",), "Erreur.", LOADED_ON)
    folder = tmp_path / "out"
    export.publish_pact(
        store, None, folder, "bundle", known_at=NOW, read_analyses=analyses_to_export
    )
    assert run([sys.executable, "-S", "reproduce.py"], folder).returncode == 0
    assert not [path.name for path in folder.iterdir() if b"hidalgo" in path.read_bytes().lower()]


def test_a_script_stops_on_other_bytes(bundle_of, tmp_path):
    folder = shutil.copytree(bundle_of("packaged"), tmp_path / "out")
    with (folder / "mandates.csv").open("a") as file:
        file.write("\n")
    assert "the bytes of mandates.csv" in run([sys.executable, "-S", "reproduce.py"], folder).stderr


def test_the_sums_of_a_bundle_are_those_of_its_files(bundle_of):
    folder = bundle_of("packaged")
    done = run(["sha256sum", "--check", "--strict", "SHA256SUMS"], folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == len(list(folder.iterdir())) - 1

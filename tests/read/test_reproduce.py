"""The scripts of a bundle count its figures again, and stop on any difference."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from monitor import commands, export
from monitor.store import open_store
from tests.support.shapes import LOADED_ON, shape_files
from tests.support.whole_pacts import load_files

RSCRIPT = shutil.which("Rscript")
SCRIPTS = [
    pytest.param([sys.executable, "reproduce.py"], id="python"),
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
        store.create()
        if what == "packaged":
            commands.init_database(store)
        elif what == "demo":
            commands.load_demo(store, signatories=60)
        else:
            assert load_files(store, shape_files(what), now=LOADED_ON).loaded
        export.publish_pact(store, None, folder / "out", "bundle")
        return folder / "out"

    return made


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize("what", ["packaged", "demo", "candidats-et-reponses", "maire-et-adjoints"])
@pytest.mark.parametrize("command", SCRIPTS)
def test_the_figures_of_a_bundle_are_counted_again(bundle_of, command, what):
    done = run(command, bundle_of(what))
    assert done.returncode == 0, done.stderr
    assert "all the same" in done.stdout


@pytest.mark.parametrize("command", SCRIPTS)
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("entries.csv", "implemented", "decided"),
        ("commitments.csv", '"True"', '"False"'),
        ("indicators-total.csv", '"6"', '"5"'),
    ],
)
def test_any_difference_stops_a_script(bundle_of, tmp_path, command, name, before, after):
    folder = shutil.copytree(bundle_of("packaged"), tmp_path / "out")
    text = (folder / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), "utf-8")
    # The bytes are others as well, which the first script sees before it counts.
    descriptor = folder / "datapackage.json"
    descriptor.write_text(descriptor.read_text("utf-8").replace('"resources"', '"all"'), "utf-8")
    descriptor.write_text(
        descriptor.read_text("utf-8").replace("{", '{"resources": [],', 1), "utf-8"
    )
    done = run(command, folder)
    assert done.returncode == 1 and "DIFFERENT" in done.stderr


def test_a_script_stops_on_other_bytes(bundle_of, tmp_path):
    folder = shutil.copytree(bundle_of("packaged"), tmp_path / "out")
    with (folder / "mandates.csv").open("a") as file:
        file.write("\n")
    assert "the bytes of mandates.csv" in run([sys.executable, "reproduce.py"], folder).stderr


def test_the_sums_of_a_bundle_are_those_of_its_files(bundle_of):
    folder = bundle_of("packaged")
    done = run(["sha256sum", "--check", "--strict", "SHA256SUMS"], folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == len(list(folder.iterdir())) - 1

"""The scripts of a bundle count its figures again, and stop on any difference."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor import commands, export
from tests.support.paths import SHAPES
from tests.support.shapes import LOADED_ON, shape_files
from tests.support.whole_pacts import load_files

RSCRIPT = shutil.which("Rscript")
LANGUAGES = [
    pytest.param([sys.executable, "reproduce.py"], id="python"),
    pytest.param(
        [RSCRIPT, "reproduce.R"],
        id="R",
        marks=pytest.mark.skipif(RSCRIPT is None, reason="R is not installed: reproduce.R not run"),
    ),
]


def bundle(store, folder: Path) -> Path:
    export.publish_pact(store, None, folder / "out", "bundle")
    return folder / "out"


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize("command", LANGUAGES)
@pytest.mark.parametrize("shape", ["", "demo", *sorted(path.name for path in SHAPES.iterdir())])
def test_the_figures_of_a_bundle_are_counted_again(empty, tmp_path, command, shape):
    if shape == "demo":
        commands.load_demo(empty, signatories=60)
    elif shape:
        assert load_files(empty, shape_files(shape), now=LOADED_ON).loaded
    else:
        commands.init_database(empty)
    done = run(command, bundle(empty, tmp_path))
    assert done.returncode == 0, done.stderr
    assert "all the same" in done.stdout


@pytest.mark.parametrize("command", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("entries.csv", "implemented", "decided"),
        ("commitments.csv", '"True"', '"False"'),
        ("indicators-total.csv", '"6"', '"5"'),
    ],
)
def test_any_difference_stops_a_script(store, tmp_path, command, name, before, after):
    folder = bundle(store, tmp_path)
    path = folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    done = run(command, folder)
    assert done.returncode == 1 and "DIFFERENT" in done.stderr


def test_the_sums_of_a_bundle_are_those_of_its_files(store, tmp_path):
    folder = bundle(store, tmp_path)
    done = run(["sha256sum", "--check", "--strict", "SHA256SUMS"], folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == len(list(folder.iterdir())) - 1

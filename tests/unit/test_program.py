"""After an upgrade nobody is shown a page of before: tags and versions follow the program."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from monitor import __version__
from monitor.program import ROOT, digest_of, program_digest
from monitor.store.tables import schema_files
from monitor.web.responses import tag_of

#: The last schema file of each released version: a database of the next one is refused by those before.
RELEASED = {"0.1.0": 1, "0.2.0": 3}
CHANGED = (
    "monitor/web/templates/sheet.html",
    "monitor/web/static/fiche.css",
    "monitor/locale/fr/pages.po",
    "monitor/store/schema/0001_log.sql",
    "monitor/ui/static/suivi.js",
    "monitor/status/fold.py",
    "pages/mesures.py",
    "data/reference/departements_2026.geojson",
    "requirements.txt",
)


@pytest.fixture
def installed(tmp_path):
    """A copy of the program in a folder of its own."""
    for name in ("monitor", "pages", "data"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.db*")
        )
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    return tmp_path


def test_the_same_program_elsewhere_has_the_same_digest(installed):
    assert digest_of(installed) == program_digest()


@pytest.mark.parametrize("name", CHANGED)
def test_another_file_is_another_program(installed, name):
    with (installed / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert digest_of(installed) != program_digest()


def test_a_database_or_a_compiled_file_is_no_part_of_the_program(installed):
    (installed / "data" / "monitor.db").write_text("x", "utf-8")
    (installed / "monitor" / "__pycache__").mkdir(exist_ok=True)
    (installed / "monitor" / "__pycache__" / "log.pyc").write_text("x", "utf-8")
    assert digest_of(installed) == program_digest()


@pytest.mark.processes
def test_a_page_that_a_reader_has_is_sent_anew_once_its_template_is_another(installed):
    """By the tag that the upgraded program gives to the very same view."""
    with (installed / "monitor/web/templates/sheet.html").open("a", encoding="utf-8") as file:
        file.write("<!-- new -->\n")
    asked = "from monitor.web.responses import tag_of; print(tag_of('54:9f', '2020-07-05'))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=installed, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().startswith('W/"')
    assert done.stdout.strip() != tag_of("54:9f", "2020-07-05")


def test_the_version_is_said_once_and_follows_the_schema():
    """A schema file that comes after a release needs another version: what meets the database must be
    told apart."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert declared == __version__
    last = max(int(file.name[:4]) for file in schema_files("sqlite"))
    assert last == RELEASED.get(__version__, last) and last >= max(RELEASED.values())
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert set(re.findall(r"^## (\d\S*)", changes, re.MULTILINE)) == set(RELEASED)

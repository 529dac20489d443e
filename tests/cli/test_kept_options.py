"""What is said of the files of a folder is kept in it, and need not be typed again."""

import json

import pytest

from monitor.cli.kept_options import NAME
from tests.support.whole_pacts import SHEETS, workbook

MARKS = ("--mark", "x=oui", "--mark", 'à l\'"étude"=nsp')


@pytest.fixture
def folder(tmp_path):
    """A pact whose answers are marked in two ways that only its makers know."""
    people = [("Nom", "Ville"), ("Ali Test", "Lyon"), ("Zoé Test", "Bordeaux")]
    across = [("Candidat", "1", "2"), ("Ali Test", "x", ""), ("Zoé Test", 'à l\'"étude"', "x")]
    sheets = {name: rows for name, rows in SHEETS.items() if name in ("Pacte", "MESURES")}
    found = tmp_path / "pact"
    found.mkdir()
    content = workbook({**sheets, "Signataires": people, "Réponses": across})
    (found / "pacte.xlsx").write_bytes(content)
    return found


def answered(done) -> dict:
    assert done.exit_code == 0, done.output
    files = json.loads(done.stdout)["files"]
    return next(one["outcomes"] for one in files if one["content"] == "answers")


def test_a_folder_keeps_what_was_said_of_it_for_every_later_load(run, folder):
    assert run("load", folder, *MARKS, "--keep-options", "--dry-run").exit_code == 0
    assert (folder / NAME).read_text("utf-8").splitlines()[0] == '--mark "x=oui"'
    assert answered(run("load", folder, "--json"))["created"] == 3
    assert answered(run("load", folder, "--json"))["unchanged"] == 3


def test_what_is_typed_goes_before_what_is_kept(run, folder):
    run("load", folder, *MARKS, "--keep-options", "--dry-run")
    assert answered(run("load", folder, "--mark", "X=", "--json"))["created"] == 1
    run("load", folder, "--mark", "x=non", "--keep-options", "--dry-run")
    kept = (folder / NAME).read_text("utf-8")
    assert '--mark "x=non"' in kept and "x=oui" not in kept and "étude" in kept


def test_a_kept_option_about_what_is_gone_is_named_and_stops_nothing(run, folder):
    lines = ('--mark "x=oui"', '--column "Ville natale="', '--sheet "Veille="')
    (folder / NAME).write_text("\n".join(lines), "utf-8")
    done = run("load", folder, "--mark", 'à l\'"étude"=en partie')
    assert done.exit_code == 0, done.output
    assert "Ville natale" in done.output and "Veille" in done.output
    assert run("load", folder, "--column", "Ville natale=").exit_code == 1


@pytest.mark.parametrize("line", ["--newer", "x=oui", '--mark "x=oui', "--pact demo", "--mark"])
def test_a_line_that_is_no_such_option_is_named_and_nothing_is_loaded(run, folder, line):
    (folder / NAME).write_text(f'# ours\n\n--mark "x=oui"\n{line}\n', "utf-8")
    done = run("load", folder)
    assert done.exit_code == 2 and line in done.output and "4" in done.output


@pytest.mark.parametrize(
    "options",
    [("--keep-options",), ("--keep-options", "--same", "comment=")],
    ids=["none", "emptied"],
)
def test_nothing_to_keep_is_said(run, folder, options):
    assert run("load", folder, *options).exit_code == 2
    assert not (folder / NAME).exists()


def test_one_file_keeps_nothing(run, folder):
    (folder / "a.csv").write_text("signatory_id,1\n", "utf-8")
    file = folder / "a.csv"
    assert run("load", "answers", file, "--mark", "x=oui", "--keep-options").exit_code == 2
    assert not (folder / NAME).exists()


def test_a_refusal_of_a_load_with_several_options_says_how_they_are_kept(run, folder):
    options = ("--mark", "y=oui")
    assert "--keep-options" not in run("load", folder, *options).output
    options += ("--column", "Ville=commune", "--sheet", "Réponses=réponses")
    for path in (folder, folder / "pacte.xlsx"):
        done = run("load", path, *options)
        assert done.exit_code == 1 and "--keep-options" in done.output
    assert "--keep-options" not in run("load", folder, *options, *MARKS).output

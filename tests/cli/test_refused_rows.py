"""Refused rows: where they are written, that nothing else is lost by it, and what is said of them."""

import csv
import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from monitor import commands
from monitor.cli import terminal
from monitor.cli.main import main
from monitor.cli.paths import RefusedRows
from monitor.errors import InvalidValue
from tests.support.clock import NOW
from tests.support.loading import HEADER, ONE, PACT, entries, load
from tests.support.paths import ROOT

GOOD = "signatory_id,name,commune\nx,X,01004\n"
NAMED = "signatory_id,name,commune\nx,Zoé Zed,01004\n"
BAD = "signatory_id,name,commune\nx,X,1004\ny,Y,75056\n"
REJECTS = '"rejected_line","rejected_reason","signatory_id"\n"7","…","z"\n'


@pytest.fixture
def run(store):
    def invoke(*arguments, **options):
        found = CliRunner().invoke(main, [str(argument) for argument in arguments], **options)
        assert found.exception is None or isinstance(found.exception, SystemExit)
        return found

    return invoke


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def test_the_file_to_load_is_never_that_of_the_refused_rows(run, file, tmp_path):
    path = file(BAD)
    (tmp_path / "link.csv").symlink_to(path)
    os.link(path, tmp_path / "same.csv")
    for name in ("file.csv", "link.csv", "same.csv"):
        result = run("load", "signatories", path, "--rejects", tmp_path / name)
        assert (result.exit_code, "autre nom" in result.stderr) == (1, True)
        assert path.read_text() == BAD


@pytest.mark.parametrize("text", [GOOD, BAD])
def test_a_file_of_something_else_is_neither_replaced_nor_deleted(run, file, text):
    other = file("précieux\n", "autre.txt")
    result = run("load", "signatories", file(text), "--rejects", other)
    assert (result.exit_code, "pas été touché" in result.stderr) == (1, True)
    assert other.read_text() == "précieux\n"


@pytest.mark.parametrize("text", ["", REJECTS, REJECTS.replace('"', "").replace(",", ";")])
def test_a_file_of_refused_rows_gives_way_to_the_new_one(run, file, text):
    rejects = file(text, "refus.csv")
    assert run("load", "signatories", file(BAD), "--rejects", rejects).exit_code == 1
    (row,) = csv.DictReader(io.StringIO(rejects.read_text("utf-8-sig")))
    assert (row["rejected_line"], row["commune"]) == ("2", "1004")


def test_refused_rows_of_before_stay_after_a_good_load_which_says_so(run, file, tmp_path):
    rejects = file(REJECTS, "refus.csv")
    result = run("load", "signatories", file(GOOD), "--rejects", rejects)
    assert (result.exit_code, "chargement précédent" in result.stderr) == (0, True)
    assert rejects.read_text() == REJECTS
    assert {path.name for path in tmp_path.iterdir() if "partial" in path.name} == set()


@pytest.mark.parametrize("wrong", [("--pact", "nope"), ("--rejects", "/nowhere/refus.csv")])
def test_a_load_that_does_not_begin_leaves_the_refused_rows_of_before(run, file, wrong):
    rejects = file(REJECTS, "refus.csv")
    assert run("load", "signatories", file(BAD), "--rejects", rejects, *wrong).exit_code == 1
    assert rejects.read_text() == REJECTS


def test_refused_rows_go_where_a_link_leads_and_the_link_stays(run, file, tmp_path):
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "refus.csv")
    run("load", "signatories", file(BAD), "--rejects", link)
    assert link.is_symlink() and "1004" in (tmp_path / "refus.csv").read_text()


def test_refused_rows_may_go_into_a_pipe_which_stays(run, file, tmp_path):
    pipe, found = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
    reader.start()
    assert run("load", "signatories", file(BAD), "--rejects", pipe).exit_code == 1
    reader.join(5)
    assert "1004" in found[0] and pipe.is_fifo()


def test_the_good_rows_are_not_kept_if_the_refused_ones_cannot_be_written(run, file, store):
    before = entries(store)
    result = run("load", "signatories", file(BAD), "--skip-rejected", "--rejects", "/dev/full")
    assert (result.exit_code, "Rien n’a été chargé" in result.stderr) == (1, True)
    assert entries(store) == before


def test_a_disk_that_fills_later_keeps_nothing_either(store, tmp_path):
    rejects = RefusedRows(Path("/dev/full"), tmp_path / "file.csv")
    bad = "".join(ONE.replace("new-1", f"n{n}").replace("decided", "x") for n in range(900))
    with pytest.raises(InvalidValue):
        load(store, HEADER + ONE + bad, skip_rejected=True, rejects=rejects)
    rejects.close()
    assert entries(store) == 54


def test_a_full_output_is_said_in_a_sentence_after_what_was_loaded(store, file):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "monitor", "load", "signatories", file(NAMED), "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
    loaded, full = done.stderr.splitlines()
    assert done.returncode == 1
    assert "chargé (1 créée)" in loaded and full.startswith("Le système a refusé")


@pytest.mark.parametrize("option", [("--rejects", "x.csv"), ("--skip-rejected",), ("--pact", PACT)])
def test_options_of_rows_are_wrong_usage_with_a_pact(run, file, option):
    path = file(REJECTS, "x.csv")
    result = run("load", "pact", file("", "pact.toml"), *option)
    assert (result.exit_code, path.read_text()) == (2, REJECTS)


def test_a_row_with_too_many_cells_is_one_refused_row_with_all_its_cells(store):
    rejects = io.StringIO()
    ragged = ONE.replace("new-1", "new-2").replace("/1,,", "/1,,Raison")
    ragged = ragged.replace("Un acte", "Un, acte, =1")
    report = load(store, HEADER + ragged + ONE, skip_rejected=True, rejects=rejects)
    assert (report.loaded, report.unread) == (True, False)
    assert report.outcomes == {"created": 1, "rejected": 1}
    (row,) = csv.DictReader(io.StringIO(rejects.getvalue()))
    assert row["rejected_extra"] == ",Raison"
    assert [row["summary"], row["source_kind"], row["source_title"]] == ["Un", " acte", " =1"]
    (again,) = load(store, rejects.getvalue()).errors[:1]
    assert again.line == 2


SAID = {
    "a bad row": (BAD, "(1 ligne bonne, 1 refusée)", True),
    "no good row": (BAD.replace("75056", "1004"), "(2 refusées). Corrigez, puis", True),
    "a fault that ends the reading": (GOOD + 'y,"Y" Z,75056\n', "Corrigez la ligne dite", True),
    "a file without lines": ("", "rien n’a été écrit.", False),
}


@pytest.mark.parametrize(("text", "expected", "line"), SAID.values(), ids=SAID)
def test_what_became_of_a_refused_file_is_said_truly(run, file, text, expected, line):
    result = run("load", "signatories", file(text))
    assert (
        result.stderr.replace("\xa0", " ").rstrip().splitlines()[-1].startswith("file.csv : refusé")
    )
    assert expected in result.stderr
    assert ("ligne 3" in result.stderr or "ligne 2" in result.stderr) == line


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_reasons_are_in_the_language_of_the_messages(run, file, tmp_path, monkeypatch, lang):
    monkeypatch.setattr(terminal, "LANG", lang)
    run("load", "signatories", file(BAD), "--rejects", tmp_path / "refus.csv")
    text = (tmp_path / "refus.csv").read_text("utf-8-sig")
    assert ("ligne 2" in text, "line 2" in text) == (lang == "fr", lang == "en")


@pytest.mark.parametrize("name", ["-", "pipe"])
def test_what_comes_through_a_pipe_is_loaded(run, tmp_path, name):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    if name == "pipe":
        threading.Thread(target=lambda: pipe.write_text(GOOD)).start()
    result = run("load", "signatories", "-" if name == "-" else pipe, input=GOOD)
    assert "chargé (1 créée)" in result.stderr


def test_an_interrupted_load_says_that_nothing_was_written(run, file, store, monkeypatch):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "load", interrupted)
    result = run("load", "signatories", file(GOOD))
    assert (result.exit_code, "rien n’a été écrit" in result.stderr) == (1, True)


def test_sheets_that_are_left_out_are_named_to_people_and_programs(run, tmp_path):
    book = Workbook()
    for sheet in (book.active, book.create_sheet("Suite")):
        for row in (["signatory_id", "name", "commune"], [sheet.title[:1], "X", "01004"]):
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    result = run("load", "signatories", tmp_path / "a.xlsx", "--json")
    assert json.loads(result.stdout)["sheets_left_out"] == ["Suite"]
    assert "Non lues\xa0: Suite" in result.stderr


def test_the_row_of_the_spreadsheet_is_in_the_json(run, file):
    text = 'signatory_id,name,commune,list\na,A,01004,"x\n\ny"\nb,B,01004,"x"\nc,C,1004,\n'
    found = json.loads(run("load", "signatories", file(text), "--json").stdout)["errors"]
    assert [(one["line"], one["row"], one["code"]) for one in found] == [
        (2, 2, "line_break"),
        (6, 4, "lost_zero"),
    ]


def test_no_name_of_a_file_drives_the_terminal(run, tmp_path):
    path = tmp_path / "a\x1b[31m\nb.csv"
    path.write_text(GOOD)
    assert "a\ufffd[31m⏎b.csv\xa0: chargé" in run("load", "signatories", path).stderr


def test_links_and_dry_runs_write_their_refused_rows_as_well(store, tmp_path):
    path = tmp_path / "refus.csv"
    rejects = RefusedRows(path, tmp_path / "links.csv")
    text = io.BytesIO(b"url,status,checked_on\nhttps://x.invalid/,,2026-01-01\n")
    commands.load_links(store, text, name="l.csv", rejects=rejects, dry_run=True, now=NOW)
    rejects.finish()
    rejects.close()
    assert "required" not in path.read_text() and "https://x.invalid/" in path.read_text()


def test_a_file_of_titles_only_is_said_to_have_no_rows(run, file):
    result = run("load", "mandates", file("signatory_id,office,started_on\n"), "--pact", PACT)
    assert (result.exit_code, "aucune ligne" in result.stderr) == (0, True)


@pytest.mark.parametrize("how", [(), ("--dry-run",)], ids=["load", "dry-run"])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (BAD, "signatories.csv\xa0: 1 ligne bonne, 1 refusée."),
        (BAD.replace("1004", "01004").replace("75056", "1"), "1 ligne bonne, 1 refusée."),
        (BAD.replace("75056", "1"), "signatories.csv\xa0: 2 refusées."),
        ("Nom,Couleur\nX,bleu\n", "signatories.csv\xa0: refusé, aucune ligne n’a été lue."),
    ],
)
def test_what_is_refused_in_a_folder_is_told_alike_whether_or_not_it_is_a_trial(
    run, file, tmp_path, rows, expected, how
):
    file(rows, "signatories.csv")
    result = run("load", tmp_path, "--pact", PACT, *how)
    assert result.exit_code == 1 and expected in result.stderr
    assert "créée" not in result.stderr and "Rien n’a été écrit" in result.stderr


def test_figures_of_an_export_in_a_folder_are_said_to_be_computed_anew(run, file, tmp_path):
    file(GOOD, "signatories.csv")
    file("measure,due,log_head\n1,2,3:a\n", "indicators-measure.csv")
    result = run("load", tmp_path, "--pact", PACT, "--dry-run")
    assert "Non lus\xa0: indicators-measure.csv" in result.stderr
    assert "1 créée" in result.stderr and "d’un export" in result.stderr


def test_what_is_said_of_a_whole_file_is_not_taken_off_the_cells_that_are_left_to_tell(run, file):
    names = ("Xavier Ixe", "Yvon Ygrec", "Zoé Zed")
    for turn in (0, 1):
        ids = "xyz"[turn:] + "xyz"[:turn]
        rows = "".join(f"{one},{name},01004\n" for one, name in zip(ids, names, strict=True))
        result = run("load", "signatories", file(f"signatory_id,name,commune\n{rows}"))
    assert result.exit_code == 1 and "3 des 3 identifiants" in result.stderr.replace("\u00a0", " ")
    assert "-1" not in result.stderr

"""`new`: a folder to begin a pact with, asked for or in one line."""

import json
import re
import shutil
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from monitor.cli.local_address import keep_address, local_address
from monitor.cli.main import main
from monitor.cli.new import LEVELS, TOML, WORKBOOK
from monitor.cli.terminal import tell_unset_publisher
from monitor.export.example_rows import example_row, own_examples
from monitor.export.new_pact import LEVEL_KINDS, begin_pact
from monitor.intake.pact import parse_pact
from monitor.pacts import PLACE_WORDS
from monitor.settings import PUBLISHER
from tests.support.paths import SHAPES

ANSWERS = {
    "title": "Pacte vélo",
    "promoter": "Une association",
    "election": "Municipales 2026",
    "election_on": "22/03/2026",
    "term_end": "21 mars 2032",
    "language": "fr",
    "level": "country",
    "licence": "cc by 4.0",
}


def call(folder, *arguments, typed=None, **answers):
    given = {**ANSWERS, **answers} if typed is None else {}
    options = [part for name, one in given.items() for part in (f"--{name.replace('_', '-')}", one)]
    return CliRunner().invoke(main, ["new", str(folder), *options, *arguments], input=typed)


@pytest.mark.parametrize("level", LEVELS)
def test_a_folder_to_begin_with_says_what_was_answered(tmp_path, level):
    folder = tmp_path / "mine"
    assert call(folder, level=level).exit_code == 0
    data, errors = parse_pact((folder / TOML).read_bytes())
    assert not errors and data["id"] == "pacte-velo" and str(data["term_end"]) == "2032-03-21"
    is_of_communes = level in ("commune", "council")
    assert data.get("binding_offices", data.get("offices")) or level == "council"
    assert set(PLACE_WORDS) & {*data} == (set() if is_of_communes else set(PLACE_WORDS))
    assert (folder / WORKBOOK).stat().st_size < 1_000_000


def test_what_is_not_said_in_the_command_is_asked_for(tmp_path):
    typed = "\n".join(ANSWERS.values()) + "\n"
    assert call(tmp_path / "mine", typed=typed).exit_code == 0
    data, _ = parse_pact((tmp_path / "mine" / TOML).read_bytes())
    assert data["title"] == ANSWERS["title"] and data["licence"] == "CC-BY-4.0"


@pytest.mark.parametrize("count", range(len(ANSWERS) + 1))
def test_who_says_no_more_gets_what_is_usual_or_the_name_of_what_is_missing(tmp_path, count):
    """A script, whose answers end where it does."""
    typed = "".join(f"{one}\n" for one in list(ANSWERS.values())[:count])
    result = call(tmp_path / "mine", typed=typed)
    missing = list(ANSWERS)[count : count + 1]
    if missing and missing[0] in ("title", "promoter", "election", "election_on"):
        assert result.exit_code == 2 and not (tmp_path / "mine").exists()
        assert f"--{missing[0].replace('_', '-')}" in result.output
    else:
        assert result.exit_code == 0
        data, errors = parse_pact((tmp_path / "mine" / TOML).read_bytes())
        assert not errors and ("term_end" in data) == (count > 4)
    assert "Aborted" not in result.output


WRONG = {
    "title": " ",
    "promoter": "x" * 2_001,
    "election": " ",
    "election_on": "hier",
    "term_end": "2020-01-01",
    "language": "français de France",
    "level": "galaxie",
    "licence": "x" * 2_001,
}


@pytest.mark.parametrize("which", ANSWERS)
def test_an_answer_that_cannot_be_taken_is_asked_for_again_and_the_others_are_kept(tmp_path, which):
    lines = [
        line
        for name, one in ANSWERS.items()
        for line in (*([WRONG[name]] * 2 if name == which else []), one)
    ]
    typed = "".join(f"{line}\n" for line in lines)
    result = call(tmp_path / "mine", typed=typed)
    assert result.exit_code == 0, result.output
    data, _ = parse_pact((tmp_path / "mine" / TOML).read_bytes())
    assert data["title"] == ANSWERS["title"] and str(data["term_end"]) == "2032-03-21"
    assert "Invalid" not in result.output


@pytest.mark.parametrize("which", ANSWERS)
def test_no_default_takes_the_place_of_an_answer_that_was_refused(tmp_path, which):
    before = list(ANSWERS.values())[: list(ANSWERS).index(which)]
    typed = "".join(f"{one}\n" for one in (*before, WRONG[which]))
    result = call(tmp_path / "mine", typed=typed)
    assert result.exit_code == 2 and not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ("Département", "department"),
        ("départements", "department"),
        ("DEPARTMENT", "department"),
        ("commune", "commune"),
        ("région", "region"),
        ("circonscription", "parliament"),
        ("country", "country"),
        ("Intercommunalité", "intercommunal"),
        ("Conseils", "council"),
        ("parti", "party"),
        ("listes régionales", "regional_list"),
        ("European list", "european_list"),
    ],
)
def test_a_level_is_said_by_its_code_or_in_words(tmp_path, given, level):
    assert call(tmp_path, level=given).exit_code == 0
    data, _ = parse_pact((tmp_path / TOML).read_bytes())
    assert [office["code"] for office in data.get("offices", [])] == [
        office["code"] for office in LEVELS[level]
    ]


#: What the sheets of a level say of those who sign and what they may hold: the example of a name, of a
#: result and of an office, "" for none.
SIGNERS = {
    "commune": ("Camille Martin", None, "élu(e)", "maire"),
    "region": ("Camille Martin", None, "élu(e)", "président de région"),
    "regional_list": ("Demain ensemble", "liste", "élu(e)", "liste à la tête de la région"),
    "european_list": (
        *("Demain ensemble", "liste", "élu(e)"),
        "liste représentée au Parlement européen",
    ),
    "party": ("Parti de demain", "parti", "élu(e)", "parti au gouvernement"),
    "council": ("Conseil municipal de Saint-Denis (93)", "instance", None, None),
}


@pytest.mark.parametrize("level", SIGNERS)
def test_the_examples_of_a_workbook_are_of_those_who_sign_at_its_level(level):
    keys, offices = begin_pact({**ANSWERS, "election_on": date(2026, 3, 22)}, level)
    kind, is_own = LEVEL_KINDS.get(level), bool(offices)
    own = own_examples(keys, offices, is_own, "fr", kind)
    people, held = (
        example_row(content, "fr", own, kind) for content in ("signatories", "mandates")
    )
    facts = [people.get(name) for name in ("name", "kind", "outcome")] + [held.get("office")]
    assert [one and one.removeprefix("Exemple\u00a0: ") for one in facts] == [*SIGNERS[level]]
    assert level in ("commune", "council") or "maire" not in str([*people.values(), *held.values()])


@pytest.mark.parametrize(("level", "count"), [("region", 18), ("department", 101), ("country", 0)])
def test_the_places_that_are_known_of_a_level_stand_in_the_workbook(tmp_path, level, count):
    assert call(tmp_path, level=level).exit_code == 0
    sheet = load_workbook(tmp_path / WORKBOOK)["Lieux"]
    names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True) if row[1]]
    assert len(names) == (count or 1) and ("Bretagne" in names) == (level == "region")


def test_what_stands_in_the_folder_is_said_before_anything_is_asked(tmp_path):
    (tmp_path / TOML).write_text("mine")
    result = call(tmp_path, typed="")
    assert result.exit_code == 1 and TOML in result.output


def test_a_term_without_a_fixed_end_is_left_open(tmp_path):
    assert call(tmp_path, term_end="").exit_code == 0
    data, errors = parse_pact((tmp_path / TOML).read_bytes())
    assert not errors and "term_end" not in data


def test_nothing_that_stands_there_is_replaced(tmp_path):
    assert call(tmp_path).exit_code == 0
    (tmp_path / TOML).write_text("mine")
    result = call(tmp_path)
    assert result.exit_code == 1 and TOML in result.output
    assert (tmp_path / TOML).read_text() == "mine"


@pytest.mark.parametrize(
    "wrong",
    [
        {"election_on": "hier"},
        {"term_end": "2020-01-01"},
        {"term_start": "2026-01-01"},
        {"language": "?"},
        {"title": " "},
        {"id": "Mon pacte"},
        {"level": "galaxie"},
    ],
    ids=str,
)
def test_a_wrong_answer_is_told_and_makes_nothing(tmp_path, wrong):
    result = call(tmp_path / "mine", **wrong)
    assert result.exit_code == 2 and not (tmp_path / "mine").exists()


def test_a_folder_with_a_refused_row_says_where_and_writes_it_out(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'monitor.db'}")
    runner, folder, out = CliRunner(), tmp_path / "mine", tmp_path / "refused"
    shutil.copytree(SHAPES / "maire-et-adjoints", folder)
    rows = (folder / "mandates.csv").read_text("utf-8")
    (folder / "mandates.csv").write_text(rows.replace("s003,deputy_mayor", "s003,échevin"), "utf-8")
    assert runner.invoke(main, ["init", "--empty"]).exit_code == 0
    result = runner.invoke(main, ["load", str(folder), "--rejects", str(out), "--json"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 1 and not answer["loaded"]
    assert re.search(r"mandates\.csv\s?: .*échevin", result.stderr)
    assert [path.name for path in out.iterdir()] == ["mandates.csv"]
    mended = (out / "mandates.csv").read_text("utf-8-sig").replace("échevin", "Adjointe au maire")
    (out / "mandates.csv").write_text(mended, "utf-8")
    (folder / "mandates.csv").write_text(
        rows.replace("s003,deputy_mayor,2026-03-20\n", ""), "utf-8"
    )
    assert runner.invoke(main, ["load", str(folder)]).exit_code == 0
    assert runner.invoke(main, ["load", str(out)]).exit_code == 0


def test_who_publishes_is_asked_in_one_line_once_there_is_something_to_publish(
    tmp_path, monkeypatch, capsys
):
    assert "MONITOR_" not in call(tmp_path / "one", level="parliament").output
    tell_unset_publisher()
    output = capsys.readouterr().err
    assert output.count("MONITOR_") == 1 and "MONITOR_CONTACT" in output
    for setting in PUBLISHER.values():
        monkeypatch.setenv(setting, "Une association")
    tell_unset_publisher()
    assert not capsys.readouterr().err


def test_a_link_leads_to_where_the_server_of_the_database_answers(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'monitor.db'}")
    assert local_address().endswith(":8501")
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "8600")
    assert local_address().endswith(":8600")
    keep_address("http://127.0.0.1:8571")
    assert local_address() == "http://127.0.0.1:8571"

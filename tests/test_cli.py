"""The command line as a person uses it: what it prints, where, and its exit status."""

import csv
import io
import json
import socket

import pytest
from click.testing import CliRunner

from monitor.__main__ import main
from monitor.commands.setup import PACKAGED


@pytest.fixture
def run(url):
    """Runs a command on a database that does not exist yet."""

    def invoke(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return invoke


@pytest.fixture
def ready(run):
    """The same, after `init`."""
    assert run("init").exit_code == 0
    return run


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "file.csv"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


BAD = "signatory_id,name,commune\nx,X,1004\ny,Y,75056\n"


def test_init_says_what_it_loaded_then_that_there_is_nothing_to_load(run):
    assert "actions.csv\u00a0: chargé (40 créées)" in run("init").stderr
    assert "rien à charger" in run("init").stderr


def test_before_init_a_command_says_to_run_it(run):
    result = run("status")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "python -m monitor init" in result.stderr


def test_status_gives_the_contract_s_columns(ready):
    rows = list(csv.DictReader(io.StringIO(ready("status", "--format", "csv").stdout)))
    assert list(rows[0]) == [
        "signatory_id", "name", "commune", "measure", "status", "since", "verdict", "lateness",
        "actions",
    ]  # fmt: skip
    assert len(rows) == 15


def test_status_of_a_city_on_a_day(ready):
    options = ("--commune", "75056", "--as-of", "2016-04-05", "--format", "json")
    found = json.loads(ready("status", *options).stdout)
    assert found["as_of"] == "2016-04-05"
    assert [(row["measure"], row["status"], row["verdict"]) for row in found["rows"][:3]] == [
        ("1", "in_progress", "unfinished"),
        ("2", "decided", "unfinished"),
        ("3", "not_assessed", "not_established"),
    ]


LYON = [("1", "decided"), ("2", "not_assessed"), ("3", "not_assessed")]


@pytest.mark.parametrize(
    ("day", "said", "verdict", "lateness"),
    [
        ("2016-04-05", LYON, "pending", None),
        # between two mandates, the second of which begins before the due date
        ("2018-01-01", [(measure, "decided") for measure in "123"], "pending", None),
        (None, [(measure, "decided") for measure in "123"], "unfinished", "overdue"),
    ],
)
def test_status_of_lyon_as_counted_by_hand(ready, day, said, verdict, lateness):
    options = ("--commune", "69123", "--format", "json", *(("--as-of", day) if day else ()))
    rows = json.loads(ready("status", *options).stdout)["rows"]
    mayor = [row for row in rows if row["signatory_id"] == "collomb-lyon"]
    assert [(row["measure"], row["status"]) for row in mayor] == said
    assert {(row["verdict"], row["lateness"]) for row in mayor} == {(verdict, lateness)}
    others = {(row["signatory_id"], row["verdict"]) for row in rows if row not in mayor}
    assert others == {("havard-lyon", "not_bound")}


def test_who_was_defeated_is_in_the_table_and_not_bound(ready):
    rows = json.loads(ready("status", "--format", "json").stdout)["rows"]
    unbound = [row["signatory_id"] for row in rows if row["verdict"] == "not_bound"]
    lost = ("kosciusko-morizet-paris", "najdovski-paris", "havard-lyon")
    assert sorted(unbound) == sorted(lost * 3)
    assert {row["lateness"] for row in rows if row["signatory_id"] in lost} == {None}


def test_a_table_for_people_has_no_share_of_fewer_than_five(ready):
    said = ready("indicators", "--by", "measure").stdout.splitlines()
    assert [line.split() for line in said[1:]] == [
        ["1", "2", "2", "–", "0", "1", "–", "–", "–"],
        ["2", "2", "2", "–", "0", "1", "–", "–", "–"],
        ["3", "2", "2", "–", "0", "0", "–", "–", "–"],
    ]
    (total,) = [line.split() for line in ready("indicators").stdout.splitlines()[1:]]
    assert total == ["6", "6", "1.0", "0", "2", "0.0", "0.0", "0.0"]


def test_status_as_known_before_anything_was_recorded_is_empty(ready):
    options = ("--known-at", "2015-01-01T00:00:00Z", "--format", "json")
    assert json.loads(ready("status", *options).stdout)["rows"] == []


def test_indicators_by_measure_come_with_their_bounds(ready):
    rows = json.loads(ready("indicators", "--by", "measure", "--format", "json").stdout)["rows"]
    assert rows[0] == {
        "measure": "1", "due": 2, "assessed": 2, "coverage": 1.0, "implemented": 0, "partly": 1,
        "rate": 0.0, "rate_low": 0.0, "rate_high": 0.0,
    }  # fmt: skip


def test_a_view_carries_pact_day_head_and_licence(ready):
    found = json.loads(ready("indicators", "--format", "json").stdout)
    assert found["pact"] == "mouves-2014"
    assert found["licence"] == "CC-BY-4.0"
    assert found["head"].startswith("54:")


def test_a_table_is_for_reading(ready):
    assert ready("status").stdout.splitlines()[0].split()[:3] == ["signatory_id", "name", "commune"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("status", "--pact", "nothing"), 1, "mouves-2014"),
        (("status", "--commune", "01001"), 1, "01001"),
        (("status", "--as-of", "2016"), 2, "aaaa-mm-jj"),
        (("status", "--as-of", "2199-01-01"), 2, "pas encore venu"),
        (("status", "--known-at", "hier"), 2, "UTC"),
        (("verify", "--head", "12"), 2, "NUMÉRO:EMPREINTE"),
        (("load", "actions", "/nowhere.csv"), 1, "/nowhere.csv"),
        (("load", "actions", "/tmp"), 1, "dossier"),
        (("load", "promises", "x.csv"), 2, "promises"),
        (("nonsense",), 2, "nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_mistake_gets_a_sentence_and_never_a_traceback(ready, arguments, code, said):
    result = ready(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_refused_file_exits_with_1_and_says_where(ready, file):
    result = ready("load", "signatories", file(BAD))
    assert result.exit_code == 1
    assert "ligne 2" in result.stderr
    assert "01004" in result.stderr


def test_the_json_report_has_counts_and_sentences_in_both_languages(ready, file):
    found = json.loads(ready("load", "signatories", file(BAD), "--json").stdout)
    assert found["outcomes"] == {
        "created": 1, "unchanged": 0, "corrected": 0, "conflict": 0, "rejected": 1,
    }  # fmt: skip
    (error,) = found["errors"]
    assert (error["line"], error["column"], error["code"]) == (2, "commune", "lost_zero")
    assert error["fr"] != error["en"]


def test_the_rejects_file_is_corrected_and_loaded(ready, file, tmp_path):
    rejects = tmp_path / "rejects.csv"
    options = ("--skip-rejected", "--rejects", rejects)
    assert ready("load", "signatories", file(BAD), *options).exit_code == 1
    text = rejects.read_text("utf-8-sig").replace('"1004"', '"01004"')
    assert ready("load", "signatories", file(text, "again.csv")).exit_code == 0
    assert ready("status", "--commune", "01004").exit_code == 0


def test_a_file_without_a_refused_row_leaves_no_rejects_file(ready, file, tmp_path):
    rejects = tmp_path / "rejects.csv"
    good = "signatory_id,name,commune\nx,X,01004\n"
    assert ready("load", "signatories", file(good), "--rejects", rejects).exit_code == 0
    assert not rejects.exists()


def test_a_dry_run_writes_nothing(ready, file):
    good = "signatory_id,name,commune\nx,X,01004\n"
    assert ready("load", "signatories", file(good), "--dry-run").exit_code == 0
    assert ready("status", "--commune", "01004").exit_code == 1


def test_a_pact_is_loaded_from_its_file(ready):
    result = ready("load", "pact", PACKAGED / "pact.toml")
    assert (result.exit_code, "inchangée" in result.stderr) == (0, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('title = "Le Pacte du Mouves"', "title = 3"), "wrong_type"),
        (("term_end = 2020-07-05", "term_end = 2010-07-05"), "term_order"),
        (('language = "fr"', 'language = "de"'), "unknown_code"),
        (('promoter = "', 'promotor = "'), "missing_key"),
        (('id = "2"', 'id = "1"'), "duplicate_measure"),
        (("[[measures]]", "[[measures]"), "not_toml"),
        (('binding_offices = ["mayor"]', 'binding_offices = ["king"]'), "unknown_code"),
    ],
)
def test_a_bad_pact_is_refused_with_its_reason(ready, file, change, said):
    text = (PACKAGED / "pact.toml").read_text("utf-8").replace(*change, 1)
    result = ready("load", "pact", file(text, "pact.toml"), "--json")
    assert result.exit_code == 1
    assert said in [error["code"] for error in json.loads(result.stdout)["errors"]]


def test_verify_gives_the_head_and_finds_it_again(ready):
    result = ready("verify")
    head = result.stderr.split()[-1]
    assert ready("verify", "--head", head).exit_code == 0
    wrong = f"54:{'0' * 64}"
    assert ready("verify", "--head", wrong).exit_code == 1


def test_a_demo_is_fictional_and_stands_beside_the_real_pact(ready):
    assert ready("demo", "--signatories", "40", "--actions", "200").exit_code == 0
    found = json.loads(ready("status", "--pact", "demo", "--format", "json").stdout)
    assert found["fictional"] is True
    assert "Données fictives" in ready("status", "--pact", "demo").stderr
    assert json.loads(ready("status", "--format", "json").stdout)["pact"] == "mouves-2014"
    assert ready("verify").exit_code == 0


def test_a_second_demo_is_refused(ready):
    ready("demo", "--signatories", "10")
    result = ready("demo", "--signatories", "20")
    assert (result.exit_code, "autre base" in result.stderr) == (1, True)


def test_a_port_that_is_taken_is_said_with_what_to_do(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", taken.getsockname()[1])
    assert result.exit_code == 1
    assert "make run PORT=" in result.stderr


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_says_what_it_does(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 3

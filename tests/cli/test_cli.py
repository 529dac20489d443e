"""The command line as a person uses it: what it prints, where, and its exit status."""

import csv
import io
import json
import os
import re
import shutil
import socket

import openpyxl
import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.commands.setup import PACKAGED
from monitor.schema import FILES
from monitor.store import open_store
from tests.support.command_lines import WITHOUT_A_DATABASE, run_command
from tests.support.damage import intrude
from tests.support.paths import ROOT


@pytest.fixture
def run(url):
    """Runs a command on a database that does not exist yet."""

    def invoke(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return invoke


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A folder with all that `init` leaves."""
    folder = tmp_path_factory.mktemp("begun")
    assert run_command(f"sqlite:///{folder / 'monitor.db'}", "init").exit_code == 0
    return folder


@pytest.fixture
def ready(run, begun, tmp_path):
    """The same, after `init`."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
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


def test_an_empty_database_is_told_how_to_get_a_pact(run):
    assert "python -m monitor new" in run("init", "--empty").stderr


def test_before_init_a_command_says_to_run_it(run):
    result = run("status")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "python -m monitor init" in result.stderr


@pytest.mark.parametrize("command", ["status", "indicators"])
def test_a_view_is_printed_as_spreadsheets_open_it(ready, command):
    plain = list(csv.reader(io.StringIO(ready(command, "--format", "csv").stdout)))
    printed = ready(command, "--format", "semicolon.csv").stdout
    with_decimals = [[re.sub(r"^(\d+)[.](\d+)$", r"\1,\2", cell) for cell in row] for row in plain]
    assert list(csv.reader(io.StringIO(printed), delimiter=";")) == with_decimals
    book = openpyxl.load_workbook(io.BytesIO(ready(command, "--format", "xlsx").stdout_bytes))
    rows, columns, about = book.worksheets
    assert rows.max_row == len(plain) and columns.max_row == 1 + len(plain[0])
    assert ("Pacte", "mouves-2014") in list(about.iter_rows(values_only=True))


def test_status_gives_the_contract_s_columns(ready):
    rows = list(csv.DictReader(io.StringIO(ready("status", "--format", "csv").stdout)))
    assert list(rows[0]) == [
        "signatory_id",
        "name",
        "commune",
        "measure",
        "status",
        "since",
        "verdict",
        "lateness",
        "actions",
    ]
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
    ("day", "expected", "verdict", "lateness"),
    [
        ("2016-04-05", LYON, "pending", None),
        # between two mandates, the second of which begins before the due date
        ("2018-01-01", [(measure, "decided") for measure in "123"], "pending", None),
        (None, [(measure, "decided") for measure in "123"], "unfinished", "overdue"),
    ],
)
def test_status_of_lyon_as_counted_by_hand(ready, day, expected, verdict, lateness):
    options = ("--commune", "69123", "--format", "json", *(("--as-of", day) if day else ()))
    rows = json.loads(ready("status", *options).stdout)["rows"]
    mayor = [row for row in rows if row["signatory_id"] == "collomb-lyon"]
    assert [(row["measure"], row["status"]) for row in mayor] == expected
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
    output = ready("indicators", "--by", "measure").stdout.splitlines()
    assert [line.split()[:9] for line in output[1:]] == [
        ["1", "2", "2", "–", "0", "1", "–", "–", "–"],
        ["2", "2", "2", "–", "0", "1", "–", "–", "–"],
        ["3", "2", "2", "–", "0", "0", "–", "–", "–"],
    ]
    effort_and_the_other_whole = ["0", "1", "2", "2", "12.5", "20.5", "2", "2", "0", "1"]
    assert output[1].split()[9:] == effort_and_the_other_whole
    (total,) = [line.split() for line in ready("indicators").stdout.splitlines()[1:]]
    assert total[:8] == ["6", "6", "–", "0", "2", "–", "–", "–"]  # six commitments of two officials


def test_status_as_known_before_anything_was_recorded_is_empty(ready):
    options = ("--known-at", "2015-01-01T00:00:00Z", "--format", "json")
    assert json.loads(ready("status", *options).stdout)["rows"] == []


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        (("incidence",), 24),
        (("spells",), 36),
        (("transitions", "--since", "2016-01-01"), 4),
        (("groups",), 0),
        (("agreement",), 0),
    ],
)
def test_a_table_of_the_analyses_is_printed(ready, asked, rows):
    found = json.loads(ready("analysis", *asked, "--format", "json").stdout)
    assert found["pact"] == "mouves-2014" and len(found["rows"]) == rows


@pytest.mark.parametrize("asked", [("hazard", "--by", "size"), ("groups", "--since", "2016-01-01")])
def test_an_option_of_another_table_is_refused(ready, asked):
    result = ready("analysis", *asked)
    assert result.exit_code == 2 and asked[1] in result.stderr


def test_indicators_by_measure_come_with_their_bounds(ready):
    rows = json.loads(ready("indicators", "--by", "measure", "--format", "json").stdout)["rows"]
    assert rows[0] == {
        "measure": "1",
        "due": 2,
        "assessed": 2,
        "coverage": 1.0,
        "implemented": 0,
        "partly": 1,
        "rate": 0.0,
        "rate_low": 0.0,
        "rate_high": 0.5,
        "no_evidence": 0,
        "stale": 1,
        "officials": 2,
        "officials_assessed": 2,
        "entries_per_assessed": 12.5,
        "months_since_entry": 20.5,
        "due_ever": 2,
        "assessed_ever": 2,
        "implemented_ever": 0,
        "partly_ever": 1,
    }


def test_a_view_carries_pact_day_head_and_licence(ready):
    found = json.loads(ready("indicators", "--format", "json").stdout)
    assert found["pact"] == "mouves-2014"
    assert found["licence"] == "CC-BY-4.0"
    assert found["head"].startswith("54:")


def test_a_table_is_for_reading(ready):
    assert ready("status").stdout.splitlines()[0].split()[:3] == ["signatory_id", "name", "commune"]


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (("status", "--pact", "nothing"), 1, "mouves-2014"),
        (("status", "--commune", "01001"), 1, "01001"),
        (("status", "--as-of", "2016"), 2, "aaaa-mm-jj"),
        (("status", "--as-of", "2199-01-01"), 2, "pas encore venu"),
        (("status", "--as-of", "20160405"), 2, "aaaa-mm-jj"),
        (("status", "--as-of", ""), 2, "aaaa-mm-jj"),
        (("links", "x.csv", "--checked-on", "20160405"), 2, "aaaa-mm-jj"),
        (("elected", "x.csv", "--state", "20160405"), 2, "aaaa-mm-jj"),
        (("elected", "x.csv", "--state", "2199-01-01"), 2, "pas encore venu"),
        (("confirm-clock", "hier"), 2, "aaaa-mm-jj"),
        (("status", "--as-of", "2016-W14-2"), 2, "aaaa-mm-jj"),
        (("status", "--known-at", "20160405T10"), 2, "UTC"),
        (("status", "--commune", "1340"), 1, "Écrivez 01015"),
        (("status", "--commune", "75101"), 1, "75101"),
        (("status", "--commune", "Lyon"), 1, "69123 (Lyon"),
        (("status", "--commune", "2a004"), 1, "« 2A004 »"),
        (("backup", "/nowhere/x.db"), 1, "dossier « /nowhere »"),
        (("restore", "/nowhere.db"), 1, "« /nowhere.db » n’existe pas"),
        (("restore", "/tmp"), 1, "est un dossier"),
        (("restore", __file__), 1, "n’est pas une copie"),
        (
            ("copy", "--from", "sqlite:////nowhere.db", "--to", "sqlite:////x.db"),
            1,
            "Il n’y a pas de base à copier ici",
        ),
        (("load", "pact", "/nowhere.toml"), 1, "« /nowhere.toml » n’existe pas"),
        (("status", "--known-at", "hier"), 2, "UTC"),
        (("verify", "--head", "12"), 2, "NUMÉRO:EMPREINTE"),
        (("load", "actions", "/nowhere.csv"), 1, "/nowhere.csv"),
        (("load", "actions", "/tmp"), 1, "dossier"),
        (("load", "promises", "x.csv"), 2, "promises"),
        (("nonsense",), 2, "nonsense"),
        (("demo", "--seed", "-5"), 2, "--seed"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_mistake_gets_a_sentence_and_never_a_traceback(ready, arguments, code, expected):
    result = ready(*arguments)
    assert result.exit_code == code
    assert expected in result.stderr.replace("\xa0", " ")
    assert "Traceback" not in result.stderr


def test_a_refused_file_exits_with_1_and_says_where(ready, file):
    result = ready("load", "signatories", file(BAD))
    assert result.exit_code == 1
    assert "ligne 2" in result.stderr
    assert "01004" in result.stderr


def test_the_json_report_has_counts_and_sentences_in_both_languages(ready, file):
    found = json.loads(ready("load", "signatories", file(BAD), "--json").stdout)
    assert found["outcomes"] == {
        "created": 1,
        "unchanged": 0,
        "corrected": 0,
        "retracted": 0,
        "conflict": 0,
        "rejected": 1,
    }
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
    ("change", "expected"),
    [
        (('title = "Le Pacte du Mouves"', "title = 3"), "wrong_type"),
        (("term_end = 2020-07-05", "term_end = 2010-07-05"), "term_order"),
        (('language = "fr"', 'language = "allemand"'), "malformed_language"),
        (('promoter = "', 'promotor = "'), "missing_key"),
        (('id = "2"', 'id = "1"'), "duplicate_measure"),
        (("[[measures]]", "[[measures]"), "not_toml"),
        (('binding_offices = ["mayor"]', 'binding_offices = ["king"]'), "unknown_office"),
    ],
)
def test_a_bad_pact_is_refused_with_its_reason(ready, file, change, expected):
    text = (PACKAGED / "pact.toml").read_text("utf-8").replace(*change, 1)
    result = ready("load", "pact", file(text, "pact.toml"), "--json")
    assert result.exit_code == 1
    assert expected in [error["code"] for error in json.loads(result.stdout)["errors"]]


def test_verify_gives_the_head_and_finds_it_again(ready):
    result = ready("verify")
    head = result.stdout.split()[-1]
    found = ready("verify", "--head", head)
    assert found.exit_code == 0 and f"La tête publiée {head} est dans cette chaîne" in found.stdout
    wrong = f"54:{'0' * 64}"
    assert ready("verify", "--head", wrong).exit_code == 1


def altered(*statements: str) -> None:
    intrude(open_store(), *statements)


def test_verify_names_the_entry_that_was_altered_and_says_nothing_else(ready):
    altered("UPDATE action SET happened_on = '2012' WHERE seq = 30")
    result = ready("verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "n°\u00a030 (action)" in result.stderr


def test_what_comes_before_an_alteration_is_still_proved_by_a_published_head(ready):
    with open_store().reading() as session:
        hashes = dict(session.rows("SELECT seq, hash FROM entry"))
    altered("UPDATE action SET happened_on = '2012' WHERE seq = 30")
    until = "le journal est tel qu’il a été publié"
    before = ready("verify", "--head", f"20:{hashes[20]}")
    assert before.exit_code == 1 and until in before.stderr and "n°\u00a030" in before.stderr
    after = ready("verify", "--head", f"40:{hashes[40]}")
    assert after.exit_code == 1 and until not in after.stderr


@pytest.mark.parametrize("seq", ["1" + "0" * 26, "9" * 5_000, "4611686018427387905"])
def test_a_head_past_the_end_of_any_log_is_not_in_the_chain(ready, seq):
    result = ready("verify", "--head", f"{seq}:{'0' * 64}")
    assert result.exit_code == 1 and "n’est pas dans la chaîne" in result.stderr


def test_verify_names_the_guards_that_are_not_there_and_init_puts_them_back(ready):
    altered("CREATE TRIGGER mine AFTER INSERT ON draft BEGIN DELETE FROM draft; END")
    bare = ready("verify")
    assert bare.exit_code == 1 and "Le journal est intact" in bare.stdout
    assert "Il manque dans la base\u00a0: trigger account_" in bare.stderr
    assert "trigger mine" in bare.stderr and "python -m monitor init" in bare.stderr
    mended = ready("init")
    assert mended.exit_code == 0 and "ont été remises" in mended.stderr
    again = ready("verify")
    assert (again.exit_code, again.stderr) == (0, "")
    assert "remises" not in ready("init").stderr


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("CREATE INDEX mine ON action (kind)", "index mine"),
        ("DROP TABLE account_commune", "table account_commune"),
        ("DELETE FROM head", "tête du journal"),
    ],
)
def test_init_names_what_it_cannot_put_back(ready, statement, expected):
    altered(statement)
    result = ready("init")
    assert result.exit_code == 1 and expected in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("verify",), ("status",), ("backup", "copie.db"), ("load", "pact", PACKAGED / "pact.toml")],
)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM head",
        f"INSERT INTO head VALUES (2, 0, '{'0' * 64}')",
        "UPDATE head SET seq = 'abc'",
        "UPDATE head SET seq = x'ff'",
    ],
    ids=["none", "two", "a word", "a blob"],
)
def test_a_head_that_is_none_gets_a_sentence(ready, tmp_path, monkeypatch, arguments, statement):
    monkeypatch.chdir(tmp_path)
    altered(statement)
    result = ready(*arguments)
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert "monitor restore" in result.stderr


def test_every_command_is_known_to_make_no_database():
    assert set(main.commands) == {*WITHOUT_A_DATABASE, "init", "new", "serve"}


@pytest.mark.parametrize(
    "arguments",
    [(name, *more) for name, ways in WITHOUT_A_DATABASE.items() for more in ways],
    ids=lambda arguments: " ".join(map(str, arguments[:2])),
)
@pytest.mark.parametrize(
    "content", [None, b"", b"SQLite format 3\0 cut short"], ids=["missing", "empty", "cut short"]
)
def test_nothing_but_init_makes_a_database(run, tmp_path, monkeypatch, arguments, content):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "l.csv").write_text("url,status,checked_on\nhttps://x.invalid/,404,2026-03-02\n")
    (tmp_path / "maires_2014-04-25.csv").write_text("insee,nom,prenom\n75056,ROCHE,Lucie\n")
    if content is not None:
        (tmp_path / "monitor.db").write_bytes(content)
    before = sorted(os.listdir(tmp_path))
    result = run(*(str(one).format(tmp_path) for one in arguments))
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert [name for name in sorted(os.listdir(tmp_path)) if name != "monitor.db.lock"] == before
    if content is not None:
        assert (tmp_path / "monitor.db").read_bytes() == content


LONG = "x" * 300


@pytest.mark.parametrize(
    ("database", "arguments", "expected"),
    [
        ("file.txt/monitor.db", ("init",), "file.txt/monitor.db"),
        (f"{LONG}/monitor.db", ("init",), "ne peut pas être ouverte"),
        (f"{LONG}.db", ("init",), "ne peut pas être ouverte"),
        (f"{LONG}.db", ("demo", "--signatories", "1"), "ne peut pas être ouverte"),
        ("file.txt/monitor.db", ("demo", "--signatories", "1"), "file.txt/monitor.db"),
        ("folder", ("init",), "pas un fichier"),
        ("folder", ("status",), "pas un fichier"),
        ("pipe", ("init",), "pas un fichier"),
        ("pipe", ("verify",), "pas un fichier"),
        ("pipe", ("restore", "copie.db"), "pas un fichier"),
        ("folder", ("restore", "copie.db"), "pas un fichier"),
        ("new.db", ("restore", "pipe"), "pas un fichier"),
        ("new.db", ("restore", "folder"), "est un dossier"),
        ("new.db", ("restore", "rien.db"), "rien.db"),
        ("new.db", ("restore", LONG), "n’existe pas"),
        (f"{LONG}.db", ("restore", "copie.db"), "ne peut pas être ouverte"),
        ("file.txt/monitor.db", ("restore", "copie.db"), "file.txt/monitor.db"),
        ("copie.db", ("backup", "file.txt/x.db"), "file.txt"),
        ("copie.db", ("backup", "nowhere/x.db"), "nowhere"),
        ("copie.db", ("backup", LONG), "ne peut pas être ouvert"),
        (
            "copie.db",
            ("copy", "--from", "sqlite:///{0}/rien.db", "--to", "sqlite:///{0}/y.db"),
            "Il n’y a pas de base à copier",
        ),
        (
            "copie.db",
            ("copy", "--from", "sqlite:///{0}/copie.db", "--to", "sqlite:///{0}/file.txt/y.db"),
            "file.txt/y.db",
        ),
        (
            "copie.db",
            ("copy", "--from", "sqlite:///{0}/copie.db", "--to", "sqlite:///{0}/" + LONG),
            "ne peut pas être ouverte",
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else " ".join(value)[:30],
)
def test_a_path_that_cannot_be_gets_a_sentence_that_names_it(
    packaged, tmp_path, monkeypatch, database, arguments, expected
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / database}")
    shutil.copy(packaged, tmp_path / "copie.db")
    (tmp_path / "file.txt").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    before = sorted(os.listdir(tmp_path))
    filled = [argument.replace("{0}", str(tmp_path)) for argument in arguments]
    result = CliRunner().invoke(main, filled)
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert expected in result.stderr and "monitor init" not in result.stderr
    assert sorted(os.listdir(tmp_path)) == before


@pytest.fixture(scope="module")
def packaged(tmp_path_factory):
    """A database with the packaged pact, to be copied."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('packaged') / 'monitor.db'}")
    commands.init_database(store)
    return store.path


@pytest.mark.parametrize("way", ["backup", "restore", "copy"])
def test_an_altered_log_is_neither_saved_nor_put_back(ready, tmp_path, way):
    store = open_store()
    shutil.copy(store.path, tmp_path / "altered.db")
    bad = open_store(f"sqlite:///{tmp_path / 'altered.db'}")
    intrude(bad, "UPDATE action SET happened_on = '2012' WHERE seq = 30")
    if way == "backup":
        altered("UPDATE action SET happened_on = '2012' WHERE seq = 30")
    whole = store.path.read_bytes()
    arguments = {
        "backup": ("backup", tmp_path / "copie.db"),
        "restore": ("restore", bad.path),
        "copy": ("copy", "--from", bad.url, "--to", f"sqlite:///{tmp_path / 'autre.db'}"),
    }[way]
    result = ready(*arguments)
    assert result.exit_code == 1 and "n°\u00a030" in result.stderr
    assert store.path.read_bytes() == whole and not (tmp_path / "copie.db").exists()


def test_a_copy_without_guards_is_put_back_with_them(ready, tmp_path):
    assert ready("backup", tmp_path / "copie.db").exit_code == 0
    intrude(open_store(f"sqlite:///{tmp_path / 'copie.db'}"))
    assert ready("restore", tmp_path / "copie.db").exit_code == 0
    assert ready("restore", tmp_path / "copie.db").exit_code == 0  # twice in a second
    assert ready("verify").exit_code == 0


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
    # And so does the guide of whoever runs the site.
    assert re.search(rf"^\|.*`{command}[` ]", (ROOT / "docs" / "operations.md").read_text(), re.M)


def test_the_help_of_load_names_every_file(run):
    output = run("load", "--help").stdout
    assert all(re.search(rf"\b{name}\b", output) for name in ("pact", *FILES))


def test_a_refused_pact_is_not_offered_to_be_loaded_row_by_row(ready, file):
    text = (
        (PACKAGED / "pact.toml")
        .read_text("utf-8")
        .replace('language = "fr"', 'language = "allemand"')
    )
    output = ready("load", "pact", file(text, "pact.toml")).stderr
    assert "clé «\u00a0language\u00a0»" in output
    assert "colonne" not in output and "--skip-rejected" not in output


def test_a_link_of_activation_says_what_to_do_where_the_server_is_elsewhere(ready, monkeypatch):
    monkeypatch.delenv("MONITOR_PUBLIC_URL", raising=False)
    done = ready("user", "add", "Camille", "--role", "volunteer")
    assert done.stdout.startswith("http://127.0.0.1:8501/activation#jeton=")
    assert "MONITOR_PUBLIC_URL=" in done.stderr
    monkeypatch.setenv("MONITOR_PUBLIC_URL", "https://moniteur.example/")
    again = ready("user", "link", "Camille")
    assert again.stdout.startswith("https://moniteur.example/activation#jeton=")
    assert "MONITOR_PUBLIC_URL" not in again.stderr


def test_a_file_that_the_system_refuses_is_named(ready, file, monkeypatch):
    monkeypatch.setenv("MONITOR_STATE", str(file("no folder") / "state"))
    done = ready("accept-rewrite", "--reason", "Disque perdu.")
    assert (done.exit_code, str(file("no folder") / "state") in done.stderr) == (1, True)

"""`export` as whoever runs it sees it: the folder, its files, what is in them and what never is."""

import csv
import io
import json
import shutil
import sqlite3
import zipfile

import orjson
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from monitor import commands, export
from monitor.cli.main import main
from monitor.commands.setup import PACKAGED
from monitor.errors import NotFound, Refused
from monitor.export import package
from monitor.models import Decision, GroupBy, Role
from monitor.schema import OPEN
from monitor.store import open_store
from tests.support.exports import load_export, printed_tables
from tests.support.loading import HEADER, ONE, load
from tests.support.team import LATER, action, sign_in

PACT = "mouves-2014"
CONTRACT_HEADER = HEADER.replace("summary", "summary,recorded_by")


def rows(path) -> list[dict]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def unpacked(path) -> bytes:
    """What a file holds, a workbook or Parquet too."""
    if path.suffix == ".parquet":
        file = pq.ParquetFile(path)
        return f"{file.metadata.metadata} {file.read().to_pylist()}".encode()
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(map(archive.read, archive.namelist()))


def published(store, folder, form="csv", **options):
    export.publish_pact(store, PACT, folder, form, **options)
    return folder


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Where the packaged pact is exported to, by the first who needs it."""
    return tmp_path_factory.mktemp("exported") / "out"


@pytest.fixture
def out(store, exported, tmp_path):
    if not exported.exists():
        published(store, exported)
    return shutil.copytree(exported, tmp_path / "out")


def test_a_folder_holds_the_contract_s_files_and_the_tables_of_the_view(out):
    assert {path.name for path in out.iterdir()} == {
        "pact.toml",
        "signatories.csv",
        "mandates.csv",
        "actions.csv",
        "signed_areas.csv",
        "entries.csv",
        "commitments.csv",
        "indicators-total.csv",
        "indicators-measure.csv",
        "indicators-commune.csv",
        "indicators-department.csv",
        "indicators-region.csv",
        "indicators-size.csv",
        "indicators-office.csv",
        "export.json",
    }
    for content in ("signatories", "mandates", "actions"):
        assert tuple(rows(out / f"{content}.csv")[0]) == OPEN[content]


def test_every_row_of_a_view_says_what_it_is_a_view_of(store, out):
    with store.reading() as session:
        ((seq, hash_),) = session.rows("SELECT seq, hash FROM head")
    for name in ("commitments", "indicators-total", "indicators-size"):
        for row in rows(out / f"{name}.csv"):
            assert (row["pact"], row["as_of"], row["known_at"]) == (PACT, "2020-07-05", "")
            assert (row["log_head"], row["licence"]) == (f"{seq}:{hash_}", "CC-BY-4.0")


def test_the_csv_is_rfc_4180_without_formulas_and_the_json_is_exact(store, tmp_path):
    formula = '=HYPERLINK("https://exemple.invalid")'
    line = ONE.replace("Un acte", '"' + formula.replace('"', '""') + '"')
    assert load(store, HEADER + line).loaded
    content = (published(store, tmp_path / "csv") / "actions.csv").read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"action_id",') and content.endswith(b'"\r\n')
    assert content.count(b"\n") == content.count(b"\r\n") == 42
    (row,) = [row for row in rows(tmp_path / "csv/actions.csv") if row["action_id"] == "new-1"]
    assert row["summary"] == f"'{formula}"
    found = orjson.loads(
        (published(store, tmp_path / "json", "json") / "actions.json").read_bytes()
    )
    (row,) = [row for row in found["rows"] if row["action_id"] == "new-1"]
    assert (row["summary"], row["quote"], found["pact"]) == (formula, None, PACT)


def test_areas_are_there_only_if_the_pact_brought_some(store, out, tmp_path):
    assert not (out / "areas.csv").exists()
    areas = "code,name,population,longitude\nBE-21004,Bruxelles,0188000,-4.35\n"
    assert load(store, areas, "areas").loaded
    (row,) = rows(published(store, out) / "areas.csv")
    assert (row["code"], row["population"], row["longitude"]) == ("BE-21004", "188000", "-4.35")
    found = orjson.loads((published(store, tmp_path / "json", "json") / "areas.json").read_bytes())
    assert (found["rows"][0]["population"], found["rows"][0]["longitude"]) == (188000, -4.35)


def test_of_several_versions_the_last_is_exported_and_what_it_supersedes_stays(store, tmp_path):
    load(store, HEADER + ONE)
    load(store, HEADER + ONE.replace("new-1", "fix").replace("/1,,", "/1,new-1,Erreur"))
    back = "back,hidalgo-paris,1,2018-03-02,retraction,,,,,,fix,Trop tôt\n"
    load(store, HEADER + back, now=LATER)
    load(store, HEADER + ONE.replace("Un acte", "Un arrêté"), now=LATER)
    found = rows(published(store, tmp_path / "now") / "actions.csv")[-3:]
    assert [(row["action_id"], row["supersedes"], row["reason"]) for row in found] == [
        ("new-1", "", ""),
        ("fix", "new-1", "Erreur"),
        ("back", "fix", "Trop tôt"),
    ]
    assert found[0]["summary"] == "Un arrêté"


def test_what_the_log_said_at_a_time_is_exported_as_of_that_time(store, tmp_path):
    early = LATER.replace(month=LATER.month + 1)
    load(store, HEADER + ONE)
    load(store, HEADER + ONE.replace("Un acte", "Un arrêté"), now=early)
    found = rows(published(store, tmp_path / "then", known_at=LATER) / "actions.csv")
    assert [row["summary"] for row in found if row["action_id"] == "new-1"] == ["Un acte"]


def test_what_a_court_had_removed_is_said_and_the_file_still_loads(store, tmp_path):
    admin = sign_in(store, "Claude", Role.ADMIN)
    volunteer = sign_in(store, "Camille", Role.VOLUNTEER)
    seq = commands.log_action(store, volunteer, action()).seq
    commands.review_action(store, admin, seq, Decision.ACCEPTED)
    commands.redact_entry(store, None, seq, "Jugement du 1er juin.")
    with store.reading() as session:
        ((signatory,),) = session.rows("SELECT min(seq) FROM signatory")
        ((order,),) = session.rows("SELECT max(seq) FROM redaction WHERE target_seq = :s", s=seq)
    commands.redact_entry(store, None, signatory, "Jugement du 2 juin.")
    out = published(store, tmp_path / "out")
    row = rows(out / "actions.csv")[-1]
    words = f"Texte retiré pour toujours (entrée n°\u00a0{order} du journal)."
    assert (row["summary"], row["source_title"], row["quote"]) == (words, words, "")
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other.create()
    load_export(other, out, PACT)
    assert printed_tables(other, PACT) == printed_tables(store, PACT)


@pytest.mark.parametrize(("language", "words"), [("fr", "Texte retiré"), ("en", "Text removed")])
def test_what_a_court_had_removed_is_said_in_the_language_of_the_pact(
    store, tmp_path, language, words
):
    """Whatever that of who exports: one export loaded after another would correct the entry."""
    pact = (PACKAGED / "pact.toml").read_text("utf-8")
    pact = pact.replace('language = "fr"', f'language = "{language}"')
    assert commands.load_pact(store, io.BytesIO(pact.encode()), name="pact.toml").loaded
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM action")
    commands.redact_entry(store, None, seq, "Jugement du 1er juin.")
    for lang in ("fr", "en"):
        row = rows(published(store, tmp_path / lang, lang=lang) / "actions.csv")[-1]
        assert row["summary"].startswith(words)


def test_no_account_no_reviewer_and_no_recorded_by_is_in_any_file(store, tmp_path):
    """Texts are looked for in the bytes of every file, whatever their case."""
    names = ("Zibeline", "Ornithorynque", "Xylophage")
    author = sign_in(store, names[0], Role.VOLUNTEER)
    reviewer = sign_in(store, names[1], Role.REVIEWER)
    seq = commands.log_action(store, author, action(summary="Un schéma voté")).seq
    commands.review_action(store, reviewer, seq, Decision.ACCEPTED)
    line = ONE.replace("Un acte", "Un acte trouvé,Xylophage")
    assert load(store, CONTRACT_HEADER + line).loaded
    for form in export.FORMATS:
        paths = published(store, tmp_path / form, form).iterdir()
        found = b"".join(map(unpacked, paths))
        assert "schéma voté".encode() in found and "acte trouvé".encode() in found
        assert [name for name in names if name.lower().encode() in found.lower()] == []
        assert b"recorded_by" not in found


def test_the_sqlite_file_has_keys_indices_and_every_table(store, tmp_path):
    db = sqlite3.connect(published(store, tmp_path / "out", "sqlite") / f"{PACT}.db")
    tables = (
        "pact",
        "measures",
        "areas",
        "signatories",
        "mandates",
        "actions",
        "commitments",
        "indicators",
    )
    counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    assert counts == [1, 3, 2, 5, 4, 40, 15, 12]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = {(key[2], key[3]) for key in db.execute("PRAGMA foreign_key_list(actions)")}
    assert keys == {
        ("signatories", "signatory_id"),
        ("measures", "measure"),
        ("actions", "supersedes"),
    }
    offices = db.execute("SELECT DISTINCT office FROM commitments ORDER BY office").fetchall()
    assert offices == [(None,), ("mayor",)]
    plan = db.execute("EXPLAIN QUERY PLAN SELECT * FROM commitments WHERE status = 'decided'")
    assert "USING INDEX" in plan.fetchone()[3]
    db.close()


@pytest.fixture
def run(url):
    return lambda *arguments: CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_the_command_says_each_file_with_its_rows_and_what_it_is_a_view_of(store, run, tmp_path):
    result = run("--pact", PACT, "--to", tmp_path / "a/b", "--as-of", "2016-04-05")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{tmp_path / 'a/b/actions.csv'}\u00a0: 40 lignes" in result.stderr
    assert f"{tmp_path / 'a/b/indicators-total.csv'}\u00a0: 1 ligne\n" in result.stderr
    assert "au 2016-04-05" in result.stderr


def test_the_commands_say_the_same_of_a_pact_once_exported_and_loaded(
    store, run, tmp_path, monkeypatch
):
    def printed() -> list[str]:
        options = ("--pact", PACT, "--format", "csv")
        views = [
            ("status",),
            ("indicators",),
            *(("indicators", "--by", by.value) for by in GroupBy),
        ]
        return [CliRunner().invoke(main, [*view, *options]).stdout for view in views]

    assert load(store, HEADER + ONE).loaded
    assert run("--pact", PACT, "--to", tmp_path / "out").exit_code == 0
    before = printed()
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'other.db'}")
    open_store().create()
    for content in ("pact.toml", "signatories.csv", "mandates.csv", "actions.csv"):
        name, file = content.partition(".")[0], str(tmp_path / "out" / content)
        assert CliRunner().invoke(main, ["load", name, file]).exit_code == 0
    assert printed() == before and all(before)


def test_an_entry_that_counts_from_its_recording_is_told(url, run, tmp_path):
    packaged = open_store(url)
    commands.init_database(packaged)
    line = ONE.replace("2018-03-01", f"{LATER.year}")
    assert load(packaged, HEADER + line).loaded
    assert (
        "1 entrée compte à partir du jour de son inscription" in run("--to", tmp_path / "o").stderr
    )


def test_an_unknown_pact_is_one_sentence_and_makes_no_folder(store, run, tmp_path):
    result = run("--pact", "nothing", "--to", tmp_path / "out")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert PACT in result.stderr and not (tmp_path / "out").exists()


def test_a_folder_with_other_files_is_left_alone(store, run, tmp_path):
    mine = shutil.copytree(PACKAGED, tmp_path / "mine")
    before = {path.name: path.read_bytes() for path in mine.iterdir()}
    result = run("--to", mine)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == before


def test_a_file_in_the_place_of_the_folder_is_said(store, run, tmp_path):
    (tmp_path / "file").write_text("x")
    result = run("--to", tmp_path / "file")
    assert (result.exit_code, "Traceback" in result.stderr) == (1, False)


def test_an_earlier_export_is_replaced_as_a_whole(store, out):
    load(store, "code,name\nBE-21004,Bruxelles\n", "areas")
    published(store, out)
    (out / ".git").mkdir()
    shutil.copy(out / "actions.csv", out / "indicators.csv")
    load(store, HEADER + ONE)
    assert len(rows(published(store, out) / "actions.csv")) == 41
    assert (out / ".git").exists() and not (out / "indicators.csv").exists()


def test_what_a_killed_export_left_goes_with_the_next(store, out):
    (out / ".export-killed").mkdir()
    (out / ".export-killed" / "actions.csv").write_text("half")
    published(store, out)
    assert not list(out.glob(".*")) and rows(out / "actions.csv")


@pytest.mark.parametrize("form", ["json", "sqlite"])
def test_an_export_of_another_kind_is_not_replaced(store, out, form):
    with pytest.raises(Refused):
        published(store, out, form)


def test_an_export_of_another_pact_is_not_replaced(store, out):
    commands.load_demo(store, signatories=5)
    with pytest.raises(Refused) as refusal:
        export.publish_pact(store, "demo", out, "csv")
    assert refusal.value.code == "export_of_another"


def test_an_export_that_fails_leaves_what_was_there(store, tmp_path, monkeypatch):
    out = published(store, tmp_path / "out", "datapackage")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    load(store, HEADER + ONE)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package, "write_object", full)
    result = CliRunner().invoke(main, ["export", "--to", str(out), "--format", "datapackage"])
    assert (result.exit_code, "No space left" in result.stderr) == (1, True)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_the_pact_must_be_known(store, tmp_path):
    with pytest.raises(NotFound):
        export.publish_pact(store, "nothing", tmp_path / "out", "csv")


def test_the_metadata_name_the_export(store, tmp_path):
    out = published(store, tmp_path / "out", "sqlite")
    found = json.loads((out / "metadata.json").read_text("utf-8"))
    assert (found["pact"], found["as_of"], found["license"]) == (PACT, "2020-07-05", "CC-BY-4.0")
    assert found["source"] == "Mouvement des entrepreneurs sociaux (Mouves)"


def test_a_file_of_the_same_name_but_another_ending_is_not_taken_for_ours(run, store, tmp_path):
    assert run("--pact", PACT, "--to", tmp_path / "a").exit_code == 0
    (tmp_path / "a" / "areas.json").write_text("mine", "utf-8")
    result = run("--pact", PACT, "--to", tmp_path / "a")
    assert result.exit_code == 1 and "areas.json" in result.stderr
    assert (tmp_path / "a" / "areas.json").read_text("utf-8") == "mine"


def test_nothing_is_replaced_where_a_folder_has_the_name_of_a_file(run, store, tmp_path):
    assert run("--pact", PACT, "--to", tmp_path / "a").exit_code == 0
    (tmp_path / "a" / "mandates.csv").unlink()
    (tmp_path / "a" / "mandates.csv").mkdir()
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "a").iterdir()}
    result = run("--pact", PACT, "--to", tmp_path / "a")
    assert result.exit_code == 1 and "mandates.csv" in result.stderr
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "a").iterdir()} == before


def test_a_marker_that_says_nothing_is_refused(run, store, tmp_path):
    assert run("--pact", PACT, "--to", tmp_path / "a").exit_code == 0
    (tmp_path / "a" / "export.json").write_text("[]", "utf-8")
    result = run("--pact", PACT, "--to", tmp_path / "a")
    assert result.exit_code == 1 and "export.json" in result.stderr

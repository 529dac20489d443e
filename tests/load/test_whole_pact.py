"""A pact with all that goes with it: a folder or a workbook, whole or not at all."""

import csv
import io
import re

import pytest

from monitor import commands, status
from monitor.errors import NotFound
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.loading import entries
from tests.support.paths import SHAPES
from tests.support.shapes import shape_files, sheets_of
from tests.support.whole_pacts import (
    ACTIONS,
    LOADED_ON,
    MEASURES,
    PACT,
    SHEETS,
    SIGNATORIES,
    csv_of,
    load_files,
    load_sheets,
    refusals,
    workbook,
)

OF_DEPUTIES = commands.PactChoices(in_charge="deputy_mayor")


@pytest.fixture
def store(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    store.create()
    return store


@pytest.mark.parametrize(
    "name", ["candidats-et-reponses", "maire-et-adjoints", "un-elu-174-mesures"]
)
def test_a_folder_is_loaded_at_once_and_changes_nothing_the_second_time(name, store):
    files = shape_files(name)
    assert load_files(store, files).loaded
    before = entries(store)
    again = load_files(store, files)
    assert again.loaded and entries(store) == before
    assert {outcome for report in again.reports for outcome in report.outcomes} == {"unchanged"}


def test_one_workbook_is_a_whole_pact(store):
    whole = load_sheets(store, SHEETS)
    assert refusals(whole) == [] and whole.loaded
    log = Snapshots(store).current().log("velo-2026")
    assert [measure.title_fr for measure in log.pact.measures] == ["Piste", "Arceaux"]
    assert str(log.pact.election_on) == "2026-03-22" and log.pact.fictional
    assert log.pact.binding_offices == ("mayor", "deputy_mayor")
    assert [len(report.outcomes) for report in whole.reports] == [1] * 4
    before = entries(store)
    assert load_sheets(store, SHEETS).loaded and entries(store) == before


def test_a_pact_and_its_measures_may_be_a_file_each(store):
    toml = "\n".join(
        f'{key} = "{value}"' if not value[:2].isdecimal() else f"{key} = {value}"
        for key, value in (
            ("id", "velo-2026"),
            ("title", "Pacte vélo"),
            ("promoter", "Association"),
            ("election", "Municipales"),
            ("election_on", "2026-03-22"),
            ("term_start", "2026-03-22"),
            ("term_end", "2032-03-21"),
            ("language", "fr"),
        )
    )
    files = {
        "pact.toml": f"{toml}\nfictional = true\n".encode(),
        "measures.csv": csv_of(MEASURES),
        "Signataires.csv": csv_of(SIGNATORIES),
        "notes.md": b"# Notes",
        "budget.csv": b"a;b\n1;2\n",
        "actions.json": b"[]",
        "budget.json": b"[]",
    }
    whole = load_files(store, files)
    assert whole.loaded and whole.left_out == ("budget.csv", "actions.json")
    # What stands in a sheet as well must say the same.
    files["pacte.xlsx"] = workbook({"Pacte": [("title", "Pacte marche")]})
    assert refusals(load_files(store, files)) == [("pacte.xlsx · Pacte", 1, "title", "key_twice")]


@pytest.mark.parametrize(
    "sheet, place, value, expected",
    [
        ("Pacte", (5, 1), "hier", ("Pacte", 6, "election_on", "not_a_date")),
        ("Pacte", (9, 1), "peut-être", ("Pacte", 10, "fictional", "unknown_code")),
        ("Pacte", (6, 1), "2033", ("Pacte", 7, "term_start", "wrong_type")),
        ("Pacte", (11, 0), "Licenze", ("Pacte", 12, "Licenze", "unknown_key")),
        ("MESURES", (2, 2), "", ("MESURES", 3, "wording", "required")),
        ("MESURES", (2, 0), "1", ("MESURES", 3, "id", "duplicate_id")),
        ("MESURES", (1, 7), "2000-01-01", ("MESURES", 2, "due_on", "due_out_of_term")),
        ("Signataires", (2, 2), "99999", ("Signataires", 3, "commune", "no_such_commune")),
        ("actions", (1, 2), "7", ("actions", 2, "measure", "unknown_measure")),
    ],
)
def test_one_refused_cell_keeps_all_of_it_out_and_is_named(sheet, place, value, expected, store):
    rows = [list(row) for row in SHEETS[sheet]]
    rows[place[0]][place[1]] = value
    whole = load_sheets(store, {**SHEETS, sheet: rows})
    assert refusals(whole) == [(f"pacte.xlsx · {expected[0]}", *expected[1:])]
    assert not whole.loaded and entries(store) == 0


def test_a_dry_run_says_the_same_and_writes_nothing(store):
    whole = load_sheets(store, SHEETS, dry_run=True)
    assert not whole.remains_out and not whole.loaded and entries(store) == 0


def test_strict_keeps_all_of_it_out_for_one_doubt(store):
    doubted = {**SHEETS, "Pacte": [row for row in PACT if row[0] != "Licence"]}
    whole = load_sheets(store, doubted, strict=True)
    assert whole.remains_out and not whole.loaded and entries(store) == 0
    assert load_sheets(store, doubted).loaded


def test_files_without_a_pact_belong_to_one_of_the_log(store):
    assert load_sheets(store, SHEETS).loaded
    more = {"actions": [ACTIONS[0], ("a2", "s1", "2", "2026-04-03", "Visite")]}
    assert load_sheets(store, more, pact_id="velo-2026").loaded


def test_two_files_of_one_sort_are_refused(store):
    files = {"actions.csv": csv_of(ACTIONS), "pacte.xlsx": workbook(SHEETS)}
    assert refusals(load_files(store, files)) == [("pacte.xlsx · actions", None, "", "part_twice")]


def test_sheets_that_are_no_part_are_named_and_hidden_ones_are_not_loaded(store):
    sheets = {**SHEETS, "Brouillon": [("a",), ("b",)], "Vide": [], "Mandats": [("x",)]}
    whole = load_files(store, {"suivi.xlsx": workbook(sheets, hidden="Mandats")})
    assert whole.loaded
    assert whole.left_out == ("suivi.xlsx · Brouillon", "suivi.xlsx · Mandats")


@pytest.mark.parametrize(
    "called",
    [
        {"MESURES": "Nos demandes", "Signataires": "Candidats", "actions": "Suivi"},
        {"MESURES": "Les propositions", "Signataires": "Élus", "actions": "Faits"},
        {"MESURES": "Our requests", "Signataires": "Candidates", "actions": "Follow-up"},
    ],
)
def test_sheets_may_have_the_names_that_an_association_gives_them(called, store):
    assert load_sheets(store, {called.get(name, name): SHEETS[name] for name in SHEETS}).loaded


def test_what_names_refused_signatories_is_not_refused_for_it(store):
    signatories = [SIGNATORIES[0], ("s1", "Aline Abrial", "99999", "élue")]
    whole = load_sheets(store, {**SHEETS, "Signataires": signatories})
    assert [error[0] for error in refusals(whole)] == ["pacte.xlsx · Signataires"]
    assert whole.unchecked == ("pacte.xlsx · actions",)


def test_a_spreadsheet_of_names_wordings_and_answers_needs_no_codes(store):
    sheets = {
        "Pacte": PACT,
        "Demandes": [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")],
        "Candidats": [("Ville", "Candidat·e"), ("Lille", "Aline Abrial"), ("Roubaix", "B. Brun")],
        "Réponses": [
            ("Ville", "Candidat·e", "1", "2"),
            ("Lille", "Aline Abrial", "oui", "en partie"),
            ("Roubaix", "B. Brun", "NON", ""),
        ],
    }
    whole = load_sheets(store, sheets)
    assert whole.loaded
    assert {report.content: report.outcomes.total() for report in whole.reports} == {
        "pact": 1,
        "measures": 2,
        "signatories": 2,
        "answers": 3,
    }


def test_a_workbook_of_another_program_is_refused_by_name(store):
    whole = load_files(store, {"pacte.ods": b"PK\x03\x04"})
    assert refusals(whole) == [("pacte.ods", None, "", "other_workbook")]


def test_what_a_later_file_says_is_no_doubt_of_an_earlier_one(store):
    files = shape_files("maire-et-adjoints")
    whole = load_files(store, files, strict=True, choices=OF_DEPUTIES)
    assert [one.code for report in whole.reports for one in report.doubts] == []
    assert whole.loaded
    alone = {name: data for name, data in files.items() if name != "mandates.csv"}
    store.path.unlink()
    store.create()
    whole = load_files(store, alone)
    assert "office_presumed" in [one.code for report in whole.reports for one in report.doubts]


@pytest.mark.parametrize("name", sorted(folder.name for folder in SHAPES.iterdir()))
def test_a_workbook_says_what_the_files_of_a_folder_say(name, store):
    files = shape_files(name)
    pact = re.sub(rb"(?<=\S)  +(?=\S)", b" ", files["pact.toml"])  # texts as cells hold them
    files["pact.toml"] = re.sub(rb'(\\n| )+"\n', b'"\n', pact)
    if actions := files.get("actions.csv"):
        files["actions.csv"] = first_rows(actions, 200)
    assert load_files(store, files).loaded
    before = entries(store)
    whole = load_sheets(store, sheets_of(files))
    assert refusals(whole) == [] and whole.loaded and entries(store) == before


def deputies() -> dict[str, bytes]:
    return shape_files("maire-et-adjoints")


def test_signatories_in_charge_of_what_the_mayor_signed_are_doubted_and_can_be_read_so(store):
    files = deputies()
    (doubt,) = [
        one
        for report in load_files(store, files, dry_run=True).reports
        for one in report.doubts
        if one.code == "signed_above"
    ]
    assert dict(doubt.values)["n"] == "48" and dict(doubt.values)["wanted"] == "deputy_mayor"
    whole = load_files(store, files, choices=OF_DEPUTIES)
    assert whole.loaded and refusals(whole) == []
    known = status.what_is_known(Snapshots(store).current().log("essai-adjoints"))
    table = status.fold(known, LOADED_ON.date())
    assert len(table) == 51 and (table["status"] == "implemented").sum() == 1
    assert set(table["signatory_id"]) == {"s001"} and len(known.details) == 48
    before = entries(store)
    assert load_files(store, files, choices=OF_DEPUTIES).loaded and entries(store) == before


@pytest.mark.parametrize(
    ("content", "old", "new", "people"),
    [
        ("signatories", "s005,Élise Desvigne,49007", "s005,Élise Desvigne,49008", ["s001", "s005"]),
        ("mandates", "s005,deputy_mayor,", "s005,majority_councillor,", ["s001", "s005"]),
        ("mandates", "s001,mayor,", "s001,deputy_mayor,", [f"s00{n}" for n in range(1, 8)]),
        ("mandates", "s005,deputy_mayor,2026-03-20\r\n", "", ["s001", "s005"]),
    ],
    ids=["of another commune", "in another office", "no mayor", "no mandate"],
)
def test_nobody_else_loses_what_they_signed(store, content, old, new, people):
    files = deputies()
    text = files[f"{content}.csv"].decode()
    assert old in text
    del files["actions.csv"]
    files[f"{content}.csv"] = text.replace(old, new).encode()
    load_files(store, files, choices=OF_DEPUTIES)
    log = Snapshots(store).current().log("essai-adjoints")
    assert sorted(set(log.signatories["signatory_id"])) == people


@pytest.mark.parametrize(
    ("mayor", "deputy", "signature", "stays"),
    [
        ("2026-03-20,,", "2026-03-20,,", ",", False),
        ("2026-03-20,,", "2026-05-02,,", ",", False),
        ("2026-03,,", "2026,,", ",", False),
        ("2020-05-23,2026-03-15,term_end", "2020-05-23,2026-03-13,term_end", ",", False),
        ("2026-03-20,2026-06-01,resignation", "2026-03-20,2026-07-01,resignation", ",", False),
        ("2026-03-20,,", "2026-03-20,2026-06-01,resignation", ",", True),
        ("2026-03-20,,", "2020-05-23,2026-03-15,term_end", ",", True),
        ("2020-05-23,2026-03-15,term_end", "2026-03-20,,", ",", True),
        ("2026-06-01,,", "2026-03-20,2026-06,resignation", ",", True),
        ("2026-03-20,,", "2026-03-20,,", ",2026-05-01", True),
        ("2026-03-20,,", "2026-03-20,,", "2030-01-01,", True),
    ],
)
def test_only_who_serves_under_the_mayor_is_said_to_be_in_charge(
    store, mayor, deputy, signature, stays
):
    files = deputies()
    del files["actions.csv"]
    rows = list(csv.reader(io.StringIO(files["signatories.csv"].decode())))
    more = ["due_on", "withdrawn_on"]
    assert not {*more} & {*rows[0]}
    own = ["", ""]
    rows = [
        [*row, *(more if row is rows[0] else signature.split(",") if row[0] == "s005" else own)]
        for row in rows
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    files["signatories.csv"] = text.getvalue().encode()
    mandates = "signatory_id,office,started_on,ended_on,end_reason\n"
    mandates += f"s001,mayor,{mayor}\ns005,deputy_mayor,{deputy}\n"
    files["mandates.csv"] = mandates.encode()
    whole = load_files(store, files, choices=OF_DEPUTIES)
    assert whole.loaded and refusals(whole) == []
    known = status.what_is_known(Snapshots(store).current().log("essai-adjoints"))
    assert ("s005" in set(known.signatories["signatory_id"])) == stays
    assert (len(known.details) == 0) == stays


def test_an_office_that_a_pact_has_not_is_refused(store):
    with pytest.raises(NotFound, match="unknown_office"):
        load_files(store, deputies(), choices=commands.PactChoices(in_charge="deputy"))


def first_rows(data: bytes, most: int) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerows(list(csv.reader(io.StringIO(data.decode())))[:most])
    return kept.getvalue().encode()

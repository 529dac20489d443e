"""Where the titles of a spreadsheet stand: under its own title, and in one of its sheets."""

import io

import pytest

from monitor import commands
from tests.support.clock import NOW
from tests.support.whole_pacts import workbook

PACT = "mouves-2014"
TITLES = ["Nom", "Ville", "Date", "Mesures"]
ROWS = [["Zoé Test", "Lyon", "2014-02", "1"], ["Ali Test", "Paris", "2014-03", "1, 2"]]
ABOVE = {
    "a title": [["Les signataires du pacte"]],
    "a title and a day": [["Signataires, liste, état"], ["au 3 mars 2014"]],
    "a title and an empty line": [["Les signataires"], []],
    "groups of columns": [["Candidat", "", "Engagement", ""]],
    "a note longer than the table": [["a", "b", "c", "d", "e", "f"]],
    "a word that is a title": [["Maire", "et candidats"]],
}


def csv_of(rows, separator=";") -> bytes:
    width = max(map(len, rows))
    return "\n".join(separator.join([*row, *[""] * (width - len(row))]) for row in rows).encode()


def load(store, data: bytes, content="signatories", **more):
    return commands.load(
        store, content, io.BytesIO(data), pact_id=PACT, name="f", now=NOW, dry_run=True, **more
    )


@pytest.mark.sqlite
@pytest.mark.parametrize("make", [csv_of, lambda rows: workbook({"F": rows})], ids=["csv", "xlsx"])
@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
def test_titles_are_found_below_the_title_of_a_spreadsheet_and_that_is_said(store, above, make):
    report = load(store, make([*above, TITLES, *ROWS]))
    assert report.outcomes == {"created": 2} and not report.errors
    (doubt,) = [one for one in report.doubts if one.code == "lines_above"]
    assert dict(doubt.values) == {"line": str(len(above) + 1)}


@pytest.mark.sqlite
def test_titles_on_the_first_line_are_read_there_whatever_the_rows_say(store):
    report = load(store, csv_of([["Nom", "Ville", "Remarque"], ["Mesures", "Liste", "Date"]]))
    assert [(error.line, error.column) for error in report.errors] == [(1, "Remarque")]
    assert not report.doubts


@pytest.mark.sqlite
def test_columns_that_are_asked_are_asked_of_the_first_line_where_none_is_better(store):
    report = load(store, csv_of([["Qui", "Où"], ["Zoé", "Lyon"], ["Ali", "Paris"]]))
    assert [(error.line, error.code) for error in report.errors] == [(1, "no_known_title")]


@pytest.mark.sqlite
@pytest.mark.parametrize("above", [["Nos signataires"], ["Nos signataires", "", ""], [" ", "2014"]])
def test_a_line_of_one_text_is_not_taken_for_titles_where_none_is_known(store, above):
    report = load(store, csv_of([above, ["Qui", "Où", "Quand"], ["Zoé", "Lyon", "2014"]]))
    assert [(error.line, error.code) for error in report.errors] == [(2, "no_known_title")]


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "sheets",
    [
        {"Lisez-moi": [["Ce classeur est à remplir"], ["Merci"]], "Liste": [TITLES, *ROWS]},
        {"Notes": [["Nom", "x"]], "Bis": [["Suivi"], TITLES, *ROWS]},
        {"2019": [TITLES, ROWS[0]], "Signataires": [TITLES, *ROWS]},
        {"Liste": [TITLES, *ROWS], "Ancienne liste": [TITLES, ROWS[0]]},
    ],
    ids=["notes before", "notes that begin alike", "one called after them", "the first of two"],
)
def test_the_sheet_that_has_the_titles_is_read_and_the_others_are_told(store, sheets):
    report = load(store, workbook(sheets))
    assert report.outcomes == {"created": 2}
    (left_out,) = report.left_out
    assert left_out in sheets and len(sheets[left_out]) < 4


@pytest.mark.sqlite
def test_a_table_of_answers_with_groups_of_measures_above_them_is_read_by_the_measures(store):
    people = csv_of([["id", "Nom", "Ville"], ["s1", "Zoé Test", "Lyon"]])
    commands.load(store, "signatories", io.BytesIO(people), pact_id=PACT, name="p.csv", now=NOW)
    table = [["", "Accueil", "", "Emploi"], ["Candidat", "1", "2", "3"], ["Zoé Test", "oui", "non"]]
    assert load(store, csv_of(table), "answers").outcomes == {"created": 2}

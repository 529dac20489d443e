"""One cell that says who signed and where: read where it is certain, else refused with what to write."""

import io

import pytest

from monitor import commands, intake
from monitor.i18n import LANGUAGES
from monitor.intake.communes import Communes
from monitor.intake.name_and_place import read_name_and_place
from monitor.intake.titles import column_of
from monitor.models import Answer
from tests.support.file_rows import CONTEXT
from tests.support.whole_pacts import LOADED_ON, PACT, workbook

COMMUNES = Communes(CONTEXT.areas, CONTEXT.retired)
MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
#: What a cell says -> who and where, None where that is not certain.
CELLS = {
    "Aline Abrial (Paris)": ("Aline Abrial", "Paris"),
    "Abrial (Lille)": ("Abrial", "Lille"),
    "Paris - Aline Abrial": ("Aline Abrial", "Paris"),
    "Paris – Aline Abrial": ("Aline Abrial", "Paris"),
    "Lille / Aline Abrial": ("Aline Abrial", "Lille"),
    "ABRIAL Aline, Paris": ("ABRIAL Aline", "Paris"),
    "Jean-Luc Le Goff, Saint-Étienne": ("Jean-Luc Le Goff", "Saint-Étienne"),
    "Aline Abrial (Saint-Denis (93))": ("Aline Abrial", "Saint-Denis (93)"),
    "Saint-Denis (93) - Aline Abrial": ("Aline Abrial", "Saint-Denis (93)"),
    "Aline Abrial, Saint-Denis (93)": ("Aline Abrial", "Saint-Denis (93)"),
    "Lille (Aline Abrial)": ("Aline Abrial", "Lille"),
    "ABRIAL, Nancy": None,
    "Lyon (Villeurbanne)": None,
    "Aline Abrial (PS)": None,
    "Aline Abrial (PS), Paris": None,
    "Aline Abrial (Paris) - PS": None,
    "Aline Abrial, maire, Paris": None,
    "Aline Abrial-Paris": None,
    "Aline Abrial Paris": None,
    "(Paris)": None,
    "Paris": None,
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_says_who_and_where_if_one_part_of_two_is_a_place(cell):
    assert read_name_and_place(cell, COMMUNES) == CELLS[cell]


@pytest.mark.parametrize(
    "title",
    ["Nom et ville", "Élu (commune)", "Candidat, ville", "Ville / Candidat", "Name (place)"],
)
def test_a_title_may_say_both(title):
    assert column_of("signatories", title) == "name"


@pytest.mark.parametrize(
    "title", ["Nom (interne)", "Ville (région)", "Pour et contre", "Note, ville"]
)
def test_a_title_of_one_of_them_and_another_thing_says_neither(title):
    assert column_of("signatories", title) != "name"


def read(*cells: str):
    text = "\n".join(["Nom", *(f'"{cell}"' for cell in cells)])
    table = intake.Table(io.BytesIO(text.encode()))
    return [*intake.read_file(table, "signatories", CONTEXT)], table


def test_a_column_is_read_so_where_nearly_all_its_cells_are_and_that_is_doubted():
    rows, table = read("Zoé Durand (Lille)", "Luc Bel (Lyon)", "Ali Roy (Zzz)", "Eva Lam (Metz)")
    assert [(row.values.name, row.values.commune) for row in rows if not row.errors] == [
        ("Zoé Durand", "59350"),
        ("Luc Bel", "69123"),
        ("Eva Lam", "57463"),
    ]
    ((error,),) = [row.errors for row in rows if row.errors]
    assert (error.line, error.column, error.code) == (4, "name", "place_in_name")
    (doubt,) = table.doubts
    assert (doubt.code, dict(doubt.values)) == (
        "name_and_place",
        {"name": "Zoé Durand", "place": "Lille"},
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Zoé Durand (Lile)", ("Zoé Durand", "Lile")),
        ("DURAND, Nancy", ("DURAND", "Nancy")),
    ],
)
def test_what_is_not_certain_is_refused_with_its_two_cells(cell, parts, lang):
    ((row,), _) = read(cell)
    (error,) = row.errors
    sentence = intake.error_reason(error, lang)
    assert error.code == "name_and_place" and all(part in sentence for part in parts)


def test_names_alone_are_asked_for_their_column_of_places():
    ((row,), _) = read("Zoé Durand")
    assert [error.code for error in row.errors] == ["missing_column"]


@pytest.mark.parametrize("people", ["Aline Abrial (Lille)", "Lille - Aline Abrial"])
def test_the_answers_to_a_form_may_name_people_and_places_in_one_column(empty, people):
    sheets = {
        "Pacte": PACT,
        "Mesures": MEASURES,
        "Réponses": [("Candidat (ville)", "1", "2"), (people, "oui", "non")],
    }
    parts = intake.sort_parts([("pacte.xlsx", io.BytesIO(workbook(sheets)))])
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON)
    assert whole.loaded, [report.errors for report in whole.reports]
    with empty.reading() as session:
        assert session.rows("SELECT commune FROM signatory") == [("59350",)]
        answers = session.rows("SELECT answer FROM answer ORDER BY measure")
    assert answers == [(Answer.YES,), (Answer.NO,)]

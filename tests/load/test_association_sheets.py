"""Sheets as associations have them: each is read right, or refused or doubted with what to do; none is
read wrong in silence."""

import io

import pytest

from monitor import commands, intake
from tests.support.whole_pacts import LOADED_ON, PACT, workbook

MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
PEOPLE = [("Nom", "Ville", "Signé le"), ("Aline Abrial", "Lille", ""), ("Basile Brun", "Lyon", "")]
BASE = {"Pacte": PACT, "Mesures": MEASURES, "Candidats": PEOPLE}
ENGLISH = [
    ("Item", "Value"),
    ("id", "bike-2026"),
    ("Title", "Bike pact"),
    ("Promoter", "Bike club"),
    ("Election", "Council elections 2026"),
    ("Day of the election", "22 March 2026"),
    ("Beginning of the term", "2026-03-22"),
    ("Term end", "2032-03-21"),
    ("Language", "en"),
    ("fictional", "yes"),
    ("binding_offices", "mayor"),
    ("licence", "CC0-1.0"),
]
#: What stands in the sheet « Réponses » -> its answers, or what is told of it.
ANSWERS = {
    "a form": (
        [
            ("Horodateur", "Nom et prénom", "Commune", "1. Créer une piste", "Poser des arceaux"),
            ("2026/02/03 10:32:45 AM UTC+1", "Aline Abrial", "Lille", "Oui", "Non"),
        ],
        {("1", "yes", "2026-02-03"), ("2", "no", "2026-02-03")},
    ),
    "a grid of a form": (
        [
            ("Horodateur", "Candidat", "Vos choix [Créer une piste]", "Vos choix [2]"),
            ("03/02/2026 10:32", "Aline Abrial", "Oui", ""),
        ],
        {("1", "yes", "2026-02-03")},
    ),
    "a form with addresses": (
        [("Adresse e-mail", "Candidat", "1"), ("a@exemple.invalid", "Aline Abrial", "Oui")],
        {"unknown_column"},
    ),
    "colours": ([("Candidat", "1", "2"), ("Aline Abrial", "", "")], {"nothing_answered"}),
    "numbers of lists": (
        [("Demande", "Liste 1", "Liste 2"), ("1", "oui", "non")],
        {"unknown_column"},
    ),
    "candidates as columns": (
        [("Demande", "Aline Abrial"), ("Créer une piste", "oui"), ("2", "non")],
        {("1", "yes", None), ("2", "no", None)},
    ),
    "reservations": ([("Candidat", "1"), ("Aline Abrial", "Oui, mais…")], {"unknown_code"}),
    "do not know": ([("Candidat", "1"), ("Aline Abrial", "NSP")], {"unknown_code"}),
    "groups above": (
        [("", "Nos demandes", ""), ("Candidat", "1", "2"), ("Aline Abrial", "oui", "non")],
        {("1", "yes", None), ("2", "no", None), "lines_above"},
    ),
    "what to write below the titles": (
        [("Candidat", "1"), ("", "(oui/non)"), ("Aline Abrial", "oui")],
        {"required", "unknown_code"},
    ),
}
pytestmark = pytest.mark.sqlite


def load(store, sheets):
    parts = intake.sort_parts([("tableau.xlsx", io.BytesIO(workbook(sheets)))])
    return commands.load_whole_pact(store, parts, now=LOADED_ON, lang="fr")


def told(whole) -> set[str]:
    found = [one for report in whole.reports for one in (*report.errors, *report.doubts)]
    for one in found:
        assert all(intake.error_sentence(one, lang) for lang in ("fr", "en"))
    return {one.code for one in found} - {"no_criterion", "shared_by_answers", "missing_column"}


@pytest.mark.parametrize(("rows", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_answers_as_people_keep_them(empty, rows, expected):
    whole = load(empty, {**BASE, "Réponses": rows})
    with empty.reading() as session:
        kept = session.rows("SELECT measure, answer, answered_on FROM answer")
    assert {*map(tuple, kept), *told(whole)} == expected
    refused = {"unknown_column", "unknown_code", "required"}
    assert whole.loaded == refused.isdisjoint(expected)


TWO = ("Ada Bo et Cy Do", "Eva Fa & Gil Hu", "I. Jo / K. Li", "Max No ; Ola Pa", "Qin and Ria")
ONE = ("Sam Ti-Uma", "Etienne Andet", "Anne d’Et")


@pytest.mark.parametrize("kind", ["", "liste"])
def test_two_names_in_one_cell_are_doubted_unless_they_are_a_list(empty, kind):
    people = [("Nom", "Ville", "Nature"), *((name, "Lille", kind) for name in (*TWO, *ONE))]
    whole = load(empty, {**BASE, "Candidats": people})
    doubts = [one for report in whole.reports for one in report.doubts if one.code == "two_names"]
    assert whole.loaded and [one.value for one in doubts] == ([] if kind else [*TWO])


def test_a_sheet_of_each_commune_is_said_to_be_left_out(empty):
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Lille": PEOPLE, "Lyon": PEOPLE})
    assert whole.left_out == ("tableau.xlsx · Lille", "tableau.xlsx · Lyon")


def test_a_pact_in_english_words_is_read(empty):
    sheets = {
        "Pact": ENGLISH,
        "Requests": [("No", "Request", "Category"), ("1", "Build a lane", "Roads")],
        "Candidates": [
            ("Candidate", "Town", "Signed on"),
            ("Ann Abel", "Lille", "3 February 2026"),
        ],
        "Answers": [("Candidate", "Build a lane"), ("Ann Abel", "Yes")],
    }
    whole = load(empty, sheets)
    assert whole.loaded and told(whole) == set()
    assert [report.outcomes.total() for report in whole.reports] == [1, 1, 1, 1]


def test_three_parties_and_their_promises_are_read(empty):
    promises = [str(number) for number in range(1, 28)]
    sheets = {
        "Pacte": [*PACT, ("areas", "own")],
        "Promesses": [("N°", "Promesse"), *((one, f"Promesse {one}") for one in promises)],
        "Lieux": [("Code", "Nom"), ("FR", "France")],
        "Signataires": [
            ("Nom", "Lieu", "Nature"),
            *((f"Parti {n}", "France", "parti") for n in "ABC"),
        ],
        "Réponses": [
            ("Signataire", *promises),
            *((f"Parti {n}", *["oui", "non", ""] * 9) for n in "ABC"),
        ],
    }
    whole = load(empty, sheets)
    assert whole.loaded, told(whole)
    assert whole.reports[-1].outcomes["created"] == 54

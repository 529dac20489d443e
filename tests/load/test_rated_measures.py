"""A tracker in one table: what somebody promised, and in the same row how far it has come."""

import io

import pytest

from monitor import commands, intake
from monitor.intake.action_rules import is_unrated
from tests.support.file_rows import read
from tests.support.whole_pacts import LOADED_ON, workbook

PACT = [
    ("Rubrique", "Valeur"),
    *(("id", "suivi-2017"), ("Titre", "Suivi"), ("Promoteur", "Club"), ("Langue", "fr")),
    *(("Élection", "Scrutin"), ("Date de l’élection", "2017-05-07"), ("Données fictives", "oui")),
    *(("Début du mandat", "2017-05-14"), ("Lieux", "own")),
]
BASE = {
    "Pacte": PACT,
    "Lieux": [("Code", "Nom"), ("FR", "France")],
    "Candidats": [("Candidat", "Lieu", "Résultat"), ("Ada Bo", "France", "élue")],
}
TITLES = ("N°", "Thème", "Promesse", "Statut", "Mis à jour le", "Explication", "Lien")
KEPT = (
    "Santé",
    "Ouvrir un centre",
    "✅ Tenue",
    "2018-03-01",
    "Ouvert",
    "https://exemple.invalid/1",
)
NOT_RATED = ("École", "Douze élèves par classe", "Non évaluée", "", "", "")
#: What stands below the titles -> (measure, status) of each fact, or what is refused.
TABLES = {
    "rated and not": ([("1", *KEPT), ("2", *NOT_RATED)], {("1", "implemented")}),
    "without numbers": ([("", *KEPT), ("", *NOT_RATED)], {("1", "implemented")}),
    "a note of what is not rated": (
        [("1", *KEPT), ("2", *NOT_RATED[:3], "2018-04", "Rien de public", "")],
        {("1", "implemented"), ("2", None), "status_unrated"},
    ),
    "a day of what is not rated": (
        [("1", *KEPT), ("2", *NOT_RATED[:3], "2018-04", "", "")],
        {("1", "implemented"), "unrated_left_out"},
    ),
    "a rating without a day": ([("1", *KEPT), ("2", *NOT_RATED[:2], "rompue")], {"required"}),
    "what is no status": (
        [("1", *KEPT[:2], "validée par le bureau", "", "", "")],
        {"unknown_column"},
    ),
}
pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(("rows", "expected"), TABLES.values(), ids=TABLES)
def test_a_table_of_measures_with_their_statuses_is_read_as_both(empty, rows, expected):
    data = workbook({**BASE, "Promesses": [TITLES, *rows]})
    found = []
    for _ in ("created", "unchanged"):
        parts = intake.sort_parts([("suivi.xlsx", io.BytesIO(data))])
        whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
        found += [one for report in whole.reports for one in (*report.errors, *report.doubts)]
    with empty.reading() as session:
        kept = session.rows(
            "SELECT measure_id, status FROM action JOIN commitment ON commitment.id = commitment_id"
        )
    wanted = {"required", "unknown_column", "status_unrated", "unrated_left_out"}
    assert {*map(tuple, kept), *({one.code for one in found} & wanted)} == expected
    assert whole.loaded == expected.isdisjoint({"required", "unknown_column"})


def test_a_word_that_says_that_nothing_is_assessed_is_no_status():
    words = ("⚪ Not yet rated", "non évaluées", "À évaluer", "Pas encore évalué")
    assert {word for word in (*words, "évalué", "en cours", "") if is_unrated(word)} == {*words}


def test_a_table_may_have_a_column_for_each_of_four_hundred_requests():
    titles = ",".join(f"demande {n}" for n in range(400))
    (row,) = read(f"signatory_id,{titles}\n".encode(), "answers")
    assert {error.code for error in row.errors}.isdisjoint({"too_many_columns"})

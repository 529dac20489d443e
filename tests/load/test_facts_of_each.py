"""A row of facts that names several measures is a fact of each of them."""

import pytest

from monitor import commands
from tests.support.whole_pacts import PACT, load_files, workbook

IDS = ("C1", "C2", "3", "4", "3.1")
WORDS = ("Créer une piste", "Poser des arceaux", "Planter des arbres", "Ouvrir un lieu", "Élargir")
MEASURES = [("N°", "Demande"), *zip(IDS, WORDS, strict=True)]
PEOPLE = [("Nom", "Ville", *IDS), ("Zoé Test", "Lille", *["oui"] * len(IDS))]
TITLES = ("Date", "Élu·e", "Demande", "Résumé", "Statut", "Lien")


def book(*measures, people=PEOPLE, **more):
    titles = (*TITLES, *more)
    rows = [
        ("12/05/2026", "Zoé Test", one, "Fait", "en cours", "https://exemple.org/a", *more.values())
        for one in measures
    ]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Réponses": people, "Suivi": [titles, *rows]}
    return {"classeur.xlsx": workbook(sheets)}


def facts_of(store):
    with store.reading() as session:
        rows = session.rows(
            "SELECT c.measure_id, a.happened_on, a.status, x.summary, x.source_url FROM action a "
            "JOIN commitment c ON c.id = a.commitment_id JOIN action_text x ON x.seq = a.seq "
            "ORDER BY a.seq"
        )
    return [tuple(row) for row in rows]


def codes(whole):
    return [one.code for report in whole.reports for one in (*report.errors, *report.doubts)]


#: What a cell says, and the measures of which each has the fact.
APART = {
    "C1, C2": ["C1", "C2"],
    "C1 et C2": ["C1", "C2"],
    "C1; C2 ; 4": ["C1", "C2", "4"],
    "3/4": ["3", "4"],
    "3 ; 4": ["3", "4"],
    "C1 & 3": ["C1", "3"],
    "C1\nC2": ["C1", "C2"],
    "Créer une piste ; Poser des arceaux": ["C1", "C2"],
    "3.1": ["3.1"],
    "C1": ["C1"],
}


@pytest.mark.parametrize(("cell", "measures"), APART.items(), ids=map(repr, APART))
def test_each_measure_that_is_named_has_the_fact(empty, cell, measures):
    whole = load_files(empty, book(cell))
    assert whole.loaded, codes(whole)
    said = ("2026-05-12", "in_progress", "Fait", "https://exemple.org/a")
    assert facts_of(empty) == [(one, *said) for one in measures]
    assert codes(whole).count("fact_of_each") == (len(measures) > 1)
    assert load_files(empty, book(cell)).loaded
    assert len(facts_of(empty)) == len(measures)


@pytest.mark.parametrize("cell", ["3 4", "3 à 4", "toutes", "les 5 mesures", "C1, C9", "C1, C1"])
def test_a_range_or_what_names_one_wrongly_is_refused(empty, cell):
    whole = load_files(empty, book(cell))
    assert not whole.loaded and "fact_of_each" not in codes(whole)


def test_one_id_is_one_entry(empty):
    whole = load_files(empty, book("C1, C2", Identifiant="f1"))
    assert not whole.loaded and "several_measures" in codes(whole)
    assert load_files(empty, book("C1", Identifiant="f1")).loaded


def test_a_row_that_is_wrong_besides_is_refused_once(empty):
    files = book("C1, C2", Nature="zzz")
    (report,) = [one for one in load_files(empty, files).reports if one.content == "actions"]
    assert [one.code for one in report.errors].count("unknown_code") == report.refused == 1


def test_of_two_measures_the_one_that_was_promised_has_the_fact(empty):
    people = [PEOPLE[0], ("Zoé Test", "Lille", "oui", "non", "oui", "oui", "oui")]
    assert not load_files(empty, book("C1, C2", people=people)).loaded
    whole = load_files(
        empty, book("C1, C2", people=people), choices=commands.PactChoices(leaves_unpromised=True)
    )
    assert whole.loaded and [one[0] for one in facts_of(empty)] == ["C1"]
    assert "unpromised_left" in codes(whole)


def test_a_fact_that_several_rows_say_counts_as_often_as_before(empty):
    assert load_files(empty, book("C1")).loaded
    assert load_files(empty, book("C1", "C1, C2")).loaded
    assert [one[0] for one in facts_of(empty)] == ["C1", "C1", "C2"]

"""A fact that names a measure by its number and in words that changed since."""

import pytest

from monitor.intake.measures import Measures
from tests.support.whole_pacts import PACT, SIGNATORIES, load_files
from tests.support.workbooks import workbook

WORDINGS = {
    "1": "Créer un lieu pour les associations",
    "2": "Ouvrir les achats de la ville aux petites entreprises",
    "23b": "Généraliser l’encadrement des loyers sans hausse d’impôt",
    "25": "Supprimer l’encadrement des loyers sans hausse d’impôt",
    "24": "Ouvrir les achats de la région aux petites entreprises",
}
#: What a later sheet says -> the measure that it means.
READ = {
    "1. Créer un lieu pour les associations (si le budget le permet)": "1",
    "1. Créer un lieu commun pour les associations": "1",
    "23b. Généraliser l’encadrement des loyers sans hausse d’impôt, dès 2025": "23b",
    "Promesse 23b : généraliser l'encadrement des loyers, sans hausse d'impôt ni dette": None,
    "M1 Créer un grand lieu pour les associations": "1",
    "2. Ouvrir les achats de la ville et de la région aux petites entreprises": None,
    "1. Ne pas créer un lieu pour les associations": None,
    "23b. Généraliser l’encadrement des loyers": None,
    "1. Fermer les écoles": None,
    "2. Créer un lieu pour les associations (plus tard)": None,
    "99. Créer un lieu pour les associations (plus tard)": None,
    "Créer un lieu pour les associations (plus tard)": None,
}


@pytest.mark.parametrize(("text", "measure"), READ.items())
def test_a_number_and_most_of_the_words_say_which_measure(text, measure):
    measures = Measures([*WORDINGS], {one: [words] for one, words in WORDINGS.items()})
    assert measures.read(text) is None
    assert measures.read_reworded(text) == measure


def test_a_fact_about_it_is_read_and_that_is_told(empty):
    measures = [("N°", "Mesure"), *WORDINGS.items()]
    facts = [
        ("Signataire", "Mesure", "Date", "Statut", "Ce qui s’est passé", "Lien"),
        (
            "Aline Abrial",
            next(iter(READ)),
            "2026-04-02",
            "en cours",
            "Réunion",
            "https://a.example/1",
        ),
    ]
    sheets = {"Pacte": PACT, "Mesures": measures, "Signataires": SIGNATORIES, "Actions": facts}
    whole = load_files(empty, {"a.xlsx": workbook(sheets)})
    assert whole.loaded, [one for report in whole.reports for one in report.errors]
    told = [one for report in whole.reports for one in report.doubts]
    (said,) = [one for one in told if one.code == "measure_in_other_words"]
    assert dict(said.values)["near"].startswith("1. Créer un lieu")
    assert [one.outcomes["created"] for one in whole.reports if one.content == "actions"] == [1]

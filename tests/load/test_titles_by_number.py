"""Columns of answers headed by the number of a measure and words of one's own."""

import pytest

from monitor.intake.measures import Measures
from tests.support.whole_pacts import PACT, load_files, workbook

WORDINGS = {
    "1": "Trottoirs libres d’obstacles sur les axes principaux",
    "2": "Abaisser tous les passages piétons d’ici 2030",
    "3": "Feux sonores à tous les carrefours équipés",
    "4": "Doubler les places de stationnement PMR",
}
MEASURES = [("N°", "Demande"), *WORDINGS.items()]
#: The titles of the four columns -> the measures that they are read as; none where they are refused.
TITLES = {
    ("1. Trottoirs", "2. Passages piétons", "3. Feux", "4. Places PMR"): "1234",
    ("1 Trottoirs", "2 Passages piétons", "3 Feux", "4 Places PMR"): "1234",
    ("M1 : trottoirs", "M2 : passages", "M3 : feux", "M4 : PMR"): "1234",
    ("Q1 - Trottoirs", "Q2 - Piétons", "Q3 - Feux", "Q4 - Parking"): "1234",
    ("4. Places PMR", "3. Feux", "2. Passages", "1. Trottoirs"): "4321",
    # A single word of one’s own among words that agree.
    ("1. Trottoirs", "2. Bateaux", "3. Feux", "4. Places PMR"): "1234",
    # The numbers of questions, not of measures.
    ("4. Trottoirs", "5. Passages piétons", "6. Feux", "7. Places PMR"): "",
    ("2. Trottoirs", "3. Passages piétons", "4. Feux sonores", "1. Places PMR"): "",
    ("1. Passages piétons", "2. Trottoirs", "3. Feux", "4. Places PMR"): "",
    # Words that stand nowhere say nothing of what the numbers are.
    ("1. Alpha", "2. Bêta", "3. Gamma", "4. Delta"): "",
    ("1. Trottoirs", "1. Passages piétons", "3. Feux", "4. Places PMR"): "",
}
MARKS = ("oui", "non", "oui", "non")


def load(store, titles, *, people=("Ville", "Candidat·e")):
    rows = [(*people, *titles), ("Lyon", "Ali Test", *MARKS), ("Lille", "Zoé Test", *MARKS)]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Réponses candidats": rows}
    return load_files(store, {"p.xlsx": workbook(sheets)}, lang="fr")


def answers(store):
    with store.reading() as session:
        rows = session.rows("SELECT measure, answer FROM answer ORDER BY seq")
    return {(measure, answer) for measure, answer in rows}


@pytest.mark.parametrize(("titles", "read"), TITLES.items(), ids=map(" ".join, TITLES))
def test_a_title_is_read_by_its_number_where_all_numbers_and_words_agree(empty, titles, read):
    whole = load(empty, titles)
    assert whole.loaded == bool(read)
    codes = {"yes": "oui", "no": "non"}
    said = {(measure, codes[answer]) for measure, answer in answers(empty)}
    assert said == set(zip(read, MARKS, strict=False))
    doubts = [one for report in whole.reports for one in report.doubts]
    told = [dict(one.values) for one in doubts if one.code == "titles_by_number"]
    assert [one["n"] for one in told] == ["4"] * bool(read)
    for title, measure in zip(titles, read, strict=False):
        assert f"{title} → {WORDINGS[measure][:20]}" in told[0]["near"]


def test_the_same_is_read_of_a_list_of_who_signed_with_their_answers(empty):
    rows = [("Nom", "Ville", "1. Trottoirs", "2. Passages", "3. Feux", "Signé le")]
    rows += [("Ali Test", "Lyon", "oui", "non", "oui", "")]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Candidats": rows}
    whole = load_files(empty, {"p.xlsx": workbook(sheets)}, lang="fr")
    assert whole.loaded and answers(empty) == {("1", "yes"), ("2", "no"), ("3", "yes")}


def test_two_columns_of_one_measure_are_refused_by_number_too(empty):
    titles = ("1. Trottoirs", "2. Passages", "3. Feux", WORDINGS["1"])
    assert not load(empty, titles).loaded


@pytest.mark.parametrize("titles", [("1. Trottoirs",), ("1. Trottoirs", "2. Passages piétons")])
def test_two_titles_are_too_few_to_tell_what_their_numbers_are(titles):
    measures = Measures([*WORDINGS], {one: [words] for one, words in WORDINGS.items()})
    assert measures.read_numbered(titles) == {}

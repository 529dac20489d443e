"""A column of what was answered after a reminder, beside the one of the first answers."""

import pytest

from monitor.intake.later_answers import DAY_COLUMN, find_later, take_later_answers
from tests.support.whole_pacts import MEASURES, PACT, SIGNATORIES, load_files
from tests.support.workbooks import workbook

LATER = (
    *("Réponse après relance", "Réponse après relance (date)", "Réponse après 2e relance"),
    *("Réponse suite à notre relance", "Après relance", "Nouvelle réponse", "2e réponse"),
    *("Réponse définitive", "Réponse finale", "Dernière réponse", "Réponse corrigée"),
    *("RÉPONSE APRÈS RAPPEL (jour)",),
)
LATER_IN_ENGLISH = ("Answer after reminder", "Answer after the second reminder", "Final answer")


@pytest.mark.parametrize(
    ("first", "later"),
    [*(("Réponse", one) for one in LATER), *(("Answer", one) for one in LATER_IN_ENGLISH)],
)
def test_a_later_answer_is_known_by_its_title(first, later):
    found = find_later(("Nom", "N°", first, later, "Commentaire"))
    assert found and found.later == {2: 3} and found.day == 6


APART = [
    ("Piste", "Nouvelle piste"),
    ("Relance", "Date de relance"),
    ("Nom", "Nouveau nom"),
    ("Réponse", "Réponse du maire"),
    ("Position", "Réponse après relance de la mairie"),
    ("Réponse", "Relancé le"),
    ("Réponse A", "Réponse B"),
    ("Commentaire", "Commentaire final"),
]


@pytest.mark.parametrize("titles", APART)
def test_other_columns_stay_apart(titles):
    assert find_later(titles) is None


def test_each_request_may_have_a_later_answer_of_its_own():
    titles = ("Nom", "Vélo", "Vélo (après relance)", "Bus", "Bus après relance", "Train")
    found = find_later(titles)
    assert found and found.later == {1: 2, 3: 4} and found.day is None


#: The first answer, the later one -> the answer that is read, and its day.
CELLS = {
    ("non", ""): ("non", ""),
    ("non", "–"): ("non", ""),
    ("non", "oui"): ("oui", ""),
    ("", "✅ (12/11)"): ("✅", "12/11"),
    ("❌", "🟡 (19/11/2026)"): ("🟡", "19/11/2026"),
    ("NSP", "✅ (18 nov.)"): ("✅", "18 nov."),
    ("NSP", "oui [relance du 12/11/26]"): ("oui", "12/11/26"),
    ("", "oui, le 1er décembre 2026"): ("oui", "1er décembre 2026"),
    ("", "non (2026-11-12)"): ("non", "2026-11-12"),
    ("oui", "(12/11)"): ("oui", ""),
    ("oui", "12/11"): ("oui", ""),
    ("oui", "non (sauf à Lyon)"): ("non (sauf à Lyon)", ""),
    ("oui", "non, mais 3 pistes"): ("non, mais 3 pistes", ""),
}


@pytest.mark.parametrize(("cells", "read"), CELLS.items())
def test_what_was_answered_last_is_read_with_its_day(cells, read):
    titles = ["Nom", "Réponse", "Réponse après relance (date)", "Mot"]
    rows = [(1, 1, titles), (2, 2, ["A", *cells, "x"])]
    (*_, shown), (*_, row) = take_later_answers(iter(rows))
    assert shown == ["Nom", "Réponse", "Mot", "former_answer", DAY_COLUMN]
    former = cells[0] if read[0] != cells[0] else ""
    assert row == ["A", read[0], "x", former, read[1]]


@pytest.mark.parametrize("dated", [False, True], ids=["no days", "days of the first answers"])
def test_a_later_answer_is_published_and_that_is_told(empty, dated):
    day = ("Date de la réponse",) if dated else ()
    first_day = ("1/3/2026",) if dated else ()
    answers = [
        ("Signataire", "Mesure", "Réponse", "Réponse après relance (date)", *day),
        ("Aline Abrial", "1", "non", "oui (12/3/2026)", *first_day),
        ("Aline Abrial", "2", "non", "", *first_day),
        ("Basile Brun", "1", "", "non", *first_day),
    ]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Signataires": SIGNATORIES, "Réponses": answers}
    whole = load_files(empty, {"a.xlsx": workbook(sheets)})
    assert whole.loaded, [one for report in whole.reports for one in report.errors]
    with empty.reading() as session:
        rows = session.rows(
            "SELECT signatory_id, measure, answer, answered_on, former_answer, former_answered_on"
            " FROM answer"
        )
    kept = "2026-03-01" if dated else None
    assert sorted(map(tuple, rows)) == [
        ("s1", "1", "yes", "2026-03-12", "no", kept),
        ("s1", "2", "no", kept, None, None),
        ("s2", "1", "no", None, None, None),
    ]
    told = [one.code for report in whole.reports for one in report.doubts]
    assert told.count("later_answers") == 1


#: The first answer of somebody who then said yes, with one of somebody else -> what is kept of it.
FORMER = {
    ("❌", "✅"): "no",
    ("✗", "✓"): "no",
    ("NSP", "oui"): "neither",
    ("plutôt oui", "oui"): "partly",
    ("Non", "Oui"): "no",
    ("oui", "oui"): None,
    ("voir mail", "oui"): None,
    ("", "oui"): None,
}


@pytest.mark.parametrize(("cells", "former"), FORMER.items())
def test_the_first_answer_is_kept_as_the_former_one_where_it_is_clear(empty, cells, former):
    first, other = cells
    answers = [
        ("Signataire", "Mesure", "Réponse", "Réponse après relance (date)"),
        ("Aline Abrial", "1", first, f"{other} (12/3/2026)"),
        ("Aline Abrial", "2", other, ""),
        ("Basile Brun", "1", "❌" if other == "✅" else "✗" if other == "✓" else "non", ""),
    ]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Signataires": SIGNATORIES, "Réponses": answers}
    whole = load_files(empty, {"a.xlsx": workbook(sheets)})
    assert whole.loaded, [one for report in whole.reports for one in report.errors]
    with empty.reading() as session:
        rows = session.rows(
            "SELECT answer, former_answer FROM answer WHERE answered_on IS NOT NULL"
        )
        assert [tuple(row) for row in rows] == [("yes", former)]

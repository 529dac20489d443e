"""Where and by what means an answer was given is no word of the person who gave it."""

import pytest

from monitor.intake.marks import AnswerMarks
from monitor.intake.said_where import without_said_where
from tests.support.whole_pacts import PACT, load_files, workbook

#: A cell -> the answer that is left of it; None where it stays as it stands.
CELLS = {
    "oui (mail du 3 mars)": "oui",
    "Oui, dit en réunion publique le 26/02/2026": "Oui",
    "oui (tél.)": "oui",
    "yes (by email)": "yes",
    "Non, par courrier du 12 février 2026": "Non",
    "oui - répondu par mail": "oui",
    "en partie (visio du 1er févr. 2026)": "en partie",
    "oui, lors du débat du 4/3": "oui",
    "yes, said at the public meeting on 3 March": "yes",
    "plutôt oui (mail)": "plutôt oui",
    "OUI [entretien]": "OUI",
    "oui (le 12/03, confirmé le 15/03)": "oui",
    "oui (12/03/2026, confirmé le 15/03/2026)": "oui",
    "oui le 12/03, confirmé le 15/03": "oui",
    "non (le 12 mars, redit le 15 mars)": "non",
    "Oui, confirmé le 15/03/2026": "Oui",
    "oui (répondu le 12/03 puis le 15/03)": "oui",
    "oui (reçu le 12 mars 2026 ; relancé le 20 mars ; confirmé le 2 avril)": "oui",
    "yes (received on 12 March and confirmed on 15 March 2026)": "yes",
    "en partie (réponse du 12/03)": "en partie",
    # Words that may be the person’s own, a condition, a promised day.
    **dict.fromkeys(
        (
            *("oui", "oui, le 1er janvier 2027", "oui, en 2027", "oui, mais pas avant 2028"),
            *("oui, pour le vote par courrier", "oui, sur le site nous publierons tout"),
            *("oui, site internet accessible", "non, en conseil nous voterons contre"),
            *("oui, avec la métropole", "oui (1)", "oui x", "mail du 3 mars", ""),
            *("oui (le 12/03/2026)", "oui (12/03/2026 puis 15/03/2026)", "oui, décidé le 12/03"),
            *("oui, annoncé le 12/03", "oui, confirmé le 12/03 par le conseil", "oui, confirmé"),
            *("oui (le 12/03), confirmé avec la métropole", "oui, réponse le 12/03 si élu"),
            *("oui, pas par mail", "oui, mais par courrier", "oui, non dit en réunion"),
        )
    ),
}


@pytest.mark.parametrize(("cell", "answer"), CELLS.items(), ids=CELLS)
def test_only_where_it_was_said_is_left_out_of_an_answer(cell, answer):
    assert without_said_where(cell) == (cell if answer is None else answer)


@pytest.mark.parametrize("days", [False, True], ids=["where", "on which days"])
@pytest.mark.parametrize("is_long", [False, True], ids=["a column a measure", "a row an answer"])
def test_the_answer_is_kept_and_the_note_is_told_and_not_published(empty, is_long, days):
    notes = ("oui (mail du 3 mars)", "Non, dit en réunion publique le 26/02/2026")
    notes = ("oui (le 2/03, confirmé le 4/03)", notes[1]) if days else notes
    measures = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
    people = [("Ville", "Nom"), ("Lyon", "Ali Test")]
    answers = [("Ville", "Candidat", "1", "2"), ("Lyon", "Ali Test", *notes)]
    if is_long:
        answers = [("Ville", "Candidat", "Mesure", "Réponse")]
        answers += [("Lyon", "Ali Test", str(n), note) for n, note in enumerate(notes, 1)]
    sheets = {"Pacte": PACT, "Mesures": measures, "Candidats": people, "Réponses": answers}
    whole = load_files(empty, {"p.xlsx": workbook(sheets)}, lang="fr")
    assert whole.loaded
    with empty.reading() as session:
        found = session.rows(
            "SELECT t.measure, t.answer, x.comment FROM answer t "
            "JOIN answer_text x ON x.seq = t.seq ORDER BY t.measure"
        )
    assert [tuple(row) for row in found] == [("1", "yes", None), ("2", "no", None)]
    (told,) = [
        dict(one.values)
        for report in whole.reports
        for one in report.doubts
        if one.code == "said_where"
    ]
    assert told["n"] == "2" and notes[0] in told["near"]


def test_a_mark_that_somebody_explains_goes_before():
    marks = AnswerMarks({"oui (mail)": "no"})
    assert marks.read("oui (mail)") == "no" and marks.doubts[0].code != "said_where"

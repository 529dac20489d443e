"""A sheet that is called after nothing it holds is read as answers where its titles say so."""

import io

import pytest

from monitor import commands, intake
from tests.support.whole_pacts import LOADED_ON, PACT, workbook

MEASURES = [("Code", "Demande"), *((f"A{n}", f"Créer la piste {n}") for n in range(1, 5))]
TITLES = ("Ville", "Candidat·e", "Liste", "A1", "A2", "A3", "A4")
ROWS = [
    ("Lyon", "Ali Test", "Lyon demain", "oui", "non", "à discuter", "oui"),
    ("Lille", "Zoé Zinc", "Lille ensemble", "non", "oui", "oui", ""),
]
NAME = "Questionnaire mars 2026"
BOOK = {"Pacte": PACT, "Nos demandes": MEASURES, NAME: [TITLES, *ROWS]}


def sort(book, contents=None):
    return intake.sort_parts([("classeur.xlsx", io.BytesIO(workbook(book)))], contents)


def contents_of(parts):
    return {part.sheet: part.content for part in parts.parts}


def log_of(store, parts):
    whole = commands.load_whole_pact(store, parts, now=LOADED_ON, lang="fr")
    assert whole.loaded, [report.errors for report in whole.reports]
    with store.reading() as session:
        answers = [*session.rows("SELECT signatory_id, measure, answer FROM answer ORDER BY 1, 2")]
        people = [*session.rows("SELECT name FROM signatory_text ORDER BY 1")]
    return answers, people


@pytest.mark.parametrize(
    "above", [(), (("Réponses reçues au 3 mars",), ())], ids=["at the top", "lower"]
)
def test_names_beside_columns_of_measures_are_answers(above):
    parts = sort({**BOOK, NAME: [*above, TITLES, *ROWS]})
    assert contents_of(parts)[NAME] == "answers" and not parts.left_out


def test_it_is_read_as_if_somebody_had_said_that_it_holds_answers(empty):
    name = f"classeur.xlsx · {NAME}"
    said, found = sort(BOOK, {name: "answers"}), sort(BOOK)
    read = [[(one.content, one.name, one.is_said) for one in some.parts] for some in (said, found)]
    assert read[0] == read[1] and said.left_out == found.left_out
    answers, people = log_of(empty, found)
    assert len(answers) == 7 and [one for (one,) in people] == ["Ali Test", "Zoé Zinc"]


FACTS = [("Nom", "A1", "A2", "A3", "A4"), ("Ali Test", "oui", "non", "oui", "oui")]
#: What else the workbook holds, or how the sheet differs: somebody has to say what it holds.
ASKED = {
    "a list of those who signed": {**BOOK, "Candidats": [("Nom", "Ville"), ("Ali Test", "Lyon")]},
    "another sheet of answers": {**BOOK, "Réponses": [("Nom", *TITLES[3:]), ("Ali Test", "oui")]},
    "a second sheet like it": {**BOOK, "Questionnaire 2020": [TITLES, *ROWS]},
    "no names": {**BOOK, NAME: [("Ville", *TITLES[3:]), ("Lyon", "oui", "non", "oui", "oui")]},
    "two measures": {**BOOK, NAME: [row[:5] for row in (TITLES, *ROWS)]},
    "numbers below": {**BOOK, NAME: [TITLES, *((*row[:3], "12", "14", "3", "9") for row in ROWS)]},
    "statuses below": {
        **BOOK,
        NAME: [TITLES, *((*row[:3], "en cours", "voté", "lancé", "tenu") for row in ROWS)],
    },
    "nothing below": {**BOOK, NAME: [TITLES]},
    "what became of it": {**{k: v for k, v in BOOK.items() if k != NAME}, "Bilan 2027": FACTS},
    "what was done": {
        **{k: v for k, v in BOOK.items() if k != NAME},
        "Feuille 3": [("Promesses tenues, au 1er mars",), (), *FACTS],
    },
    "no measures": {"Pacte": PACT, NAME: [TITLES, *ROWS]},
}


@pytest.mark.parametrize("book", ASKED.values(), ids=ASKED)
def test_a_sheet_that_may_hold_something_else_is_not_read_so(book):
    parts = sort(book)
    names = {NAME, "Bilan 2027", "Feuille 3"}
    assert not [one for one in parts.parts if one.sheet in names and one.content == "answers"]


def test_whoever_leaves_the_sheet_out_is_heard():
    parts = sort(BOOK, {f"classeur.xlsx · {NAME}": ""})
    assert NAME not in contents_of(parts)

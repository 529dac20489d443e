"""A sheet called after the elected beside answers says who was elected, and signs nothing for them."""

import pytest

from tests.support.whole_pacts import PACT, load_files, workbook

MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
ANSWERS = [
    ("Ville", "Candidat·e", "1", "2"),
    ("Lille", "Aline Abrial", "oui", "non"),
    ("Lyon", "Basile Brun", "oui", "oui"),
]
#: The name of the sheet, its titles and its rows.
ELECTED = {
    "a mayor": ("Élus", ("Ville", "Maire"), ("Lyon", "Basile Brun"), ("Brest", "Zoé Zinc")),
    "more columns": (
        "Élus",
        ("Ville", "Maire", "Liste", "Tour", "A répondu ?", "Remarque"),
        ("Lyon", "Basile Brun", "A", "2e", "oui", ""),
        ("Brest", "Zoé Zinc", "B", "1er", "non", "jamais vue"),
    ),
    "an elected": ("Élus", ("Ville", "Élu·e"), ("Lyon", "Basile Brun"), ("Brest", "Zoé Zinc")),
    "a year": ("Maires 2026", ("Ville", "Maire"), ("Lyon", "Basile Brun"), ("Brest", "Zoé Zinc")),
    "a day": (
        "Élus",
        ("Ville", "Maire", "Élu le"),
        ("Lyon", "Basile Brun", "22/03/2026"),
        ("Brest", "Zoé Zinc", "15/03/2026"),
    ),
}
#: Titles that only those who signed have.
SIGNED = {
    "Signé le": "12/02/2026",
    "Date de signature": "12/02/2026",
    "Mesures signées": "1",
    "identifiant": "s1",
}


def outcomes(store):
    with store.reading() as session:
        rows = session.rows(
            "SELECT x.name, s.outcome FROM signatory s JOIN signatory_text x ON x.seq = s.seq"
        )
    return {name: outcome for name, outcome in rows}


def as_csv(rows):
    return "".join(";".join(row) + "\n" for row in rows).encode()


@pytest.mark.parametrize("apart", ["one workbook", "two workbooks", "files"])
@pytest.mark.parametrize("case", ELECTED)
def test_who_was_elected_and_never_answered_is_no_signatory(empty, case, apart):
    name, *rows = ELECTED[case]
    base = {"Pacte": PACT, "Mesures": MEASURES}
    files = {
        "one workbook": {"p.xlsx": workbook({**base, "Réponses": ANSWERS, name: rows})},
        "two workbooks": {
            "p.xlsx": workbook({**base, "Réponses": ANSWERS}),
            "r.xlsx": workbook({name: rows}),
        },
        "files": {
            "p.xlsx": workbook(base),
            "réponses.csv": as_csv(ANSWERS),
            f"{name}.csv": as_csv(rows),
        },
    }[apart]
    whole = load_files(empty, files, lang="fr")
    assert whole.loaded, [report.errors for report in whole.reports]
    assert outcomes(empty) == {"Aline Abrial": "unknown", "Basile Brun": "elected"}


@pytest.mark.parametrize(("title", "cell"), SIGNED.items())
def test_the_elected_who_are_said_to_have_signed_are_signatories(empty, title, cell):
    rows = [("Ville", "Élu·e", title), ("Lyon", "Basile Brun", cell)]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Élus": rows}
    whole = load_files(empty, {"p.xlsx": workbook({**sheets, "Réponses": ANSWERS[:1]})}, lang="fr")
    assert "Basile Brun" in outcomes(empty), [report.errors for report in whole.reports]


def test_a_list_of_the_elected_alone_is_one_of_who_signed(empty):
    rows = [("Ville", "Élu·e"), ("Lyon", "Basile Brun")]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Élus": rows}
    assert load_files(empty, {"p.xlsx": workbook(sheets)}, lang="fr").loaded
    assert outcomes(empty) == {"Basile Brun": "unknown"}


def test_sheets_to_fill_in_that_nobody_filled_in_are_no_answers(empty):
    rows = [("Ville", "Élu·e"), ("Lyon", "Basile Brun")]
    mine = workbook({"Pacte": PACT, "Mesures": MEASURES, "Élus": rows})
    template = workbook({"Réponses": [("signataire", "mesure", "réponse")]})
    assert load_files(empty, {"p.xlsx": mine, "pacte.xlsx": template}, lang="fr").loaded
    assert outcomes(empty) == {"Basile Brun": "unknown"}

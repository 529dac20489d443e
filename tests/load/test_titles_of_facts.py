"""« Fait » heads what happened, where words say so below it, and is asked where it may say whether."""

import pytest

from tests.support.whole_pacts import MEASURES, PACT, SIGNATORIES, load_sheets, refusals

TITLES = (
    "Fait",
    "Faits",
    "Fait constaté",
    "Événement",
    "Actions",
    "FAIT :",
    "Fact",
    "Réalisations",
)
#: What stands below « Fait » and says that something was done, or when, and not what.
ASKED = {
    "yes or no": ("oui", "non"),
    "a yes that goes on": ("oui, en mars", "Travaux votés"),
    "days": ("12/03/2026", "15/04/2026"),
    "words of statuses beside others": ("Travaux votés", "en cours"),
    "single words": ("Piste", "Arceaux"),
    "numbers": ("3", "12"),
    "nothing": ("", ""),
}


def load(store, title, cells=("Travaux votés par le conseil", "Arceaux posés place du marché")):
    rows = [
        ("Aline Abrial", n, "02/04/2026", "en cours", cell, f"https://exemple.fr/{n}")
        for n, cell in zip("12", cells, strict=True)
    ]
    facts = [("Signataire", "Mesure", "Date", "Statut", title, "Lien"), *rows]
    sheets = {"Pacte": PACT, "MESURES": MEASURES, "Signataires": SIGNATORIES[:2]}
    return load_sheets(store, {**sheets, "Suivi": facts})


@pytest.mark.parametrize("title", TITLES)
def test_what_happened_is_read_under_its_title(empty, title):
    assert load(empty, title).loaded
    with empty.reading() as session:
        rows = session.rows("SELECT summary FROM action_text ORDER BY seq")
    assert [one for (one,) in rows] == [
        "Travaux votés par le conseil",
        "Arceaux posés place du marché",
    ]


@pytest.mark.parametrize("cells", ASKED.values(), ids=ASKED)
def test_what_may_say_whether_is_asked(empty, cells):
    whole = load(empty, "Fait", cells)
    assert not whole.loaded
    assert [(column, code) for _, _, column, code in refusals(whole)] == [
        ("Fait", "unknown_column")
    ]


def test_beside_another_column_of_what_happened_it_is_asked(empty):
    facts = [
        ("Signataire", "Mesure", "Date", "Statut", "Fait", "Résumé", "Lien"),
        (
            "Aline Abrial",
            "1",
            "02/04/2026",
            "en cours",
            "Travaux votés",
            "Vu",
            "https://exemple.fr",
        ),
    ]
    sheets = {"Pacte": PACT, "MESURES": MEASURES, "Signataires": SIGNATORIES[:2], "Suivi": facts}
    assert [one[2:] for one in refusals(load_sheets(empty, sheets))] == [("Fait", "unknown_column")]

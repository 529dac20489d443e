"""What the name of a signatory says that it is, and tables of councils beside which parties stand."""

import pytest

from monitor.intake.kind_of_name import kind_of_name
from tests.support.whole_pacts import PACT, load_files
from tests.support.workbooks import workbook

MEASURES = [("N°", "Mesure"), ("1", "Créer un lieu."), ("2", "Ouvrir les achats.")]
NAMES = {
    "list": (
        *("Liste « Bretagne en commun »", "Liste UNION POPULAIRE 35", "La liste Debout !"),
        *(
            "liste n° 3",
            "Binôme Roux et Blanc",
            "List: Together",
            "List “Together”",
            "The Green list",
        ),
    ),
    "party": ("Parti pirate", "Le Parti socialiste", "Green Party", "The Labour Party of Wales"),
    "body": (
        *("Leeds City Council", "Ashford Council", "Council of Elders", "City of York"),
        *("Conseil municipal de Lyon", "Mairie de Redon", "Ville d’Angers", "Région de Bretagne"),
        *("Département du Rhône", "Communauté de communes du Pays de Redon", "Métropole de Lyon"),
        *("West Yorkshire Combined Authority", "London Borough Council of Brent"),
    ),
    None: (
        *("Aline Abrial", "Friedrich List", "Liste", "Parti", "Council", "LISTE", "Marie Ville"),
        *(
            "Ann Day (Leeds City Council)",
            "Ann Day, Leeds City Council",
            "Cllr Ann Day Leeds Council",
        ),
        *(
            "Mairie de Redon – Alain Roux",
            "Jean Conseil",
            "Paul Mairie",
            "Région",
            "Jean Département",
        ),
        *("Alexandre de La Liste", "Sophie Parti", "Anne Liste-Roux", ""),
    ),
}


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for kind, names in NAMES.items() for name in names]
)
def test_a_name_that_nobody_has_says_what_its_bearer_is(name, kind):
    assert kind_of_name(name) == kind


def load_sheets(store, sheets: dict):
    return load_files(store, {"tableau.xlsx": workbook(sheets)})


def doubt_codes(whole) -> list[str]:
    return [one.code for report in whole.reports for one in (*report.errors, *report.doubts)]


def kinds_of(store) -> dict[str, tuple[str | None, str | None]]:
    with store.reading() as session:
        rows = session.rows(
            "SELECT name, kind, list FROM signatory JOIN signatory_text USING (seq)"
        )
    return {name: (kind, listed) for name, kind, listed in rows}


def test_lists_among_people_are_no_people_and_that_is_doubted_once(empty):
    people = [
        ("Nom", "Prénom", "Ville"),
        ("Abrial", "Aline", "Lille"),
        ("Liste « Lille en commun »", "", "Lille"),
        ("Liste Lyon debout", "", "Lyon"),
    ]
    whole = load_sheets(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": people})
    assert whole.loaded, doubt_codes(whole)
    found = [kind for kind, _ in kinds_of(empty).values()]
    assert found == [None, "list", "list"]
    told = [one for report in whole.reports for one in report.doubts if one.code == "kind_of_name"]
    assert len(told) == 1


def test_what_a_column_says_goes_before_the_name(empty):
    people = [("Nom", "Ville", "Nature"), ("Parti pirate", "Lille", "personne")]
    whole = load_sheets(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": people})
    assert whole.loaded and kinds_of(empty) == {"Parti pirate": (None, None)}


#: What heads the places, how they are called, what heads the parties -> the kind of those who sign.
TABLES = [
    *[
        ("Commune", name, "Parti", "body")
        for name in ("Conseil municipal de {}", "Mairie de {}", "{} City Council", "{} Council")
    ],
    ("Commune", "{}", "Parti", "party"),
    ("Commune", "{}", "Liste", "list"),
    ("Commune", "Ville de {}", "Liste", "list"),
    ("Conseil", "{}", "Parti", "body"),
    ("Council name", "{}", "Party", "body"),
    ("Local authority", "{}", "Political party", "body"),
    ("Commune", "{} Council", "List", "body"),
]


@pytest.mark.parametrize(("heading", "name", "party", "kind"), TABLES)
def test_a_party_beside_a_council_is_not_who_answered(empty, heading, name, party, kind):
    cities = [name.format("Alpha"), name.format("Beta")]
    places = [("Code", "Nom"), *((f"p{n}", one) for n, one in enumerate(cities))]
    rows = [(heading, party, "1", "2"), *((one, "Union", "oui", "non") for one in cities)]
    pact = [row for row in PACT if row[0] != "Fonctions engagées"] + [("areas", "own")]
    whole = load_sheets(
        empty, {"Pacte": pact, "Mesures": MEASURES, "Lieux": places, "Signataires": rows}
    )
    assert whole.loaded, doubt_codes(whole)
    found = kinds_of(empty)
    assert {one for one, _ in found.values()} == {kind}
    assert ({*found} == {*cities}) == (kind == "body")

"""What an association writes beside its demands is kept as its explanation: on the pages, in files."""

import csv
import io
import json

import pytest
from starlette.applications import Starlette

from monitor import commands, intake
from monitor.export import publish_pact
from monitor.store.journal import verify
from monitor.store.pacts_and_areas import current_pact, pact_from_row, pact_to_row
from monitor.web import sheet
from tests.support.app import open_page, words
from tests.support.routes import Client
from tests.support.whole_pacts import LOADED_ON, PACT, SIGNATORIES, load_sheets

ID = "velo-2026"
SAID = "Aujourd’hui 5 jours par an dans bien des villes."


def measures_of(store):
    with store.reading() as session:
        found = current_pact(session, ID)
    return found[1].measures if found else ()


#: The titles of a table of measures -> the column as which the last is read, None where it is asked.
TITLES = {
    **dict.fromkeys(("Explication", "Explications", "Pourquoi", "Pourquoi ?"), "explanation"),
    **dict.fromkeys(("Contexte", "Argumentaire", "Précisions", "Justification"), "explanation"),
    **dict.fromkeys(("Why", "Context", "Explanation", "explanation"), "explanation"),
    "Explication de la mesure": "explanation",
    "Critère de réussite": "criterion_fr",
    **dict.fromkeys(("Remarque", "Note", "Commentaire", "Exemple", "Description"), None),
}


@pytest.mark.parametrize(("title", "column"), TITLES.items(), ids=TITLES)
def test_a_title_beside_the_demands_is_read_as_what_explains_them(empty, title, column):
    table = [
        ("N°", "Demande", title),
        ("1", "Ouvrir la piscine", SAID),
        ("2", "Poser des bancs", ""),
    ]
    whole = load_sheets(empty, {"Pacte": PACT, "Mesures": table})
    assert whole.loaded is bool(column)
    if column:
        first, second = measures_of(empty)
        assert getattr(first, column) == SAID and getattr(second, column) is None
        assert {"explanation", "criterion_fr"} - {column} == {
            name for name in ("explanation", "criterion_fr") if getattr(first, name) is None
        }


def test_what_words_a_measure_is_no_explanation_of_it(empty):
    """« Contexte » that says more than a title beside it words the measures where nothing else does."""
    table = [("N°", "Titre", "Explication"), ("1", "Piscine", "Ouvrir la piscine toute l’année.")]
    assert load_sheets(empty, {"Pacte": PACT, "Mesures": table}).loaded
    (measure,) = measures_of(empty)
    assert (measure.wording, measure.explanation) == ("Ouvrir la piscine toute l’année.", None)


def test_two_columns_that_may_explain_are_asked(empty):
    table = [("N°", "Demande", "Pourquoi", "Contexte"), ("1", "Ouvrir", "a", "b")]
    whole = load_sheets(empty, {"Pacte": PACT, "Mesures": table})
    assert [error.code for report in whole.reports for error in report.errors] == [
        "unknown_column"
    ] * 2
    said = intake.match_title("measures", "explanation"), intake.match_title("measures", "Pourquoi")
    assert said == ("explanation", None)


@pytest.fixture
def explained(empty, url, monkeypatch, request):
    monkeypatch.setenv("MONITOR_DATABASE", url)
    table = [
        ("N°", "Demande", "Explication"),
        ("1", "Ouvrir la piscine", request.param),
        ("2", "Bancs", ""),
    ]
    assert load_sheets(
        empty, {"Pacte": PACT, "Mesures": table, "Signataires": SIGNATORIES[:2]}
    ).loaded
    return empty


@pytest.mark.usefixtures("browser_of")
@pytest.mark.parametrize("explained", [SAID, f"{SAID} " * 9], ids=["short", "long"], indirect=True)
@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("fr", "Explication de la demande, par Association d’essai"),
        ("en", "The request explained by Association d’essai"),
    ],
)
def test_an_explanation_is_shown_under_the_wording_as_the_promoters(explained, lang, heading):
    shown = Client(Starlette(routes=sheet.ROUTES)).get("/ville/59350", {"lang": lang}).text
    assert shown.count(heading) == 1 and SAID in shown
    (measure, *_) = measures_of(explained)
    is_long = len(measure.explanation) > 300
    assert (f"<summary>{heading}</summary>" in shown) is is_long
    page = open_page("communes", pacte=ID, commune="59350", lang=lang)
    folded = [one.label for one in page.expander]
    assert (heading in folded) is is_long and (SAID in words(page)) is not is_long


@pytest.mark.parametrize("explained", [SAID], indirect=True)
def test_an_explanation_is_in_the_files_and_in_the_record_of_the_log(explained, tmp_path):
    publish_pact(explained, ID, tmp_path / "csv", "csv")
    assert SAID in (tmp_path / "csv" / "pact.toml").read_text("utf-8")
    publish_pact(explained, ID, tmp_path / "out", "datapackage")
    with (tmp_path / "out" / "measures.csv").open(encoding="utf-8-sig") as file:
        assert [row["explanation"] for row in csv.DictReader(file)] == [SAID, ""]
    (first, second) = measures_of(explained)
    with explained.reading() as session:
        _, pact = current_pact(session, ID) or (0, None)
        assert pact and verify(session).intact
    kept = json.loads(pact_to_row(pact)[11])
    assert [one.get("explanation") for one in kept] == [SAID, None] and "explanation" not in kept[1]
    assert pact_from_row(ID, pact_to_row(pact)).measures == (first, second)


def test_a_pact_file_says_it_too(store):
    toml = (
        'id = "p"\ntitle = "P"\npromoter = "A"\nelection = "E"\nelection_on = 2026-03-22\n'
        'term_start = 2026-03-22\nlanguage = "fr"\nfictional = true\nlicence = "etalab-2.0"\n'
        f'[[measures]]\nid = "1"\nwording = "Ouvrir"\nexplanation = "{SAID}"\n'
    )
    report = commands.load_pact(store, io.BytesIO(toml.encode()), name="pact.toml", now=LOADED_ON)
    assert report.loaded, report.errors

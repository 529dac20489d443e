"""What the log notes of a measure that somebody refused after all stays readable: beside the refusal,
never struck out, and in no figure."""

import pytest
from starlette.applications import Starlette

from monitor.web import feed, sheet
from tests.support.app import open_page, words
from tests.support.routes import Client
from tests.support.whole_pacts import MEASURES, PACT, SIGNATORIES, load_sheets

LINK = "https://exemple.fr/conseil"
ACTIONS = [
    (
        *("action_id", "signatory_id", "measure", "happened_on", "kind", "status", "summary"),
        *("source_url", "source_title", "supersedes", "reason"),
    ),
    ("a1", "s1", "1", "2026-04-02", "", "mis en œuvre", "Piste ouverte", LINK, "Conseil", "", ""),
    ("a2", "s1", "1", "2026-04-09", "note", "", "Visite", LINK, "Bulletin", "", ""),
    ("a3", "s1", "2", "2026-04-09", "note", "", "Marché", LINK, "Mairie", "", ""),
]
NOTED = {
    "fr": "au journal, sans compter comme une promesse",
    "en": "in the log, not counted as a promise",
}
#: What a later version of the answers says of the first measure -> what heads it on the page of a city.
LATER = {
    "non": {"fr": "Réponse non (1)", "en": "Answered no (1)"},
    "ni oui ni non": {"fr": "Réponse ni oui ni non (1)", "en": "Answered neither yes nor no (1)"},
}


def answers(first: str) -> list[tuple]:
    head = ("signatory_id", "measure", "answer", "answered_on", "comment")
    return [head, ("s1", "1", first, "2026-02-01", "Trop cher."), ("s1", "2", "oui", "", "")]


@pytest.fixture(params=LATER)
def later(request, empty, url, monkeypatch, browser_of):
    monkeypatch.setenv("MONITOR_DATABASE", url)
    base = {"Pacte": PACT, "MESURES": MEASURES, "Signataires": SIGNATORIES[:2]}
    whole = load_sheets(empty, {**base, "Réponses": answers("oui"), "actions": ACTIONS})
    assert whole.loaded, [report.errors for report in whole.reports]
    whole = load_sheets(empty, {**base, "Réponses": answers(request.param)}, newer=True)
    doubts = [doubt for report in whole.reports for doubt in report.doubts]
    (told,) = [doubt for doubt in doubts if doubt.code == "promises_lost"]
    assert whole.loaded and told.line == 2 and dict(told.values)["n"] == "2"
    return request.param


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_sheet_and_the_page_of_a_city_show_it_beside_the_answer(later, lang):
    shown = Client(Starlette(routes=sheet.ROUTES)).get("/ville/59350", {"lang": lang}).text
    assert shown.count(NOTED[lang]) == 1
    apart = shown[shown.index(NOTED[lang]) :].split("</li>")[0]
    assert apart.index("Visite") < apart.index("Piste ouverte")  # the newest first
    assert "Marché" not in apart and apart.count("entree=") == 2
    page = open_page("communes", commune="59350", lang=lang)
    assert [one.label for one in page.expander].count(LATER[later][lang]) == 1


def test_nothing_of_what_was_refused_counts(later):
    overview = words(open_page(""))
    assert "1 engagement lie" in overview and "n’a pas encore été évalué" in overview
    measures = words(open_page("mesures"))
    assert "● mis en œuvre" not in measures


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("fr", "Rien de connu ne dit que cette mesure a été promise ici"),
        ("en", "Nothing known says that this measure was promised here"),
    ],
)
def test_the_log_says_why_it_does_not_count_and_strikes_nothing_out(later, lang, why):
    shown = words(open_page("actions", lang=lang))
    assert shown.count(why) == 2 and "~~" not in shown
    entries = Client(Starlette(routes=feed.ROUTES)).get("/flux.atom", {"lang": lang}).text
    mark = {"fr": "mesure non promise, ne compte pas", "en": "not promised, does not count"}[lang]
    assert entries.count(f"({mark})") == 2
    assert {"fr": "corrigée depuis", "en": "corrected since"}[lang] not in entries


def test_what_was_withdrawn_is_not_among_it(empty, later):
    head, *_ = ACTIONS
    base = {"Pacte": PACT, "MESURES": MEASURES, "Signataires": SIGNATORIES[:2]}
    assert load_sheets(empty, {**base, "Réponses": answers("oui")}, newer=True).loaded
    gone = (
        "r1",
        "s1",
        "1",
        "2026-04-10",
        "retraction",
        "",
        "Erreur",
        "",
        "",
        "a1",
        "Mauvaise ville",
    )
    assert load_sheets(empty, {**base, "actions": [head, gone]}).loaded
    assert load_sheets(empty, {**base, "Réponses": answers(later)}, newer=True).loaded
    shown = Client(Starlette(routes=sheet.ROUTES)).get("/ville/59350", {"lang": "fr"}).text
    apart = shown[shown.index(NOTED["fr"]) :].split("</li>")[0]
    assert "Visite" in apart and "Piste ouverte" not in apart


def test_nothing_is_beside_the_answer_before_it_happened(later):
    asked = {"lang": "fr", "au": "2026-04-05"}
    shown = Client(Starlette(routes=sheet.ROUTES)).get("/ville/59350", asked).text
    assert "Piste ouverte" in shown and "Visite" not in shown

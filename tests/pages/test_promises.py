"""Whoever reads about one measure finds who promised it, in which words, whatever the election gave
them, and what the promoter says of it."""

import pytest

from tests.support.app import open_page, words
from tests.support.whole_pacts import PACT, load_sheets

WHY = "Les enfants n’ont nulle part où nager."
MEASURES = [
    ("N°", "Demande", "Explication", "Critère de réussite"),
    ("1", "Ouvrir la piscine toute l’année.", WHY, "La piscine est ouverte 300 jours par an."),
    ("2", "Poser des bancs.", "", ""),
]
AFTER, BEFORE = "2026-06-01", "2026-03-20"
HEADING = {
    "fr": "Qui s’est engagé sur cette mesure, au ",
    "en": "Who committed to this measure, as of ",
}


def people(*results):
    """Four who answered, each in a place of their own: what the election gave each."""
    names = ("Aline Abrial", "Basile Brun", "Chloé Caron", "Driss Dumas")
    places = ("59350", "59009", "59512", "59599")
    rows = zip(("s1", "s2", "s3", "s4"), names, places, results, strict=True)
    return [
        ("signatory_id", "name", "commune", "outcome", "list"),
        *((*row, f"Liste {row[1][0]}") for row in rows),
    ]


ANSWERS = [
    ("signatory_id", "measure", "answer", "answered_on", "comment", "source_url"),
    ("s1", "1", "oui", "2026-02-03", "Dès juin.", "https://exemple.fr/s1"),
    ("s2", "1", "en partie", "2026-02-04", "L’hiver seulement.", ""),
    ("s3", "1", "non", "2026-02-05", "Trop cher.", ""),
    ("s4", "2", "oui", "2026-02-06", "Volontiers.", ""),
]


@pytest.fixture
def opened(empty, url, monkeypatch, browser_of):
    monkeypatch.setenv("MONITOR_DATABASE", url)

    def load(*results):
        sheets = {"Pacte": PACT, "Mesures": MEASURES, "Réponses": ANSWERS}
        whole = load_sheets(empty, {**sheets, "Signataires": people(*results)})
        assert whole.loaded, [report.errors for report in whole.reports]

    return load


def lines(**asked) -> list[str]:
    """The lines of who promised, as the page has them."""
    page = open_page("mesures", **asked)
    assert not page.exception
    shown = words(page).split("\n- ")
    return [one.split("\n\n")[0] for one in shown if one.startswith("[**")]


#: What the list of those who answered says of the election -> what each promise says of it, in French;
#: whether anything binds.
RESULTS = {
    "nothing is known": (("", "", "", ""), ("résultat inconnu", "résultat inconnu"), False),
    "the first was elected": (("élue", "", "", ""), ("élu(e)", "résultat inconnu"), True),
    "both were defeated": (("battue", "battu", "", ""), ("battu(e)", "battu(e)"), False),
}


@pytest.mark.parametrize(("results", "expected", "binds"), RESULTS.values(), ids=RESULTS)
def test_the_page_of_a_measure_lists_who_promised_it(opened, results, expected, binds):
    opened(*results)
    page = open_page("mesures", mesure="1", au=AFTER)
    assert any(one.value.startswith(HEADING["fr"]) for one in page.header)
    first, second = lines(mesure="1", au=AFTER)[-2:]
    assert ("/communes?" in first, "commune=59350" in first) == (True, True)
    assert "Aline Abrial" in first and f"· {expected[0]} · Liste A" in first
    assert "**A répondu oui le 3 février 2026** : « Dès juin. » · [source de la réponse]" in first
    assert "Basile Brun" in second and f"· {expected[1]} · Liste B" in second
    assert "**A répondu oui en partie le 4 février 2026** : « L’hiver seulement. »" in second
    assert ("○ non évalué" in first) is binds


@pytest.mark.parametrize("asked", [{"mesure": "1"}, {"mesure": "1", "lang": "en"}], ids=str)
@pytest.mark.parametrize("results", [("", "", "", ""), ("élue", "élu", "élue", "élu")], ids=str)
def test_nobody_who_refused_or_was_not_asked_is_among_those_who_promised(opened, results, asked):
    opened(*results)
    page = open_page("mesures", au=AFTER, **asked)
    heading = HEADING[asked.get("lang", "fr")]
    if all(results):  # all that binds is on the page: the words are folded
        assert sum(one.label.startswith(heading) for one in page.expander) == 1
    shown = "\n".join(lines(au=AFTER, **asked))
    assert "Chloé Caron" not in shown and "Driss Dumas" not in shown
    assert not any("{" in one.value for one in page.markdown)


def test_before_the_vote_those_who_promised_are_candidates(opened):
    opened("élue", "", "", "")
    first, second = lines(mesure="1", au=BEFORE)
    assert "· candidat(e) · Liste A" in first and "· candidat(e) · Liste B" in second
    assert "élu" not in first.replace("/mesures", "")


def test_nobody_has_promised_before_the_day_of_the_answer(opened):
    opened("", "", "", "")
    (only,) = lines(mesure="1", au="2026-02-03")
    assert "Aline Abrial" in only
    assert lines(mesure="1", au="2026-02-02") == []


def test_each_measure_leads_to_who_promised_it_while_nothing_is_known_to_bind(opened):
    opened("", "", "", "")
    page = open_page("mesures", au=AFTER)
    shown = words(page)
    assert "Qui s’est engagé, mesure par mesure, au 1er juin 2026" in shown
    assert "mesure=1) · 2 personnes engagées" in shown
    assert "mesure=2) · 1 personne engagée" in shown


@pytest.mark.parametrize("page", ["mesures", "reponses"])
@pytest.mark.parametrize("results", [("", "", "", ""), ("élue", "", "", "")], ids=str)
@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("fr", "Explication de la demande, par Association d’essai : "),
        ("en", "The request explained by Association d’essai: "),
    ],
)
def test_a_page_about_one_measure_says_what_the_pact_and_its_promoter_say(
    opened, page, results, lang, heading
):
    opened(*results)
    alone = words(open_page(page, mesure="1", au=AFTER, lang=lang))
    assert f"{heading}{WHY}" in alone
    assert "La piscine est ouverte 300 jours par an." in alone
    for other in ({"mesure": "2"}, {}):
        assert WHY not in words(open_page(page, au=AFTER, lang=lang, **other))


def test_a_long_explanation_unfolds_on_the_page_of_its_measure(opened, monkeypatch):
    monkeypatch.setitem(globals(), "MEASURES", [MEASURES[0], ("1", "Nager.", f"{WHY} " * 9, "")])
    monkeypatch.setitem(globals(), "ANSWERS", ANSWERS[:4])
    opened("", "", "", "")
    page = open_page("mesures", mesure="1", au=AFTER)
    heading = "Explication de la demande, par Association d’essai"
    assert [one.label for one in page.expander].count(heading) == 1
    assert WHY not in words(page)

"""Sentences that must not say more than the pact, the filters or the log do."""

import re

import pytest
from starlette.applications import Starlette

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.i18n import LANGUAGES
from monitor.models import Role
from monitor.read.screens import empty_pages
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.web import missing_page
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.pacts import GOOD
from tests.support.routes import Client
from tests.support.shapes import all_routes, load_shape, read_page

SHAPES = (MAYOR, PRESIDENT, CANDIDATES) = (
    "maire-et-adjoints",
    "un-elu-174-mesures",
    "candidats-et-reponses",
)
COUNCILS = "409-conseils"
pytestmark = pytest.mark.usefixtures("browser_of")


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    """A database with a pact of a mayor and deputies, of a presidency, and of candidates."""
    url = f"sqlite:///{tmp_path_factory.mktemp('words') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    pacts = {name: load_shape(store, name) for name in SHAPES}
    return url, Snapshots(store).current(), pacts


@pytest.fixture
def opened(shapes, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", shapes[0])


@pytest.fixture
def page(shapes, opened):
    _, _, pacts = shapes

    def shown(page: str, name: str, lang: str = "fr", **asked: str) -> str:
        app = open_page(page, pacte=pacts[name], lang=lang, **asked)
        assert not app.exception
        return words(app)

    return shown


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"fonction": "deputy_mayor", "mesure": "5-1"}, "aucun des engagements qui lient"),
        ({"fonction": "deputy_mayor"}, "engagements lient"),
        ({}, "engagements lient"),
    ],
)
def test_that_nobody_is_bound_is_not_said_of_what_a_filter_hides(page, asked, expected):
    for where in ("", "mesures"):
        assert expected in page(where, MAYOR, **asked)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({"mesure": "5-1"}, True), ({"fonction": "deputy_mayor"}, True), ({}, False)],
)
def test_who_is_bound_is_said_of_what_the_filters_keep(page, asked, expected):
    assert ("que gardent les filtres" in page("", MAYOR, **asked)) == expected


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        (PRESIDENT, "fr", "réputés en fonction à la fin du mandat"),
        (PRESIDENT, "en", "assumed to be in office at the end of the term"),
        (PRESIDENT, "fr", "1 signataire n’a aucun mandat au journal."),
        (PRESIDENT, "en", "1 signatory has no mandate on record."),
    ],
)
def test_an_office_that_is_only_assumed_is_said_to_be(page, name, lang, expected):
    shown = page("", name, lang)
    assert expected in shown
    assert shown.count({"fr": "réputé", "en": "assumed to be"}[lang]) == 1


def test_an_office_on_record_is_not_said_to_be_assumed(page):
    assert "réputé" not in page("", MAYOR)


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        (MAYOR, "fr", "(maire, adjoint(e) au maire)"),
        (MAYOR, "en", "(mayor, deputy mayor)"),
        (PRESIDENT, "fr", "(le pacte ne la nomme pas)"),
        (PRESIDENT, "en", "(the pact does not name it)"),
    ],
)
def test_the_method_names_the_offices_of_the_pact(page, name, lang, expected):
    assert expected in page("methode", name, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_are_not_those_of_a_town_hall_where_the_pact_has_none(page, lang):
    page_text = page("methode", PRESIDENT, lang)
    assert not re.search("cantine|canteen|délibération|council decision", page_text)


@pytest.mark.parametrize(
    ("name", "hidden"),
    [(MAYOR, False), (PRESIDENT, True)],
)
def test_matching_is_offered_where_a_register_of_mayors_can_tell(shapes, name, hidden):
    _, current, pacts = shapes
    assert ("rapprochement" in empty_pages(current, pacts[name], Role.REVIEWER)) == hidden


@pytest.mark.parametrize(
    ("where", "expected", "unsaid"),
    [
        ("mesures", "Le signataire", "un par un"),
        ("echantillon", "n’a qu’un signataire", "60 signataires"),
    ],
)
def test_a_pact_of_one_signatory_does_not_speak_of_several(page, where, expected, unsaid):
    shown = page(where, PRESIDENT)
    assert expected in shown and unsaid not in shown


@pytest.mark.parametrize(
    ("lang", "expected"), [("fr", "n’avait commencé ce jour-là"), ("en", "had begun by that day")]
)
def test_a_mandate_to_come_is_not_said_to_be_missing(shapes, opened, lang, expected):
    asked = {"pacte": shapes[2][MAYOR], "lang": lang, "signataire": "s001", "au": "2026-03-16"}
    assert expected in read_page(all_routes().get("/graphique/mandats", asked).text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_single_place_is_compared_with_none(shapes, opened, lang):
    asked = {"pacte": shapes[2][PRESIDENT], "lang": lang}
    shown = read_page(all_routes().get("/comparer", asked).text)
    assert {"fr": "n’a qu’un lieu", "en": "only one place"}[lang] in shown


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", "dans 5 des 49 mois du mandat ; aucun mois n’en a plus de 155 (février 2017)."),
        ("en", "in 5 of the 49 months of the term; no month has more than 155 (February 2017)."),
    ],
)
def test_the_months_of_reading_are_said_in_words(shapes, opened, lang, expected):
    asked = {"pacte": shapes[2][PRESIDENT], "lang": lang}
    shown = read_page(all_routes().get("/graphique/lectures", asked).text)
    assert expected in shown and "2017-02" not in shown


@pytest.mark.parametrize("page", ["communes", "mesures"])
def test_nobody_is_searched_for_or_ordered_where_there_is_one_signatory(shapes, opened, page):
    alone, several = (open_page(page, pacte=shapes[2][pact]) for pact in (PRESIDENT, MAYOR))
    assert not alone.text_input and several.text_input


@pytest.mark.parametrize(("lang", "title"), [("fr", "Signataires"), ("en", "Signatories")])
def test_a_page_that_is_about_no_pact_fits_any(lang, title):
    asked = Client(Starlette(routes=missing_page.ROUTES))
    shown = read_page(asked.get("/nulle-part", {"lang": lang}).text)
    assert title in shown and not re.search(r"\b(?:Villes|Élus|Cities|Officials)\b", shown)


@pytest.fixture(scope="module")
def of_councils(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('councils') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    load_shape(store, COUNCILS)
    return url


@pytest.mark.parametrize(
    ("chart", "lang", "expected"),
    [
        ("delais", "fr", "aucun des 3 681 engagements n’est connu pour"),
        ("delais-groupes", "fr", "Aucun engagement, dans aucun groupe, n’est connu pour"),
        ("semestres", "fr", "à notre connaissance, c’est arrivé à 0"),
        ("delais", "en", "none of the 3,681 commitments is known to"),
        ("delais-groupes", "en", "No commitment of any group is known to"),
        ("semestres", "en", "is known to have happened to 0"),
    ],
)
def test_where_nobody_has_read_anything_yet_a_curve_denies_nothing(
    of_councils, monkeypatch, chart, lang, expected
):
    monkeypatch.setenv("MONITOR_DATABASE", of_councils)
    shown = all_routes().get(f"/graphique/{chart}", {"au": "2021-11-09", "lang": lang}).text
    assert expected in read_page(shown).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("asked", "lang", "expected"),
    [
        (
            {"courbe": "term"},
            "fr",
            "n’est connu pour avoir été mis en œuvre un jour, ni même décidé",
        ),
        (
            {"courbe": "term"},
            "en",
            "is known to have been implemented at any point, or even decided",
        ),
        ({"courbe": "office"}, "fr", "n’est connu pour avoir été"),
        ({"courbe": "office"}, "en", "is known to have been"),
    ],
)
def test_an_estimate_from_nothing_read_is_none(shapes, opened, asked, lang, expected):
    asked = {"pacte": shapes[2][CANDIDATES], "lang": lang, **asked}
    shown = read_page(all_routes().get("/graphique/delais", asked).text)
    assert expected in shown and not re.search("elle donne|curve gives|it gives", shown)


@pytest.mark.parametrize("chart", ["delais", "semestres"])
def test_who_left_is_not_told_by_a_word_that_also_means_a_party(of_councils, monkeypatch, chart):
    monkeypatch.setenv("MONITOR_DATABASE", of_councils)
    shown = read_page(all_routes().get(f"/graphique/{chart}").text)
    assert "quitté la fonction" in shown and "signataire parti" not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart", ["effort", "intervalles", "groupes"])
def test_a_group_that_the_pact_lacks_does_not_unbind_anybody(shapes, opened, chart, lang):
    asked = {"pacte": shapes[2][PRESIDENT], "lang": lang, "par": "theme"}
    shown = read_page(all_routes().get(f"/graphique/{chart}", asked).text)
    assert not re.search("ne lie personne|No commitment is binding", shown)


#: Of each kind, in a pact of its own: the first sentence where both obtained the office, and where the
#: only one there did.
OBTAINED = {
    ("list", "fr"): ("Les 2 listes connues ont obtenu", "qui a obtenu la fonction visée"),
    ("party", "fr"): ("Les 2 partis connus ont obtenu", "qui a obtenu la fonction visée"),
    ("body", "fr"): (
        "instances connues sont notées dans la fonction",
        "noté dans la fonction visée",
    ),
    ("list", "en"): ("All 2 known lists obtained", "which obtained the office"),
    ("party", "en"): ("All 2 known parties obtained", "which obtained the office"),
    ("body", "en"): ("All 2 known bodies are recorded in", "recorded in the office"),
}


@pytest.fixture(scope="module")
def of_kinds(tmp_path_factory):
    """A database with a pact for each kind, which two signed in two communes."""
    url = f"sqlite:///{tmp_path_factory.mktemp('kinds') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    for kind in ("list", "party", "body"):
        text = GOOD.replace("mouves-2014", kind)
        assert commands.load_pact(store, file_in_memory(text), name="pact.toml", now=NOW).loaded
        rows = [f"{kind}{code},Alix,{code},elected,{kind}" for code in ("33063", "33281")]
        table = "\n".join(["signatory_id,name,commune,outcome,kind", *rows])
        loaded = commands.load(
            store, "signatories", file_in_memory(table), pact_id=kind, name="s.csv", now=NOW
        )
        assert loaded.loaded, loaded.errors
    return url


@pytest.mark.parametrize(("kind", "lang"), OBTAINED)
def test_what_lists_parties_and_bodies_obtained_is_said_of_them(of_kinds, monkeypatch, kind, lang):
    monkeypatch.setenv("MONITOR_DATABASE", of_kinds)
    every, alone = OBTAINED[kind, lang]
    home = words(open_page("", pacte=kind, lang=lang))
    assert every in home
    assert (kind == "body") != bool(re.search("fonction obtenue|office obtained", home))
    sheet = read_page(all_routes().get("/ville/33063", {"pacte": kind, "lang": lang}).text)
    assert alone in sheet
    assert kind != "body" or not re.search("fonction obtenue|office obtained", sheet)

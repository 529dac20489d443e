"""What the public pages say of their figures, in the cases where a sentence could mislead."""

import re

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from tests.support.app import add, list_officials, open_page, words
from tests.support.clock import NOW

pytestmark = pytest.mark.usefixtures("browser_of")
NOT_KNOWN = "on ne sait pas s’ils sont mis en œuvre"


def sign(store, *rows: str, header: str = "signatory_id,name,commune,outcome"):
    text = file_in_memory("\n".join((header, *rows)) + "\n")
    report = commands.load(store, "signatories", text, pact_id="mouves-2014", name="s.csv", now=NOW)
    assert report.loaded, report.errors


@pytest.mark.parametrize("page", ["", "mesures", "analyses"])
def test_what_nobody_assessed_is_never_said_not_to_be_implemented(store, page):
    page_text = words(open_page(page, au="2014-05-01"))
    assert f"**Aucun** de ces 6 engagements **n’a encore été évalué** : {NOT_KNOWN}." in page_text
    assert "n’est mis en œuvre" not in page_text


def test_one_commitment_that_nobody_assessed_is_said_in_the_singular(store):
    page_text = words(open_page("mesures", au="2014-05-01", commune="75056", mesure="1"))
    assert "1 engagement lie 1 élu. **Il n’a pas encore été évalué**" in page_text
    english = words(open_page("mesures", au="2014-05-01", commune="75056", mesure="1", lang="en"))
    assert "1 commitment binds 1 official. **It has not been assessed yet**" in english


def test_what_is_implemented_stands_beside_how_much_was_assessed(store):
    page_text = words(open_page("mesures", au="2016-04-05"))
    assert "Sur **3** évalués (sur 6 en vigueur), **aucun** n’est" in page_text
    assert f"**3** n’ont pas été évalués : {NOT_KNOWN}." in page_text


def test_commitments_of_fewer_than_five_officials_get_no_percentage(store):
    for page in ("", "mesures", "analyses"):
        assert "%" not in words(open_page(page, au="2016-04-05"))


def test_fewer_than_five_commitments_get_no_percentage(store):
    page_text = words(open_page("mesures", region="84"))
    assert (
        "Sur **3** évalués (sur 3 en vigueur), **aucun**" in page_text
        and "couverture" not in page_text
    )


def test_one_of_several_that_was_assessed_is_told_by_its_status(store):
    page_text = words(open_page("", au="2015-12-01", region="84"))
    assert "**Un seul** est évalué (sur 3 en vigueur) : « décidé »." in page_text


@pytest.mark.parametrize(
    ("day", "when"), [("2020-07-04", "ce jour-là"), ("2020-07-05", "à la fin du mandat")]
)
def test_the_end_of_the_term_is_no_day_in_office(store, day, when):
    app = open_page(au=day)
    assert f"en poste {when} **2**" in words(app)
    assert app.date_input(key="_au").label.endswith("(fin du mandat)") is (day == "2020-07-05")


def test_who_left_after_the_due_date_is_bound_and_the_page_explains_it(demo):
    page_text = words(open_page())
    bound = re.search(r"lient (\d+) (?:d’entre eux|élus)", page_text)[1]
    held = re.search(r"en poste à la fin du mandat \*\*(\d+)\*\* \(liés \*\*(\d+)\*\*\)", page_text)
    assert held[2] == bound and int(held[1]) < int(bound)
    assert "Liés : les élus qu’au moins un engagement lie ce jour-là." in page_text
    app = open_page("mesures")
    assert f") lient {bound} élus." in words(app)
    assert f"1 à 15 sur {bound}" in words(app) and len(list_officials(app)) == 15


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"connu": "2020-01-01T00:00:00Z"}, "Le journal ne connaissait alors aucun signataire."),
        ({"au": "2012-01-01"}, "Au 1er janvier 2012, personne n’avait encore signé."),
        ({"au": "2014-03-10"}, "l’élection n’a pas encore eu lieu"),
    ],
)
def test_a_day_before_anything_was_known_is_said_as_such(store, query, expected):
    shown = words(open_page(**query))
    assert expected in shown and "0 des" not in shown


@pytest.mark.parametrize(
    ("query", "sentence", "places"),
    [
        ({"connu": "2020-01-01T00:00:00Z"}, "Le journal ne connaissait alors aucun signataire.", 0),
        ({"au": "2012-01-01"}, "Au 1er janvier 2012, personne n’avait encore signé.", 2),
        ({"au": "2013-12-20"}, "Un signataire au moins dans 1 commune.", 2),
        ({}, "Un signataire au moins dans 2 communes.", 2),
    ],
)
def test_the_page_of_cities_counts_where_somebody_had_signed(store, query, sentence, places):
    app = open_page("communes", **query)
    shown = words(app)
    assert sentence in shown and shown.count("Un signataire au moins") == sentence.startswith("Un ")
    assert sum((one.key or "").startswith("_city_") for one in app.button) == places


def test_a_filter_that_leaves_nothing_is_said_to_be_one(store):
    page_text = words(open_page(reponse="no"))
    assert (
        "Aucun engagement ne répond à ces filtres" in page_text and "encore connu" not in page_text
    )


def test_a_filter_by_status_leads_the_sentence_and_says_what_else_is_shown(store):
    page_text = words(open_page("mesures", statut="partly_implemented"))
    assert (
        "**1 élu** a au moins un engagement « partiellement mis en œuvre » (2 engagements)"
        in page_text
    )
    assert "ses autres statuts sont montrés aussi" in page_text
    nobody = words(open_page("mesures", statut="abandoned"))
    assert "aucun engagement « abandonné » ne lie un élu." in nobody


def test_a_measure_that_an_official_did_not_sign_is_no_blank(store):
    sign(
        store,
        "partiel,Alix Partiel,13055,elected,1",
        header="signatory_id,name,commune,outcome,measures",
    )
    page = open_page("mesures")
    (own,) = [one for one in list_officials(page) if "Alix Partiel" in one]
    assert "**1** ○ non évalué" in own and "**2** non signée" in own
    assert any("**2**\u00a0non\u00a0signée" in one.value for one in page.markdown)  # on one line


def test_a_reply_in_the_list_is_dated_and_says_what_it_came_before(store):
    add(store, "r3,collomb-lyon,1,2014-09-01,reply,,Nous y travaillons.,,,,,,,")
    app = open_page("mesures")
    assert app.expander[0].label == "Gérard Collomb\u00a0: sa réponse"
    assert "antérieure à ce statut** (1er septembre 2014) : « Nous y travaillons" in words(app)
    english = words(open_page("mesures", lang="en"))
    assert "before this status** (1 September 2014): “Nous y travaillons" in english


def test_a_reply_in_the_log_is_compared_with_the_entry_that_it_stands_under(store):
    add(
        store,
        "n1,collomb-lyon,1,2014-06-01,,announced,Premier,press,T,P,,,,",
        "r4,collomb-lyon,1,2014-09-01,reply,,Nous y travaillons.,,,,,,,",
    )
    entries = words(open_page("actions", departement="69", mesure="1")).split("\n\n")
    (older,) = [one for one in entries if "Premier" in one]
    (newer,) = [one for one in entries if "**28 septembre 2015**" in one]
    assert "**Réponse de l’élu** (1er septembre 2014)" in older
    assert "**Réponse de l’élu, antérieure à cette entrée** (1er septembre 2014)" in newer


def test_the_log_says_until_when_it_shows_facts_and_replies(store):
    assert "Faits jusqu’au 5 juillet 2020 ; réponses des élus jusqu’au" in words(
        open_page("actions")
    )
    assert "réponses des élus jusqu’au" not in words(open_page("actions", au="2016-04-05"))


def test_the_log_is_searched_by_city_and_by_official(store):
    for typed in ("Lyon", "collomb gérard"):
        assert "[**Lyon**" in words(open_page("actions", q=typed)), typed
    assert "Vérifiez l’orthographe" in words(open_page("actions", q="Paimpol"))


def test_a_struck_line_of_the_log_gives_its_reason_and_leads_to_what_corrected_it(store):
    add(store, "c1,collomb-lyon,1,2015-09-28,,announced,Rien,press,T,P,,lyo-005,Le vote manque,")
    page_text = words(open_page("actions", departement="69"))
    address = "/actions?pacte=mouves-2014&departement=69&lang=fr&entree=56"
    assert f"Corrigée par l’entrée n° [56]({address}). Raison : Le vote manque" in page_text


def test_an_empty_log_asks_for_nothing_that_was_not_set(empty):
    commands.load_demo(empty, signatories=20, actions=0)
    assert "Le journal n’a aucune action" in words(open_page("actions"))
    assert "Retirez un filtre" in words(open_page("actions", mesure="1"))


def test_a_commune_where_nobody_signed_is_not_said_to_be_unknown(store):
    page_text = words(open_page("communes", commune="13055"))
    assert "Marseille existe, mais aucun signataire du pacte n’y est connu." in page_text
    assert "n’existe pas ici" not in page_text


def test_many_unknown_values_make_one_notice(store):
    app = open_page(region="99", mesure="x", taille="y")
    (notice,) = app.warning
    assert "ces 3 valeurs sont laissées de côté" in notice.value


@pytest.mark.parametrize("page", ["mesures", "communes", "actions", "analyses"])
def test_a_page_names_the_pact_that_it_is_about(store, page):
    assert "Le Pacte du Mouves" in [one.value for one in open_page(page).caption]


def test_a_page_without_anything_to_list_keeps_its_foot_and_its_button(store):
    app = open_page("mesures", statut="implemented")
    assert any("tête" in one.value for one in app.caption)
    assert any(str(one.key).startswith("_tete_") for one in app.button)


def test_a_list_of_departments_follows_the_region(demo):
    app = open_page("mesures", region="53", departement="22")
    options = app.selectbox(key="_departement").options
    assert len(options) == 5 and options[1].startswith("22")
    app.selectbox(key="_region").select("11").run()
    assert app.query_params["region"] == "11" and "departement" not in app.query_params


def test_a_department_of_another_region_is_still_shown(demo):
    app = open_page("mesures", region="11", departement="22")
    assert not app.exception and app.selectbox(key="_departement").value == "22"


def test_a_search_of_cities_says_when_there_are_more(demo):
    assert "Les 20 premières communes sur" in words(open_page("communes", q="saint"))


def test_a_pact_without_a_signatory_promises_no_city_and_no_figure(empty):
    text = (PACKAGED / "pact.toml").read_text("utf-8")
    assert commands.load_pact(empty, file_in_memory(text), name="pact.toml", now=NOW).loaded
    home, cities = open_page(), open_page("communes")
    assert "Aucun signataire n’est encore connu" in words(home) and not home.table
    assert "Aucun engagement n’est encore connu" in words(home)
    assert "Aucun signataire n’est encore connu" in words(cities)
    assert "nom proche" not in words(cities)


def test_the_day_of_a_city_is_chosen_on_its_page(store):
    app = open_page("communes", commune="75056", au="2016-04-05")
    assert str(app.date_input(key="_au").value) == "2016-04-05"


def test_what_a_status_rests_on_is_not_said_twice(store):
    add(store, "n9,collomb-lyon,1,2020-06-01,,stalled,Tout dernier fait,press,T,P,,,,")
    page_text = words(open_page("communes", commune="69123"))
    assert page_text.count("Tout dernier fait") == 1 and "Les entrées plus anciennes" in page_text


def test_the_method_defines_a_verdict_by_the_status_of_the_day(store):
    page_text = words(open_page("methode"))
    assert "Échéance passée, et le statut du jour est « mis en œuvre »." in page_text
    assert "À l’échéance, le statut" not in page_text
    assert "Le relevé annuel donne 54 %" in page_text and "Versions de la méthode" in page_text


@pytest.mark.parametrize(("page", "query"), [("communes", {"commune": "75056"}), ("actions", {})])
def test_english_says_once_that_texts_are_quoted_in_french(store, page, query):
    assert words(open_page(page, lang="en", **query)).count("language of the pact: French") == 1
    assert "langue du pacte" not in words(open_page(page, **query))

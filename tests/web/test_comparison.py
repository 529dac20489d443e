"""Two places side by side: the same measures on the same day, true of each, and no order of merit."""

import re

import pytest

from monitor import commands
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.web import side_by_side
from tests.support.routes import load, words
from tests.support.shapes import all_routes, load_shape, read_page

PEOPLE = "signatory_id,name,commune,signed_on,outcome,measures,withdrawn_on\n"
ACTIONS = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,reason,"
    "supersedes\n"
)
BOTH = "/comparer?pacte=mouves-2014&villes=75056,33063"
BORDEAUX = "new,Dominique Neuf,33063,2014-01-05,{outcome},{measures},{withdrawn}\n"


def sign(store, outcome="elected", measures="", withdrawn=""):
    row = BORDEAUX.format(outcome=outcome, measures=measures, withdrawn=withdrawn)
    load(store, "signatories", PEOPLE + row)


def column(client, path: str, place: str) -> str:
    """What stands in the cells of a place."""
    page = client.get(path).text
    cells = re.findall(r"<td>\s*<p class=\"where\">([^<]*)</p>(.*?)</td>", page, re.DOTALL)
    page_text = read_page(" ".join(cell for name, cell in cells if name == place))
    return re.sub(r" (?=[,.])", "", re.sub(r"\s+", " ", page_text))


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", ["Bordeaux et Paris, côte à côte", "État au", "Rien n’est noté ni classé"]),
        ("en", ["Bordeaux and Paris, side by side", "Nothing is scored or ranked"]),
    ],
)
def test_the_order_is_that_of_the_names_however_they_are_asked_for(store, client, lang, expected):
    sign(store)
    one, other = (
        client.get(f"/comparer?pacte=mouves-2014&villes={codes}&lang={lang}").text
        for codes in ("75056,33063", "33063,75056")
    )
    table = re.compile(r"<table.*</table>", re.DOTALL)
    assert table.findall(one) == table.findall(other) != []
    assert [each for each in expected if each not in read_page(one)] == []


def test_each_status_stands_with_its_evidence_its_date_and_the_last_look(store, client):
    page_text = column(client, "/comparer?pacte=mouves-2014&villes=75056,69123", "Paris")
    for each in (
        "◐ partiellement mis en œuvre",
        "depuis le 21 juin 2016",
        "Achats responsables",
        "Banque des Territoires",
        "10 entrées valables · dernière entrée : 25 juin 2019",
        "Évalués : 3 sur 3 engagements en vigueur. Effort : 11,3 entrées lues",
    ):
        assert each in page_text


def test_a_place_that_nobody_looked_at_does_not_read_as_one_that_did_nothing(store, client):
    sign(store)
    page_text = column(client, BOTH, "Bordeaux")
    assert (
        "3 engagements en vigueur, que personne n’a encore évalués : cette page ne dit rien"
        in page_text
    )
    assert page_text.count("Aucune entrée au journal jusqu’à ce jour : non évalué") == 3
    assert "cette page ne dit rien" not in column(client, BOTH, "Paris")


@pytest.mark.parametrize(
    ("signed", "au", "expected", "unsaid"),
    [
        ({"outcome": "defeated"}, "2020-07-05", ["n’a pas été élue", "Ne lie personne"], "évalué"),
        (
            {"outcome": "unknown"},
            "2020-07-05",
            ["Ce suivi ne dit pas si", "Ne lie personne, que l’on sache,"],
            "battu",
        ),
        (
            {},
            "2014-01-01",
            ["personne n’y avait encore signé", "Aucune signature ni réponse"],
            "évalué",
        ),
        ({}, "2014-03-01", ["élection à venir", "ne lient encore personne"], "élu(e)"),
        ({"measures": "1;3"}, "2020-07-05", ["pas d’engagement sur cette mesure"], "battu"),
        (
            {"withdrawn": "2016-05-01"},
            "2020-07-05",
            [
                "signature retirée le 1er mai 2016",
                "On n’y connaît rien qui soit en vigueur ce jour-là",
            ],
            "engagements en vigueur, que",
        ),
    ],
)
def test_who_is_bound_to_nothing_or_to_less_is_told_as_such(
    store, client, signed, au, expected, unsaid
):
    sign(store, **signed)
    page_text = column(client, f"{BOTH}&au={au}", "Bordeaux")
    assert [each for each in expected if each not in page_text] == [] and unsaid not in page_text


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", "1 engagement y lie quelqu’un ce jour-là, et il est sans objet"),
        ("en", "1 commitment"),
    ],
)
def test_a_side_where_all_is_not_applicable_says_so(store, client, lang, expected):
    sign(store, measures="1")
    load(store, "actions", ACTIONS + "x,new,1,2016-01-01,assessment,not_applicable,Dit.,,,,\n")
    page_text = column(client, f"{BOTH}&au=2020-07-05&lang={lang}", "Bordeaux")
    assert expected in page_text and ("sans objet" in page_text or "not applicable" in page_text)


def test_where_nothing_binds_in_either_place_no_measure_is_listed(store, client):
    sign(store, "defeated")
    load(store, "signatories", PEOPLE + "two,Camille Deux,33056,2014-01-05,defeated,1,\n")
    page = words(client, "/comparer?pacte=mouves-2014&villes=33056,33063")
    assert "il n’y a rien à mettre côte à côte" in page and "Innovation sociale" not in page


EARLY = "2014-03-01"
ANSWERS = "signatory_id,measure,answer,answered_on,comment,source_url\n"


@pytest.fixture
def candidates(store):
    """Of Bordeaux, Zoé (who answers measure 1 alone) and Dominique, in the order of the log."""
    load(store, "signatories", PEOPLE + "two,Zoé Deux,33063,2014-01-05,elected,1,\n")
    sign(store, "defeated", "2")
    load(store, "signatories", PEOPLE + "three,Camille Trois,33065,2014-01-05,elected,1,\n")
    load(
        store,
        "answers",
        ANSWERS
        + "two,1,yes,2014-02-01,Dès avril.,https://exemple.invalid/zoe\n"
        + "new,1,no,2014-02-02,Trop cher.,\n"
        + "new,3,partly,2014-03-10,Plus tard.,\n",
    )


def test_before_the_vote_two_people_of_a_place_stand_side_by_side_with_their_words(
    candidates, client
):
    path = f"/comparer?pacte=mouves-2014&signataires=two,new&au={EARLY}"
    page = words(client, path)
    assert "Dominique Neuf et Zoé Deux, côte à côte" in page
    one, other = column(client, path, "Dominique Neuf"), column(client, path, "Zoé Deux")
    assert "A répondu non le 2 février 2014 : « Trop cher. »" in one
    assert "A répondu oui le 1er février 2014 : « Dès avril. »" in other
    assert "signature seule" in one and other.count("aucune réponse connue") == 2
    assert "Plus tard." not in page and "Dès avril." not in one
    assert "Jusqu’où" not in page
    for phrase in ("évalué", "Effort", "élu(e)", "battu", "mis en œuvre"):
        assert phrase not in one + other, phrase


@pytest.mark.parametrize("swapped", ["two,new", "new,two"])
def test_the_order_of_two_people_is_that_of_their_names(candidates, client, swapped):
    page = client.get(f"/comparer?pacte=mouves-2014&signataires={swapped}&au={EARLY}").text
    assert page.index("Dominique Neuf (Bordeaux)") < page.index("Zoé Deux (Bordeaux)")


def test_before_the_vote_two_places_say_who_answered_what_by_name(candidates, client):
    page_text = column(client, f"{BOTH}&au={EARLY}", "Bordeaux")
    assert "Dominique Neuf : A répondu non" in page_text and "Zoé Deux : A répondu oui" in page_text
    assert page_text.index("Dominique Neuf") < page_text.index("Zoé Deux")
    paris = column(client, f"{BOTH}&au={EARLY}", "Paris")
    assert paris.count("signature seule") == 9 and "évalué" not in paris


def test_after_the_vote_two_people_stand_with_their_statuses(candidates, client):
    page_text = column(
        client, "/comparer?pacte=mouves-2014&signataires=two,hidalgo-paris", "Zoé Deux"
    )
    assert "○ non évalué" in page_text and "que personne n’a encore évalué" in page_text
    paris = "/comparer?pacte=mouves-2014&signataires=two,hidalgo-paris"
    assert "◐ partiellement mis en œuvre" in column(client, paris, "Anne Hidalgo")
    files = read_page(client.get(paris).text)
    assert "Les engagements des deux signataires" in files and "deux villes" not in files


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        (f"villes=33063&au={EARLY}", 200, "Deux signataires d’ici (Bordeaux)"),
        ("villes=33063", 200, "Choisissez, ou cherchez un nom."),
        (f"signataires=two&au={EARLY}", 200, "Mettre quelqu’un à côté de Zoé Deux"),
        ("signataires=three", 200, "aucune autre signature ni réponse n’y est connue"),
        ("signataires=nobody", 404, "n’est suivi au titre de ce pacte à « nobody »"),
        (f"signataires=two,new,hidalgo-paris&au={EARLY}", 200, "Deux à la fois"),
        ("signataires=%3Cscript%3E,two", 200, "Mettre quelqu’un à côté de Zoé Deux"),
    ],
)
def test_an_address_leads_to_two_people_or_to_a_choice(candidates, client, asked, status, expected):
    answer = client.get(f"/comparer?pacte=mouves-2014&{asked}")
    assert answer.status_code == status and expected in " ".join(read_page(answer.text).split())
    assert "<script" not in answer.text


def test_its_frame_and_its_files_hold_the_answers_of_both_people(candidates, client):
    asked = f"pacte=mouves-2014&signataires=two,new&au={EARLY}"
    page = client.get(f"/comparer?{asked}").text
    assert re.search(r"cadre=1", page) and f"au={EARLY}&amp;cadre=1" in page.replace(
        "&amp;amp;", "&amp;"
    )
    framed = client.get(f"/comparer?{asked}&cadre=1").text
    assert "Trop cher." in framed and "<form" not in framed
    rows = client.get(f"/comparer/reponses.json?{asked}").json()["rows"]
    assert {row["signatory_id"] for row in rows} == {"two", "new"} and len(rows) == 2
    kept = client.get(f"/comparer/engagements.json?{asked}").json()["rows"]
    assert {row["signatory_id"] for row in kept} == {"two", "new"}
    for wrong in ("signataires=two", "signataires=two,nobody", "signataires=two,two"):
        assert client.get(f"/comparer/reponses.csv?pacte=mouves-2014&{wrong}").status_code == 400


def test_the_sheet_leads_to_two_people_of_its_place_before_the_vote(candidates, client):
    link = "Mettre côte à côte deux signataires d’ici…"
    assert link in words(client, f"/ville/33063?au={EARLY}")
    assert link not in words(client, "/ville/33063")
    assert link not in words(client, f"/ville/33065?au={EARLY}")


def test_two_officials_of_one_place_are_told_by_name_in_each_cell(store, client):
    sign(store)
    load(store, "signatories", PEOPLE + "two,Camille Deux,33063,2014-01-05,elected,1,\n")
    page_text = column(client, BOTH, "Bordeaux")
    assert (
        "Dominique Neuf : ○ non évalué" in page_text and "Camille Deux : ○ non évalué" in page_text
    )
    assert page_text.count("Camille Deux : pas d’engagement sur cette mesure") == 2


def test_namesakes_of_one_place_are_two_people(store, client):
    sign(store)
    load(store, "signatories", PEOPLE + "two,Dominique Neuf,33063,2014-01-05,elected,1,\n")
    page_text = column(client, BOTH, "Bordeaux")
    assert page_text.count("Dominique Neuf : ○ non évalué") == 4
    assert page_text.count("Dominique Neuf : pas d’engagement sur cette mesure") == 2


@pytest.mark.parametrize(
    ("full", "lines", "expected", "unsaid"),
    [
        (5, 900, ["◆ décidé", "depuis le 14 novembre 2016", "Sur la fiche"], "Effort de"),
        (5, 5, ["◆ décidé 1", "Sur la fiche"], "depuis le"),
    ],
)
def test_of_many_commitments_each_is_on_a_line_or_they_are_counted(
    store, client, monkeypatch, full, lines, expected, unsaid
):
    monkeypatch.setattr(side_by_side, "IN_FULL", full)
    monkeypatch.setattr(side_by_side, "IN_LINES", lines)
    page = client.get("/comparer?pacte=mouves-2014&villes=75056,69123").text
    cells = column(client, "/comparer?pacte=mouves-2014&villes=75056,69123", "Lyon")
    rest = cells.partition("il y a 33 mois")[2]
    assert [each for each in expected if each not in rest] == [] and unsaid not in rest
    assert "Délibération" not in rest
    assert "/ville/69123?pacte=mouves-2014&amp;lang=fr&amp;mesure=2" in page


def test_what_was_corrected_withdrawn_or_answered_reads_as_it_stands(store, client):
    sign(store)
    load(
        store,
        "actions",
        ACTIONS
        + "a,new,1,2015-01-05,,implemented,Fait,report,Un,,\n"
        + "b,new,1,2015-02-05,,decided,Voté seulement,report,Deux,Erreur de lecture,a\n"
        + "c,new,2,2015-01-05,,abandoned,Renoncé,report,Trois,,\n"
        + "d,new,2,2015-03-05,retraction,,,,,Mauvaise ville,c\n"
        + "e,new,3,2015-03-05,reply,,Nous y travaillons.,,,,\n",
    )
    page_text = column(client, BOTH, "Bordeaux")
    assert (
        "◆ décidé" in page_text
        and "Voté seulement" in page_text
        and "Nous y travaillons." in page_text
    )
    assert (
        "● mis en œuvre" not in page_text
        and "abandonné" not in page_text
        and "Renoncé" not in page_text
    )


def test_as_of_and_as_known_a_place_says_what_was_said_then(store, client):
    page_text = column(
        client, "/comparer?pacte=mouves-2014&villes=75056,69123&au=2016-04-05", "Paris"
    )
    assert "▶ en cours" in page_text and "partiellement" not in page_text
    before = client.get(f"{BOTH}&connu=2000-01-01T00:00:00Z")
    assert before.status_code == 404 and "n’est connu à « 75056 »" in read_page(before.text)


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("", 200, "Comparer deux villes"),
        ("villes=75056", 200, "Comparer Paris avec une autre ville"),
        ("villes=75056,75056", 200, "Comparer Paris avec une autre ville"),
        ("villes=75056,zzzz", 404, "Aucun signataire de ce pacte n’est connu à « zzzz »"),
        ("villes=paris,LYON", 200, "Lyon et Paris, côte à côte"),
        ("villes=75056,69123,33063", 200, "Deux à la fois"),
        ("villes=75056,69123&au=hier", 200, "= « hier »"),
        ("villes=75056&nom=zzzz", 404, "n’est connu à « zzzz »"),
        ("villes=%3Cscript%3E,75056", 404, "« <script> »"),
    ],
)
def test_an_address_leads_to_two_places_or_to_a_choice(store, client, asked, status, expected):
    answer = client.get(f"/comparer?pacte=mouves-2014&{asked}")
    assert answer.status_code == status and expected in read_page(answer.text)
    assert "<script" not in answer.text and 'content="noindex"' in answer.text


def test_a_search_for_the_other_place_leads_to_both(store, client):
    answer = client.get("/comparer?pacte=mouves-2014&villes=75056&nom=lyon&mesure=2")
    assert answer.status_code == 303 and "villes=75056%2C69123" in answer.headers["location"]
    page = words(client, answer.headers["location"])
    assert "Marchés publics responsables" in page and "Innovation sociale" not in page


def test_the_cited_address_shows_the_same_state_whatever_comes_later(store, client):
    address = "/comparer?pacte=mouves-2014&villes=75056,69123"
    (cited,) = re.findall(r"/comparer[^ ]+connu=[^ ,]+", words(client, address))
    before = column(client, cited, "Paris")
    load(store, "actions", ACTIONS + "z,hidalgo-paris,3,2019-01-01,,implemented,Fait,report,Un,,\n")
    assert "● mis en œuvre" in column(client, address, "Paris")
    assert column(client, cited, "Paris") == before and "● mis en œuvre" not in before


def test_its_files_hold_the_commitments_of_both_places_and_say_so(store, client):
    file = client.get("/comparer/engagements.csv?pacte=mouves-2014&villes=75056,69123").text
    api = [
        client.get(f"/api/v1/commitments.csv?pacte=mouves-2014&commune={code}").text
        for code in ("75056", "69123")
    ]
    assert len(file.splitlines()) == 1 + sum(len(one.splitlines()) - 1 for one in api)
    assert "villes=75056,69123" in file
    for asked in ("", "?villes=75056", "?villes=75056,69123&statut=decided"):
        assert client.get(f"/comparer/engagements.csv{asked}").status_code == 400


def test_only_its_frame_may_stand_in_another_site(store, client):
    path = "/comparer?pacte=mouves-2014&villes=75056,69123"
    framed, whole = client.get(f"{path}&cadre=1"), client.get(path)
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in whole.headers["content-security-policy"]
    assert "/mentions-legales" in framed.text and "<form" not in framed.text
    assert "battu(e)" in framed.text and "Mandats :" not in framed.text.replace("\u00a0", " ")


def test_the_sheet_leads_to_it_where_there_is_another_place(store, client):
    assert "Comparer avec une autre ville…" in words(client, "/ville/75056")


@pytest.mark.parametrize("name", ["409-conseils", "partis-329-mesures", "candidats-et-reponses"])
def test_a_pact_of_any_shape_fits_a_page(tmp_path, monkeypatch, name):
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    store = open_store(url)
    store.create()
    pact = load_shape(store, name)
    monkeypatch.setenv("MONITOR_DATABASE", url)
    client = all_routes()
    codes = re.findall(r'href="/ville/([^"?]+)', client.get("/ville?lang=fr").text)[:2]
    if len(codes) < 2:
        assert client.get("/comparer").status_code == 200
        return
    answer = client.get("/comparer", {"villes": ",".join(codes)})
    assert answer.status_code == 200 and len(answer.content) < 300_000
    # Without themes a long list is folded by its parts.
    measures = [one.id for one in Snapshots(store).current().logs[pact].pact.measures]
    assert name != "candidats-et-reponses" or (
        f"Mesures {measures[0]} à {measures[24]} (25 mesures)" in read_page(answer.text)
    )


def test_of_many_places_those_of_about_its_size_are_offered(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    store = open_store(url)
    store.create()
    commands.load_demo(store, signatories=700)
    monkeypatch.setenv("MONITOR_DATABASE", url)
    client = all_routes()
    bare = client.get("/comparer?pacte=demo").text
    assert "Cherchez un nom, ou partez" in bare and 'href="/comparer?villes' not in bare
    first = re.findall(r"villes=([^&\"]+)", client.get("/comparer?pacte=demo&nom=saint").text)[0]
    page = client.get(f"/comparer?pacte=demo&villes={first}").text
    assert "population voisine" in page and 20 < page.count('href="/comparer?') <= 40

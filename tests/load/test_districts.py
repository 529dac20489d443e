"""An arrondissement of Paris, Lyon or Marseille is a place of its own, by its code and as people name
it; who signed for the whole city signed elsewhere."""

import json

import pytest

from monitor import areas, commands
from monitor.commands.loading import file_in_memory
from monitor.intake import Communes
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.shapes import all_routes, read_page

PACT = "mouves-2014"


@pytest.fixture(scope="module")
def communes():
    return Communes(areas.insee_areas(), areas.retired_codes())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Paris 11e", "75111"),
        ("Paris 11e arrondissement", "75111"),
        ("Paris 11e Arrondissement (75)", "75111"),
        ("PARIS 11EME", "75111"),
        ("Paris 11ème arr.", "75111"),
        ("Paris (11e)", "75111"),
        ("Paris, 11ᵉ", "75111"),
        ("Paris-11e", "75111"),
        ("Paris 11 arrondissement", "75111"),
        ("11e arrondissement de Paris", "75111"),
        ("11th arrondissement of Paris", None),
        ("Paris 1er", "75101"),
        ("Paris XIe", "75111"),
        ("PARIS XXe arrondissement", "75120"),
        ("Lyon Xe", None),
        ("Paris 01er arrondissement", "75101"),
        ("Paris 20e", "75120"),
        ("Paris 21e", None),
        ("Lyon 3e", "69383"),
        ("Lyon 3ème arrondissement", "69383"),
        ("3e arrondissement de Lyon", "69383"),
        ("Lyon 10e", None),
        ("Marseille 4e", "13204"),
        ("Marseille 13e", "13213"),
        ("Marseille 17e", None),
        # the department, or nothing that can be told from it
        ("Marseille (13)", "13055"),
        ("Marseille 13", "13055"),
        ("Paris (75)", "75056"),
        ("Paris 11", None),
        ("Lyon", "69123"),
        # the postcodes of Lyon and Marseille are codes of other communes
        ("75011", "75111"),
        ("Bordeaux 3e", None),
    ],
)
def test_an_arrondissement_is_meant_by_its_name(communes, written, code):
    meant = communes.commune_meant(written)
    assert (meant and meant.code) == code
    assert bool(meant and meant.doubt) == (written == "75011")


def test_the_inhabitants_of_the_arrondissements_are_those_of_their_city():
    known = areas.insee_areas()
    for city in ("75056", "69123", "13055"):
        own = [code for code, of in areas.city_of_district().items() if of == city]
        assert known.loc[own, "population"].sum() == known.at[city, "population"]
        assert (known.loc[own, "department"] == known.at[city, "department"]).all()
    assert len(areas.city_of_district()) == 45 and known.index.is_unique


PEOPLE = """name,commune,outcome
Ada Un,Paris 11e,elected
Ada Un,Paris,elected
Bob Deux,75112,elected
Cat Trois,75013,elected
Eve Cinq,Lyon 3e,elected
Gil Sept,13204,defeated
Han Huit,Lyon,elected
"""


@pytest.fixture
def cities(store, browser_of):
    file = file_in_memory(PEOPLE)
    report = commands.load(store, "signatories", file, pact_id=PACT, name="s.csv", now=NOW)
    assert report.loaded, report.errors
    return report


def test_who_signed_for_an_arrondissement_is_nobody_who_signed_for_the_city(cities):
    found = all_routes().get("/api/v1/commitments.json", {"pacte": PACT, "mesure": "1"}).json()
    places = [(row["name"], row["commune"]) for row in found["rows"]]
    assert ("Ada Un", "75111") in places and ("Ada Un", "75056") in places
    people = {row["signatory_id"] for row in found["rows"] if row["name"] == "Ada Un"}
    assert len(people) == 2


def test_a_postcode_is_told_and_a_code_or_a_name_is_not(cities):
    assert [doubt.line for doubt in cities.doubts if doubt.code == "postcode_of_district"] == [5]


def test_an_arrondissement_has_its_page_and_its_sheet(cities):
    found = all_routes().get("/ville/75111", {"pacte": PACT})
    assert "Paris 11e Arrondissement" in read_page(found.text)
    named = all_routes().get("/ville/paris-11e-arrondissement", {"pacte": PACT})
    assert "/ville/75111" in named.headers["location"]
    page_text = words(open_page("communes", pacte=PACT, commune="75111"))
    assert "Paris 11e Arrondissement (Paris)" in page_text and "Ada Un" in page_text
    assert "Un signataire au moins dans 7 lieux" in words(open_page("communes", pacte=PACT))


def test_an_arrondissement_is_compared_with_no_commune(cities):
    for place in ("75111", "75056"):
        page = read_page(all_routes().get(f"/ville/{place}", {"pacte": PACT}).text)
        assert ("À taille et fonction égales" in page) == (place == "75056")


def test_the_figures_of_a_department_count_its_city_and_its_arrondissements(cities):
    asked = {"pacte": PACT, "par": "department"}
    rows = json.loads(all_routes().get("/api/v1/indicators.json", asked).text)["rows"]
    found = {row["department"]: row["officials"] for row in rows}
    # Of Paris: its mayor of the packaged pact and Ada Un, and three arrondissements.
    assert found["75"] == 5 and found["69"] == 3


def test_the_form_of_a_list_by_department_finds_an_arrondissement(cities):
    asked = {"pacte": PACT, "departement": "13"}
    rows = json.loads(all_routes().get("/api/v1/commitments.json", asked).text)["rows"]
    assert {row["commune_name"] for row in rows} == {"Marseille 4e Arrondissement"}

"""A withdrawn signature, and the same signatory in several pacts, on every surface."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from tests.support.app import open_page
from tests.support.app import words as shown
from tests.support.clock import NOW
from tests.support.routes import load, words

pytestmark = pytest.mark.usefixtures("browser_of")
HEAD = "signatory_id,name,commune,signed_on,outcome,kind,withdrawn_on,person_id\n"


@pytest.fixture
def two_pacts(store):
    text = (PACKAGED / "pact.toml").read_text("utf-8").replace('"mouves-2014"', '"other"')
    text = text.replace('title = "Pacte', 'title = "Autre pacte', 1)
    assert commands.load_pact(store, file_in_memory(text), name="pact.toml", now=NOW).loaded
    for pact, rows in {
        "mouves-2014": "a1,Alix Un,33063,,elected,,,alix\na2,Basile Deux,33063,,elected,,,\n",
        "other": "b1,Alix Un-Deux,69123,,elected,,,alix\nb2,Basile Deux,69123,,elected,,,\n",
    }.items():
        report = commands.load(
            store, "signatories", file_in_memory(HEAD + rows), pact_id=pact, name="f.csv", now=NOW
        )
        assert report.loaded, report.errors


def test_the_pages_of_one_person_link_to_each_other_and_only_theirs(two_pacts, client):
    for here, there, pact, other in (
        ("33063", "69123", "mouves-2014", "other"),
        ("69123", "33063", "other", "mouves-2014"),
    ):
        sheet = client.get(f"/ville/{here}?pacte={pact}").text
        assert sheet.count("La même personne a aussi signé") == 1
        assert f'href="/ville/{there}?pacte={other}&lang=fr"' in sheet.replace("&amp;", "&")
        page = shown(open_page("communes", pacte=pact, commune=here))
        assert page.count("La même personne a aussi signé") == 1
        assert f"/communes?pacte={other}&commune={there}&lang=fr" in page


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2016-01-01", False), ("2017-05-31", False), ("2017-06-01", True), ("2020-07-05", True)],
)
def test_a_withdrawn_signature_is_said_from_its_day_on(store, client, day, expected):
    load(store, "signatories", f"{HEAD}new,Dominique Neuf,33063,2014-03,elected,,2017-06-01,\n")
    sheet = words(client, f"/ville/33063?au={day}")
    page = shown(open_page("communes", commune="33063", au=day))
    for surface in (sheet, page):
        assert ("signature retirée le 1er juin 2017" in surface) == expected
        assert "avant son départ" not in surface
        assert "mandat terminé" not in surface.replace("mandat terminé ou signature retirée", "")
        assert "n’a pas été élue" not in surface
    assert ("au retrait d’une signature" in sheet) == expected
    english = words(client, f"/ville/33063?au={day}&lang=en")
    assert ("signature withdrawn on 1 June 2017" in english) == expected


def test_a_signature_withdrawn_before_the_office_says_so(store, client):
    load(store, "signatories", f"{HEAD}new,Dominique Neuf,33063,2014-03,elected,,2014-03-20,\n")
    for surface in (
        words(client, "/ville/33063?au=2016-01-01"),
        shown(open_page("communes", commune="33063", au="2016-01-01")),
    ):
        assert "La signature a été retirée avant l’élection" in surface
        assert "n’a pas été élue" not in surface and "Aucun jour de mandat" not in surface


@pytest.mark.parametrize(
    ("kind", "story", "why"),
    [
        ("list", "élection perdue", "Cette liste n’a pas obtenu la fonction"),
        ("party", "fonction non obtenue", "Ce parti n’a pas obtenu la fonction"),
        ("body", "pas dans la fonction visée", "Cette instance n’a pas la fonction"),
        ("person", "battu(e)", "Cette personne n’a pas été élue à la fonction"),
    ],
)
def test_each_kind_of_signatory_is_told_in_its_own_words(store, client, kind, story, why):
    load(store, "signatories", f"{HEAD}new,Ensemble,33063,2014-03,defeated,{kind},,\n")
    for surface in (
        words(client, "/ville/33063?au=2016-01-01"),
        shown(open_page("communes", commune="33063", au="2016-01-01")),
    ):
        assert story in surface and why in surface

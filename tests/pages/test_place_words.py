"""What a place is called in a pact that says so: in headings, tables, counts and empty states."""

import re

import pytest

from monitor import commands, i18n
from monitor.commands.loading import file_in_memory
from monitor.export.files import pact_as_dict
from monitor.i18n import LANGUAGES, Choice, catalogue
from monitor.intake import read_pact
from monitor.read.pact_state import PactState
from monitor.read.wording import place_names
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.journal import verify_store
from tests.support.app import open_page
from tests.support.pacts import another
from tests.support.shapes import all_routes, load_shape, read_page

WORDS = 'place_fr = "circonscription"\nplace_en = "constituency"\nplaces_en = "constituencies"\n'
pytestmark = pytest.mark.usefixtures("browser_of")


def with_words(text: str) -> str:
    return text.replace("\n[[measures]]", f"\n{WORDS}\n[[measures]]", 1)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('words') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    load_shape(store, "partis-329-mesures", change=with_words)
    load_shape(store, "409-conseils", change=with_words)
    return url


@pytest.fixture
def opened(address, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", address)


@pytest.mark.parametrize(
    ("lang", "one", "several"),
    [("fr", "circonscription", "circonscriptions"), ("en", "constituency", "constituencies")],
)
def test_a_pact_names_its_places(opened, lang, one, several):
    client, asked = all_routes(), {"lang": lang, "pacte": "essai-conseils"}
    listed = read_page(client.get("/ville", asked).text)
    assert one in listed and not re.search(r"<(lieu|place)|par lieu|by place", listed)
    figures = client.get("/graphique/matrice", asked | {"commune": "SWT"}).text
    assert one.capitalize() in figures
    assert any(one in box.options for box in open_page("donnees", **asked).selectbox)
    message = "{areas:communes|<lieux>} {areas:communes|<places>}"
    state = PactState(Snapshots(open_store()).current(), "essai-conseils")
    assert several in message.format(**state.wording)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_stands_without_and_with_a_word_of_the_pact(lang):
    noun = re.compile("<(lieux?|places?)>", re.IGNORECASE)
    every = [
        form
        for message in catalogue(lang).values()
        for form in ([message] if isinstance(message, str) else message)
        if noun.search(form)
    ]
    assert len(every) > 15
    # A noun of any gender and first letter fits: nothing before it agrees with it or is elided.
    fixed = r"\b(un|une|le|la|du|au|ce|cet|cette|aucun|aucune|tous les|de|quel) <|[’'] ?<"
    assert not [form for form in every if lang == "fr" and re.search(fixed, form)]


def test_a_choice_takes_the_word_of_the_pact_in_the_same_case():
    own = Choice(1, {"lieu": "île", "lieux": "îles"})
    message = "{areas:Commune|<Lieu>} {areas:communes|<lieux>}"
    assert message.format(areas=own) == "Île îles"
    assert message.format(areas=Choice(1)) == "Lieu lieux"
    assert message.format(areas=Choice(0)) == "Commune communes"


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ('place_fr = "canton"', []),
        ('place_fr = "val"\nplaces_fr = "vaux"', []),
        ('place_en = "  "', []),
        ('places_fr = "vaux"', ["missing_key"]),
        (f'place_fr = "{"x" * 41}"', ["too_long"]),
        ("place_fr = 3", ["wrong_type"]),
    ],
)
def test_the_words_are_checked(line, codes):
    text = another().replace("\n[[measures]]", f"\n{line}\n\n[[measures]]", 1)
    assert [error.code for error in read_pact(text.encode())[1]] == codes


def test_the_words_come_back_from_the_log_and_from_an_export(store):
    before = store_head(store)
    text = with_words(another())
    report = commands.load_pact(store, file_in_memory(text), name="pact.toml")
    assert report.loaded, report.errors
    again = commands.load_pact(store, file_in_memory(text), name="pact.toml")
    assert again.outcomes == {"unchanged": 1}
    pact = Snapshots(store).current().log("other").pact
    assert (pact.place_fr, pact.places_fr, pact.places_en) == (
        "circonscription",
        None,
        "constituencies",
    )
    assert place_names(pact)["lieux"] == "circonscriptions"
    assert pact_as_dict(pact)["place_en"] == "constituency"
    assert verify_store(store).intact and before
    assert i18n.text("city.all", "fr").startswith("Toutes les communes")


def store_head(store) -> str:
    return Snapshots(store).current().head

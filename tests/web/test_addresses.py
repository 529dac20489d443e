"""An address that is given away shows the same whatever pact is loaded later; a city's other pacts; a
licence that nobody gave is not invented."""

import html
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit
from starlette.applications import Starlette

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.export.publish import publish_pact
from monitor.read.screens import LEGAL
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.web import api, chart, feed, missing_page, sheet
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.pacts import another, load
from tests.support.routes import PARIS, Client

LATER = another(
    name="pacte-2020",
    title='"Le Pacte de 2020"',
    election='"Élections municipales 2020"',
    election_on="2020-06-28",
    term_start="2020-07-05",
    term_end="2026-03-22",
)
SIGNED = "signatory_id,name,commune,outcome\nx,Xavière Yvon,75056,elected\n"
HERE = "http://here"
pytestmark = pytest.mark.usefixtures("browser_of")


@pytest.fixture
def client(url):
    """Who asks for the addresses beside the app."""
    routes = [*api.ROUTES, *feed.ROUTES, *sheet.ROUTES, *chart.ROUTES, *missing_page.ROUTES]
    return Client(Starlette(routes=routes))


def load_later(store) -> None:
    """A pact of a later election, signed in the same city, after the first."""
    assert load(store, LATER).loaded
    report = commands.load(
        store, "signatories", file_in_memory(SIGNED), pact_id="pacte-2020", name="s.csv", now=NOW
    )
    assert report.loaded, report.errors


@pytest.mark.parametrize(
    ("pacts", "chosen"),
    [
        (("a:2014:false",), "a"),
        (("a:2014:false", "b:2020:false"), "b"),
        (("b:2020:false", "a:2014:false"), "b"),
        (("a:2014:false", "b:2020:true"), "a"),
        (("b:2020:true", "a:2014:false"), "a"),
        (("a:2014:true", "b:2020:true"), "b"),
        (("b:2020:true", "a:2014:true"), "b"),
        (("a:2014:true", "b:2014:true"), "a"),
        (("a:2014:false", "c:2026:true", "b:2020:false"), "b"),
    ],
)
def test_without_a_pact_the_latest_election_that_is_not_fictional_is_shown(empty, pacts, chosen):
    for each in pacts:
        name, year, fictional = each.split(":")
        load(
            empty,
            another(
                name=name,
                fictional=fictional,
                election_on=f"{year}-03-01",
                term_start=f"{year}-03-30",
                term_end="2032-01-01",
            ),
        )
    current = Snapshots(empty).current()
    assert current.default_pact() == chosen == current.log(None).pact.id


def test_every_address_of_a_sheet_shows_the_same_pact_after_another_was_loaded(store, client):
    sheet = client.get(f"{PARIS}?lang=en").text
    plain = html.unescape(
        html.unescape(sheet.partition('ld+json">')[0] + sheet.partition("<main")[2])
    )
    given = set(re.findall(r'(?:href|src|content)="([^"]+)"', plain))
    given |= set(re.findall(r"http://here/[^\s<,\"]+", plain))
    ours = {one.removeprefix(HERE) for one in given if one.startswith((f"{HERE}/", "/"))}
    of_the_site = ("/app/", *(f"/{page}" for page in LEGAL.values()))
    ours = {one for one in ours if not one.startswith(of_the_site)}
    assert {"/ville/75056.png", "/flux.atom", "/actions"} <= {urlsplit(one).path for one in ours}
    named = {one: parse_qs(urlsplit(one).query).get("pacte") for one in ours}
    assert {one for one, pact in named.items() if pact != ["mouves-2014"]} == set()
    load_later(store)
    for one in sorted(ours):
        if one.startswith(("/ville", "/api", "/flux")):
            answer = client.get(one)
            assert answer.status_code == 200 and "Xavière" not in answer.text, one


def test_the_language_switch_and_the_form_of_a_sheet_keep_its_pact(store, client):
    load_later(store)
    sheet = client.get(f"{PARIS}?pacte=mouves-2014").text
    assert '<input type="hidden" name="pacte" value="mouves-2014">' in sheet
    assert f'href="{PARIS}?pacte=mouves-2014&amp;lang=en"' in sheet


@pytest.mark.parametrize("page", ["mesures", "communes", "actions", "analyses", "donnees", ""])
def test_the_addresses_that_a_page_gives_name_its_pact(store, page):
    page_text = words(open_page(page, **({"commune": "75056"} if page == "communes" else {})))
    paths = r"/(?:ville|communes|actions|graphique|api|flux)[^\s)\"]*"
    given = [one for one in re.findall(paths, page_text) if "?" in one]
    assert all("pacte=mouves-2014" in one for one in given)
    assert given or page == "communes"


def test_a_feed_names_its_pact_in_each_of_its_own_addresses(store, client):
    feed = client.get("/flux.atom").text
    links = [
        html.unescape(one)
        for one in re.findall(
            r'<link rel="(?:self|first|next|alternate'
            r'|related)" href="([^"]+)"',
            feed,
        )
    ]
    links = links or re.findall(r'href="(http://here[^"]+)"', html.unescape(feed))
    assert links and all("pacte=mouves-2014" in one for one in links)


@pytest.mark.parametrize("asked", ["/mesure/2", "/mesures/2", "/Measures/2/"])
def test_the_address_of_a_measure_guessed_from_that_of_a_city_leads_to_it(store, client, asked):
    answer = client.get(f"{asked}?pacte=mouves-2014")
    assert answer.headers["location"] == "/mesures?pacte=mouves-2014&mesure=2"


def test_an_address_without_a_pact_still_leads_to_a_sheet(store, client):
    load_later(store)
    assert client.get("/ville/paris").headers["location"] == PARIS
    assert "Le Pacte de 2020" in client.get(PARIS).text
    assert "Le Pacte de 2020" in client.get(f"{PARIS}?fbclid=abc").text


def test_a_sheet_and_the_page_of_a_city_name_its_other_pacts(store, client):
    load_later(store)
    alone = client.get("/ville/69123?pacte=mouves-2014").text
    assert "Autres pactes signés dans cette ville" not in alone
    for here, there in (("mouves-2014", "pacte-2020"), ("pacte-2020", "mouves-2014")):
        sheet = client.get(f"{PARIS}?pacte={here}&lang=en").text
        assert f'href="{PARIS}?pacte={there}&amp;lang=en"' in sheet
        page_text = words(open_page("communes", commune="75056", pacte=here))
        assert f"/communes?pacte={there}&commune=75056" in page_text


def _without_licence() -> str:
    return re.sub(r"(?m)^licence = .*\n", "", another(name="sans"))


@pytest.mark.parametrize("licence", ["absent", "empty"])
def test_a_licence_that_nobody_gave_is_invented_nowhere(empty, client, tmp_path, licence):
    text = _without_licence()
    if licence == "empty":
        text = text.replace('language = "fr"', 'language = "fr"\nlicence = ""', 1)
    assert load(empty, text).loaded
    commands.load(
        empty, "signatories", file_in_memory(SIGNED), pact_id="sans", name="s.csv", now=NOW
    )
    for lang, phrase in (("fr", "licence non précisée"), ("en", "no licence stated")):
        for path in (
            PARIS,
            f"{PARIS}?cadre=1",
            f"{PARIS}.svg",
            "/flux.atom",
            "/graphique/mesures",
            "/api/v1/commitments.json",
            "/api/v1/indicators.csv",
        ):
            answer = client.get(
                path, {"lang": lang, "cadre": "1"} if "cadre" in path else {"lang": lang}
            )
            assert phrase in answer.text.replace("\u00a0", " "), path
            assert "CC-BY" not in answer.text, path
        assert phrase in words(open_page("mesures", lang=lang))
    for form in ("csv", "json", "sqlite", "datapackage"):
        publish_pact(empty, "sans", tmp_path / form, form)
        for file in (tmp_path / form).iterdir():
            assert b"CC-BY" not in file.read_bytes(), file
    assert "licence" not in (tmp_path / "csv" / "pact.toml").read_text("utf-8")
    described = json.loads((tmp_path / "datapackage" / "datapackage.json").read_text("utf-8"))
    assert "licenses" not in described and described["licence"] == "licence non précisée"


def test_a_pact_without_a_licence_loads_again_unchanged(empty):
    load(empty, _without_licence())
    head = Snapshots(empty).current().head
    assert load(empty, _without_licence()).outcomes == {"unchanged": 1}
    assert Snapshots(empty).current().head == head


def test_a_licence_that_the_log_holds_stays_as_it_was_recorded(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'old.db'}")
    commands.init_database(store, now=NOW)
    assert Snapshots(store).current().log("mouves-2014").pact.licence == "CC-BY-4.0"
    assert commands.load_pact(
        store, file_in_memory(another(name="mouves-2014")), name="p"
    ).outcomes == {"unchanged": 1}


def test_a_chart_has_letters_that_the_framework_serves_and_its_policy_lets_in(store, client):
    page = client.get("/graphique/mesures")
    font = re.search(r'data-font="/(static/media/[^"]+[.]woff2)"', page.text)
    assert (Path(streamlit.__file__).parent / "static" / font[1]).is_file()
    assert "font-src 'self'" in page.headers["content-security-policy"]

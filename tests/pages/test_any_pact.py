"""A pact of no commune: in a language of its own, of a term whose end is not fixed, addressed to an
office of its own, in a place whose code is that of a commune by chance."""

import re

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.store import open_store
from tests.support.app import PAGES, open_page, words
from tests.support.clock import NOW
from tests.support.shapes import all_routes, read_page

TOML = """id = "pays"
title = "Lo pacte del país"
promoter = "Associacion"
election = "Eleccion"
election_on = 2024-01-10
term_start = 2024-01-20
language = "oc"
fictional = true
areas = "own"

[[offices]]
code = "president"
title_fr = "président"
title_fr_f = "présidente"
title_en = "president"
binding = true
level = "country"

[[measures]]
id = "1"
wording = "Far."
objective = "Far."
title_fr = "Faire"
due_on = "2032-03"

[[measures]]
id = "2"
wording = "Dire."
objective = "Dire."
title_fr = "Dire"
"""
FILES = {
    "areas": "code,name,latitude,longitude\n66023,Montréal,45.5,-73.6\n",
    "signatories": "signatory_id,name,commune,outcome\na,Ana Un,66023,elected\n"
    "b,Beu Dos,66023,elected\n",
    "mandates": "signatory_id,office,started_on\na,présidente,2024-01-20\n",
    "actions": "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    "x,a,1,2024-06,decided,Un acte.,council_act,Acte\n",
}
MISSING = re.compile(r"\(\s*\)|\bnan\b|\bNaT\b|\bNone\b(?!-)|<NA>|9999|2941")
pytestmark = pytest.mark.usefixtures("browser_of")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('any') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    assert commands.load_pact(store, file_in_memory(TOML), name="pact.toml", now=NOW).loaded
    for content, text in FILES.items():
        report = commands.load(
            store, content, file_in_memory(text), pact_id="pays", name=f"{content}.csv", now=NOW
        )
        assert report.loaded, (content, report.errors)
    return url


@pytest.fixture(autouse=True)
def opened(address, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", address)


def test_the_overview_says_that_places_of_its_own_have_no_map():
    assert "Pas de carte" in words(open_page())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_page_of_it_opens_and_invents_nothing(lang):
    for page in PAGES:
        app = open_page(page, lang=lang, **({"commune": "66023"} if page == "communes" else {}))
        assert not app.exception, (page, app.exception)
        page_text = words(app)
        assert not MISSING.search(page_text), (page, MISSING.search(page_text))
        assert "Bouleternère" not in page_text, page


def test_its_sheet_names_the_office_the_term_and_the_language():
    page_text = read_page(all_routes().get("/ville/66023", {"lang": "fr"}).text)
    assert "présidente" in page_text or "président(e)" in page_text
    assert "mandat en cours" in page_text and "occitan" in page_text
    assert "31 mars 2032" in page_text and not MISSING.search(page_text)


@pytest.mark.parametrize("table", ["commitments", "indicators"])
def test_programs_find_no_due_date_where_there_is_none(table):
    rows = all_routes().get(f"/api/v1/{table}.json", {}).json()["rows"]
    if table == "commitments":
        assert {row["due_on"] for row in rows} == {"2032-03-31", None}
        assert {row["office"] for row in rows} == {"president"}
        assert (
            all_routes().get("/api/v1/commitments.json", {"fonction": "president"}).json()["rows"]
        )


@pytest.mark.parametrize("name", ["mandats", "evolution", "mesures"])
def test_its_charts_invent_no_day(name):
    own = {"signataire": "a"} if name == "mandats" else {}
    answer = all_routes().get(f"/graphique/{name}", own)
    assert answer.status_code == 200 and not MISSING.search(read_page(answer.text)), answer.text[
        :300
    ]

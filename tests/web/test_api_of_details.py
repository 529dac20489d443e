"""What is said of single commitments, and the further sources of entries, for programs."""

import json

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.export import publish_pact
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.shapes import all_routes

PACT = "mouves-2014"
DETAILS = (
    "signatory_id,measure,wording,due_on,in_charge,note\n"
    "hidalgo-paris,1,Un laboratoire par arrondissement,2019,Une adjointe,\n"
    "collomb-lyon,2,,,Un adjoint,À suivre\n"
)
SOURCES = (
    "action_id,source_no,source_title,source_url\n"
    "{0},2,Deuxième,https://exemple.fr/2\n{0},1,Première,https://exemple.fr/1\n"
    "{1},1,Autre,https://exemple.fr/3\n"
)


@pytest.fixture
def two_entries(store, monkeypatch):
    """(an entry about Paris, one about Lyon) that have further sources."""
    rows = asked("actions")["rows"]
    entries = [
        next(row["action_id"] for row in rows if row["signatory_id"] == who)
        for who in ("hidalgo-paris", "collomb-lyon")
    ]
    for kind, text in (("details", DETAILS), ("sources", SOURCES.format(*entries))):
        file = file_in_memory(text)
        report = commands.load(store, kind, file, pact_id=PACT, name=f"{kind}.csv", now=NOW)
        assert report.loaded, report.errors
    return entries


def asked(table: str, **query: str) -> dict:
    return json.loads(all_routes().get(f"/api/v1/{table}.json", {"pacte": PACT, **query}).text)


def test_commitments_have_what_is_said_of_them_alone(two_entries):
    rows = {(row["signatory_id"], row["measure"]): row for row in asked("commitments")["rows"]}
    own = rows["hidalgo-paris", "1"]
    facts = (own["wording"], own["in_charge"], own["note"], own["due_on"])
    assert facts == ("Un laboratoire par arrondissement", "Une adjointe", None, "2019-12-31")
    assert rows["hidalgo-paris", "2"]["in_charge"] is None
    assert rows["collomb-lyon", "2"]["note"] == "À suivre"


@pytest.mark.parametrize(
    ("query", "whom"),
    [
        ({}, ["hidalgo-paris", "collomb-lyon"]),
        ({"commune": "69123"}, ["collomb-lyon"]),
        ({"mesure": "1"}, ["hidalgo-paris"]),
        ({"mesure": "3"}, []),
    ],
)
def test_details_are_those_of_the_commitments_of_the_view(two_entries, query, whom):
    rows = asked("details", **query)["rows"]
    assert [row["signatory_id"] for row in rows] == whom
    assert all(row["name"] and row["commune_name"] for row in rows)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"Première", "Deuxième", "Autre"}),
        ({"commune": "75056"}, {"Première", "Deuxième"}),
        ({"commune": "69123"}, {"Autre"}),
        ({"au": "2014-03-01"}, set()),
    ],
)
def test_sources_are_those_of_the_entries_of_the_view(two_entries, query, titles):
    rows = asked("sources", **query)["rows"]
    assert {row["source_title"] for row in rows} == titles
    own = [row["source_no"] for row in rows if row["action_id"] == two_entries[0]]
    assert own == sorted(own)


@pytest.mark.parametrize("table", ["details", "sources"])
@pytest.mark.parametrize("form", ["csv", "semicolon.csv", "xlsx", "json"])
def test_each_comes_in_every_form_to_a_script_of_any_site(two_entries, table, form):
    found = all_routes().get(f"/api/v1/{table}.{form}", {"pacte": PACT})
    assert found.status_code == 200 and found.headers["access-control-allow-origin"] == "*"
    assert found.headers["etag"] and f"mouves-2014-{table}-" in found.headers["content-disposition"]


def test_the_data_page_offers_them_once_there_are_some(browser_of, two_entries):
    page_text = words(open_page("donnees", pacte=PACT))
    assert f"/api/v1/details.csv?pacte={PACT}" in page_text
    assert f"/api/v1/sources.csv?pacte={PACT}" in page_text


def test_the_data_page_of_a_pact_without_any_does_not_name_them(browser_of, store):
    page_text = words(open_page("donnees", pacte=PACT))
    assert "details.csv" not in page_text and "sources.csv" not in page_text


def test_exported_commitments_say_it_too(two_entries, store, tmp_path):
    publish_pact(store, PACT, tmp_path / "out", "json")
    rows = json.loads((tmp_path / "out/commitments.json").read_text("utf-8"))
    rows = rows["rows"] if isinstance(rows, dict) else rows
    assert sorted(row["in_charge"] for row in rows if row["in_charge"]) == [
        "Un adjoint",
        "Une adjointe",
    ]

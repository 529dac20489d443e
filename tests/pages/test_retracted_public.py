"""Who was retracted is gone from everything public, whatever the address; the log keeps them."""

import csv
from datetime import timedelta

import pytest

from monitor import commands, export, status
from monitor.commands.loading import file_in_memory
from monitor.models import RowOutcome
from monitor.queries.team import find_files
from monitor.read.chart_registry import PICTURES
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.app import PAGES, all_texts, open_page
from tests.support.app import words as shown
from tests.support.clock import NOW
from tests.support.retractions import AFTER, PACT, PEOPLE

pytestmark = pytest.mark.usefixtures("browser_of")
#: Alone in the city, with a mandate, two entries, a reply, and a word that no other text holds.
WRONG = PEOPLE + "zz-homonym,Zéphyrine Zwolle,33063,elected\n"
MANDATE = "signatory_id,office,started_on,ended_on,end_reason\nzz-homonym,mayor,2014-04-05,,\n"
SAID = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "source_publisher,source_url\n"
    "zz-1,zz-homonym,1,2016-02-01,assessment,implemented,Zwolle vote.,council_act,Acte zz,Ville,"
    "https://zz.invalid/1\n"
    "zz-2,zz-homonym,1,2016-03-01,reply,,Réponse de Zwolle.,,,,\n"
)
MARKS = ("zwolle", "zz-")
BEFORE = AFTER - timedelta(minutes=1)
CITY = "/ville/33063"
THEN = f"connu={BEFORE.isoformat().replace('+00:00', 'Z')}"
ADDRESSES = [
    "/ville",
    CITY,
    f"{CITY}?cadre=1",
    f"{CITY}?depuis=2015-01-01",
    f"{CITY}.svg",
    f"{CITY}.png",
    "/ville/Bordeaux",
    "/ville?nom=bordeaux",
    "/sitemap.xml",
    "/flux.atom",
    "/flux.atom?commune=33063",
    *(
        f"/api/v1/{table}.{form}"
        for table in ("commitments", "actions", "indicators")
        for form in ("csv", "json")
    ),
    "/api/v1/actions.csv?commune=33063",
    "/api/v1/indicators.csv?par=commune",
    *(
        f"/graphique/{name}{form}"
        for name in PICTURES
        if name != "mandats"
        for form in ("", ".csv")
    ),
]


def retract_alone(store):
    commands.retract_row(store, None, "signatories", PACT, ("zz-homonym",), "Homonyme.", AFTER)


def retract_file(store):
    with store.reading() as database:
        (file,) = find_files(database, "wrong.csv", PACT)
    commands.withdraw_load(store, None, file.seq, "Homonymes.", AFTER)


@pytest.fixture(scope="module", params=[retract_alone, retract_file])
def made(request, tmp_path_factory):
    """A database in which they were retracted, for all tests that only read it."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('retracted') / 'monitor.db'}")
    commands.init_database(store, now=NOW)
    filled(store)
    request.param(store)
    return store


@pytest.fixture
def retracted(url, made, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", made.url)
    return made


def names_them(body: str) -> bool:
    return any(mark in body.lower() for mark in MARKS)


@pytest.mark.parametrize("then", ["", THEN], ids=["now", "then"])
def test_no_address_beside_the_app_names_who_was_retracted(retracted, client, then):
    for address in ADDRESSES:
        whole = f"{address}{'&' if '?' in address else '?'}{then}" if then else address
        answer = client.get(whole)
        assert answer.status_code in (200, 302, 303, 400, 404), whole
        assert not names_them(answer.content.decode("latin-1")), whole


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_who_was_retracted(retracted, page):
    with retracted.reading() as database:
        ((first,),) = database.rows("SELECT min(seq) FROM action WHERE action_id = 'zz-1'")
    then = THEN.removeprefix("connu=")
    for query in (
        {},
        {"commune": "33063"},
        {"connu": then, "commune": "33063"},
        {"entree": str(first), "connu": then},
    ):
        app = open_page(page, **query)
        assert not app.exception
        assert not names_them(all_texts(app)), query


def test_a_state_of_before_says_whom_it_leaves_out(retracted, client):
    for body in (
        client.get(f"/ville/75056?{THEN}").text,
        client.get(f"{CITY}?{THEN}").text,
        client.get(f"/graphique/mesures?{THEN}").text,
        shown(open_page("communes", connu=THEN.removeprefix("connu="))),
    ):
        assert "1 signataire que le journal avait alors en a été retiré depuis" in plain(body)
    assert "retiré depuis" not in client.get("/ville/75056").text
    assert "retiré depuis" not in client.get("/ville/75056?connu=2026-03-02T08:00:00Z").text


def plain(body: str) -> str:
    return body.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_log_as_it_was_still_has_them(retracted):
    log = Snapshots(retracted).current().log(PACT)
    assert "zz-homonym" in set(status.what_is_known(log, BEFORE).signatories["signatory_id"])


@pytest.mark.parametrize("form", ["csv", "json", "sqlite", "datapackage"])
def test_no_file_to_download_holds_who_was_retracted(retracted, tmp_path, form):
    export.publish_pact(retracted, PACT, tmp_path / "out", form)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert not names_them(path.read_bytes().decode("latin-1")), path


def filled(store) -> None:
    for content, text in (("signatories", WRONG), ("mandates", MANDATE), ("actions", SAID)):
        name = "wrong.csv" if content == "signatories" else "f.csv"
        load(store, content, text, name=name)


def load(store, content: str, text: str, now=BEFORE, name="f.csv", **options):
    report = commands.load(
        store, content, file_in_memory(text), pact_id=PACT, name=name, now=now, **options
    )
    assert report.loaded, report.errors
    return report


def test_who_comes_back_shows_as_before_at_every_time(store, client):
    filled(store)
    day = "au=2016-06-01"
    cited, now = f"{CITY}?{day}&{THEN}", f"/api/v1/commitments.csv?{day}"
    before = rows(client.get(now))
    retract_alone(store)
    assert client.get(cited).status_code == 404
    again = load(store, "signatories", WRONG, AFTER, newer=True)
    assert again.outcomes == {RowOutcome.CREATED: 1}
    assert rows(client.get(now)) == before
    after = client.get(cited).text
    assert "Zwolle vote." in after and "retiré depuis" not in after


def rows(answer) -> list[dict]:
    """A file without what says of which head it is."""
    found = list(csv.DictReader(answer.text.splitlines()))
    return [{name: row[name] for name in row if name != "log_head"} for row in found]


def test_another_under_the_same_id_does_not_bring_the_wrong_name_back(store, client):
    load(store, "signatories", WRONG)
    retract_alone(store)
    load(store, "signatories", WRONG.replace("Zéphyrine Zwolle", "Zoé Juste"), AFTER, newer=True)
    assert "Zoé Juste" in client.get(CITY).text
    then = client.get(f"{CITY}?{THEN}")
    assert then.status_code == 404 and "Zwolle" not in then.text
    assert "aucun signataire qui en soit toujours un" in plain(then.text)

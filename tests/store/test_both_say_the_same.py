"""One life, in SQLite and copied to PostgreSQL: pages, files and answers are the same, byte for byte."""

import re

import pytest
from starlette.applications import Starlette

from monitor import commands, export
from monitor.commands.backup import copy_database
from monitor.commands.loading import file_in_memory
from monitor.store import open_store
from monitor.web import api, chart, comparison, feed, sheet, sitemap
from tests.support.app import all_texts, open_page
from tests.support.clock import NOW
from tests.support.damage import fill
from tests.support.routes import Client

PACT = "mouves-2014"
#: Names that two databases could sort, compare or search differently.
LIFE = {
    "signatories": "signatory_id,name,commune,outcome,signed_on,list\n"
    "z1,Éva d’Arcy,29019,elected,2014-03,Élan\n"
    "z2,eva Darcy,29019,defeated,2014-03,élan\n"
    "Z3,Œdipe Ézard,35238,elected,2014-02,zèbre\n"
    "z-4,Ângela Ösmund,29019,unknown,,\n"
    "z_5,Ñandu O’Neil,44109,elected,2014-03,ÉLAN\n",
    "actions": "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,"
    "source_title,source_publisher,supersedes,reason\n"
    "e-1,z1,1,2018,,implemented,Un lieu à 100 %_.,press,Été,Zèbre,,\n"
    "E-1,z1,1,2018-01,,abandoned,Rien.,press,été,zèbre,e-1,Relu\n"
    "e-2,z1,1,2018-01,,stalled,rien,press,Ete,Zebre,e-1,Relu\n"
    "n-1,Z3,2,2017-05,note,,Une Note,,,,,\n"
    "r-1,Z3,2,2017-06,reply,,Réponse,press,J,,,\n"
    "s-1,z_5,3,2019,,no_evidence,Cherché,,,,,\n"
    "w-1,z_5,3,2016,,decided,x,press,y,,,\n"
    "w-2,z_5,3,2016,retraction,,,,,,w-1,Faux\n"
    "w-3,z_5,3,2016,retraction,,,,,,w-2,Vrai\n",
}
CITIES = ("29019", "35238", "44109", "69123", "75056")
FILES = (
    "commitments",
    "actions",
    "indicators",
    "signatories",
    "answers",
    "transitions",
    "incidence",
)
SEARCHED = ("zebre", "ETE", "100 %_", "rien", "œdipe", "eva")
#: What a page makes anew each time it is drawn.
DRAWN = re.compile(r'uuid: "[0-9a-f]+"|#T_[0-9a-f]+')


def write_life(url: str) -> None:
    store = open_store(url)
    commands.init_database(store, now=NOW)
    fill(store)
    for content, text in LIFE.items():
        file = file_in_memory(text)
        assert commands.load(store, content, file, pact_id=PACT, name="f.csv").loaded


def all_said(url: str, folder) -> dict:
    """What everybody may read of the database that the environment names."""
    parts = (api, feed, sheet, comparison, chart, sitemap)
    client = Client(Starlette(routes=[route for part in parts for route in part.ROUTES]))
    found = {}
    for asked in ("lang=fr", "lang=en", "lang=fr&au=2018-06-30"):
        paths = [f"/ville/{city}" for city in CITIES]
        paths += [f"/api/v1/{file}.{form}" for file in FILES for form in ("csv", "json")]
        for path in (*paths, "/flux.atom"):
            answer = client.get(f"{path}?{asked}")
            assert answer.status_code == 200, (path, answer.text)
            found[path, asked] = answer.text
    for page in ("", "mesures", "communes", "actions", "analyses", "reponses", "echantillon"):
        found[page] = DRAWN.sub("", all_texts(open_page(page)))
    for city in CITIES:
        found["city", city] = all_texts(open_page("communes", commune=city, lang="en"))
    for words in SEARCHED:
        found["search", words] = all_texts(open_page("actions", q=words))
        found["people", words] = all_texts(open_page("communes", q=words))
    export.publish_pact(open_store(url), PACT, folder, "bundle")
    return found | {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_what_is_read_of_one_life_is_the_same_in_both(url, tmp_path, monkeypatch, browser_of):
    file = f"sqlite:///{tmp_path / 'life.db'}"
    monkeypatch.setenv("MONITOR_DATABASE", file)
    write_life(file)
    copy_database(open_store(file), open_store(url))
    one = all_said(file, tmp_path / "one")
    monkeypatch.setenv("MONITOR_DATABASE", url)
    other = all_said(url, tmp_path / "other")
    assert one.keys() == other.keys()
    assert [what for what in one if one[what] != other[what]] == []

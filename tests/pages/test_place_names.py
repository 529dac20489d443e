"""Places by their names: the order of a French list, and the names that communes had before."""

import csv
import random

import pytest
from starlette.applications import Starlette

from monitor import areas, commands
from monitor.commands.loading import file_in_memory
from monitor.read import query
from monitor.snapshot import Snapshots
from monitor.ui.team import find_signatory
from monitor.web import sheet
from tests.support.app import open_page
from tests.support.clock import NOW
from tests.support.pacts import another, load
from tests.support.real_files import real
from tests.support.routes import Client, read

pytestmark = pytest.mark.usefixtures("browser_of")
ORDER = [
    "L'Abergement-Clémenciat",
    "Ay",
    "Aÿ-Champagne",
    "Besançon",
    "Évreux",
    "Évry-Courcouronnes",
    "Ézy-sur-Eure",
    "Le Havre",
    "L’Haÿ-les-Roses",
    "L'Île-d'Yeu",
    "Nîmes",
    "Œuilly",
    "La Rochelle",
    "Saint-Denis",
    "Saint-Étienne",
    "Saint-Ouen",
    "Sainte-Marie",
    "Les Ulis",
    "Vitry",
    "Yzeure",
]


@pytest.fixture
def client(url):
    return Client(Starlette(routes=list(sheet.ROUTES)))


def load_signatories(store, *codes: str) -> None:
    load(store, another(name="p"))
    lines = [f"s{n},Prénom Nom{n},{code},elected\n" for n, code in enumerate(codes)]
    text = "signatory_id,name,commune,outcome\n" + "".join(lines)
    report = commands.load(
        store, "signatories", file_in_memory(text), pact_id="p", name="s.csv", now=NOW
    )
    assert report.loaded, report.errors


def offered(client, typed: str) -> list[str]:
    """The codes of the places that a name of several leads to, in order."""
    answer = client.get(f"/ville/{typed}")
    assert answer.status_code == 300
    paths = (link.partition("?")[0] for link in read(answer.content)[1])
    return [path.removeprefix("/ville/") for path in paths if path[-1:].isdecimal()]


@pytest.mark.parametrize("seed", range(3))
def test_places_are_listed_as_a_french_list_lists_them(seed):
    mixed = random.Random(seed).sample(ORDER, len(ORDER))
    assert sorted(mixed, key=areas.sort_key) == ORDER


@pytest.mark.parametrize(
    "name", ["Le", "La", "L'", "Les", "Lesneven", "Lalinde", "Auxerre", "Losne"]
)
def test_what_only_looks_like_an_article_stays(name):
    assert areas.sort_key(name)[0] == areas.search_key(name)


def test_namesakes_stand_in_the_order_of_their_codes():
    found = areas.sort_areas(areas.communes()[areas.communes()["name"] == "Saint-Denis"])
    assert list(found.index) == sorted(found.index) and len(found) > 1


def test_the_lists_of_cities_are_in_that_order(empty, client):
    codes = ("76351", "17300", "27229", "94038", "51564", "75056")
    load_signatories(empty, *codes)
    wanted = ["Évreux", "Le Havre", "L'Haÿ-les-Roses", "Œuilly", "Paris", "La Rochelle"]
    names = areas.communes()["name"]
    wanted = sorted((names[code] for code in codes), key=areas.sort_key)
    page_text, _ = read(client.get("/ville").content)
    places = [page_text.index(f"{name} (") for name in wanted]
    assert places == sorted(places) and wanted[0] == "Évreux"
    page = open_page("communes")
    labels = [one.label for one in page.button if one.key and one.key.startswith("_city_")]
    assert [label.split(" \\(")[0].split(" (")[0].replace("\\", "") for label in labels] == wanted
    listed = [one.value for one in open_page("mesures").markdown if "[**" in one.value]
    text = "\n".join(listed).replace("\\", "")
    assert [name for name in wanted if name in text] == sorted(wanted, key=text.index)


@pytest.mark.parametrize(
    ("code", "typed", "today"),
    [
        ("76258", "fauville-en-caux", "Terres-de-Caux"),
        ("69149", "Oullins", "Oullins-Pierre-Bénite"),
        ("69149", "PIERRE BENITE", "Oullins-Pierre-Bénite"),
        ("91228", "courcouronnes", "Évry-Courcouronnes"),
        ("73227", "saint-bon-tarentaise", "Courchevel"),
    ],
)
def test_a_name_of_before_leads_to_the_signatory(empty, client, code, typed, today):
    load_signatories(empty, code)
    answer = client.get(f"/ville/{typed}")
    assert answer.status_code == 302
    sheet = client.get(answer.headers["location"]).text
    assert f"<h1>{today.replace(chr(39), '&#39;')} (" in sheet and "est un nom d’avant" in sheet


@pytest.mark.parametrize(
    ("codes", "typed", "first", "others"),
    [
        (["24291"], "montignac", ["24291"], {"33292", "65321"}),
        (["24291", "65321"], "montignac", ["65321", "24291"], {"33292"}),
        (["33292", "24291"], "Montignac", ["33292", "24291"], {"65321"}),
        (["97411", "93066"], "saint-denis", ["93066", "97411"], set()),
        (["47188"], "montignac", ["47188"], {"33292", "65321"}),
    ],
)
def test_homonyms_with_a_signatory_come_first(empty, client, codes, typed, first, others):
    load_signatories(empty, *codes)
    found = offered(client, typed)
    assert found[: len(first)] == first and others <= set(found[len(first) :])


@pytest.mark.parametrize(
    ("codes", "typed", "others"),
    [
        (["93066"], "saint-denis", ["Saint-Denis (974)"]),
        (["93048"], "Montreuil", ["Montreuil (28)", "Montreuil (85)"]),
        (["53130", "75056"], "laval", []),
    ],
)
def test_a_name_of_several_leads_to_the_only_one_of_the_pact_which_names_the_others(
    empty, client, codes, typed, others
):
    load_signatories(empty, *codes)
    answer = client.get(f"/ville/{typed}")
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"/ville/{codes[0]}")
    page_text = client.get(answer.headers["location"]).text
    assert all(other in page_text for other in others)
    assert ("portent ce nom" in page_text) == bool(others)
    assert "portent ce nom" not in client.get(f"/ville/{codes[0]}").text


def test_a_name_of_today_wins_over_one_of_before(empty, client):
    former = areas.codes_of_former_name("Vassy")
    assert former
    load_signatories(empty, "75056", *former)
    assert client.get("/ville/paris").headers["location"] == "/ville/75056"


def test_the_search_of_cities_and_of_the_team_finds_names_of_before(empty):
    load_signatories(empty, "24291", "76258", "75056")
    for typed, name in (("montignac", "Montignac"), ("fauville", "Fauville-en-Caux")):
        labels = [one.label.replace("\\", "") for one in open_page("communes", q=typed).button]
        assert any(f"autrefois {name}" in label for label in labels) or typed == "montignac"
        view = query.read_view(Snapshots(empty).current(), {"pacte": "p"})
        rows = find_signatory.matching_people(view, typed)
        assert len(rows) == 1
        assert view.everybody["commune"].iloc[rows[0]] in ("24291", "76258")


def test_no_name_of_before_is_that_of_today():
    names = areas.communes()["name"]
    for code, former in areas.former_names().items():
        assert code in names.index
        assert areas.search_key(names[code]) not in map(areas.search_key, former)


def test_every_name_of_2014_leads_to_its_commune():
    rows = csv.DictReader(real("rne/maires_2014-04-25.csv.gz").decode().splitlines())
    keys = {code: areas.search_key(name) for code, name in areas.communes()["name"].items()}
    lost = [
        row["commune"]
        for row in rows
        if "(" not in row["commune"]
        and keys[row["insee_2026"]] != areas.search_key(row["commune"])
        and row["insee_2026"] not in areas.codes_of_former_name(row["commune"])
    ]
    assert lost == []

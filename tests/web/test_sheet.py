"""The sheet of a city: what it says, at what addresses, without a script."""

import csv
import http.client
import json
import re
import urllib.error
import urllib.request
from xml.etree import ElementTree as xml

import pytest
from PIL import Image

from monitor import areas, commands
from monitor.store import open_store
from tests.support.paths import ROOT
from tests.support.routes import PARIS, read
from tests.support.server import get, run_server
from tests.support.waiting import LONGEST

NAMED = f"{PARIS}?pacte=mouves-2014&lang=fr"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server on the packaged pact and a demo of 300 signatories."""
    url = f"sqlite:///{tmp_path_factory.mktemp('sheet') / 'monitor.db'}"
    store = open_store(url)
    commands.init_database(store)
    commands.load_demo(store, signatories=300)
    with run_server(url, MONITOR_CONTACT="redaction@exemple.fr") as found:
        yield found


def words(address: str, path: str) -> str:
    status, _, body = get(address + path)
    assert status == 200, body
    return read(body)[0]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "fr",
            [
                "Anne Hidalgo",
                "maire du 5 avril 2014",
                "partiellement mis en œuvre (2) et décidé (1)",
                "Faciliter la création d'un laboratoire",
                "tenu en partie",
                "échéance dépassée",
                "Christophe Najdovski",
                "battu",
                "redaction@exemple.fr",
                "Citer cette fiche",
                "CC-BY-4.0",
                "Tête du journal",
            ],
        ),
        (
            "en",
            [
                "Anne Hidalgo",
                "mayor from 5 April 2014",
                "partly implemented (2) and decided (1)",
                "Faciliter la création d'un laboratoire",
                "partly kept",
                "overdue",
                "defeated",
                "Cite this sheet",
                "Head of the log",
            ],
        ),
    ],
)
def test_a_sheet_says_who_signed_what_became_of_it_and_how_to_cite_it(address, lang, expected):
    page_text = words(address, f"{PARIS}?lang={lang}")
    assert [each for each in expected if each not in page_text] == []


def test_every_public_entry_of_the_city_is_on_the_sheet_with_its_source(address):
    with (ROOT / "data" / "mouves-2014" / "actions.csv").open(encoding="utf-8") as file:
        loaded = [row for row in csv.DictReader(file) if row["signatory_id"] == "hidalgo-paris"]
    body = get(address + PARIS)[2]
    assert body.count(b'<li id="entree-') == len(loaded) == 34
    links = read(body)[1]
    assert [row["source_url"] for row in loaded if row["source_url"] not in links] == []


def test_a_sheet_has_no_script_and_its_policy_allows_none(address):
    _, headers, body = get(address + PARIS)
    scripts = re.findall(rb"<script[^>]*>", body)
    assert scripts == [b'<script type="application/ld+json">']
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert "frame-ancestors 'none'" in policy


def test_only_the_frame_may_stand_in_another_site(address):
    _, headers, body = get(f"{address}{PARIS}?cadre=1")
    assert "frame-ancestors *" in headers["content-security-policy"]
    assert "Anne Hidalgo" in read(body)[0] and b'name="robots" content="noindex"' in body
    assert re.search(r"Tête du journal\W+\d+:[0-9a-f]{8}…", read(body)[0])
    assert b'href="/mentions-legales?lang=fr"' in body and b'href="/vie-privee?lang=fr"' in body
    for path in ("/", "/ville", f"{PARIS}?cadre=2", "/graphique/mesures"):
        assert "frame-ancestors 'none'" in get(address + path)[1]["content-security-policy"]


def test_a_sheet_of_a_past_day_says_what_stood_then(address):
    page_text = words(address, f"{PARIS}?au=2016-04-05")
    assert "Au 5 avril 2016" in page_text
    assert "en cours (1), décidé (1) et non évalué (1)" in page_text


@pytest.mark.parametrize("day", ["0001-01-01", "0001-12-31", "0002-01-01", "1900-01-01"])
def test_a_sheet_of_a_day_before_everything_says_that_nobody_had_signed(address, day):
    assert "personne n’y avait encore signé" in words(address, f"{PARIS}?au={day}")


@pytest.mark.parametrize(
    ("typed", "status", "then"),
    [
        ("paris", 302, "/ville/75056"),
        ("75%20056", 301, "/ville/75056"),
        ("1004?pacte=demo", 404, None),
        ("2a004", 404, None),
        ("14697", 404, None),
        ("PARIS.png", 302, "/ville/75056.png"),
        ("saint-denis", 300, None),
        ("13055", 404, None),
        ("zzzzzz", 404, None),
        ("%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404, None),
    ],
)
def test_a_code_or_a_name_that_is_not_a_sheet_leads_to_one(address, typed, status, then):
    assert _first_answer(address, f"/ville/{typed}") == (status, then)


def test_the_code_of_a_merged_commune_leads_to_the_commune_of_today_with_a_word(address):
    signed = set(_signed(address, "demo"))
    old, new = next((old, new) for old, new in areas.retired_codes().items() if new in signed)
    status, location = _first_answer(address, f"/ville/{old}?lang=fr&pacte=demo")
    assert (status, location) == (301, f"/ville/{new}?lang=fr&pacte=demo&ancien={old}")
    assert f"Le code {old} est celui d’une ancienne commune" in words(address, location)
    forged = words(address, f"/ville/{new}?pacte=demo&ancien=VOLEUR")
    assert "VOLEUR" not in forged and "ancienne commune" not in forged


def _first_answer(address: str, path: str) -> tuple[int, str | None]:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=LONGEST)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers["location"]


def test_homonyms_are_told_apart_by_their_department(address):
    status, _, body = get(f"{address}/ville/saint-denis")
    page_text = read(body)[0]
    assert status == 300 and "Saint-Denis (93)" in page_text and "Saint-Denis (974)" in page_text


def test_an_unknown_name_gets_near_ones(address):
    status, _, body = get(f"{address}/ville/Pariss")
    page_text, links = read(body)
    assert status == 404 and "Paris (75)" in page_text and NAMED in links


def test_a_commune_where_nobody_signed_is_said_to_exist_and_others_are_proposed(address):
    page_text, links = read(get(f"{address}/ville/13055")[2])
    assert "Marseille existe" in page_text and {
        NAMED,
        "/ville/69123?pacte=mouves-2014&lang=fr",
    } <= set(links)


def test_a_commune_where_somebody_signed_another_pact_leads_there(address):
    code = next(code for code in _signed(address, "demo") if code not in ("75056", "69123"))
    assert f"/ville/{code}?pacte=demo&lang=fr" in read(get(f"{address}/ville/{code}")[2])[1]


def test_what_a_status_rests_on_is_never_folded_away(address):
    html = get(address + PARIS)[2].decode()
    before = html[: html.index("<details")]
    assert "Sur quoi repose ce statut" in before and 'id="entree-39"' in before
    assert html.count('id="entree-39"') == 1


def test_a_date_is_no_more_precise_than_what_is_known(address):
    page_text = words(address, PARIS)
    assert "Depuisnovembre 2017" in page_text and "30 novembre 2017" not in page_text
    assert "depuis novembre 2017" in get(f"{address}{PARIS}.svg")[2].decode()
    assert "Depuis21 juin 2016" in page_text


@pytest.mark.parametrize("form", ["", ".png", "?cadre=1"])
def test_a_city_at_a_time_when_the_log_did_not_know_it_says_so(address, form):
    path = f"{PARIS}{form}{'&' if '?' in form else '?'}connu=2014-01-01"
    assert _first_answer(address, path) == (404, None)
    assert "le journal n’y connaissait encore aucun signataire" in read(get(address + path)[2])[0]


def _signed(address: str, pact: str) -> list[str]:
    links = read(get(f"{address}/ville?pacte={pact}")[2])[1]
    return [
        re.match(r"/ville/(\w+)\?", link).group(1)
        for link in links
        if re.match(r"/ville/\w+\?", link)
    ]


def test_every_city_is_on_the_list_and_every_sheet_answers(address):
    codes = _signed(address, "demo")
    assert len(codes) > 200
    for code in codes[::12]:
        page_text = words(address, f"/ville/{code}?pacte=demo")
        assert "Données fictives" in page_text


def test_a_fictional_pact_says_so_in_the_frame_and_in_the_picture(address):
    code = _signed(address, "demo")[0]
    assert "Données fictives" in words(address, f"/ville/{code}?pacte=demo&cadre=1")
    assert "DONNÉES FICTIVES" in get(f"{address}/ville/{code}.svg?pacte=demo")[2].decode()


def test_the_picture_is_a_png_of_the_size_that_networks_ask_for(address, tmp_path):
    status, headers, body = get(f"{address}{PARIS}.png")
    (tmp_path / "card.png").write_bytes(body)
    picture = Image.open(tmp_path / "card.png")
    assert (status, headers["content-type"], picture.size) == (200, "image/png", (1200, 630))
    assert len(picture.convert("RGB").getcolors(100_000)) > 10


def test_the_card_says_the_state_of_the_city(address):
    drawn = get(f"{address}{PARIS}.svg?au=2016-04-05")[2].decode()
    root = xml.fromstring(drawn)
    drawn_text = " ".join(text for text in root.itertext())
    for each in ("Paris", "Anne Hidalgo", "en cours", "décidé", "non évalué", "5 avril 2016"):
        assert each in drawn_text


def test_the_progress_is_an_svg_with_a_segment_for_each_status(address):
    html = get(address + PARIS)[2].decode()
    svg = xml.fromstring(re.search(r"<svg.*?</svg>", html, re.S).group())
    classes = [rect.get("class") for rect in svg.iter("{http://www.w3.org/2000/svg}rect")]
    assert classes == [
        "empty",
        "s-not_yet",
        "s-not_assessed",
        "s-in_progress",
        "s-partly_implemented",
        "empty",
        "s-not_yet",
        "s-not_assessed",
        "s-decided",
        "s-partly_implemented",
        "empty",
        "s-not_yet",
        "s-not_assessed",
        "s-decided",
    ]
    assert svg.get("role") == "img" and svg.get("aria-label")


def test_the_progress_shows_where_a_mandate_has_ended_and_names_it(address):
    html = get(address + PARIS.replace("75056", "69123"))[2].decode()
    figure = re.search(r"<figure><svg.*?</figure>", html, re.S).group()
    assert 'rect class="s-ended"' in figure
    assert '<i class="s-ended">⊣</i> mandat terminé' in figure


def test_search_engines_find_title_description_language_and_the_one_address(address):
    for lang, query in (("fr", ""), ("en", "?lang=en")):
        html = get(f"{address}{PARIS}{query}&au=2016-04-05".replace("056&", "056?"))[2].decode()
        assert f'<html lang="{lang}"' in html
        own = NAMED.replace("&lang=fr", f"&amp;lang={lang}")
        assert f'<link rel="canonical" href="{address}{own}">' in html
        assert re.search(r"<title>Paris · \w", html)
        assert re.search(r'<meta name="description" content="[^"]{40,}', html)
        assert f'property="og:image" content="{address}{PARIS}.png' in html
        assert 'content="noindex"' in html  # a past day is the same sheet, not another


def test_the_linked_data_is_a_report_resting_on_its_sources(address):
    html = get(address + PARIS)[2].decode()
    found = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.S).group(1))
    assert (found["@type"], found["license"]) == ("Report", "CC-BY-4.0")
    assert {"@type": "Person", "name": "Anne Hidalgo"} in found["about"]
    assert len(found["isBasedOn"]) > 25
    assert all(source["url"].startswith("http") for source in found["isBasedOn"])


def test_the_sitemap_names_every_sheet_of_a_real_pact_in_both_languages(address):
    root = xml.fromstring(get(f"{address}/sitemap.xml")[2])
    found = [each.text for each in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(found) == sorted(
        f"{address}/ville/{code}{query}"
        for code in ("75056", "69123")
        for query in ("?pacte=mouves-2014&lang=fr", "?pacte=mouves-2014&lang=en")
    )
    assert f"Sitemap: {address}/sitemap.xml" in get(f"{address}/robots.txt")[2].decode()
    assert all(get(each)[0] == 200 for each in found)


def test_what_changed_since_a_day_is_told_from_the_two_days(address):
    page_text = words(address, f"{PARIS}?depuis=2016-04-05")
    assert "Ce qui a changé du 5 avril 2016 au 5 juillet 2020" in page_text
    assert "▶ en cours → ◐ partiellement mis en œuvre" in page_text
    assert "○ non évalué → ◆ décidé" in page_text
    nothing = words(address, f"{PARIS}?depuis=2020-01-01")
    assert "Aucun des engagements" in nothing


def test_a_comparison_is_of_the_same_size_and_office_and_says_so(address):
    page_text = words(address, PARIS)
    assert "À taille et fonction égales (200 000 habitants et plus, maire" in page_text
    assert (
        "dans 2 communes, celle-ci comprise, 0 mis en œuvre sur 6 engagements en vigueur."
        in page_text
    )


@pytest.mark.parametrize(
    "query", ["au=demain", "au=2999-01-01", "pacte=rien", "connu=x", "lang=de", "depuis=2999-01-01"]
)
def test_a_value_that_means_nothing_is_said_and_the_rest_is_shown(address, query):
    page_text = words(address, f"{PARIS}?{query}&fbclid=1")
    assert "est laissée de côté" in page_text and "Anne Hidalgo" in page_text


@pytest.mark.parametrize("path", [PARIS, f"{PARIS}?cadre=1", f"{PARIS}.png", "/graphique/mesures"])
def test_who_has_a_page_already_is_sent_nothing_again(address, path):
    etag = get(address + path)[1]["etag"]
    request = urllib.request.Request(address + path, headers={"If-None-Match": etag})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=LONGEST)
    assert (refused.value.code, refused.value.read()) == (304, b"")
    other = get(f"{address}{path}{'&' if '?' in path else '?'}au=2016-04-05")[1]["etag"]
    assert other != etag

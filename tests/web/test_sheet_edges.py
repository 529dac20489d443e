"""Sheets, charts and files of logs that are out of the ordinary: asked in process, without a server."""

import html
import io
import re
from datetime import date
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.log import Actions
from monitor.models import Kind, Role, Status
from monitor.read.chart_registry import PICTURES
from monitor.read.known_days import day_as_known
from monitor.web import sitemap
from tests.support import pacts
from tests.support.routes import PARIS, load, read, words
from tests.support.team import sign_in

SIGNATORIES = "signatory_id,name,commune,outcome,list\n"
ACTIONS = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "source_publisher,quote\n"
)
EVIL = "<img src=x onerror=alert(1)></script><b>"


@pytest.mark.parametrize(
    ("written", "counts_on", "expected"),
    [
        ("2017-11?", date(2017, 7, 16), "2017-11"),  # a search made after the mandate
        ("2017?", date(2018, 7, 16), "2018-07-16"),
        ("2017-11", date(2017, 11, 30), "2017-11"),
        ("2017-11", date(2017, 11, 12), "2017-11"),  # recorded before the month was over
        ("2017-11-12", date(2017, 11, 12), "2017-11-12"),
        ("2017", date(2016, 5, 1), "2016-05-01"),  # corrected: it keeps the day of what it replaced
        (None, date(2017, 11, 30), "2017-11-30"),
    ],
)
def test_a_day_is_said_no_more_precise_than_its_entry_knows_it(written, counts_on, expected):
    """A question mark: the entry is a search."""
    kinds = {True: Status.NO_EVIDENCE, False: Status.DECIDED}
    entries = [written and (written.rstrip("?"), kinds[written.endswith("?")])]
    actions = log_of(entries)
    assert day_as_known(actions, counts_on, 1) == expected
    typed = written and SimpleNamespace(happened_on=entries[0][0], status=entries[0][1])
    assert day_as_known(actions, counts_on, 2, typed) == expected


def log_of(entries):
    """The actions of a log of assessments (EDTF, status), None for no entry, numbered from 1."""
    there = [one for one in entries if one]
    now = [0] * len(there)
    dates, statuses = zip(*there, strict=True) if there else ((), ())
    kinds, targets = [Kind.ASSESSMENT] * len(there), [None] * len(there)
    seqs = list(range(1, len(there) + 1))
    return Actions.of(seqs, now, now, now, now, kinds, statuses, dates, seqs, targets)


def test_the_cited_address_shows_the_same_state_whatever_comes_later(store, client):
    cited = re.search(r"/ville/[^ ]+au=[^ ,]+", words(client, PARIS)).group()
    before = words(client, cited)
    load(
        store, "actions", ACTIONS + "new,hidalgo-paris,3,2019-01-01,,implemented,Fait,report,Un,,\n"
    )
    now, after = words(client, PARIS), words(client, cited)
    assert "mis en œuvre (1)" in now
    state = re.compile(r"3 engagements comptent :[^.]*\.")
    assert state.search(after).group() == state.search(before).group() != state.search(now).group()


@pytest.mark.parametrize(
    ("outcome", "au", "of_person", "of_city"),
    [
        ("defeated", "2020-07-05", "n’a pas été élue à la fonction", "aucun n’y lie d’élu"),
        (
            "unknown",
            "2020-07-05",
            "Tant qu’il ne le dit pas, ses engagements ne comptent dans aucun chiffre",
            "on ne sait d’aucun qu’il lie un élu",
        ),
        ("unknown", "2014-03-01", "L’élection est le 30 mars 2014", "ils ne lient encore personne"),
    ],
)
def test_defeated_not_known_and_not_yet_elected_are_three_things(
    store, client, outcome, au, of_person, of_city
):
    load(store, "signatories", SIGNATORIES + f"new,Nouvelle Personne,33063,{outcome},\n")
    sheet = words(client, f"/ville/33063?au={au}")
    assert of_person in sheet and of_city in sheet


@pytest.mark.parametrize(
    ("chart", "french", "english"),
    [
        (
            "carte",
            "La carte ne se dessine pas : moins de 10 départements",
            "fewer than 10 departments",
        ),
        ("matrice", "les élus y sont trop nombreux", "too many officials to be read"),
        (
            "mandats",
            "au journal, aucun mandat de cette personne n’avait commencé ce jour-là",
            "on record, no mandate of this person had begun by that day",
        ),
    ],
)
def test_a_chart_that_is_not_drawn_says_which_and_why_and_leads_to_its_figures(
    store, client, chart, french, english
):
    people = "".join(f"p{n},Élue Numéro{n},33063,elected,\n" for n in range(61))
    load(store, "signatories", SIGNATORIES + people)
    for lang, expected in (("fr", french), ("en", english)):
        answer = client.get(f"/graphique/{chart}?signataire=p1&lang={lang}")
        page = html.unescape(answer.text).replace("\u00a0", " ")
        assert answer.status_code == 200 and "<script" not in page and expected in page
        assert f'href="/graphique/{chart}.csv' in page
        assert ('href="#chiffres"' in page) is (chart != "mandats") and 'id="chiffres"' in page


@pytest.mark.parametrize("chart", PICTURES)
def test_no_chart_says_that_nothing_binds_where_the_results_are_not_known(store, client, chart):
    pacts.load(store, pacts.another())
    load(store, "signatories", SIGNATORIES + "new,Nouvelle Personne,33063,,\n", pact="other")
    asked = {"pacte": "other", "signataire": "new", "lang": "fr"}
    page = read(client.get(f"/graphique/{chart}", asked).content)[0]
    assert "sans filtre" in page
    assert not re.search(r"ne lie personne|Aucun groupe n’a", page)


@pytest.mark.parametrize(
    ("own", "said"),
    [("", "moins de 10 départements"), ('areas = "own"', "aucun lieu de ce pacte n’est dans un")],
)
def test_the_map_of_a_pact_of_other_places_misses_no_departments(store, client, own, said):
    pacts.load(store, pacts.another().replace("[[measures]]", f"{own}\n[[measures]]", 1))
    place = "33063"
    if own:
        place = "QC"
        load(store, "areas", f"code,name\n{place},Québec\n", pact="other")
    load(store, "signatories", f"{SIGNATORIES}new,Nouvelle Personne,{place},,\n", pact="other")
    assert f"La carte ne se dessine pas : {said}" in words(client, "/graphique/carte?pacte=other")


@pytest.mark.parametrize(("lang", "said"), [("fr", "mandats"), ("en", "mandates")])
def test_a_chart_of_the_mandates_of_somebody_says_whose_they_are(store, client, lang, said):
    asked = {"signataire": "collomb-lyon", "lang": lang}
    page = client.get("/graphique/mandats", asked).text
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title and title[1].replace("\u00a0", " ").startswith("Gérard Collomb (Lyon)")
    picture = page.partition('"picture"')[2].replace("<br>", " ")
    assert "Gérard Collomb (Lyon)" in picture and said in picture


def test_no_month_to_come_is_counted(store, client):
    months = client.get("/graphique/lectures.csv", {"au": "2014-02-01"}).text
    assert not re.search(r"^2014-", months, re.MULTILINE)


def test_the_table_of_a_chart_gives_no_percentage_of_fewer_than_five(store, client):
    table = client.get("/graphique/intervalles?par=measure").text.split("<tbody>")[1]
    assert table.count(">–<") == 3 * 4 and "%" not in table.split("</tbody>")[0]
    file = client.get("/graphique/intervalles.csv?par=measure").text
    assert '"1","2","2","1.0","0","1","0","1","0.0"' in file


def test_the_figures_of_a_chart_come_in_every_form_of_a_spreadsheet(store, client):
    semicolons = client.get("/graphique/intervalles.semicolon.csv?par=measure&lang=fr").text
    assert '"1";"2";"2";"1,0";"0";"1";"0";"1";"0,0"' in semicolons
    book = client.get("/graphique/intervalles.xlsx?par=measure")
    assert "intervalles" in book.headers["content-disposition"]
    header, first, *_ = load_workbook(io.BytesIO(book.content)).worksheets[0].iter_rows()
    assert [header[0].value, first[0].value, first[2].value] == ["measure", "1", 2]


def test_the_line_of_time_of_nobody_in_particular_says_what_to_add(store, client):
    answer = client.get("/graphique/mandats")
    assert answer.status_code == 404 and "ajoutez « signataire=" in answer.text


@pytest.mark.parametrize(("lang", "expected"), [("fr", "non"), ("en", "no")])
def test_a_mandate_that_does_not_bind_is_said_not_to(store, client, lang, expected):
    answer = client.get(f"/graphique/mandats?signataire=najdovski-paris&lang={lang}")
    assert answer.status_code == 200 and f"<td>{expected}</td>" in answer.text


def test_texts_from_data_are_never_markup(store, client):
    load(store, "signatories", SIGNATORIES + f"evil,{EVIL},33063,elected,{EVIL}\n")
    load(
        store,
        "actions",
        ACTIONS + f"e1,evil,1,2016-01-01,,decided,{EVIL},press,{EVIL},{EVIL},{EVIL}\n",
    )
    for path in (
        "/ville/33063",
        "/ville/33063?cadre=1",
        "/ville/33063.svg",
        "/ville",
        "/graphique/matrice",
        "/flux.atom?commune=33063",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert EVIL not in answer.text and "<img" not in answer.text, path


@pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_refused_by_its_name(store, character):
    report = commands.load(
        store,
        "signatories",
        file_in_memory(f"{SIGNATORIES}x,Zo{character}é,33063,elected,\n"),
        pact_id="mouves-2014",
        name="s.csv",
    )
    assert not report.loaded
    assert dict(report.errors[0].values)["character"] == f"U+{ord(character):04X}"


def test_a_reply_that_comes_after_the_term_stands_beside_the_rating_everywhere(store, client):
    load(
        store,
        "actions",
        ACTIONS + "r1,hidalgo-paris,3,2026-03-01,reply,,Nous avons formé deux cents agents.,,,,\n",
    )
    for path in (PARIS, f"{PARIS}?cadre=1", "/api/v1/commitments.json", "/flux.atom"):
        assert "deux cents agents" in client.get(path).text, path
    assert "deux cents agents" not in words(client, f"{PARIS}?au=2018-01-01")


def test_a_reply_from_before_the_status_is_said_to_be(store, client):
    load(store, "actions", ACTIONS + "r1,hidalgo-paris,1,2015-01-01,reply,,Bientôt.,,,,\n")
    assert "Réponse de l’élu, antérieure à ce statut" in words(client, PARIS)
    assert "antérieure" not in words(client, f"{PARIS}?au=2015-02-01")


def test_a_corrected_entry_links_to_its_correction_and_says_why(store, client):
    load(store, "actions", ACTIONS + "a1,hidalgo-paris,3,2019-01,,decided,Un,report,Un,,\n")
    more = ACTIONS.strip() + ",supersedes,reason\n"
    load(
        store,
        "actions",
        more + "a2,hidalgo-paris,3,2019-02,,decided,Deux,report,Un,,,a1,Mauvaise date\n",
    )
    html = client.get(PARIS).text
    seqs = re.search(
        r'Corrigée par l’entrée n°\s<a href="/actions\?[^"]+&amp;entree=(\d+)">\1</a>\. Raison',
        html,
    )
    assert seqs and f'id="entree-{seqs.group(1)}"' in html
    assert re.search(r"Corrige l’entrée n°\s<a href=", html)


def test_signatories_that_nobody_has_accepted_are_on_no_list(store, client):
    who = sign_in(store, "Camille", Role.VOLUNTEER)
    load(store, "signatories", SIGNATORIES + "x,Zoé,29019,elected,\n", who=who)
    assert "Brest" not in client.get("/ville").text
    assert "29019" not in client.get("/api/v1/commitments.json?commune=brst").text
    answer = client.get("/ville/29019")
    assert answer.status_code == 404 and "aucun signataire" in answer.text.lower()


def test_a_file_of_figures_has_a_plain_name_whatever_the_codes(store, client):
    load(store, "areas", 'code,name,department_code,department\nE1,Ville,"d"";x/Я",Nulle part\n')
    load(store, "signatories", SIGNATORIES + "x,Zoé,E1,elected,\n")
    answer = client.get("/graphique/mesures.csv", params={"departement": 'd";x/Я'})
    assert answer.status_code == 200
    name = re.fullmatch(r'attachment; filename="([^"]+)"', answer.headers["content-disposition"])
    assert re.fullmatch(r"[A-Za-z0-9._-]+\.csv", name.group(1))


def test_a_place_whose_code_ends_like_a_picture_has_its_sheet(store, client):
    load(store, "areas", "code,name\nville.png,Ville\n")
    load(store, "signatories", SIGNATORIES + "x,Zoé,ville.png,elected,\n")
    assert "Zoé" in words(client, "/ville/ville.png")
    assert client.get("/ville/ville.png.png").headers["content-type"] == "image/png"


@pytest.mark.parametrize("part", ["0", "2", "77", "x", "1" * 5000])
def test_a_part_of_the_sitemap_that_is_not_there_is_a_404(store, client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_the_sitemap_is_in_parts_of_fifty_thousand_addresses(store, client, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_PLACES", 1)
    index = client.get("/sitemap.xml").text
    assert re.findall(r"<loc>http://here(/sitemap-\d\.xml)</loc>", index) == [
        "/sitemap-1.xml",
        "/sitemap-2.xml",
    ]
    parts = [client.get(path).text for path in ("/sitemap-1.xml", "/sitemap-2.xml")]
    assert [part.count("<loc>") for part in parts] == [2, 2]
    assert "ns0" not in index


def test_an_empty_database_says_what_to_do(empty, client):
    answer = client.get(PARIS)
    assert answer.status_code == 404 and "aucun pacte" in read(answer.content)[0]
    assert 'href="/ville?' not in answer.text  # another page that would say the same
    assert client.get("/sitemap.xml").status_code == 200


def test_a_missing_database_is_a_503_with_a_sentence(url, client):
    answer = client.get(f"{PARIS}?lang=en")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "no database" in read(answer.content)[0]


@pytest.mark.parametrize("chart", ["changements", "revisions"])
def test_the_figures_under_a_chart_are_words_and_days_and_no_codes(store, client, chart):
    page = client.get(f"/graphique/{chart}?pacte=mouves-2014&au=2018-01-01&lang=en").text
    cells = re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", page)
    assert cells and not [cell for cell in cells if re.search(r"[a-z]_[a-z]|\dT\d", cell)]

"""Before the vote nobody is elected, and no office is known before it is taken: on every surface, people
of whom the log tells different things are told of in the same way."""

import csv
import io
import re

import openpyxl
import pytest

from monitor import areas, commands
from monitor.commands.loading import file_in_memory
from monitor.i18n import text
from monitor.store import open_store
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.pacts import GOOD
from tests.support.shapes import all_routes, read_page

PACT = "mouves-2014"
BEFORE, BETWEEN, MIDDLE, END = "2014-03-15", "2014-04-02", "2015-01-01", "2020-07-05"
#: Who: what the election gave, and mandates. Each is alone in a commune with one name.
KINDS = {
    "elected": ("elected", []),
    "in-office": ("elected", ["mayor,2014-04-05,2020-07-02,term_end"]),
    "resigned": ("elected", ["mayor,2014-04-05,2016-05-01,resignation"]),
    "elsewhere": ("elected", ["deputy_mayor,2014-04-05,2020-07-02,term_end"]),
    "defeated": ("defeated", []),
    "by-election": ("defeated", ["mayor,2015-09-20,2018-01-31,resignation"]),
    "not-noted": ("", []),
    "mayor-later": ("", ["mayor,2015-09-20,2020-07-02,term_end"]),
}
CODES = ("33056", "33063", "33069", "33075", "33119", "33167", "33192", "33249")
PLACES = dict(zip(KINDS, CODES, strict=True))
pytestmark = pytest.mark.usefixtures("browser_of", "opened")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A database with everybody of KINDS."""
    url = f"sqlite:///{tmp_path_factory.mktemp('before') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    assert commands.load_pact(store, file_in_memory(GOOD), name="pact.toml", now=NOW).loaded
    people = [
        f"{who},Alix Un,{PLACES[who]},2014-02-01,{outcome}" for who, (outcome, _) in KINDS.items()
    ]
    mandates = [f"{who},{one}" for who, (_, own) in KINDS.items() for one in own]
    answers = [f"{who},2,yes,2014-02-03" for who in KINDS]
    for kind, header, rows in (
        ("signatories", "signatory_id,name,commune,signed_on,outcome", people),
        ("mandates", "signatory_id,office,started_on,ended_on,end_reason", mandates),
        ("answers", "signatory_id,measure,answer,answered_on", answers),
    ):
        file = file_in_memory("\n".join((header, *rows)))
        report = commands.load(store, kind, file, pact_id=PACT, name=f"{kind}.csv", now=NOW)
        assert report.loaded, report.errors
    return url


@pytest.fixture
def opened(address, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", address)


def without_place(page_text: str, who: str) -> str:
    code = PLACES[who]
    return page_text.replace(str(areas.communes().loc[code, "name"]), "-").replace(code, "-")


def sheet(who: str, day: str) -> str:
    page = all_routes().get(f"/ville/{PLACES[who]}", {"pacte": PACT, "au": day}).text
    return without_place(" ".join(read_page(page).split()), who)


def city(who: str, day: str) -> str:
    page = open_page("communes", pacte=PACT, commune=PLACES[who], au=day)
    page_text = f"{words(page)} {[one.label for one in page.expander]}"
    return without_place(page_text, who)


def table(name: str, day: str) -> dict[str, dict]:
    """By signatory, the first row of a table of the API, less whom and where."""
    asked = all_routes().get(f"/api/v1/{name}.csv", {"pacte": PACT, "au": day})
    rows = csv.DictReader(io.StringIO(asked.text.removeprefix("\ufeff")))
    apart = {"signatory_id", "commune", "commune_name", "population", "size"}
    return {
        row["signatory_id"]: {key: cell for key, cell in row.items() if key not in apart}
        for row in rows
    }


@pytest.mark.parametrize("surface", [sheet, city])
def test_a_place_says_the_same_of_everybody_before_the_vote(surface):
    texts = {who: surface(who, BEFORE) for who in KINDS}
    assert "candidat" in texts["elected"] and "élection à venir" in texts["elected"]
    assert len(set(texts.values())) == 1, texts


@pytest.mark.parametrize("name", ["commitments", "answers"])
def test_a_table_says_the_same_of_everybody_before_the_vote(name):
    rows = table(name, BEFORE)
    assert set(rows) == set(KINDS) and len({tuple(row.values()) for row in rows.values()}) == 1
    assert rows["elected"]["outcome"] == "unknown"
    assert table(name, END)["elected"]["outcome"] == "elected"


@pytest.mark.parametrize(("lang", "words"), [("fr", "élu(e)"), ("en", "elected")])
def test_the_words_beside_codes_in_a_workbook_fit_who_signed(lang, words):
    asked = {"pacte": PACT, "au": END, "lang": lang}
    book = openpyxl.load_workbook(
        io.BytesIO(all_routes().get("/api/v1/commitments.xlsx", asked).content)
    )
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    texts = {str(cell) for row in rows for cell in row}
    assert words in texts and not any("{" in cell for cell in texts)
    office = head.index("office")
    assert {row[office : office + 2] for row in rows} >= {("mayor", text("office.mayor", lang))}
    asked |= {"signataire": "in-office"}
    drawn = read_page(all_routes().get("/graphique/mandats", asked).text)
    assert text("end_reason.term_end", lang) in drawn and "{" not in drawn.partition("scope")[0]


def test_the_office_of_nobody_is_drawn_before_it_is_taken():
    for who, (_, mandates) in KINDS.items():
        asked = {"pacte": PACT, "signataire": who, "au": BEFORE}
        assert all_routes().get("/graphique/mandats.csv", asked).text.count("mayor") == 0
        if mandates:
            found = all_routes().get("/graphique/mandats.csv", asked | {"au": END}).text
            assert "mayor" in found


@pytest.mark.parametrize("page", ["", "mesures", "reponses", "analyses"])
def test_no_page_counts_an_elected_official_before_the_vote(page):
    app = open_page(page, pacte=PACT, au=BEFORE)
    page_text = f"{words(app)} {[one.label for one in app.expander]}".replace("*", "")
    assert not app.exception
    assert not re.search(
        r"[1-9]\d* élus? |battu|depuis le 5 avril|du 5 avril|en poste|évalués", page_text
    ), page_text
    assert not app.get("plotly_chart") and "Derniers changements" not in page_text
    if page in ("", "mesures", "analyses"):
        assert "l’élection n’a pas encore eu lieu : 8 signataires" in page_text


@pytest.mark.parametrize(
    ("day", "verdicts"),
    [
        (BEFORE, dict.fromkeys(KINDS, "not_bound")),
        (
            BETWEEN,
            dict.fromkeys(KINDS, "not_bound")
            | dict.fromkeys(("elected", "in-office", "resigned"), "pending"),
        ),
        (
            MIDDLE,
            dict.fromkeys(KINDS, "not_bound")
            | dict.fromkeys(("elected", "in-office", "resigned"), "pending"),
        ),
    ],
)
def test_a_commitment_awaits_an_office_only_if_the_day_knows_of_it(day, verdicts):
    assert {who: row["verdict"] for who, row in table("commitments", day).items()} == verdicts


@pytest.mark.parametrize(
    ("who", "day", "expected", "unsaid"),
    [
        ("in-office", BETWEEN, "élu(e)", "5 avril 2014"),
        ("in-office", BETWEEN, "n’exerce pas encore", "réputée en fonction"),
        ("resigned", MIDDLE, "maire depuis le 5 avril 2014", "démission"),
        ("resigned", END, "au 1er mai 2016 (démission)", "battu"),
        ("in-office", MIDDLE, "maire depuis le 5 avril 2014", "2 juillet 2020"),
        ("in-office", MIDDLE, "maire depuis le 5 avril 2014", "sans fin connue"),
        ("resigned", MIDDLE, "maire depuis le 5 avril 2014", "sans fin connue"),
        ("by-election", MIDDLE, "battu(e)", "maire depuis"),
        ("by-election", "2016-01-01", "maire depuis le 20 septembre 2015", "démission"),
        ("mayor-later", MIDDLE, "résultat inconnu", "maire depuis"),
        ("mayor-later", "2016-01-01", "maire depuis le 20 septembre 2015", "résultat inconnu"),
        ("elected", MIDDLE, "réputée en fonction", "maire depuis"),
        ("elected", MIDDLE, "tout le mandat, dont le pacte fixe les dates : du", "sans fin"),
        ("elsewhere", MIDDLE, "sans mandat connu dans la fonction visée", "battu"),
    ],
)
def test_a_mandate_is_told_from_its_beginning_and_its_end_once_it_has_ended(
    who, day, expected, unsaid
):
    for surface in (sheet, city):
        found = surface(who, day)
        assert expected in found and unsaid not in found, found


@pytest.mark.parametrize(
    ("day", "lang", "title"),
    [
        (BEFORE, "fr", "Signataires et mesures"),
        (BEFORE, "en", "Signatories and measures"),
        (END, "fr", "Élus et mesures"),
        (END, "en", "Officials and measures"),
    ],
)
def test_the_page_of_measures_calls_nobody_elected_before_the_vote(day, lang, title):
    assert open_page("mesures", pacte=PACT, au=day, lang=lang).title[0].value == title


def test_files_are_offered_by_what_tells_anything_apart():
    page = open_page("donnees", pacte=PACT, au=END)
    offered = next(one for one in page.selectbox if one.label == text("data.by", "fr")).options
    named = {by: text(f"group_by.{by}", "fr") for by in ("measure", "commune", "office", "region")}
    assert named["measure"] in offered and named["commune"] in offered
    assert named["region"] not in offered and text("group_by.theme", "fr") not in offered
    page_text = words(page)
    assert f"## {text('data.transitions', 'fr')}" in page_text
    for absent in ("groups", "sample", "sample_plans", "agreement"):
        assert f"## {text(f'data.{absent}', 'fr')}\n" not in page_text, absent


@pytest.mark.parametrize(
    ("day", "offered"), [(BEFORE, set()), (MIDDLE, {"Statut"}), (END, {"Statut", "Délai"})]
)
def test_no_measure_is_filtered_by_where_it_stands_while_nothing_binds(day, offered):
    page = open_page("mesures", pacte=PACT, au=day)
    assert {one.label for one in page.selectbox} & {"Statut", "Délai"} == offered

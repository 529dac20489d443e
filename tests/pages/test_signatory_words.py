"""What is said of who withdrew, was not elected or is bound to nothing: what happened, in its order;
what they signed; and no end of a term that is not theirs."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.store import open_store
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.pacts import GOOD
from tests.support.shapes import all_routes, read_page

PACT, BEFORE, MIDDLE = "mouves-2014", "2014-03-15", "2018-06-01"
#: Who: signature, withdrawal, outcome, mandate. Each is alone in a commune.
PEOPLE = {
    "backed-out": ("2014-02-01", "2014-03-01", "", ""),
    "backed-out-won": ("2014-02-01", "2014-03-01", "elected", ""),
    "backed-out-lost": ("2014-02-01", "2014-03-01", "defeated", ""),
    "lost-then-left": ("2014-02-01", "2015-05-04", "defeated", ""),
    "lost-that-year": ("2014-02-01", "2014", "defeated", ""),
    "unknown-then-left": ("2014-02-01", "2015-05-04", "", ""),
    "left-before-office": ("2014-02-01", "2014-04-02", "elected", "mayor,2014-04-05,,"),
    "mayor-after-leaving": ("2014-02-01", "2015-05-04", "defeated", "mayor,2017-01-09,,"),
    "lost": ("2014-02-01", "", "defeated", ""),
    "resigned": ("2014-02-01", "", "elected", "mayor,2014-04-05,2016-05-01,resignation"),
    "left-in-office": ("2014-02-01", "2016", "elected", "mayor,2014-04-05,,"),
    "in-office": ("2014-02-01", "", "elected", "mayor,2014-04-05,,"),
    "presumed": ("2014-02-01", "", "elected", ""),
}
CODES = [
    "33056",
    "33063",
    "33069",
    "33075",
    "33119",
    "33167",
    "33192",
    "33249",
    "33281",
    "33318",
    "33449",
    "33522",
    "33550",
]
PLACES = dict(zip(PEOPLE, CODES, strict=True))
#: The same pact, whose term begins some days after the election, and has no end.
OPEN = "\n".join(
    "term_start = 2014-04-04" if line.startswith("term_start") else line
    for line in GOOD.splitlines()
    if not line.startswith(("term_end", "due_on"))
)
pytestmark = pytest.mark.usefixtures("browser_of")


def make_database(folder, pact: str, answered: str) -> str:
    url = f"sqlite:///{folder / 'monitor.db'}"
    store = open_store(url)
    store.create()
    report = commands.load_pact(store, file_in_memory(pact), name="pact.toml", now=NOW)
    assert report.loaded, report.errors
    people = [
        f"{who},Alix Un,{PLACES[who]},{signed},{withdrawn},{outcome},1;2"
        for who, (signed, withdrawn, outcome, _) in PEOPLE.items()
    ]
    mandates = [f"{who},{held}" for who, (*_, held) in PEOPLE.items() if held]
    for kind, header, rows in (
        (
            "signatories",
            "signatory_id,name,commune,signed_on,withdrawn_on,outcome,measures",
            people,
        ),
        ("mandates", "signatory_id,office,started_on,ended_on,end_reason", mandates),
        ("answers", "signatory_id,measure,answer", [answered]),
    ):
        file = file_in_memory("\n".join((header, *rows)))
        report = commands.load(store, kind, file, pact_id=PACT, name=f"{kind}.csv", now=NOW)
        assert report.loaded, report.errors
    return url


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    return make_database(tmp_path_factory.mktemp("words"), GOOD, "in-office,3,no")


@pytest.fixture(scope="module")
def open_address(tmp_path_factory):
    return make_database(tmp_path_factory.mktemp("open"), OPEN, "in-office,3,no")


def sheet(who: str, day: str, lang: str, **more: str) -> str:
    asked = {"pacte": PACT, "au": day, "lang": lang, **more}
    return " ".join(read_page(all_routes().get(f"/ville/{PLACES[who]}", asked).text).split())


def frame(who: str, day: str, lang: str) -> str:
    return sheet(who, day, lang, cadre="1")


def city(who: str, day: str, lang: str) -> str:
    page = open_page("communes", pacte=PACT, commune=PLACES[who], au=day, lang=lang)
    return f"{words(page)} {[one.label for one in page.expander]}".replace("\xa0", " ")


NEVER = ("avant l’élection du 30 mars 2014", "before the election on 30 March 2014")
NO_VOTE = ("retirée avant l’élection :", "withdrawn before the election:")
LATER = ("a été retirée ensuite", "was withdrawn later")
LOST = ("n’a pas été élue à la fonction visée", "was not elected")


@pytest.mark.parametrize("surface", [sheet, frame, city])
@pytest.mark.parametrize("at", [0, 1], ids=["fr", "en"])
@pytest.mark.parametrize(
    ("who", "day", "phrases", "unsaid"),
    [
        ("backed-out", BEFORE, [NEVER], [LATER, ("y sont pris", "been made there")]),
        ("backed-out", MIDDLE, [NO_VOTE], [LATER]),
        ("backed-out-won", BEFORE, [NEVER], [LATER]),
        ("backed-out-won", MIDDLE, [NO_VOTE], [LOST, LATER]),
        ("backed-out-lost", MIDDLE, [NO_VOTE], [LATER]),
        ("lost-then-left", BEFORE, [("ne lient encore personne", "bind nobody yet")], [LATER]),
        ("lost-then-left", "2015-01-01", [LOST], [LATER]),
        ("lost-then-left", MIDDLE, [LOST, LATER], [NO_VOTE]),
        ("lost-that-year", MIDDLE, [LOST], [NO_VOTE, LATER]),
        (
            "unknown-then-left",
            MIDDLE,
            [("Ce suivi ne dit pas si", "whether this person was elected"), LATER],
            [LOST],
        ),
        (
            "left-before-office",
            MIDDLE,
            [("avant l’entrée dans la fonction", "before the office in question was taken")],
            [LOST, LATER],
        ),
        (
            "mayor-after-leaving",
            MIDDLE,
            [("avant l’entrée dans la fonction", "before the office in question was taken")],
            [LOST, LATER],
        ),
    ],
)
def test_a_withdrawn_signature_is_told_in_the_order_of_what_happened(
    address, monkeypatch, surface, at, who, day, phrases, unsaid
):
    monkeypatch.setenv("MONITOR_DATABASE", address)
    found = surface(who, day, ("fr", "en")[at])
    assert all(one[at] in found for one in phrases), found
    assert not any(one[at] in found for one in unsaid), found


def test_the_list_of_answers_says_who_withdrew(address, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", address)
    page = open_page("reponses", pacte=PACT, au=MIDDLE)
    labels = {one.label.replace("\xa0", " ") for one in page.expander}
    withdrew = [one for one in labels if " · signature retirée le 4 mai 2015 · " in one]
    assert len(withdrew) == 3, labels
    assert "Alix Un (signature retirée)" in str([*page.dataframe[0].value.index])


@pytest.mark.parametrize("surface", [sheet, frame, city])
@pytest.mark.parametrize("day", [BEFORE, MIDDLE])
@pytest.mark.parametrize("who", ["lost", "backed-out", "lost-then-left", "unknown-then-left"])
def test_what_was_signed_stands_before_what_was_left_without_an_answer(
    address, monkeypatch, surface, day, who
):
    monkeypatch.setenv("MONITOR_DATABASE", address)
    page_text = surface(who, day, "fr")
    assert 0 < page_text.index("Mesures signées (2)") < page_text.index("Aucune réponse connue (")
    english = surface(who, day, "en")
    assert 0 < english.index("Measures signed (2)") < english.index("No answer known (")


def test_a_sheet_of_one_measure_tells_of_no_other(address, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", address)
    page_text = sheet("lost", MIDDLE, "fr", mesure="3")
    assert "Aucune réponse connue (1)" in page_text and "Mesures signées" not in page_text
    assert (
        "1 signataire du pacte" in page_text and "personne n’y avait encore signé" not in page_text
    )
    assert "Réponse non (1)" in sheet("in-office", MIDDLE, "fr", mesure="3")


@pytest.mark.parametrize("surface", [sheet, city])
@pytest.mark.parametrize(
    ("who", "day", "lasts"),
    [
        ("in-office", MIDDLE, True),
        ("presumed", MIDDLE, True),
        ("in-office", "2014-04-01", False),
        ("presumed", "2014-04-01", False),
        ("resigned", MIDDLE, False),
        ("left-in-office", MIDDLE, False),
        ("lost", MIDDLE, False),
        ("lost", BEFORE, False),
    ],
)
def test_a_term_lasts_for_whom_it_binds_only(open_address, monkeypatch, surface, who, day, lasts):
    monkeypatch.setenv("MONITOR_DATABASE", open_address)
    assert ("mandat en cours" in surface(who, day, "fr")) == lasts
    assert ("no fixed end" in surface(who, day, "en")) == lasts

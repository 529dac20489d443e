"""Who took the office without winning the election is not told as elected; and nothing is said of an
office where the pact is put to none."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.pacts import another
from tests.support.shapes import all_routes, read_page

DAY, EARLY, PLACE = "2018-06-01", "2014-03-01", "33063"
LATER = "mayor,2015-09-20,,"
WON, LOST, LOST_TOOK, UNKNOWN, UNKNOWN_TOOK = (
    ("elected", ""),
    ("defeated", ""),
    ("defeated", LATER),
    ("", ""),
    ("", LATER),
)
PACT, MAYORS = "other", another()
#: A pact that is put to no office.
WITHOUT = "\n".join(line for line in MAYORS.splitlines() if not line.startswith("binding_offices"))


def load_people(store, pact: str, people, kind: str = "") -> None:
    assert commands.load_pact(store, file_in_memory(pact), name="pact.toml", now=NOW).loaded
    signed = [
        f"p{n},Alix {n},{PLACE},2014-02-01,{outcome},{kind}"
        for n, (outcome, _) in enumerate(people)
    ]
    held = [f"p{n},{mandate}" for n, (_, mandate) in enumerate(people) if mandate]
    for what, header, rows in (
        ("signatories", "signatory_id,name,commune,signed_on,outcome,kind", signed),
        ("mandates", "signatory_id,office,started_on,ended_on,end_reason", held),
    ):
        file = file_in_memory("\n".join((header, *rows)))
        report = commands.load(store, what, file, pact_id=PACT, name=f"{what}.csv", now=NOW)
        assert report.loaded, report.errors


def overview(lang: str, day: str = DAY) -> str:
    return words(open_page("", pacte=PACT, au=day, lang=lang)).replace("*", "").replace("\xa0", " ")


def place(lang: str, day: str = DAY) -> str:
    asked = {"pacte": PACT, "au": day, "lang": lang}
    page = read_page(all_routes().get(f"/ville/{PLACE}", asked).text)
    city = words(open_page("communes", commune=PLACE, **asked))
    return f"{' '.join(page.split())} {city}".replace("\xa0", " ")


@pytest.mark.parametrize("at", [0, 1], ids=["fr", "en"])
@pytest.mark.parametrize(
    ("people", "sentences", "funnel", "here"),
    [
        (
            [WON, LOST],
            ("1 des 2 signataires connus a été élu maire.", "signatories was elected mayor."),
            ("→ élus 1", "→ elected 1"),
            ("du pacte, 1 élu, 1 battu.", "of the pact, 1 elected, 1 defeated."),
        ),
        (
            [LOST_TOOK],
            (
                "Le seul signataire connu a pris la fonction visée.",
                "signatory took the office",
            ),
            ("élus, ou en fonction 1", "elected, or in office 1"),
            ("du pacte, 1 a pris la fonction visée", "of the pact, 1 took the office in question"),
        ),
        (
            [WON, LOST_TOOK],
            (
                "1 des 2 signataires connus a été élu maire. 1 autre a pris la fonction visée.",
                "signatories was elected mayor. 1 other took the office in question.",
            ),
            ("élus, ou en fonction 2", "elected, or in office 2"),
            ("1 élu, 1 a pris la fonction visée", "1 elected, 1 took the office in question"),
        ),
        (
            [LOST, LOST_TOOK],
            ("1 des 2 signataires connus a pris la fonction visée", "signatories took the office"),
            ("élus, ou en fonction 1", "elected, or in office 1"),
            ("du pacte, 1 a pris la fonction visée", "of the pact, 1 took the office in question"),
        ),
        (
            [WON, WON, LOST_TOOK, UNKNOWN_TOOK, UNKNOWN],
            (
                "ont été élus maires. 2 autres ont pris la fonction visée. Pour un autre, ce suivi",
                "were elected mayor. 2 others took the office in question. For one other",
            ),
            ("élus, ou en fonction 4", "elected, or in office 4"),
            ("2 élus, 2 ont pris la fonction visée", "2 elected, 2 took the office in question"),
        ),
    ],
)
def test_who_took_the_office_later_is_not_counted_as_elected(
    store, browser_of, at, people, sentences, funnel, here
):
    load_people(store, MAYORS, people)
    lang = ("fr", "en")[at]
    found = overview(lang)
    assert sentences[at] in found and funnel[at] in found, found
    assert here[at] in place(lang), place(lang)


@pytest.mark.parametrize("noted", [WON, UNKNOWN], ids=["elected", "not-noted"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_of_a_body_no_office_is_told_where_the_pact_is_put_to_none(store, browser_of, lang, noted):
    load_people(store, WITHOUT, [noted] * 3, kind="body")
    found = f"{overview(lang)} {place(lang)}"
    for phrase in ("fonction", "élu", "en poste", "office", "elected", "obtained", "sult"):
        assert phrase not in found, (phrase, found)
    known = ("3 signataires sont connus", "3 signatories are known")[lang == "en"]
    assert known in found
    assert ("9 engagements", "9 commitments")[lang == "en"] in found


def test_a_body_is_not_said_to_lack_an_office_before_the_pact_binds(store, browser_of):
    late = WITHOUT.replace("term_start = 2014-03-30", "term_start = 2014-04-05")
    load_people(store, late, [UNKNOWN], kind="body")
    found = place("fr", "2014-04-01")
    assert "Le pacte engage à partir du 5 avril 2014" in found and "fonction" not in found, found


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_of_a_body_no_election_is_told_before_the_pact_binds(store, browser_of, lang):
    load_people(store, WITHOUT, [UNKNOWN] * 3, kind="body")
    found = f"{overview(lang, EARLY)} {place(lang, EARLY)}"
    for phrase in ("élection à venir", "’élection n", "ection has", "candidat", "en poste"):
        assert phrase not in found, (phrase, found)
    for phrase in (
        ("n’engage encore personne", "binds nobody yet"),
        ("Le pacte engage à partir du", "The pact binds from"),
    ):
        assert phrase[lang == "en"] in found, found

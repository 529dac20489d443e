"""What pages say of who is bound: nobody counts before they sign, nobody's office is denied."""

import io
import re

import pytest

from monitor import commands
from tests.support.app import open_page, words
from tests.support.clock import NOW

PACT = "mouves-2014"
FILES = {
    "signatories": "signatory_id,name,commune,signed_on,outcome\n"
    "late,Lola Tardive,35238,2018-05-01,elected\n"
    "deux,Basile Deux,86194,2014-01-15,defeated\n"
    "trois,Carine Trois,86194,2014-02-01,\n",
    "mandates": "signatory_id,office,started_on,ended_on,end_reason\n"
    "deux,mayor,2015-09-20,2018-01-31,resignation\n"
    "trois,mayor,2018-02-09,2020-07-03,term_end\n",
    "actions": "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    "la-1,late,1,2015-06-01,implemented,Fait trois ans avant de signer.,press,J\n"
    "p-1,deux,1,2016-04-04,implemented,Réalisé.,press,J\n",
}


@pytest.fixture
def cities(store, browser_of):
    for kind, text in FILES.items():
        report = commands.load(
            store, kind, io.BytesIO(text.encode()), pact_id=PACT, name=f"{kind}.csv", now=NOW
        )
        assert report.loaded
    return store


def city(code: str, day: str, lang: str = "fr") -> str:
    return words(open_page("communes", commune=code, au=day, lang=lang))


@pytest.mark.parametrize(
    ("lang", "yet", "before"),
    [
        ("fr", "n’a pas encore signé à cette date", "Fait avant la signature"),
        ("en", "had not signed yet on that day", "Done before the signature"),
    ],
)
def test_who_has_not_signed_yet_is_said_so_and_what_came_before_is_marked(
    cities, lang, yet, before
):
    page_text = city("35238", "2016-01-01", lang)
    assert yet in page_text and before in page_text
    assert "pas été élue" not in page_text and "was not elected" not in page_text
    assert before in city("35238", "2019-01-01", lang)


def test_the_office_that_the_log_records_is_told_beside_the_outcome(cities):
    page_text = city("86194", "2017-01-01")
    assert "battu(e) en mars 2014, maire depuis le 20 septembre 2015" in page_text
    assert "maire depuis le 9 février 2018" not in page_text  # of the other, it is not known yet
    later = city("86194", "2019-01-01")
    assert "maire depuis le 9 février 2018" in later
    assert "pas été élue" not in later and "résultat inconnu" not in later
    english = city("86194", "2017-01-01", "en")
    assert "defeated in March 2014, mayor" in english and "was not elected" not in english


@pytest.mark.parametrize(
    ("signed_on", "due_on"),
    [("2018-06-01", ""), ("2014-01-15", "2015-01-01")],
    ids=["left before signing", "in office once it was due"],
)
@pytest.mark.parametrize("outcome", ["defeated", "elected", "unknown"])
def test_an_office_at_another_time_than_the_commitments_is_not_denied(
    store, browser_of, signed_on, due_on, outcome
):
    signatory = (
        "signatory_id,name,commune,signed_on,outcome,due_on\n"
        f"quatre,Dora Quatre,86194,{signed_on},{outcome},{due_on}\n"
    )
    mandate = FILES["mandates"].splitlines()[1].replace("deux", "quatre")
    mandates = f"{FILES['mandates'].splitlines()[0]}\n{mandate}\n"
    for kind, text in (("signatories", signatory), ("mandates", mandates)):
        file = io.BytesIO(text.encode())
        commands.load(store, kind, file, pact_id=PACT, name=f"{kind}.csv", now=NOW)
    page_text = city("86194", "2019-01-01")
    assert "à la fois sous la signature, dans le mandat que couvre le pacte et avant" in page_text
    assert "pas été élue" not in page_text and "On ne sait pas" not in page_text


def test_what_was_done_in_office_stays_kept_once_its_mayor_has_left(cities):
    assert "tenu avant son départ" in city("86194", "2019-01-01")
    assert "kept before leaving" in city("86194", "2019-01-01", "en")


@pytest.mark.parametrize(
    ("day", "signatories"),
    [("2016-01-01", 7), ("2017-01-01", 7), ("2018-06-01", 8), ("2020-07-05", 8)],
)
def test_the_funnel_never_counts_more_bound_than_came_to_office_or_signed(cities, day, signatories):
    page_text = words(open_page("", au=day)).replace("*", "")
    found = re.search(
        r"signataires (\d+) → élus\D* (\d+) → en poste [^\d]*(\d+) \(liés (\d+)\)", page_text
    )
    signed, elected, in_office, bound = map(int, found.groups())
    assert bound <= elected <= signed == signatories and in_office <= elected


def test_before_the_vote_the_funnel_ends_at_what_was_signed(cities):
    page_text = words(open_page("", au="2014-02-10")).replace("*", "")
    assert re.search(r"\b5 signataires → \d+ engagements", page_text) and "→ élus" not in page_text

"""What was said of somebody and turned out to be about another, or about another measure, says so where
it stood first: nobody is left to think that it was only worded anew."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from tests.support.app import open_page
from tests.support.app import words as shown
from tests.support.routes import load, words

pytestmark = pytest.mark.usefixtures("browser_of")
PEOPLE = (
    "signatory_id,name,commune,outcome\n"
    "l,Marie Martin,59350,elected\nr,Marie Martin,35238,elected\n"
)
HEAD = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title,supersedes,"
    "reason\n"
)
FIRST = "a-1,l,1,2018-03-01,abandoned,Le lieu ferme.,press,Journal,,\n"
BY = "Corrigée par l’entrée n° "
ELSEWHERE = "qui porte sur un autre engagement : "
RENNES, SECOND = (
    "Rennes (35) · Marie Martin · 1. Innovation sociale",
    "2. Marchés publics responsables",
)


def correct(store, row: str) -> None:
    report = commands.load(
        store,
        "actions",
        file_in_memory(HEAD + row),
        pact_id="mouves-2014",
        name="b.csv",
        newer=True,
    )
    assert report.loaded, report.errors


@pytest.mark.parametrize(
    ("row", "about"),
    [
        ("a-1,r,1,2018-03-01,abandoned,Le lieu ferme.,press,Journal,,\n", RENNES),
        ("a-1,l,2,2018-03-01,abandoned,Le lieu ferme.,press,Journal,,\n", SECOND),
        ("b-1,l,2,2018-03-01,abandoned,Le lieu ferme.,press,Journal,a-1,Autre mesure\n", SECOND),
        ("a-1,l,1,2018-03-02,stalled,Le lieu est fermé.,press,Journal,,\n", None),
        ("b-1,l,1,2018-03-02,stalled,Le lieu est fermé.,press,Journal,a-1,Relu\n", None),
    ],
)
def test_an_entry_that_moved_says_where_on_every_surface(store, client, row, about):
    load(store, "signatories", PEOPLE)
    load(store, "actions", HEAD + FIRST)
    correct(store, row)
    day = {"au": "2019-12-31"}
    surfaces = [
        words(client, "/ville/59350?au=2019-12-31"),
        shown(open_page("communes", commune="59350", **day)),
        client.get("/flux.atom?commune=59350").text.replace("\u00a0", " "),
    ]
    for surface in surfaces:
        assert BY in surface
        if about:
            assert ELSEWHERE + about in surface
        else:
            assert "autre engagement" not in surface


def test_who_was_retracted_meanwhile_is_not_named_where_an_entry_moved_to(store, client):
    load(store, "signatories", PEOPLE.replace("r,Marie Martin", "r,Anne Autre"))
    load(store, "actions", HEAD + FIRST)
    correct(store, "a-1,r,1,2018-03-01,abandoned,Le lieu ferme.,press,Journal,,\n")
    commands.retract_row(store, None, "signatories", "mouves-2014", ("r",), "Jamais signé")
    sheet = words(client, "/ville/59350?au=2019-12-31")
    assert "Anne Autre" not in sheet

"""Who died answers no more: what is written as their reply later is not published as theirs, and nobody
notes that they were invited."""

from datetime import date

import pytest

from monitor import commands
from monitor.errors import InvalidRow
from monitor.intake import error_sentence
from monitor.models import Role, Way
from tests.support.app import add, open_page
from tests.support.app import words as shown
from tests.support.routes import load, words

pytestmark = pytest.mark.usefixtures("browser_of")
DIED = "Réponse donnée après le décès de l’élu"
PEOPLE = "signatory_id,name,commune,outcome\nn,Luc Neuf,33063,elected\n"


def bury(store, ended_on: str, reason: str = "death") -> None:
    load(store, "signatories", PEOPLE)
    head = "signatory_id,office,started_on,ended_on,end_reason\n"
    load(store, "mandates", f"{head}n,mayor,2014-04-05,{ended_on},{reason}\n")
    add(store, "d,n,1,2014-09-01,,decided,Voté.,press,J,,,,,")


@pytest.mark.parametrize(
    ("ended_on", "reason", "replied_on", "late"),
    [
        ("2016-05-10", "death", "2016-05-11", True),
        ("2016-05-10", "death", "2016-05-10", False),
        ("2016-05-10", "death", "2016-05", False),
        ("2016-05-10", "death", "2016-06", True),
        ("2016-05", "death", "2016-05-31", False),
        ("2016-05", "death", "2016-06-01", True),
        ("2016", "death", "2016-12-31", False),
        ("2016-05-10", "resignation", "2016-06-01", False),
    ],
)
def test_a_reply_from_after_a_death_is_not_said_to_be_of_the_official(
    store, client, ended_on, reason, replied_on, late
):
    bury(store, ended_on, reason)
    add(store, f"r,n,1,{replied_on},reply,,Elle l’a fait.,,,,,,,")
    day = {"au": "2018-01-01"}
    surfaces = [
        words(client, "/ville/33063?au=2018-01-01"),
        words(client, "/ville/33063?au=2018-01-01&cadre=1"),
        shown(open_page("communes", commune="33063", **day)),
        shown(open_page("actions", commune="33063", **day)),
        client.get("/flux.atom?commune=33063").text,
    ]
    for surface in surfaces:
        assert "Elle l’a fait." in surface
        assert (DIED.casefold() in surface.casefold()) == late
        assert ("réponse de l’élu" in surface.casefold()) != late


@pytest.mark.parametrize("way", [Way.INVITED, Way.CLAIMED])
@pytest.mark.parametrize(("asked_on", "refused"), [("2016-05-10", False), ("2016-05-11", True)])
def test_nobody_is_noted_to_be_invited_after_their_death(store, people, way, asked_on, refused):
    bury(store, "2016-05-10")
    asked = (
        store,
        people[Role.VOLUNTEER],
        "mouves-2014",
        "n",
        "1",
        way,
        date.fromisoformat(asked_on),
    )
    if not refused:
        assert commands.request_reply(*asked)
        return
    with pytest.raises(InvalidRow) as raised:
        commands.request_reply(*asked)
    (error,) = raised.value.errors
    assert error.code == "asked_after_death"
    assert "10 mai 2016" in error_sentence(error, "fr")
    assert "10 May 2016" in error_sentence(error, "en")


def test_what_was_noted_by_mistake_can_be_dropped_after_a_death(store, people):
    bury(store, "2016-05-10")
    who = people[Role.REVIEWER]
    asked = (store, who, "mouves-2014", "n", "1", Way.DROPPED, date(2016, 6, 1))
    assert commands.request_reply(*asked)

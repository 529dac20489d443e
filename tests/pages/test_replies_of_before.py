"""A reply stands beside the status of its commitment; where that status came into the log after it, that
is said: nobody is to be read as answering what they could not read."""

from datetime import UTC, datetime

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from tests.support.app import HEADER, open_page
from tests.support.app import words as shown
from tests.support.routes import words

pytestmark = pytest.mark.usefixtures("browser_of")
#: Two facts of one commitment, of before the reply; and the reply.
GOING = "g,hidalgo-paris,3,2017-01-10,,in_progress,En cours.,press,J,,,,,\n"
GIVEN_UP = "x,hidalgo-paris,3,2017-02-10,,abandoned,Abandonné.,press,J,,,,,\n"
REPLY = "r,hidalgo-paris,3,2017-03-01,reply,,C’est exact.,,,,,,,\n"
BESIDE, UNREAD = (
    "Réponse de l’élu (",
    "Réponse de l’élu, d’avant l’inscription de ce statut au journal (",
)
OF_ENTRY = "Réponse de l’élu, d’avant l’inscription de cette entrée au journal ("


def play(store, *files: str) -> None:
    """Loads each, a month after the other."""
    for month, rows in enumerate(files, start=1):
        report = commands.load(
            store,
            "actions",
            file_in_memory(HEADER + rows),
            pact_id="mouves-2014",
            name="f.csv",
            now=datetime(2026, 3 + month, 1, tzinfo=UTC),
        )
        assert report.loaded, report.errors


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ([GOING, REPLY], BESIDE),
        ([GOING + REPLY], BESIDE),
        ([REPLY + GOING], BESIDE),
        ([REPLY, GOING], UNREAD),
        # Another status is found later, of a day before the reply.
        ([GOING, REPLY, GIVEN_UP], UNREAD),
        ([GOING, GIVEN_UP, REPLY], BESIDE),
        # The status is corrected after the reply: by another entry, by another version of its row.
        (
            [
                GOING,
                REPLY,
                GOING.replace("g,", "h,", 1)
                .replace("in_progress", "abandoned")
                .replace(",,,,,\n", ",,,g,Relu,\n"),
            ],
            UNREAD,
        ),
        ([GOING, REPLY, GOING.replace("in_progress", "abandoned")], UNREAD),
        # What is corrected leaves the status as it was.
        ([GOING, REPLY, GOING.replace("En cours.", "En travaux.")], BESIDE),
        ([GOING, REPLY, GOING.replace("g,", "h,", 1).replace(",,,,,\n", ",,,g,Relu,\n")], BESIDE),
        ([REPLY, GOING, GOING.replace("En cours.", "En travaux.")], UNREAD),
        # What was wrong is withdrawn: the status from before the reply is back.
        (
            [GOING, REPLY, GIVEN_UP, "w,hidalgo-paris,3,2017-04-01,retraction,,,,,,,x,Faux,\n"],
            BESIDE,
        ),
    ],
)
def test_a_reply_that_was_public_before_the_status_is_said_to_be(store, client, files, title):
    play(store, *files)
    day = "2018-01-01"
    for surface in (
        words(client, f"/ville/75056?au={day}"),
        words(client, f"/ville/75056?cadre=1&au={day}"),
        shown(open_page("communes", commune="75056", au=day)).replace("**", ""),
    ):
        (said,) = [one for one in (BESIDE, UNREAD) if f"{one}1er mars 2017)" in surface]
        assert said == title
    assert (
        "from before this status was in the log" in words(client, f"/ville/75056?au={day}&lang=en")
    ) == (title == UNREAD)


def test_in_the_log_a_reply_is_compared_with_the_entry_that_it_stands_under(store):
    play(store, GOING, REPLY, GIVEN_UP)
    page = shown(open_page("actions", commune="75056", mesure="3", au="2018-01-01")).replace(
        "**", ""
    )
    under = {one.split(" — ")[-1][:6]: one for one in page.split("\n\n") if "2017" in one}
    assert OF_ENTRY in under["Abando"] and OF_ENTRY not in under["En cou"]
    assert BESIDE in under["En cou"]

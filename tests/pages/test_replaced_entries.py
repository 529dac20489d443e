"""Who reviews a correction reads whether what it corrects has been corrected or withdrawn meanwhile."""

from datetime import date

import pytest

from monitor import commands
from monitor.models import Decision, Kind, Role
from monitor.ui.team.preview import day_of_effect
from tests.support.app import add, open_page, words
from tests.support.team import LYON, action

FACT = f"a-1,{LYON},1,2019-03-01,,implemented,Un lieu ouvre.,press,Journal,,,,,\n"


def propose(store, people, kind: Kind) -> int:
    """A correction, or a withdrawal, of the fact, by the volunteer."""
    values = {"supersedes": "a-1", "reason": "Relu.", "kind": kind}
    if kind is not Kind.ASSESSMENT:
        values["status"] = ""
    if kind is Kind.RETRACTION:
        values |= dict.fromkeys(("summary", "source_kind", "source_title"), "")
        values |= dict.fromkeys(("source_publisher", "source_url"), "")
    return commands.log_action(store, people[Role.VOLUNTEER], action(**values)).seq


@pytest.mark.parametrize(
    ("first", "decision", "said"),
    [
        (Kind.ASSESSMENT, Decision.ACCEPTED, "déjà corrigée par la n° {}"),
        (Kind.RETRACTION, Decision.ACCEPTED, "déjà retirée par la n° {}."),
        (Kind.ASSESSMENT, Decision.REFUSED, None),
        (Kind.ASSESSMENT, None, None),
        (Kind.RETRACTION, Decision.REFUSED, None),
    ],
)
@pytest.mark.parametrize("second", [Kind.ASSESSMENT, Kind.RETRACTION])
def test_a_reviewer_reads_that_another_entry_replaced_the_one_to_be_corrected(
    store, people, browser_of, first, decision, said, second
):
    add(store, FACT)
    one, other = propose(store, people, first), propose(store, people, second)
    if decision:
        why = "" if decision is Decision.ACCEPTED else "Faux."
        commands.review_action(store, people[Role.REVIEWER], one, decision, why)
    browser_of(people[Role.REVIEWER])
    page = words(open_page("relecture", entree=str(other)))
    assert "Ce qu’elle changerait" in page
    assert (said.format(one) in page) if said else ("est déjà" not in page)
    would = [
        one in page for one in ("qui compterait toujours", "acceptée, celle-ci la remplacerait")
    ]
    is_corrected = said is not None and first is Kind.ASSESSMENT
    assert would == [is_corrected and second is kind for kind in (Kind.RETRACTION, Kind.ASSESSMENT)]


def test_a_reviewer_reads_that_a_later_correction_would_stay_in_its_place(
    store, people, browser_of
):
    add(store, FACT)
    one, other = propose(store, people, Kind.ASSESSMENT), propose(store, people, Kind.ASSESSMENT)
    commands.review_action(store, people[Role.REVIEWER], other, Decision.ACCEPTED)
    browser_of(people[Role.REVIEWER])
    page = words(open_page("relecture", entree=str(one)))
    assert f"corrigée depuis par la n° {other}" in page and "celle-ci ne changerait rien" in page


@pytest.mark.parametrize(
    ("first", "button", "said"),
    [
        (
            Kind.ASSESSMENT,
            "correct",
            "déjà corrigée par la n° {}, que ce rectificatif remplacerait",
        ),
        (Kind.ASSESSMENT, "withdraw", "déjà corrigée par la n° {}, qui compterait toujours"),
        (Kind.RETRACTION, "correct", "déjà retirée par la n° {}."),
        (Kind.RETRACTION, "withdraw", "déjà retirée par la n° {}."),
        (None, "correct", None),
        (None, "withdraw", None),
    ],
)
def test_who_writes_reads_that_another_entry_replaced_the_one_to_be_corrected(
    store, people, browser_of, first, button, said
):
    add(store, FACT)
    one = propose(store, people, first) if first else 0
    if first:
        commands.review_action(store, people[Role.REVIEWER], one, Decision.ACCEPTED)
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM action WHERE action_id = 'a-1'")
    browser_of(people[Role.VOLUNTEER])
    page = open_page("saisie", corrige=str(seq))
    page.button(key=f"_asked_mine.{button}").click().run()
    shown = words(page)
    assert f"entrée n° {seq}" in shown
    assert (said.format(one) in shown) if said else ("est déjà" not in shown)


@pytest.mark.parametrize(
    ("shown", "happened_on", "day"),
    [
        ("2018-12-31", "2019-01-01", "2019-01-01"),
        ("2018-12-31", "2019", "2019-01-01"),
        ("2018-12-31", "2019-01-02", "2018-12-31"),
        ("2018-12-31", "2018-12", "2018-12-31"),
        ("2018-12-30", "2019-01-01", "2018-12-30"),
    ],
)
def test_an_entry_of_a_day_that_has_begun_elsewhere_is_weighed_on_that_day(shown, happened_on, day):
    shown, today, latest, day = map(date.fromisoformat, (shown, "2018-12-31", "2019-01-01", day))
    assert day_of_effect(shown, happened_on, today, latest) == day


REPLY = f"a-1,{LYON},1,2019-03-01,reply,,Nous y travaillons.,,,,,,,\n"
OF_STATUS, OF_REPLY = "la place de l’évaluation n°", "la place de la réponse n°"


@pytest.mark.parametrize(
    ("row", "kind", "said"),
    [
        (FACT, Kind.NOTE, OF_STATUS),
        (FACT, Kind.REPLY, OF_STATUS),
        (FACT, Kind.ASSESSMENT, None),
        (FACT, Kind.RETRACTION, None),
        (REPLY, Kind.NOTE, OF_REPLY),
        (REPLY, Kind.ASSESSMENT, OF_REPLY),
        (REPLY, Kind.REPLY, None),
        (REPLY, Kind.RETRACTION, None),
    ],
)
def test_a_reviewer_reads_whose_place_an_entry_of_another_kind_takes(
    store, people, browser_of, row, kind, said
):
    add(store, row)
    seq = propose(store, people, kind)
    browser_of(people[Role.REVIEWER])
    page = words(open_page("relecture", entree=str(seq)))
    assert [one in page for one in (OF_STATUS, OF_REPLY)] == [
        one == said for one in (OF_STATUS, OF_REPLY)
    ]

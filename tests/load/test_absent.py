"""What is said of a signatory who was retracted shows nowhere: it is refused, and says what to do."""

from datetime import timedelta

import pytest

from monitor import commands, status
from monitor.commands.loading import file_in_memory, people_of
from monitor.errors import Changed, InvalidRow
from monitor.models import Decision, RowOutcome, Way
from monitor.queries.team import recent_files
from monitor.snapshot import Snapshots
from monitor.store.journal import verify_store
from monitor.store.pacts_and_areas import current_pact
from tests.support.retractions import AFTER, LYON, MANDATES, PACT, PEOPLE, load, people
from tests.support.team import LATER, action, team_of

ENGINES = ("sqlite", "postgres")
SOON, LAST = AFTER + timedelta(hours=1), AFTER + timedelta(hours=2)
ACTIONS = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
WHO = PEOPLE + "who,Zoé Un,33063,elected\nother,Luc Deux,69123,elected\n"
HELD = MANDATES + "who,mayor,2014-04-05,,\n"
LATER_HELD = MANDATES + "who,deputy_mayor,2016-04-05,,\n"
SAID = ACTIONS + "a-1,who,1,2016-02-01,decided,Vote.,council_act,Acte\n"
LATER_SAID = ACTIONS + "a-2,who,1,2017-02-01,implemented,Fait.,council_act,Acte\n"
OTHER = ACTIONS + "b-1,other,1,2016-02-01,decided,Vote.,council_act,Acte\n"


def codes(report) -> list[str]:
    return [error.code for error in report.errors]


@pytest.fixture
def filled(store):
    both = SAID + OTHER[len(ACTIONS) :]
    for content, text in (("signatories", WHO), ("mandates", HELD), ("actions", both)):
        assert load(store, content, text).loaded
    return store


def retract_alone(store):
    commands.retract_row(store, None, "signatories", PACT, ("who",), "Homonyme.", AFTER)


def retract_file(store):
    with store.reading() as session:
        seq = next(one.seq for one in recent_files(session, PACT) if one.content == "signatories")
    commands.withdraw_load(store, None, seq, "Homonyme.", AFTER)


@pytest.mark.parametrize(
    ("retract", "code", "expected"),
    [
        (
            retract_alone,
            "conflict_signatory_retracted",
            {"on": AFTER.date().isoformat(), "why": "Homonyme."},
        ),
        (retract_file, "conflict_signatory_gone", {}),
    ],
)
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("mandates", HELD),
        ("mandates", LATER_HELD),
        ("actions", SAID),
        ("actions", LATER_SAID),
        ("actions", SAID.replace("Vote.", "Vote du conseil.")),
    ],
    ids=["same mandates", "later mandates", "same actions", "later actions", "corrected actions"],
)
def test_a_row_about_who_was_taken_back_is_refused(filled, retract, code, expected, content, text):
    retract(filled)
    for newer in (False, True):
        report = load(filled, content, text, now=SOON, newer=newer)
        assert (report.loaded, codes(report)) == (False, [code])
        assert dict(report.errors[0].values) == expected


def test_the_other_rows_of_the_file_load_without_it_and_it_is_not_said_to_be_gone(filled):
    retract_alone(filled)
    rest = load(filled, "actions", OTHER.replace("Vote.", "Vote du conseil."), now=SOON)
    assert rest.outcomes == {RowOutcome.CORRECTED: 1}
    assert "row_gone" not in [doubt.code for doubt in rest.doubts]


def test_another_pact_has_its_own_signatories(filled):
    commands.load_demo(filled, signatories=3)
    for content, text in (("signatories", WHO.replace("33063", "75056")), ("mandates", HELD)):
        own = commands.load(
            filled, content, file_in_memory(text), pact_id="demo", name="f.csv", now=LATER
        )
        assert own.loaded, own.errors
    retract_alone(filled)
    again = commands.load(
        filled, "mandates", file_in_memory(LATER_HELD), pact_id="demo", name="f.csv", now=SOON
    )
    assert again.loaded


def test_an_entry_goes_from_who_was_retracted_to_whom_it_is_about(filled):
    retract_alone(filled)
    moved = load(filled, "actions", SAID.replace(",who,", ",other,"), now=SOON, newer=True)
    assert moved.outcomes == {RowOutcome.CORRECTED: 1}


@pytest.mark.parametrize("content", ["mandates", "actions"])
def test_once_the_signatory_is_loaded_again_all_is_as_before(filled, content):
    def folded():
        known = status.what_is_known(Snapshots(filled).current().log(PACT))
        table = status.fold(known, LATER.date())
        return table.sort_values(["signatory_id", "measure"]).reset_index(drop=True)

    before = folded()
    retract_alone(filled)
    assert load(filled, "signatories", WHO, now=SOON, newer=True).loaded
    assert folded().equals(before)
    text = LATER_HELD if content == "mandates" else LATER_SAID
    assert load(filled, content, text, now=SOON).loaded
    assert verify_store(filled).intact


def test_a_volunteer_may_go_on_once_the_signatory_waits_to_come_back(filled):
    team = team_of(filled)
    retract_alone(filled)
    assert codes(load(filled, "actions", LATER_SAID, now=SOON, who=team.volunteer)) == [
        "conflict_signatory_retracted"
    ]
    assert load(filled, "signatories", WHO, now=SOON, who=team.volunteer, newer=True).loaded
    assert load(filled, "actions", LATER_SAID, now=SOON, who=team.volunteer).loaded
    operator = load(filled, "actions", LATER_SAID.replace("a-2", "a-3"), now=SOON)
    assert codes(operator) == ["conflict_signatory_retracted"]


def test_the_form_and_a_request_of_reply_are_refused_as_well(filled):
    team = team_of(filled)
    retract_alone(filled)
    with pytest.raises(InvalidRow) as raised:
        commands.log_action(filled, team.volunteer, action(signatory_id="who"), SOON)
    assert raised.value.errors[0].code == "conflict_signatory_retracted"
    with pytest.raises(InvalidRow) as raised:
        commands.request_reply(
            filled, team.volunteer, PACT, "who", "1", Way.CLAIMED, LATER.date(), now=SOON
        )
    assert raised.value.errors[0].code == "conflict_signatory_retracted"
    assert commands.request_reply(
        filled, team.volunteer, PACT, "who", "1", Way.DROPPED, LATER.date(), now=SOON
    )


def test_an_entry_that_waits_about_who_was_retracted_is_refused_or_waits(filled):
    team = team_of(filled)
    seqs = [
        commands.log_action(filled, team.volunteer, action(signatory_id="who"), LATER).seq
        for _ in range(2)
    ]
    retract_alone(filled)
    for seq in seqs:
        with pytest.raises(Changed) as raised:
            commands.review_action(filled, team.reviewer, seq, Decision.ACCEPTED, now=SOON)
        assert (raised.value.code, raised.value.values["why"]) == (
            "signatory_retracted",
            "Homonyme.",
        )
    commands.review_action(filled, team.reviewer, seqs[0], Decision.REFUSED, "Homonyme.", now=SOON)
    assert load(filled, "signatories", WHO, now=SOON, newer=True).loaded
    assert commands.review_action(filled, team.reviewer, seqs[1], Decision.ACCEPTED, now=LAST)


def waiting(store) -> int:
    with store.reading() as session:
        return next(one.seq for one in recent_files(session, PACT) if one.state == "pending")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("signatories", PEOPLE + "who,Zoé Un,33063,defeated\n"),
        ("signatories", PEOPLE + "who,Zoé Un,33063,defeated\nnew,Une Autre,33063,\n"),
        ("mandates", LATER_HELD),
        ("mandates", MANDATES + "who,mayor,2014-04-05,2016-01-01,death\n"),
        ("actions", LATER_SAID),
        ("actions", LATER_SAID + OTHER[len(ACTIONS) :].replace("b-1", "b-2")),
    ],
)
def test_a_file_that_waits_about_who_was_retracted_neither_revives_nor_vanishes(
    filled, content, text
):
    team = team_of(filled)
    assert load(filled, content, text, who=team.volunteer).loaded
    seq = waiting(filled)
    retract_alone(filled)
    with pytest.raises(Changed) as raised:
        commands.review_load(filled, team.reviewer, seq, Decision.ACCEPTED, now=SOON)
    assert raised.value.code == "file_says_retracted"
    assert raised.value.values["rows"] == str(seq + 1)
    assert "who" not in people(filled) and waiting(filled) == seq
    commands.review_load(filled, team.reviewer, seq, Decision.REFUSED, "Retiré.", now=SOON)
    assert "who" not in people(filled)
    if content == "signatories":
        return
    assert load(filled, "signatories", WHO, now=SOON, newer=True).loaded
    assert load(filled, content, text, now=LAST, who=team.volunteer).loaded
    assert commands.review_load(filled, team.reviewer, waiting(filled), Decision.ACCEPTED, now=LAST)


def test_a_mandate_that_waits_and_is_retracted_is_not_accepted(filled):
    team = team_of(filled)
    text = MANDATES + "who,mayor,2014-04-05,2016-01-01,death\n"
    assert load(filled, "mandates", text, who=team.volunteer).loaded
    commands.retract_row(
        filled, None, "mandates", PACT, ("who", "mayor", "2014-04-05"), "Faux.", AFTER
    )
    with pytest.raises(Changed) as raised:
        commands.review_load(filled, team.reviewer, waiting(filled), Decision.ACCEPTED, now=SOON)
    assert raised.value.code == "file_says_retracted"


def test_a_file_that_says_anew_what_was_retracted_counts_once_it_is_accepted(filled):
    team = team_of(filled)
    retract_alone(filled)
    assert load(filled, "signatories", WHO, now=SOON, who=team.volunteer, newer=True).loaded
    assert "who" not in people(filled)
    commands.review_load(filled, team.reviewer, waiting(filled), Decision.ACCEPTED, now=LAST)
    assert "who" in people(filled)


def test_what_is_about_others_is_accepted_as_before(filled):
    team = team_of(filled)
    assert load(filled, "actions", OTHER.replace("b-1", "b-2"), who=team.volunteer).loaded
    seq = commands.log_action(filled, team.volunteer, action(signatory_id=LYON), LATER).seq
    retract_alone(filled)
    assert commands.review_action(filled, team.reviewer, seq, Decision.ACCEPTED, now=SOON)
    assert commands.review_load(filled, team.reviewer, waiting(filled), Decision.ACCEPTED, now=SOON)


def test_a_mandate_whose_file_was_withdrawn_makes_nobody_the_elected_of_a_town(store):
    """Who is meant by a town is looked up in what still counts."""
    for content, text in (("signatories", PEOPLE + "who,Zoé Un,33063,\n"), ("mandates", HELD)):
        assert load(store, content, text).loaded
    found = []
    for is_gone in (False, True):
        with store.reading() as session:
            seqs = [one.seq for one in recent_files(session, PACT) if one.content == "mandates"]
            pact = current_pact(session, PACT)[1]
            found += [one.outcome for one in people_of(session, pact) if one.signatory_id == "who"]
        if not is_gone:
            commands.withdraw_load(store, None, seqs[0], "Erreur.", AFTER)
    assert found == ["elected", "unknown"]

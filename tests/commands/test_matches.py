"""What the team says of signatories and of a register, and the files that follow from it."""

from datetime import date

import pytest

from monitor import commands
from monitor.accounts import set_excluded_communes
from monitor.errors import NotAllowed, Refused
from monitor.matching.matches import Judgement
from monitor.models import Decision
from monitor.queries.matches import read_judgements, signatories_in_waiting_files
from monitor.queries.team import recent_files
from tests.support.team import LATER, LYON, team_of

PACT = "mouves-2014"
SOMEBODY = "a" * 64
DAY = date(2014, 4, 25)
MANDATES = (
    "signatory_id,office,started_on,ended_on,end_reason,source_url\n"
    "havard-lyon,mayor,2019-01-02,,,https://exemple.invalid/rne\n"
)
SIGNATORIES = "signatory_id,name,commune,outcome\nhavard-lyon,Michel Havard,69123,elected\n"


def judge(store, who, judgement=Judgement.OTHER, signatory=LYON):
    commands.judge_match(store, who, PACT, signatory, SOMEBODY, DAY, judgement, LATER)


def judgements(store) -> dict:
    with store.reading() as session:
        return dict(read_judgements(session, PACT))


def waiting(store) -> frozenset[str]:
    with store.reading() as session:
        return signatories_in_waiting_files(session, PACT)


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_what_was_said_of_two_names_is_kept_replaced_and_taken_back(store):
    team = team_of(store)
    judge(store, team.reviewer)
    assert judgements(store) == {LYON: {SOMEBODY: Judgement.OTHER}}
    judge(store, team.second, Judgement.SAME)
    assert judgements(store) == {LYON: {SOMEBODY: Judgement.SAME}}
    commands.forget_judgements(store, team.reviewer, PACT, LYON, LATER)
    assert judgements(store) == {}


def test_a_volunteer_says_nothing_of_it(store):
    with pytest.raises(NotAllowed):
        judge(store, team_of(store).volunteer)
    assert judgements(store) == {}


def test_nobody_says_anything_of_their_own_commune(store):
    team = team_of(store)
    with store.writing() as session:
        set_excluded_communes(session, "Sacha", ["69123"], "operator", LATER)
    with pytest.raises(Refused, match="conflict_of_interest"):
        judge(store, team.reviewer)


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_the_files_wait_for_another_person_who_decides(store):
    team = team_of(store)
    files = {"mandates": ("m.csv", MANDATES), "signatories": ("s.csv", SIGNATORIES)}
    reports = commands.load_matches(store, team.reviewer, PACT, files, LATER)
    assert [(one.content, one.loaded) for one in reports] == [
        ("mandates", True),
        ("signatories", True),
    ]
    assert waiting(store) == {"havard-lyon"}
    with store.reading() as session:
        seqs = [one.seq for one in recent_files(session, PACT) if one.state == "pending"]
    assert len(seqs) == 2
    for seq in seqs:
        with pytest.raises((NotAllowed, Refused)):
            commands.review_load(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
        commands.review_load(store, team.second, seq, Decision.ACCEPTED, now=LATER)
    assert waiting(store) == frozenset()


def test_one_refused_row_leaves_both_files_out(store):
    team = team_of(store)
    files = {
        "mandates": ("m.csv", MANDATES.replace("2019-01-02", "soon")),
        "signatories": ("s.csv", SIGNATORIES),
    }
    reports = commands.load_matches(store, team.reviewer, PACT, files, LATER)
    assert not any(one.loaded for one in reports) and reports[0].refused == 1
    assert waiting(store) == frozenset()

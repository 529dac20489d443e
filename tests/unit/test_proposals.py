"""What states of a register say together of a signatory: an outcome, mandates, and how sure they are."""

from datetime import date

import pytest

from monitor.matching.matches import Judgement, Signatory, propose_matches
from monitor.matching.name_levels import Level
from monitor.models import Outcome
from tests.support.registers import LYON, PARIS, register

SIGNED = Signatory("roche", "Lucie Roche", PARIS)
ELECTION = date(2014, 3, 23)
#: Register states (day, who holds the office, beginning of the term, beginning in office) and what is
#: proposed of Lucie Roche: outcome, mandates (start, end, whether an end is missing).
STATES = {
    "in office from the election on": (
        [("2014-04-25", "ROCHE,Lucie", "2014-03-23", "2014-04-05")],
        (Outcome.ELECTED, [("2014-04-05", None, False)]),
    ),
    "the first state knows no days": (
        [
            ("2014-04-25", "ROCHE,Lucie", "", ""),
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2014-04-05"),
        ],
        (Outcome.ELECTED, [("2014-04-05", None, False)]),
    ),
    "elected again": (
        [
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2014-04-05"),
            ("2020-12-31", "ROCHE,Lucie", "2020-06-28", "2020-07-03"),
        ],
        (Outcome.ELECTED, [("2014-04-05", "2020-07", False), ("2020-07-03", None, False)]),
    ),
    "somebody else comes after": (
        [
            ("2014-04-25", "ROCHE,Lucie", "2014-03-23", "2014-04-05"),
            ("2019-10-31", "CLERC,Paul", "2014-03-23", "2017-07-01"),
        ],
        (Outcome.ELECTED, [("2014-04-05", "2017-06", False)]),
    ),
    "somebody else comes after, nobody knows when": (
        [
            ("2014-04-25", "ROCHE,Lucie", "2014-03-23", "2014-04-05"),
            ("2019-10-31", "CLERC,Paul", "", ""),
        ],
        (Outcome.ELECTED, [("2014-04-05", None, True)]),
    ),
    "back after a time out of office within the term": (
        [
            ("2014-04-25", "ROCHE,Lucie", "2014-03-23", "2014-03-30"),
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2018-11-05"),
        ],
        (Outcome.ELECTED, [("2014-03-30", None, True), ("2018-11-05", None, False)]),
    ),
    "another held the office from the election on": (
        [("2014-04-25", "CLERC,Paul", "2014-03-23", "2014-04-05")],
        (Outcome.DEFEATED, []),
    ),
    "another holds the office since later": (
        [("2019-10-31", "CLERC,Paul", "2014-03-23", "2017-07-01")],
        (None, []),
    ),
    "another holds the office, nobody knows since when": (
        [("2019-10-31", "CLERC,Paul", "", "")],
        (None, []),
    ),
    "in office by a later election": (
        [
            ("2014-04-25", "CLERC,Paul", "2014-03-23", "2014-04-05"),
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2017-07-01"),
        ],
        (Outcome.DEFEATED, [("2017-07-01", None, False)]),
    ),
    "a woman of another surname holds the office": (
        [("2014-04-25", "DUMAS,Lucie", "2014-03-23", "2014-04-05")],
        (None, []),
    ),
    "somebody of the same surname holds the office": (
        [("2014-04-25", "ROCHE,Paul", "2014-03-23", "2014-04-05")],
        (None, []),
    ),
    "a council of a second round that was put off": (
        [("2014-12-31", "ROCHE,Lucie", "2014-07-06", "2014-07-10")],
        (Outcome.ELECTED, [("2014-07-10", None, False)]),
    ),
    "another, of a second round that was put off": (
        [("2014-12-31", "CLERC,Paul", "2014-07-06", "2014-07-10")],
        (Outcome.DEFEATED, []),
    ),
    "a council of an election held again": (
        [("2014-12-31", "ROCHE,Lucie", "2014-09-28", "2014-10-04")],
        (None, [("2014-10-04", None, False)]),
    ),
    "the first state knows no mayor there": (
        [("2014-04-25", "", "", ""), ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2014-04-05")],
        (Outcome.ELECTED, [("2014-04-05", None, False)]),
    ),
    "nobody holds the office": ([("2014-04-25", "", "", "")], (None, [])),
    "the state is of before the election": (
        [("2013-04-25", "ROCHE,Lucie", "2008-03-23", "2008-04-05")],
        (None, []),
    ),
}

#: The same in a pact whose term ends with the councils of 2020.
IN_THE_TERM = {
    "elected again with the next council": (
        [
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2014-04-05"),
            ("2020-12-31", "ROCHE,Lucie", "2020-06-28", "2020-07-03"),
        ],
        (Outcome.ELECTED, [("2014-04-05", "2020-07", "term_end")]),
    ),
    "another with the next council": (
        [
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2014-04-05"),
            ("2020-12-31", "CLERC,Paul", "2020-05-18", "2020-05-23"),
        ],
        (Outcome.ELECTED, [("2014-04-05", "2020-05", "term_end")]),
    ),
    "the next council is of a year that the register mistypes": (
        [
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2014-04-05"),
            ("2020-12-31", "CLERC,Paul", "2020-05-18", "0020-05-23"),
        ],
        (Outcome.ELECTED, [("2014-04-05", "2020-05", "term_end")]),
    ),
    "nobody knows since when the next council": (
        [
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2014-04-05"),
            ("2020-12-31", "ROCHE,Lucie", "", ""),
        ],
        (Outcome.ELECTED, [("2014-04-05", None, "term_end")]),
    ),
    "only with the next council": (
        [
            ("2019-10-31", "CLERC,Paul", "2014-03-23", "2014-04-05"),
            ("2020-12-31", "ROCHE,Lucie", "2020-06-28", "2020-07-03"),
        ],
        (Outcome.DEFEATED, []),
    ),
    "two mandates, then the next council": (
        [
            ("2014-04-25", "ROCHE,Lucie", "2014-03-23", "2014-03-30"),
            ("2017-12-31", "CLERC,Paul", "2014-03-23", "2017-07-17"),
            ("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2018-11-05"),
            ("2020-12-31", "CLERC,Paul", "2020-06-28", "2020-07-04"),
        ],
        (
            Outcome.ELECTED,
            [("2014-03-30", "2017-07", "other"), ("2018-11-05", "2020-07", "term_end")],
        ),
    ),
    "a council of a merged commune begins within the term": (
        [
            ("2014-04-25", "ROCHE,Lucie", "2014-03-23", "2014-03-30"),
            ("2019-10-31", "ROCHE,Lucie", "2016-01-05", "2016-01-05"),
        ],
        (Outcome.ELECTED, [("2014-03-30", "2016-01", "other"), ("2016-01-05", None, None)]),
    ),
    "the council of before still sits": (
        [("2014-03-31", "ROCHE,Lucie", "2008-03-16", "2008-03-22")],
        (None, []),
    ),
    "the council of before still sits, without its days": (
        [("2014-03-31", "ROCHE,Lucie", "", "")],
        (None, []),
    ),
    "another, of the council of before": (
        [("2014-03-31", "CLERC,Paul", "2008-03-16", "2008-03-22")],
        (None, []),
    ),
    "a beginning before that of the council is none": (
        [("2019-10-31", "ROCHE,Lucie", "2014-03-23", "2008-03-22")],
        (None, [(None, None, None)]),
    ),
}


@pytest.mark.parametrize("case", IN_THE_TERM)
def test_what_a_pact_s_term_does_not_hold_is_left_out(case):
    states, (outcome, mandates) = IN_THE_TERM[case]
    registers = [
        register(f"{PARIS},{who},F,{term},{start}\n", day) for day, who, term, start in states
    ]
    (proposal,) = propose_matches([SIGNED], registers, ELECTION, date(2020, 7, 5))
    assert [(one.started_on, one.ended_on, one.end_reason) for one in proposal.mandates] == mandates
    assert proposal.outcome == outcome


def judge(proposal, judgement: Judgement) -> dict:
    return {SIGNED.id: {one.person.key: judgement for one in proposal.shown if one.person}}


@pytest.mark.parametrize(
    ("who", "level", "judgement", "outcome", "started"),
    [
        ("DUMAS,Lucie", Level.TO_SEE, Judgement.SAME, Outcome.ELECTED, ["2014-04-05"]),
        ("ROCHE,L", Level.PROBABLE, Judgement.SAME, Outcome.ELECTED, ["2014-04-05"]),
        ("ROCHE,Lucie", Level.CERTAIN, Judgement.OTHER, None, []),
        ("ROCHE,Paul", Level.TO_SEE, Judgement.OTHER, None, []),
        ("CLERC,Paul", Level.NONE, Judgement.OTHER, None, []),
        ("CLERC,Paul", Level.NONE, Judgement.DEFEATED, Outcome.DEFEATED, []),
    ],
)
def test_what_a_person_said_of_two_names_goes_before_their_likeness(
    who, level, judgement, outcome, started
):
    states = [register(f"{PARIS},{who},F,2014-03-23,2014-04-05\n", "2014-04-25")]
    (before,) = propose_matches([SIGNED], states, ELECTION)
    (after,) = propose_matches([SIGNED], states, ELECTION, judgements=judge(before, judgement))
    assert before.level is level
    assert after.level is (Level.CERTAIN if judgement is Judgement.SAME else Level.NONE)
    assert (after.outcome, [one.started_on for one in after.mandates]) == (outcome, started)


def test_a_proposal_is_as_sure_as_the_least_sure_name_that_it_rests_on():
    states = [
        register(f"{PARIS},ROCHE,Lucie,F,2014-03-23,2014-04-05\n", "2014-04-25"),
        register(f"{PARIS},DUMAS,Lucie,F,2014-03-23,2017-04-05\n", "2019-10-31"),
    ]
    (proposal,) = propose_matches([SIGNED], states, ELECTION)
    assert proposal.level is Level.TO_SEE
    assert [one.person.family for one in proposal.shown if one.person] == ["ROCHE", "DUMAS"]


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "backwards"])
@pytest.mark.parametrize("case", STATES)
def test_states_of_the_register_propose_what_they_show_and_no_more(case, order):
    states, (outcome, mandates) = STATES[case]
    registers = [
        register(f"{PARIS if who else LYON},{who or 'CLERC,Paul'},F,{term},{start}\n", day)
        for day, who, term, start in states
    ]
    (proposal,) = propose_matches([SIGNED], registers[::order], ELECTION)
    assert proposal.outcome == outcome
    assert [(one.started_on, one.ended_on, one.gap) for one in proposal.mandates] == mandates

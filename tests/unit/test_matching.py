"""Names as people write them against a register's, and what states of a register say together."""

import io
from datetime import date

import pytest

from monitor.intake.unreadable import Unreadable
from monitor.matching.matches import Judgement, Signatory, match_signatories, propose
from monitor.matching.names import Level, compare_names
from monitor.matching.register import day_in_name, read_register
from monitor.models import Outcome

CERTAIN = [
    ("Jeanne Le Goff", "LE GOFF", "Jeanne"),
    ("LE GOFF Jeanne", "LE GOFF", "Jeanne"),
    ("jeanne legoff", "LE GOFF", "Jeanne"),
    ("Mme Jeanne Le Goff", "LE GOFF", "Jeanne"),
    ("Dr. Jeanne Le Goff", "LE GOFF", "Jeanne"),
    ("Étienne Noël", "NOEL", "Etienne"),
    ("Œdipe Strauß", "STRAUSS", "Oedipe"),
    ("Jean-Pierre Lefebvre", "LEFEBVRE", "Jean Pierre"),
    ("Jean Lefebvre", "LEFEBVRE", "Jean-Pierre"),
    ("Claire Tournier-Vasseur", "TOURNIER", "Claire"),
    ("Claire Vasseur", "TOURNIER VASSEUR", "Claire"),
    ("Claire Tournier née Vasseur", "VASSEUR", "Claire"),
    ("Claire Tournier", "TOURNIER EPOUSE VASSEUR", "Claire"),
    ("Claire Vasseur", "TOURNIER ÉP. VASSEUR", "Claire"),
    ("Hugues de la Tournelle", "TOURNELLE (DE LA)", "Hugues"),
    ("Hugues Tournelle", "DE LA TOURNELLE", "Hugues"),
    ("Hugues d'Arcy", "D ARCY", "Hugues"),
    ("Paulette Marchant", "MARCHAND", "Paulette"),
]
PROBABLE = [
    ("J. Le Goff", "LE GOFF", "Jeanne"),
    ("J.-P. Lefebvre", "LEFEBVRE", "Jean-Pierre"),
    ("JP Lefebvre", "LEFEBVRE", "Jean-Pierre"),
    ("Jeane Le Goff", "LE GOFF", "Jeanne"),
    ("Jean Tournier", "TOURNIER VASSEUR", "Jean Pierre"),
]
TO_SEE = [
    ("Marc Le Goff", "LE GOFF", "Jeanne"),
    ("Jo Le Goff", "LE GOFF", "Jeanne"),
    ("Le Goff", "LE GOFF", "Jeanne"),
    ("Mme Le Goff", "LE GOFF", "Jeanne"),
    ("M. Martin", "MARTIN", "Paul"),
    ("Jeanne Le Goff", "LE GOFF", ""),
]
NONE = [
    ("Jeanne Roy", "RAY", "Paul"),
    ("Paul Roy", "RAY", "Paul"),
    ("Paul-Henri Dupuis", "HENRI", "Paul"),
    ("", "LE GOFF", "Jeanne"),
    ("Jeanne Le Goff", "", "Jeanne"),
    ("- -", "-", "-"),
]


@pytest.mark.parametrize(
    ("level", "text", "family", "given"),
    [
        (level, *names)
        for level, table in {
            Level.CERTAIN: CERTAIN,
            Level.PROBABLE: PROBABLE,
            Level.TO_SEE: TO_SEE,
            Level.NONE: NONE,
        }.items()
        for names in table
    ],
)
def test_a_name_is_as_near_to_a_register_s_as_a_clerk_would_say(level, text, family, given):
    assert compare_names(text, family, given) is level


def test_the_same_given_name_of_a_woman_is_worth_being_seen():
    assert compare_names("Claire Tournier", "VASSEUR", "Claire", woman=True) is Level.TO_SEE
    assert compare_names("Claude Tournier", "VASSEUR", "Claude", woman=False) is Level.NONE


def test_m_before_a_family_name_may_be_a_title_or_an_initial():
    assert compare_names("M. Martin", "MARTIN", "Michel") is Level.PROBABLE
    assert compare_names("M. Paul Martin", "MARTIN", "Paul") is Level.CERTAIN


HEADER = "insee,nom,prenom,sexe,date_debut_mandat,date_debut_fonction\n"
OFFICIAL = (
    "Code du département;Code de la commune;Libellé de la commune;Nom de l'élu;Prénom de l'élu;"
    "Code sexe;Date de naissance;Date de début du mandat;Date de début de la fonction\n"
)
PARIS, LYON = "75056", "69123"


def register(rows: str, day: str, header: str = HEADER):
    return read_register(io.BytesIO((header + rows).encode()), "r.csv", date.fromisoformat(day))


def test_the_ministry_s_own_file_is_read_by_its_headers():
    rows = f"75;{PARIS};Paris;ROCHE;Lucie;F;01/02/1960;23/03/2014;05/04/2014\n"
    (person,) = register(rows, "2019-10-31", OFFICIAL).by_commune[PARIS]
    assert (person.given, person.family, person.woman) == ("Lucie", "ROCHE", True)
    assert person.started_on == date(2014, 4, 5)


def test_a_commune_that_has_merged_since_is_found_under_the_code_of_today():
    assert list(
        register("01033,ROCHE,Lucie,F,,\n01091,CLERC,Paul,M,,\n", "2014-04-25").by_commune
    ) == ["01033"]


@pytest.mark.parametrize(
    ("day", "started", "code"),
    [
        ("0018-01-08", date(2018, 1, 8), "short_year"),
        ("2019-12-05", date(2019, 5, 12), "turned_day"),
        ("2019-12-25", None, "day_to_come"),
        ("un jour", None, "no_day"),
        ("2008-03-15", None, "before_council"),
        ("2018", None, "no_day"),
    ],
)
def test_a_day_that_cannot_be_is_mended_or_left_out_and_reported(day, started, code):
    found = register(f"{PARIS},ROCHE,Lucie,F,2014-03-23,{day}\n", "2019-10-31")
    assert found.by_commune[PARIS][0].started_on == started
    assert [(fault.line, fault.code, fault.value) for fault in found.faults] == [(2, code, day)]


def test_a_person_listed_twice_is_one_with_the_later_day():
    rows = f"{PARIS},ROCHE,Lucie,F,,2014-04-05\n{PARIS},Roche,LUCIE,F,,2016-01-02\n"
    found = register(rows, "2019-10-31")
    assert [person.started_on for person in found.by_commune[PARIS]] == [date(2016, 1, 2)]
    assert [fault.code for fault in found.faults] == ["twice"]


def test_of_two_holders_of_one_office_none_is_certain_and_nobody_is_defeated():
    rows = f"{PARIS},ROCHE,Lucie,F,,2014-04-05\n{PARIS},CLERC,Paul,M,,2014-04-05\n"
    names = [Signatory("a", "Lucie Roche", PARIS), Signatory("b", "Ève Dumas", PARIS)]
    proposals = propose(names, [register(rows, "2014-04-25")], date(2014, 3, 23))
    assert [one.level for one in proposals] == [Level.PROBABLE, Level.NONE]
    assert [one.outcome for one in proposals] == [None, None]


def test_two_signatories_who_would_both_be_one_mayor_are_both_for_a_person_to_see():
    names = [Signatory("a", "Lucie Roche", PARIS), Signatory("b", "ROCHE Lucie", PARIS)]
    found = match_signatories(names, register(f"{PARIS},ROCHE,Lucie,F,,\n", "2014-04-25"))
    assert [one.level for one in found] == [Level.PROBABLE] * 2


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("nom,prenom\n", "code insee"),
        ("insee,nom\n", "prenom de l elu"),
        ("a,b\n", "code insee, nom de l elu, prenom de l elu"),
    ],
)
def test_a_file_that_is_no_register_is_refused_by_the_columns_that_it_lacks(header, missing):
    with pytest.raises(Unreadable, match="register_without") as raised:
        register("", "2014-04-25", header)
    assert raised.value.error.values == (("columns", missing),)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04nothing", b"insee,nom,prenom\n\xff\xfe,\x00\n"]
)
def test_a_damaged_register_is_refused_with_the_reason(content):
    with pytest.raises(Unreadable):
        read_register(io.BytesIO(content), "r.csv", date(2014, 4, 25))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("maires_2014-04-25.csv", date(2014, 4, 25)),
        ("maires-2019-10.csv", date(2019, 10, 31)),
        ("elus-maires-2.csv", None),
        ("maires_2014-13-45.csv", None),
        ("12014-04-25.csv", None),
    ],
)
def test_the_name_of_a_file_may_say_the_day_of_its_state(name, day):
    assert day_in_name(name) == day


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
    (proposal,) = propose([SIGNED], registers, ELECTION, date(2020, 7, 5))
    assert [(one.started_on, one.ended_on, one.end_reason) for one in proposal.mandates] == mandates
    assert proposal.outcome == outcome


def judge(proposal, said: Judgement) -> dict:
    return {SIGNED.id: {one.person.key: said for one in proposal.shown if one.person}}


@pytest.mark.parametrize(
    ("who", "level", "said", "outcome", "started"),
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
    who, level, said, outcome, started
):
    states = [register(f"{PARIS},{who},F,2014-03-23,2014-04-05\n", "2014-04-25")]
    (before,) = propose([SIGNED], states, ELECTION)
    (after,) = propose([SIGNED], states, ELECTION, judgements=judge(before, said))
    assert before.level is level
    assert after.level is (Level.CERTAIN if said is Judgement.SAME else Level.NONE)
    assert (after.outcome, [one.started_on for one in after.mandates]) == (outcome, started)


def test_a_proposal_is_as_sure_as_the_least_sure_name_that_it_rests_on():
    states = [
        register(f"{PARIS},ROCHE,Lucie,F,2014-03-23,2014-04-05\n", "2014-04-25"),
        register(f"{PARIS},DUMAS,Lucie,F,2014-03-23,2017-04-05\n", "2019-10-31"),
    ]
    (proposal,) = propose([SIGNED], states, ELECTION)
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
    (proposal,) = propose([SIGNED], registers[::order], ELECTION)
    assert proposal.outcome == outcome
    assert [(one.started_on, one.ended_on, one.gap) for one in proposal.mandates] == mandates

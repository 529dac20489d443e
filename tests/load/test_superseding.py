"""Corrections and retractions in files: never of somebody else's entry, and mended together."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.errors import InvalidRow, Refused
from monitor.models import Decision, Kind
from tests.support.clock import NOW
from tests.support.team import LATER, action, team_of

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
PARIS, LYON = "hidalgo-paris", "collomb-lyon"
HEADER = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "supersedes,reason\n"
)


def says(name: str, who: str, measure: str = "1", target: str = "", status="decided") -> str:
    reason = "Erreur" if target else ""
    return f"{name},{who},{measure},2018-03-01,,{status},Acte,press,Titre,{target},{reason}\n"


def withdraws(name: str, who: str, target: str, measure: str = "1") -> str:
    return f"{name},{who},{measure},2018-03-01,retraction,,,,,{target},Erreur\n"


ONE = says("one", PARIS)


def load(store, *rows: str, content="actions", header=HEADER, who=None, **options):
    text = header + "".join(rows)
    # An id about another commitment is refused unless the file is said to be the newer one.
    options = {"now": NOW if who is None else LATER, "newer": True, **options}
    return commands.load(
        store, content, file_in_memory(text), pact_id=PACT, name="f.csv", who=who, **options
    )


def codes(report) -> list[str]:
    return [error.code for error in report.errors]


def about(store) -> dict[str, str]:
    """Whom the last version of each entry of these tests is about."""
    with store.reading() as session:
        return dict(
            session.rows(
                "SELECT a.action_id, c.signatory_id FROM action a "
                "JOIN commitment c ON c.id = a.commitment_id "
                "WHERE a.action_id IN ('one', 'fix') ORDER BY a.seq"
            )
        )


@pytest.mark.parametrize(
    "row",
    [
        withdraws("bad", LYON, "one"),
        withdraws("bad", PARIS, "one", measure="2"),
        says("bad", LYON, target="one"),
    ],
)
def test_an_entry_about_another_commitment_is_neither_withdrawn_nor_corrected(store, row):
    load(store, ONE)
    assert codes(load(store, row)) == ["supersedes_other"]
    assert codes(load(store, ONE.replace("one", "two"), row.replace("one", "two"))) == [
        "supersedes_other"
    ]


def test_a_wrong_measure_is_a_real_correction(store):
    load(store, ONE)
    assert load(store, says("fix", PARIS, "2", "one")).outcomes == {"created": 1}


def test_a_signatory_typed_wrong_is_mended_by_the_same_row(store):
    load(store, ONE)
    assert load(store, ONE.replace(PARIS, LYON)).outcomes == {"corrected": 1}
    assert about(store) == {"one": LYON}


@pytest.mark.parametrize("reverse", [False, True])
def test_an_entry_and_its_correction_are_mended_together_in_any_order(store, reverse):
    rows = [ONE, says("fix", PARIS, target="one", status="announced")]
    load(store, *rows)
    mended = [row.replace(PARIS, LYON) for row in rows]
    assert load(store, *(reversed(mended) if reverse else mended)).outcomes == {"corrected": 2}
    assert about(store) == {"one": LYON, "fix": LYON}


def test_an_id_whose_file_is_gone_is_not_another_s_while_a_correction_names_it(store):
    load(store, ONE)
    with store.reading() as session:
        ((file,),) = session.rows("SELECT max(seq) FROM load")
    load(store, says("fix", PARIS, target="one", status="announced"))
    commands.withdraw_load(store, None, file, "Faux.", LATER)
    assert codes(load(store, ONE.replace(PARIS, LYON), now=LATER)) == ["superseded_by_other"]
    assert load(store, ONE, now=LATER).outcomes == {"created": 1}


@pytest.mark.parametrize("moved", [0, 1])
def test_of_an_entry_and_its_correction_one_alone_does_not_come_to_be_about_another(store, moved):
    rows = [ONE, says("fix", PARIS, target="one", status="announced")]
    load(store, *rows)
    report = load(store, rows[moved].replace(PARIS, LYON))
    assert codes(report) == [["superseded_by_other"], ["supersedes_other"]][moved]


def test_what_names_a_refused_row_is_refused_with_it(store):
    load(store, ONE)
    rows = [
        says("bad", LYON, target="one"),
        says("next", LYON, target="bad"),
        says("good", PARIS, target="one"),
    ]
    report = load(store, *rows, skip_rejected=True)
    assert codes(report) == ["supersedes_other", "unknown_supersedes"]
    assert report.outcomes == {"rejected": 2, "created": 1}


def test_a_tie_holds_for_whom_an_entry_was_about_before(store):
    team = team_of(store)
    load(store, ONE)
    commands.change_account(store, team.admin, "Camille", communes=["75056"], now=LATER)
    report = load(store, ONE.replace(PARIS, LYON), who=team.volunteer)
    assert codes(report) == ["conflict_of_interest"]
    assert load(store, ONE.replace(PARIS, LYON), who=team.other).outcomes == {"corrected": 1}


def test_a_reviewer_tied_to_whom_an_entry_was_about_does_not_accept_its_file(store):
    team = team_of(store)
    load(store, ONE)
    load(store, ONE.replace(PARIS, LYON), who=team.volunteer)
    commands.change_account(store, team.admin, "Sacha", communes=["75056"], now=LATER)
    with store.reading() as session:
        ((file,),) = session.rows("SELECT max(seq) FROM load")
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.review_load(store, team.reviewer, file, Decision.ACCEPTED, now=LATER)
    commands.review_load(store, team.second, file, Decision.ACCEPTED, now=LATER)


def test_the_form_neither_corrects_nor_withdraws_an_entry_about_somebody_else(store):
    team = team_of(store)
    load(store, ONE)
    for kind, status in ((Kind.ASSESSMENT, "decided"), (Kind.RETRACTION, "")):
        wrong = action(supersedes="one", reason="Erreur", kind=kind, status=status)
        with pytest.raises(InvalidRow) as raised:
            commands.log_action(store, team.volunteer, wrong, LATER)
        assert [error.code for error in raised.value.errors] == ["supersedes_other"]


def test_the_form_takes_an_entry_for_what_it_is_about_now(store):
    team = team_of(store)
    load(store, ONE)
    load(store, ONE.replace(PARIS, LYON))
    right = action(supersedes="one", reason="Erreur", happened_on="2018-03-01")
    assert commands.log_action(store, team.volunteer, right, LATER).seq


PEOPLE = "signatory_id,name,commune,outcome,measures\n"


def signed(store, measures: str):
    return load(store, f"x,X Y,01004,elected,{measures}\n", content="signatories", header=PEOPLE)


def test_what_is_about_a_measure_that_was_given_up_is_refused(store):
    signed(store, "1;2;3")
    signed(store, "3")
    assert codes(load(store, says("one", "x", "1"))) == ["not_committed"]
    assert load(store, says("one", "x", "3")).loaded


def test_what_was_loaded_before_the_measure_was_given_up_is_unchanged(store):
    signed(store, "1;2;3")
    load(store, says("one", "x", "1"))
    signed(store, "3")
    assert load(store, says("one", "x", "1")).outcomes == {"unchanged": 1}


def test_the_form_takes_nothing_about_a_measure_that_was_given_up(store):
    team = team_of(store)
    signed(store, "1;2;3")
    signed(store, "3")
    with pytest.raises(InvalidRow) as raised:
        commands.log_action(store, team.volunteer, action(signatory_id="x"), LATER)
    assert [error.code for error in raised.value.errors] == ["not_committed"]


def test_a_measure_that_is_taken_up_again_takes_entries_again(store):
    signed(store, "1;2")
    signed(store, "2")
    signed(store, "1;2;3")
    assert load(store, says("one", "x", "1")).outcomes == {"created": 1}

"""Mandates in files: nobody holds one office twice at once."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.commands.mandates import surely_overlap
from monitor.store.journal import Journal
from tests.support.clock import NOW

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
HEADER = "signatory_id,office,started_on,ended_on,end_reason\n"
OPEN = "havard-lyon,mayor,2014-04-05,,\n"
NEXT = "havard-lyon,mayor,2017-07-11,,\n"


def load(store, *rows: str):
    text = HEADER + "".join(rows)
    return commands.load(
        store, "mandates", file_in_memory(text), pact_id=PACT, name="f.csv", now=NOW
    )


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (("2014-04-05", None), ("2014-04-06", None), True),
        (("2014-04-05", "2017-07-10"), ("2017-07-10", None), False),
        (("2014-04-05", "2017-07-11"), ("2017-07-10", None), True),
        (("2014", "2017"), ("2017", "2020"), False),
        (("2014", "2018"), ("2017-07", None), True),
        (("2014", None), ("2014-04-05", None), True),
    ],
)
@pytest.mark.sqlite
def test_two_mandates_overlap_where_they_surely_do(one, other, wanted):
    assert surely_overlap(one, other) is surely_overlap(other, one) is wanted


def test_a_beginning_that_is_changed_by_a_day_is_no_second_mandate(store):
    load(store, OPEN)
    (error,) = load(store, OPEN.replace("04-05", "04-06")).errors
    assert (error.code, error.column, dict(error.values)) == (
        "mandate_overlaps",
        "started_on",
        {"held": "2014-04-05/.."},
    )


def test_a_mandate_follows_another_that_the_same_file_ends_wherever_it_stands(store):
    load(store, OPEN)
    ended = OPEN.replace(",,", ",2017-07-10,resignation")
    assert load(store, NEXT, ended).outcomes == {"created": 1, "corrected": 1}


def test_of_two_new_mandates_at_once_the_second_is_refused(store):
    report = load(store, OPEN, NEXT)
    assert [(error.line, error.code) for error in report.errors] == [(3, "mandate_overlaps")]


def test_two_offices_or_two_people_may_overlap(store):
    rows = [OPEN, OPEN.replace("mayor", "deputy_mayor"), OPEN.replace("havard", "collomb")]
    assert load(store, *rows[:2]).outcomes == {"created": 2}


def test_a_file_with_mandates_that_overlap_in_the_log_already_changes_nothing(store):
    load(store, OPEN)
    with store.writing() as session:
        journal = Journal(session, "operator", NOW)
        seq = journal.append("load", [((PACT, "mandates", "old", 1), (), ())])
        facts = (PACT, "havard-lyon", "mayor", "2017-07-11", 1, None, None)
        journal.append("mandate", [(facts, (None,), ())], load_seq=seq)
    assert load(store, OPEN, NEXT).outcomes == {"unchanged": 2}
    ended = OPEN.replace(",,", ",2017-07-10,resignation")
    assert load(store, ended).outcomes == {"corrected": 1}

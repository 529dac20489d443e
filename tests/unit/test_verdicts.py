"""Who is bound, the verdict and the lateness: the edges of offices and of due dates, by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor import status
from tests.support.folds import BOTH, one, world
from tests.support.random_logs import PACT, World, action, area, log_of, mandate, measure, signatory

DUE = signatory(1, due_on="2016-04-05")
LEFT = mandate(2, ended_on="2017-07-16", end_reason="resignation")
BACK = mandate(3, started_on="2018-11-05", ended_on="2020-07-03", end_reason="term_end")
LATER = datetime(2021, 5, 5, tzinfo=UTC)


def on(text: str) -> date:
    return date.fromisoformat(text)


@BOTH
@pytest.mark.parametrize("day", ["2015-01-01", "2016-04-05", "2018-11-05", "2020-07-05"])
def test_who_takes_office_after_the_due_date_is_not_bound_and_never_left(fold, day):
    found = one(fold, world(action(4), person=DUE, mandates=(BACK,)), on(day))
    assert (found["binding"], found["verdict"], found["lateness"]) == (False, "not_bound", None)


@BOTH
@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2017-07-16", "pending"),
        ("2017-07-17", "kept"),
        ("2018-01-01", "kept"),
        ("2019-06-01", "kept"),
        ("2020-07-05", "kept"),
    ],
)
def test_who_is_back_after_the_due_date_keeps_the_verdict_of_the_last_day_before_it(
    fold, day, verdict
):
    """What is done or undone in the second office binds no more, and erases nothing."""
    due = signatory(1, due_on="2018-01-01")
    done, undone = action(4, "2016-01-01", "implemented"), action(5, "2019-01-01", "abandoned")
    found = one(fold, world(done, undone, person=due, mandates=(LEFT, BACK)), on(day))
    assert (found["verdict"], found["lateness"]) == (verdict, None)


@BOTH
def test_that_somebody_comes_back_is_known_once_the_log_says_so(fold):
    back = BACK | {"recorded_at": LATER, "accepted_at": LATER}
    log = world(mandates=(LEFT, back))
    before = LATER - timedelta(microseconds=1)
    assert one(fold, log, on("2018-06-01"), before)["verdict"] == "mandate_ended"
    assert one(fold, log, on("2018-06-01"), LATER)["verdict"] == "pending"


@BOTH
def test_a_mandate_of_one_day_binds_on_that_day(fold):
    log = world(mandates=(mandate(2, started_on="2015-05-05", ended_on="2015-05-05"),))
    days = ("2015-05-04", "2015-05-05", "2015-05-06")
    assert [one(fold, log, on(day))["binding"] for day in days] == [False, True, False]
    assert one(fold, log)["verdict"] == "mandate_ended"


@BOTH
def test_a_mandate_that_begins_on_the_due_day_binds(fold):
    log = world(
        action(3, "2016-04-05"), person=DUE, mandates=(mandate(2, started_on="2016-04-05"),)
    )
    assert one(fold, log, on("2016-04-04"))["verdict"] == "pending"
    assert one(fold, log, on("2016-04-05"))["verdict"] == "unfinished"


@BOTH
@pytest.mark.parametrize(
    ("happened_on", "expected"),
    [
        ("2014-04-04", "not_assessed"),
        ("2014-04-05", "decided"),
        ("2017-07-16", "decided"),
        ("2017-07-17", "not_assessed"),
    ],
)
def test_the_first_and_the_last_day_in_office_are_in_office(fold, happened_on, expected):
    assert one(fold, world(action(3, happened_on), mandates=(LEFT,)))["status"] == expected


@BOTH
def test_a_date_that_touches_two_mandates_counts_by_the_end_of_the_last(fold):
    held = (
        mandate(2, ended_on="2017-03-01"),
        mandate(3, started_on="2017-04-01", ended_on="2017-07-16"),
    )
    for mandates in (held, held[::-1]):
        assert one(fold, world(action(4, "2017"), mandates=mandates))["since"] == on("2017-07-16")


@BOTH
def test_of_two_offices_held_at_once_the_one_that_is_held_longer_binds(fold):
    pact = replace(PACT, binding_offices=("mayor", "deputy_mayor"))
    held = (
        mandate(2, office="deputy_mayor", ended_on="2018-01-01"),
        mandate(3, started_on="2016-01-01", ended_on="2017-01-01"),
    )
    log = world(mandates=held).but(pact=pact)
    assert one(fold, log, on("2016-06-01"))["office"] == "deputy_mayor"


@BOTH
@pytest.mark.parametrize(
    ("offices", "are_said", "held", "office"),
    [
        (("mayor",), True, (), "mayor"),
        (("deputy_mayor",), True, (), "deputy_mayor"),
        (("mayor", "deputy_mayor"), True, (), ""),
        (("deputy_mayor", "mayor"), True, (), ""),
        (("mayor",), False, (), ""),
        (("mayor", "deputy_mayor"), True, (mandate(2, office="deputy_mayor"),), "deputy_mayor"),
        (("mayor",), False, (mandate(2),), "mayor"),
    ],
)
def test_the_office_of_who_is_presumed_to_hold_one_is_said_only_if_it_is_known(
    fold, offices, are_said, held, office
):
    pact = replace(PACT, binding_offices=offices, offices_said=are_said)
    found = one(fold, world().but(pact=pact, mandates=held), on("2016-06-01"))
    assert (found["binding"], found["office"]) == (True, office)


@BOTH
def test_nobody_is_in_office_after_the_term(fold):
    held = (mandate(2, ended_on="2021-12-31", end_reason="other"),)
    log = world(action(3, "2020-08-01", "implemented"), mandates=held)
    found = one(fold, log, on("2021-06-01"))
    assert (found["binding"], found["status"]) == (True, "not_assessed")
    people = status.fold_people(status.what_is_known(log_of(log)), on("2021-06-01"))
    assert people["in_office"].tolist() == [False]


@BOTH
@pytest.mark.parametrize(
    ("assessments", "day", "lateness"),
    [
        ([("2015-05-01", "implemented")], "2016-04-04", None),
        ([("2015-05-01", "implemented")], "2016-04-05", "on_time"),
        ([("2016-04-06", "implemented")], "2016-04-05", "overdue"),
        ([("2016-04-06", "implemented")], "2016-04-06", "late"),
        # met on the due day: what follows does not change that
        ([("2015", "implemented"), ("2017", "in_progress")], "2018-01-01", "on_time"),
        (
            [("2015", "implemented"), ("2017", "in_progress"), ("2018", "implemented")],
            "2019-01-01",
            "on_time",
        ),
        # not met any more on the due day
        ([("2015-01", "implemented"), ("2016-01", "stalled")], "2016-04-05", "overdue"),
        (
            [("2015-01", "implemented"), ("2016-01", "stalled"), ("2018", "implemented")],
            "2019-01-01",
            "late",
        ),
        ([("2016-01", "implemented"), ("2016-04-05", "stalled")], "2016-05-01", "overdue"),
        # met later, for a time
        ([("2017", "implemented"), ("2018", "stalled")], "2019-01-01", "late"),
        # what is said last of a day is what that day says
        ([("2016-04-05", "implemented"), ("2016-04-05", "stalled")], "2016-05-01", "overdue"),
        ([("2016-04-06", "implemented"), ("2016-04-06", "stalled")], "2016-05-01", "overdue"),
        ([("2015", "implemented"), ("2017", "not_applicable")], "2018-01-01", None),
    ],
)
def test_lateness_says_when_the_criterion_was_met(fold, assessments, day, lateness):
    entries = [action(seq, when, what) for seq, (when, what) in enumerate(assessments, start=3)]
    assert one(fold, world(*entries, person=DUE), on(day))["lateness"] == lateness


@BOTH
def test_what_was_implemented_in_time_and_given_up_later_is_broken_and_was_on_time(fold):
    log = world(action(3, "2015", "implemented"), action(4, "2017", "abandoned"), person=DUE)
    found = one(fold, log, on("2018-01-01"))
    assert (found["verdict"], found["lateness"]) == ("broken", "on_time")


@BOTH
@pytest.mark.parametrize(
    ("own", "due", "bound"), [(None, "2018-05-18", True), ("2020-07-05", "2020-07-05", False)]
)
def test_a_term_cut_short_is_when_what_has_no_due_date_of_its_own_is_due(fold, own, due, bound):
    """What has one keeps it: whoever left before it keeps what the last day in office had earned."""
    shorter = replace(PACT, term_end=on("2018-05-18"))
    log = world(action(3, status="implemented"), person=signatory(1, due_on=own))
    log = log.but(later=((LATER, shorter),))
    for day in ("2018-05-19", "2020-07-05"):
        found = one(fold, log, on(day))
        assert (found["due_on"], found["binding"], found["verdict"]) == (on(due), bound, "kept")
    before = LATER - timedelta(microseconds=1)
    assert one(fold, log, on("2018-05-19"), before)["verdict"] == "pending"


@BOTH
def test_signatories_keep_the_order_in_which_they_came(fold):
    people = (
        signatory(1),
        signatory(2, "s2"),
        signatory(3, name="s1", list="L"),
        signatory(4, "s3"),
        signatory(5, "s2", list="L"),
    )
    rows = fold(World(signatories=people), on("2020-07-05"), None)
    assert [row["signatory_id"] for row in rows] == ["s1", "s1", "s2", "s2", "s3", "s3"]


@BOTH
def test_an_area_is_called_what_it_was_called_then(fold):
    at = LATER
    renamed = area(
        3,
        name="Ailleurs",
        department_code="02",
        population=20_000.0,
        recorded_at=at,
        accepted_at=at,
        withdrawn_at=at + timedelta(days=9),
    )
    log = world().but(areas=(area(2), renamed))
    before, after = ("Un", "01", "lt_1000"), ("Ailleurs", "02", "10000_49999")
    for moment, expected in (
        (at - timedelta(microseconds=1), before),
        (at, after),
        (at + timedelta(days=9), before),
        (None, before),
    ):
        found = one(fold, log, known_at=moment)
        assert (found["commune_name"], found["department_code"], found["size"]) == expected


def test_a_commune_that_a_pact_named_otherwise_has_its_own_name_before():
    named = area(2, "75056", name="Lutèce", recorded_at=LATER, accepted_at=LATER)
    log = log_of(world(person=signatory(1, commune="75056")).but(areas=(named,)))
    known = [
        status.what_is_known(log, moment) for moment in (LATER - timedelta(microseconds=1), LATER)
    ]
    names = [each.signatories["commune_name"].tolist() for each in known]
    assert names == [["Paris"], ["Lutèce"]]


def test_a_version_of_the_pact_counts_from_the_very_time_of_its_recording():
    later = replace(PACT, measures=(measure("1"),))
    log = log_of(world().but(later=((LATER, later),)))
    before = LATER - timedelta(microseconds=1)
    known = [status.what_is_known(log, moment) for moment in (before, LATER, None)]
    assert [len(each.commitments) for each in known] == [2, 1, 1]

"""Changes, replies and lines of time: every day is read as the fold of that day reads it."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import status
from monitor.dates import date_of_day, day_number
from monitor.models import Office, Status
from tests.support.folds import world
from tests.support.random_logs import PACT, World, action, log_of, mandate, random_world, signatory
from tests.support.size import pick_amount

EVERY = [PACT.term_start + timedelta(days=263 * n) for n in range(10)]


def known_of(log: World) -> status.KnownPact:
    return status.what_is_known(log_of(log))


@settings(max_examples=pick_amount(25, 8))
@given(seed=st.integers(0, 10**9))
def test_the_line_of_time_says_on_every_day_what_that_day_says(seed):
    known = known_of(random_world(seed))
    runs, rows = status.status_runs(known), np.arange(0, len(known.owner), 2)
    # The days on which somebody takes or leaves office, or something is due or said, and those after.
    edges = np.unique(
        np.concatenate([known.starts.ravel(), known.ends.ravel(), known.due, known.assessments.day])
    )
    edges = [int(day) for day in edges if abs(day) < 2**29]
    some = [
        day + after for day in Random(seed).sample(edges, min(6, len(edges))) for after in (0, 1)
    ]
    days = sorted({*EVERY, *map(date_of_day, some)})
    lines = {
        (rows_given, office): status.over_time(runs, days, each, office).to_dict("records")
        for rows_given, each in ((False, None), (True, rows))
        for office in (None, Office.MAYOR, Office.DEPUTY_MAYOR)
    }
    for place, day in enumerate(days):
        every_state = state = status.fold(known, day)
        state = state[state["binding"]]
        for (rows_given, office), line in lines.items():
            kept = state[state.index.isin(rows)] if rows_given else state
            kept = kept if office is None else kept[kept["office"] == office]
            bound = kept["status"].value_counts()
            assert {name: line[place][name] for name in bound.index} == bound.to_dict()
            whole = sum(line[place][name] for name in (*Status, "ended", "not_yet"))
            assert whole == sum(line[0][name] for name in (*Status, "ended", "not_yet"))
            if office is None:
                every = every_state[every_state.index.isin(rows)] if rows_given else every_state
                gone = every.loc[every["ever_bound"] & ~every["binding"], "status_ever"]
                assert line[place]["ended"] == len(gone)
                last = {name: line[place][f"ended_{name}"] for name in gone.unique()}
                assert last == gone.value_counts().loc[lambda counts: counts > 0].to_dict()


def test_over_time_counts_what_binds_on_each_day():
    known = known_of(world(action(3, "2014-06", "decided"), action(4, "2015-06", "not_applicable")))
    days = [date(2014, 4, 1), date(2014, 5, 1), date(2015, 1, 1), date(2015, 7, 1)]
    table = status.over_time(status.status_runs(known), days)
    assert table["due"].tolist() == [0, 2, 2, 1]
    assert table["decided"].tolist() == [0, 0, 1, 0]
    assert table["not_applicable"].tolist() == [0, 0, 0, 1]


def test_two_mandates_that_overlap_bind_once():
    held = (
        mandate(2, ended_on="2016-01-01"),
        mandate(3, started_on="2015-01-01", ended_on="2017-01-01"),
    )
    runs = status.status_runs(known_of(world(mandates=held)))
    days = [
        date(2014, 6, 1),
        date(2015, 6, 1),
        date(2016, 1, 1),
        date(2016, 1, 2),
        date(2017, 1, 2),
    ]
    assert status.over_time(runs, days)["due"].tolist() == [2, 2, 2, 2, 1]


def test_a_mandate_that_begins_on_the_due_day_binds_from_then_on():
    log = world(
        person=signatory(1, due_on="2016-04-05"),
        mandates=(mandate(2, started_on="2016-04-05", ended_on="2016-05-01"),),
    )
    days = [date(2016, 4, 4), date(2016, 4, 5), date(2020, 1, 1)]
    assert status.over_time(status.status_runs(known_of(log)), days)["due"].tolist() == [0, 2, 2]


def test_changes_name_the_entry_that_made_each_step():
    log = world(
        action(3, "2014-06", "decided"),
        action(4, "2015-06", "decided"),
        action(5, "2016-06", "stalled"),
    )
    assert status.status_changes(known_of(log))["seq"].tolist() == [3, 5]


def test_changes_of_two_commitments_are_in_the_order_of_days_then_of_the_log():
    log = world(
        action(3, "2016-06", "stalled"),
        action(4, "2015-06", "decided", measure="2"),
        action(5, "2016-06", "implemented", measure="2"),
        action(6, "2014-06", "announced"),
        action(7, "2016-06", "partly_implemented"),
    )
    table = status.status_changes(known_of(log))
    codes = [each.value for each in Status]
    changes = [
        (row.row, row.seq, codes[row.before], codes[row.after]) for row in table.itertuples()
    ]
    assert changes == [
        (0, 6, "not_assessed", "announced"),
        (1, 4, "not_assessed", "decided"),
        (0, 3, "announced", "stalled"),
        (1, 5, "decided", "implemented"),
        (0, 7, "stalled", "partly_implemented"),
    ]


def test_of_two_replies_on_the_day_asked_the_later_is_the_last():
    log = world(
        action(3, "2016-06-01", None, kind="reply"),
        action(4, "2016-06-01", None, kind="reply"),
        action(5, "2016-06-02", None, kind="reply"),
        action(6, "2016-06-01", None),
    )
    columns = log_of(log)
    every = status.standing_replies(status.what_is_known(columns), columns.actions)
    assert every["seq"].tolist() == [3, 4, 5]
    for day, last in (("2016-05-31", []), ("2016-06-01", [4]), ("2016-06-02", [5])):
        assert status.last_replies(every, date.fromisoformat(day))["seq"].tolist() == last
    assert every["day"].tolist()[0] == day_number(date(2016, 6, 1))


def test_a_status_names_the_entry_that_began_its_run():
    log = world(
        action(3, "2014-06", "decided"),
        action(4, "2015-06", "stalled"),
        action(5, "2016-06", "stalled"),
    )
    table = status.fold(known_of(log), date(2020, 7, 5))
    assert table["said_by"].tolist() == [4, 0]


def test_a_run_of_one_commitment_does_not_begin_in_another():
    log = world(
        action(3, "2015", "decided"), action(4, "2016", "decided", measure="2"), person=signatory(1)
    )
    table = status.fold(known_of(log), date(2020, 7, 5))
    assert table["said_by"].tolist() == [3, 4]


def test_a_line_of_one_office_follows_who_holds_it():
    both = replace(PACT, binding_offices=(Office.MAYOR, Office.DEPUTY_MAYOR))
    held = (
        mandate(2, office="deputy_mayor", ended_on="2016-01-01"),
        mandate(3, started_on="2016-01-02"),
    )
    runs = status.status_runs(known_of(world(mandates=held).but(pact=both)))
    days = [date(2015, 1, 1), date(2016, 1, 1), date(2016, 1, 2), date(2020, 1, 1)]
    lines = [
        status.over_time(runs, days, office=office)["due"].tolist()
        for office in (None, Office.DEPUTY_MAYOR, Office.MAYOR)
    ]
    assert lines == [[2, 2, 2, 2], [2, 2, 0, 0], [0, 0, 2, 2]]

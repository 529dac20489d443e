"""The fold: each rule by hand, properties of every log, and a slow implementation that agrees."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import indicators, status
from tests.support import slow_fold
from tests.support.folds import (
    BOTH,
    DAYS,
    PEOPLE,
    days_of,
    fast,
    moments_of,
    one,
    rows_of,
    world,
)
from tests.support.random_logs import PACT, World, action, log_of, mandate, random_world, signatory
from tests.support.size import pick_amount

MOMENTS = [None, datetime(2014, 9, 1, tzinfo=UTC), datetime(2017, 3, 3, tzinfo=UTC)]
SEEDS = st.integers(0, 10**9)


@BOTH
@pytest.mark.parametrize(
    ("given_status", "verdict", "lateness"),
    [
        ("implemented", "kept", "on_time"),
        ("partly_implemented", "partly_kept", "overdue"),
        ("announced", "unfinished", "overdue"),
        ("decided", "unfinished", "overdue"),
        ("in_progress", "unfinished", "overdue"),
        ("stalled", "unfinished", "overdue"),
        ("not_started", "unfinished", "overdue"),
        ("abandoned", "broken", "overdue"),
        ("no_evidence", "not_established", "overdue"),
        ("not_applicable", "not_applicable", None),
    ],
)
def test_the_verdict_says_what_the_status_means_once_due(fold, given_status, verdict, lateness):
    found = one(fold, world(action(3, status=given_status)))
    assert (found["verdict"], found["lateness"]) == (verdict, lateness)


@BOTH
def test_nothing_said_is_not_established_never_broken(fold):
    assert one(fold, world())["verdict"] == "not_established"


@BOTH
def test_a_commitment_is_pending_until_the_day_before_it_is_due(fold):
    log = world(action(3), person=signatory(1, due_on="2016-04-05"))
    assert one(fold, log, date(2016, 4, 4))["verdict"] == "pending"
    assert one(fold, log, date(2016, 4, 5))["verdict"] == "unfinished"


@BOTH
@pytest.mark.parametrize(("day", "lateness"), [("2016-04-05", "on_time"), ("2016-04-06", "late")])
def test_lateness_is_about_the_due_date(fold, day, lateness):
    log = world(action(3, day, "implemented"), person=signatory(1, due_on="2016-04-05"))
    assert one(fold, log)["lateness"] == lateness


@BOTH
def test_due_is_the_signatory_s_else_the_measure_s_else_the_end_of_the_term(fold):
    rows = fold(world(), date(2020, 7, 5))
    assert [row["due_on"] for row in rows] == [PACT.term_end, date(2017, 1, 1)]
    own = world(person=signatory(1, due_on="2016-04-05"))
    assert [row["due_on"] for row in fold(own, date(2020, 7, 5))] == [date(2016, 4, 5)] * 2


@BOTH
@pytest.mark.parametrize(
    ("due_on", "day"),
    [("2016-04", date(2016, 4, 30)), ("2017", date(2017, 12, 31)), ("2032-03", date(2032, 3, 31))],
)
def test_a_due_date_counts_from_its_last_day_and_may_lie_beyond_the_term(fold, due_on, day):
    rows = fold(world(person=signatory(1, due_on=due_on)), date(2020, 7, 5))
    assert {row["due_on"] for row in rows} == {day}


@BOTH
def test_nothing_is_due_at_the_end_of_a_term_that_is_not_fixed(fold):
    log = world(action(3, status="implemented"), mandates=[mandate(2)])
    log = log.but(pact=replace(PACT, term_end=None))
    for day in (date(2020, 7, 5), date(2060, 1, 1)):
        rows = fold(log, day)
        assert [row["binding"] for row in rows] == [True, True]
        assert [row["due_on"] for row in rows] == [None, date(2017, 1, 1)]
        assert rows[0]["verdict"] == "pending"


@BOTH
@pytest.mark.parametrize("outcome", ["defeated", "unknown"])
def test_who_was_not_elected_and_holds_no_office_is_not_bound(fold, outcome):
    found = one(fold, world(action(3), person=signatory(1, outcome=outcome), mandates=()))
    assert (found["binding"], found["verdict"], found["status"]) == (
        False,
        "not_bound",
        "not_assessed",
    )


@BOTH
def test_an_elected_signatory_without_a_mandate_on_record_is_in_office_all_term(fold):
    assert one(fold, world(mandates=()), date(2017, 1, 1))["binding"]


@BOTH
def test_a_mandate_in_another_office_does_not_bind(fold):
    log = world(mandates=(mandate(2, office="deputy_mayor"),))
    assert one(fold, log)["verdict"] == "not_bound"


@BOTH
def test_who_left_for_good_before_the_due_date_is_judged_no_more(fold):
    gone = (mandate(2, ended_on="2017-07-16", end_reason="resignation"),)
    found = one(fold, world(action(3), mandates=gone))
    assert (found["binding"], found["verdict"], found["lateness"]) == (False, "mandate_ended", None)


@BOTH
def test_who_left_and_came_back_is_pending_in_between(fold):
    held = (
        mandate(2, ended_on="2017-07-16", end_reason="resignation"),
        mandate(3, started_on="2018-11-05", ended_on="2020-07-03", end_reason="term_end"),
    )
    between = one(fold, world(mandates=held), date(2018, 1, 1))
    assert (between["binding"], between["verdict"]) == (False, "pending")
    assert one(fold, world(mandates=held), date(2019, 1, 1))["binding"]


@BOTH
def test_a_mandate_ended_by_the_term_covers_until_the_pact_s_term_ends(fold):
    assert one(fold, world(), date(2020, 7, 5))["binding"]


@BOTH
def test_what_happened_outside_the_mandate_is_kept_and_does_not_move_the_status(fold):
    gone = (mandate(2, ended_on="2017-07-16", end_reason="resignation"),)
    found = one(fold, world(action(3, "2018-01-01", "implemented"), mandates=gone))
    assert (found["status"], found["actions"]) == ("not_assessed", 1)


@BOTH
@pytest.mark.parametrize(
    ("happened_on", "counts_from"),
    [
        ("2016", date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 29)),
        ("2016-02-16", date(2016, 2, 16)),
        ("2020", date(2020, 7, 5)),
    ],
)
def test_a_partial_date_counts_from_the_last_day_that_it_can_mean(fold, happened_on, counts_from):
    log = world(action(3, happened_on))
    assert one(fold, log, counts_from)["since"] == counts_from
    assert one(fold, log, counts_from - timedelta(days=1))["since"] is None


@BOTH
def test_a_partial_date_counts_from_the_day_it_was_recorded_if_that_is_earlier(fold):
    recorded = datetime(2016, 6, 1, 12, tzinfo=UTC)
    assert one(fold, world(action(3, "2016", recorded_at=recorded)))["since"] == date(2016, 6, 1)


@BOTH
@pytest.mark.parametrize(
    ("recorded", "happened_on", "counts_from"),
    [
        # Where the day begins before UTC: Réunion, Nouméa, Kiritimati.
        ("2018-12-31T21:00", "2019-01-01", "2019-01-01"),
        ("2018-12-31T21:00", "2019-01", "2019-01-01"),
        ("2018-12-31T21:00", "2019", "2019-01-01"),
        ("2016-02-28T13:30", "2016-02-29", "2016-02-29"),
        ("2016-02-29T10:00", "2016-03-01", "2016-03-01"),
        ("2016-02-29T10:00", "2016-03", "2016-03-01"),
        # Where it begins after UTC: Tahiti, Saint-Pierre.
        ("2019-01-01T05:00", "2018-12-31", "2018-12-31"),
        ("2019-01-01T05:00", "2018-12", "2018-12-31"),
        ("2019-01-01T05:00", "2018", "2018-12-31"),
        ("2016-03-01T05:00", "2016-02-29", "2016-02-29"),
        ("2016-03-01T05:00", "2016-02", "2016-02-29"),
        ("2016-03-01T05:00", "2016", "2016-03-01"),
        ("2019-01-01T05:00", "2019-01-01", "2019-01-01"),
    ],
)
def test_no_date_counts_before_its_first_day_whatever_the_day_was_by_utc(
    fold, recorded, happened_on, counts_from
):
    at = datetime.fromisoformat(recorded).replace(tzinfo=UTC)
    day = date.fromisoformat(counts_from)
    log = world(action(3, happened_on, recorded_at=at))
    assert one(fold, log, day)["since"] == day
    assert one(fold, log, day - timedelta(days=1))["status"] == "not_assessed"


@BOTH
@pytest.mark.parametrize("versions", [False, True])
def test_a_correction_to_a_later_day_than_its_target_was_recorded_counts_from_that_day(
    fold, versions
):
    first = action(3, "2016-01-05", "implemented", recorded_at=datetime(2016, 1, 10, tzinfo=UTC))
    naming = {"first": 3} if versions else {"supersedes": 3}
    log = world(first, action(4, "2016-06-01", "implemented", **naming))
    assert one(fold, log, date(2016, 5, 31))["status"] == "not_assessed"
    assert one(fold, log, date(2016, 6, 1))["since"] == date(2016, 6, 1)


@BOTH
def test_a_date_that_touches_a_mandate_counts_by_its_end(fold):
    gone = (mandate(2, ended_on="2017-07-16", end_reason="resignation"),)
    assert one(fold, world(action(3, "2017"), mandates=gone))["since"] == date(2017, 7, 16)


@BOTH
def test_since_starts_the_present_unbroken_run(fold):
    log = world(
        action(3, "2014-06", "decided"),
        action(4, "2015-06", "stalled"),
        action(5, "2016-06", "decided"),
        action(6, "2017-06", "decided"),
    )
    assert one(fold, log)["since"] == date(2016, 6, 30)


@BOTH
def test_reversed_after_implementation_is_abandoned(fold):
    log = world(action(3, "2015-01", "implemented"), action(4, "2018-01", "abandoned"))
    assert one(fold, log, date(2016, 1, 1))["status"] == "implemented"
    assert one(fold, log)["verdict"] == "broken"


@BOTH
def test_on_the_same_day_the_later_entry_of_the_log_speaks(fold):
    log = world(action(3, status="announced"), action(4, status="decided"))
    assert one(fold, log)["status"] == "decided"


@BOTH
def test_a_correction_keeps_the_place_of_what_it_corrects(fold):
    log = world(
        action(3, status="announced"),
        action(4, status="stalled"),
        action(5, status="implemented", supersedes=3),
    )
    found = one(fold, log)
    assert (found["status"], found["actions"]) == ("stalled", 2)


@BOTH
def test_a_correction_of_a_correction_replaces_both(fold):
    log = world(
        action(3, status="announced"),
        action(4, "2015-05-06", "decided", supersedes=3),
        action(5, "2015-05-07", "stalled", supersedes=4),
    )
    found = one(fold, log)
    assert (found["status"], found["actions"]) == ("stalled", 1)


@BOTH
def test_withdrawing_a_correction_restores_what_it_had_replaced(fold):
    log = world(
        action(3, status="announced"),
        action(4, status="decided", supersedes=3),
        action(5, status=None, kind="retraction", supersedes=4),
    )
    assert one(fold, log)["status"] == "announced"


@BOTH
def test_withdrawing_a_correction_restores_nothing_while_a_later_one_stands(fold):
    log = world(
        action(3, status="announced"),
        action(4, status="decided", supersedes=3),
        action(5, status="stalled", supersedes=4),
        action(6, status=None, kind="retraction", supersedes=4),
    )
    found = one(fold, log)
    assert (found["status"], found["actions"]) == ("stalled", 1)


@BOTH
def test_withdrawing_that_withdrawal_undoes_it(fold):
    log = world(
        action(3, status="announced"),
        action(4, status=None, kind="retraction", supersedes=3),
        action(5, status=None, kind="retraction", supersedes=4),
    )
    assert one(fold, log)["status"] == "announced"


@BOTH
def test_a_new_version_of_an_action_counts_at_the_place_of_the_first(fold):
    log = world(
        action(3, status="announced"),
        action(4, status="stalled"),
        action(5, status="implemented", first=3),
    )
    assert one(fold, log)["status"] == "stalled"


@BOTH
def test_a_correction_takes_the_place_that_the_version_that_counts_gives_its_target(fold):
    log = world(
        action(3, status="announced"),
        action(4, status="decided"),
        action(5, status="stalled", supersedes=3),
        action(6, status="stalled", first=5),
        action(7, status="implemented", supersedes=5),
    )
    found = one(fold, log)
    assert (found["status"], found["actions"]) == ("implemented", 3)


@BOTH
def test_what_is_pending_supersedes_nothing_and_says_nothing(fold):
    log = world(
        action(3, status="announced"), action(4, status="decided", supersedes=3, accepted_at=None)
    )
    found = one(fold, log)
    assert (found["status"], found["actions"]) == ("announced", 1)


@BOTH
def test_what_was_not_yet_accepted_was_not_yet_known(fold):
    accepted = datetime(2022, 1, 1, tzinfo=UTC)
    log = world(action(3, accepted_at=accepted))
    before = accepted - timedelta(microseconds=1)
    assert one(fold, log, known_at=before)["status"] == "not_assessed"
    assert one(fold, log, known_at=accepted)["status"] == "decided"


@BOTH
def test_a_corrected_outcome_was_not_known_before_its_correction(fold):
    later = datetime(2021, 5, 5, tzinfo=UTC)
    people = (signatory(1, outcome="defeated"), signatory(9, recorded_at=later))
    log = World(signatories=people)
    assert not one(fold, log, known_at=later - timedelta(days=1))["binding"]
    assert one(fold, log)["binding"]


@pytest.mark.parametrize("people", [3, 700])
def test_of_few_people_and_of_many_the_last_version_counts_at_the_place_of_the_first(people):
    first = [signatory(n, f"s{n}", list=f"Old {n}") for n in range(1, people + 1)]
    later = [signatory(people + n, f"s{n}", list=f"New {n}") for n in range(people, 1, -1)]
    found = status.bound_roll(log_of(World(signatories=(*first, *later)))).signatories
    lists = ["Old 1", *(f"New {n}" for n in range(2, people + 1))]
    assert found["list"].tolist() == lists and found.index.tolist() == list(range(people))


@pytest.mark.parametrize("seed", range(pick_amount(200, 25)))
def test_the_slow_implementation_agrees(seed):
    log, rng = random_world(seed), Random(f"asked/{seed}")
    columns = log_of(log)
    for known_at in moments_of(log, rng):
        known = status.what_is_known(columns, known_at)
        for day in days_of(log, rng):
            table, everybody = status.fold(known, day), status.fold_people(known, day)
            rows = slow_fold.fold(log, day, known_at)
            people = slow_fold.people(log, day, known_at)
            assert rows_of(table) == rows
            assert rows_of(everybody, PEOPLE) == people
            assert indicators.signing_funnel(everybody, table) == slow_fold.funnel(people, rows)


@given(seed=SEEDS)
def test_the_order_of_reading_does_not_matter(seed):
    log, rng = random_world(seed), Random(seed)
    shuffled = log.but(
        **{
            name: tuple(rng.sample(rows, len(rows)))
            for name in ("signatories", "mandates", "actions")
            if (rows := getattr(log, name)) is not None
        }
    )
    assert fast(shuffled, date(2018, 1, 1)) == fast(log, date(2018, 1, 1))


def added(log: World, **values) -> dict:
    """A new entry at the end of the log, about its first signatory."""
    last = max(row["recorded_at"] for row in (*log.signatories, *log.mandates, *log.actions))
    seq = max(row["seq"] for row in (*log.signatories, *log.mandates, *log.actions)) + 1
    at = max(last, datetime(2021, 1, 1, tzinfo=UTC))
    base = action(seq, recorded_at=at, signatory_id=log.signatories[0]["signatory_id"])
    return base | values


@given(seed=SEEDS, later_status=st.sampled_from(["implemented", "abandoned"]))
def test_a_later_action_that_supersedes_nothing_never_changes_an_earlier_day(seed, later_status):
    log = random_world(seed)
    more = log.but(
        actions=(*log.actions, added(log, happened_on="2018-01-01", status=later_status))
    )
    assert fast(more, date(2017, 12, 31)) == fast(log, date(2017, 12, 31))


@given(seed=SEEDS, day=st.sampled_from(DAYS))
def test_a_retraction_is_as_if_its_target_had_never_been(seed, day):
    log = random_world(seed)
    new = added(log)
    undo = added(
        log,
        seq=new["seq"] + 1,
        first=new["seq"] + 1,
        kind="retraction",
        status=None,
        supersedes=new["seq"],
    )
    assert fast(log.but(actions=(*log.actions, new, undo)), day) == fast(log, day)


@given(seed=SEEDS, day=st.sampled_from(DAYS), version=st.booleans())
def test_a_correction_is_as_if_the_first_had_been_right(seed, day, version):
    log = random_world(seed)
    free = [
        row
        for row in log.actions
        if row["accepted_at"]
        and not row["withdrawn_at"]
        and row["kind"] != "retraction"
        and row["first"] == row["seq"]
        and not row["supersedes"]
        and not any(other["first"] == row["seq"] != other["seq"] for other in log.actions)
        and not any(other["supersedes"] == row["seq"] for other in log.actions)
    ]
    if not free:
        return
    wrong = free[0]
    right = {"happened_on": "2015-02-03", "status": "stalled", "kind": "assessment"}
    naming = {"first": wrong["seq"]} if version else {"supersedes": wrong["seq"]}
    same = {"signatory_id": wrong["signatory_id"], "measure": wrong["measure"]}
    corrected = log.but(actions=(*log.actions, added(log, **right, **naming, **same)))
    at_once = log.but(actions=tuple(row | right if row is wrong else row for row in log.actions))
    later, rightly = fast(corrected, day), fast(at_once, day)
    for row in (*later, *rightly):
        del row["said_by"]  # the one and the other are two entries
    assert later == rightly


@given(seed=SEEDS, moment=st.sampled_from(MOMENTS[1:]), day=st.sampled_from(DAYS))
def test_as_known_at_a_time_is_the_log_cut_at_that_time(seed, moment, day):
    log = random_world(seed)

    def by_then(rows):
        return tuple(
            row
            | {
                name: row[name] if row[name] and row[name] <= moment else None
                for name in ("accepted_at", "withdrawn_at")
            }
            for row in rows
            if row["recorded_at"] <= moment
        )

    cut = log.but(
        later=tuple((at, pact) for at, pact in log.later if at <= moment),
        areas=by_then(log.areas),
        signatories=by_then(log.signatories),
        mandates=by_then(log.mandates),
        answers=by_then(log.answers),
        actions=by_then(log.actions),
    )
    assert fast(log, day, moment) == fast(cut, day)


@given(seed=SEEDS, day=st.sampled_from(DAYS))
def test_the_rate_lies_between_its_bounds(seed, day):
    table = status.fold(status.what_is_known(log_of(random_world(seed))), day)
    for row in indicators.indicator_table(table, "measure").dropna().itertuples():
        assert 0 <= row.rate_low <= row.rate <= row.rate_high <= 1


@given(seed=SEEDS, day=st.sampled_from(DAYS))
def test_an_unassessed_commitment_never_raises_the_lower_bound(seed, day):
    log = random_world(seed)
    more = log.but(signatories=(*log.signatories, signatory(9_999, "new")))
    low = [
        indicators.indicator_table(status.fold(status.what_is_known(log_of(each)), day))[
            "rate_low"
        ].iloc[0]
        for each in (log, more)
    ]
    assert not low[1] > low[0]


def test_a_measure_dropped_by_a_correction_leaves_its_commitment_out():
    log = world(action(3), person=signatory(1, measures="2"))
    assert [row["measure"] for row in fast(log, date(2020, 7, 5))] == ["2"]


def test_a_version_of_the_pact_is_known_from_its_recording():
    log = log_of(world())
    later = replace(PACT, title="Later")
    both = replace(log, pacts=((0, PACT), (10**18, later)))
    assert status.what_is_known(both, datetime(2015, 1, 1, tzinfo=UTC)).pact.title == "P"
    assert status.what_is_known(both).pact.title == "Later"


def test_a_commitment_without_a_number_takes_no_other_s_entries():
    people = (signatory(1), signatory(2, "s2"))
    log = log_of(World(signatories=people, actions=(action(3, signatory_id="s2", measure="1"),)))
    gap = replace(log, commitments=log.commitments.drop(log.commitments.index[-1]))
    table = status.fold(status.what_is_known(gap), date(2020, 7, 5))
    assert table["actions"].tolist() == [0, 0, 1, 0]

"""Who is bound, from when, and what leaving, searching and signing late do: each rule by hand, on the
fold and on the slow one."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor import indicators, status
from monitor.dates import day_number
from monitor.models import Status, UncountedReason
from tests.support import slow_fold
from tests.support.folds import BOTH, fast, one, world
from tests.support.random_logs import PACT, World, action, log_of, mandate, random_world, signatory
from tests.support.size import pick_amount

ON = date.fromisoformat
#: Mayor by a by-election, until they resign.
BY_ELECTION = mandate(2, started_on="2015-09-20", ended_on="2018-01-31", end_reason="resignation")


def verdicts_on(fold, log: World, *days: str) -> list[tuple]:
    """(binds, status, verdict) of the first commitment on each of these days."""
    found = [one(fold, log, ON(day)) for day in days]
    return [(row["binding"], row["status"], row["verdict"]) for row in found]


# The office binds, not the election night


@BOTH
@pytest.mark.parametrize("outcome", ["elected", "defeated", "unknown"])
def test_a_mandate_on_record_binds_whatever_the_election_gave(fold, outcome):
    log = world(
        action(3, "2016-04-04", "implemented"),
        person=signatory(1, outcome=outcome),
        mandates=(BY_ELECTION,),
    )
    awaited = "pending" if outcome == "elected" else "not_bound"
    assert verdicts_on(fold, log, "2015-09-19", "2015-09-20", "2017-01-01", "2018-02-01") == [
        (False, "not_assessed", awaited),
        (True, "not_assessed", "pending"),
        (True, "implemented", "pending"),
        (False, "implemented", "kept"),
    ]


@BOTH
@pytest.mark.parametrize(
    ("outcome", "binds"), [("elected", True), ("defeated", False), ("unknown", False)]
)
def test_only_who_was_elected_needs_no_mandate_on_record(fold, outcome, binds):
    found = one(fold, world(person=signatory(1, outcome=outcome), mandates=()), ON("2015-01-01"))
    assert found["binding"] == found["ever_bound"] == binds


# Bound from the signature on


@BOTH
def test_a_commitment_binds_from_the_signature_when_it_comes_after_the_office(fold):
    log = world(action(3, "2019-01-01"), person=signatory(1, signed_on="2018-05-01"))
    assert verdicts_on(fold, log, "2016-01-01", "2018-04-30", "2018-05-01", "2020-07-05") == [
        (False, "not_assessed", "pending"),
        (False, "not_assessed", "pending"),
        (True, "not_assessed", "pending"),
        (True, "decided", "unfinished"),
    ]


@BOTH
@pytest.mark.parametrize(
    ("happened_on", "moves"),
    [
        ("2015-06-01", False),
        ("2018-04-30", False),
        ("2018-05-01", True),
        ("2018-05", True),  # it can have happened after
        ("2018", True),
        ("2018-04", False),
        ("2017", False),
    ],
)
def test_what_happened_before_the_signature_does_not_move_the_status(fold, happened_on, moves):
    log = world(action(3, happened_on, "implemented"), person=signatory(1, signed_on="2018-05-01"))
    found = one(fold, log)
    assert found["status"] == ("implemented" if moves else "not_assessed")
    assert found["verdict"] == ("kept" if moves else "not_established")
    assert found["actions"] == 1


@BOTH
def test_an_entry_dated_after_the_signature_says_that_a_thing_already_done_stands(fold):
    log = world(
        action(3, "2015-06-01", "implemented"),
        action(4, "2018-06-01", "implemented"),
        person=signatory(1, signed_on="2018-05-01"),
    )
    found = one(fold, log)
    assert (found["status"], found["since"]) == ("implemented", ON("2018-06-01"))


@BOTH
@pytest.mark.parametrize(
    ("signed_on", "binds"),
    [(None, True), ("2016", True), ("2016-06", True), ("2016-06-15", True), ("2016-06-16", False)],
)
def test_somebody_has_signed_from_the_first_day_that_the_date_can_mean(fold, signed_on, binds):
    log = world(person=signatory(1, signed_on=signed_on))
    assert one(fold, log, ON("2016-06-15"))["binding"] == binds


@BOTH
def test_an_office_left_before_the_signature_binds_nothing(fold):
    held = (mandate(2, ended_on="2016-01-01", end_reason="resignation"),)
    log = world(
        action(3, "2015", "implemented"), person=signatory(1, signed_on="2018-05-01"), mandates=held
    )
    assert (
        verdicts_on(fold, log, "2015-06-01", "2017-01-01", "2019-01-01")
        == [
            (False, "not_assessed", "not_bound"),
        ]
        * 3
    )


@BOTH
def test_what_was_recorded_before_the_signature_did_not_happen_after_it(fold):
    early = action(3, "2018", "implemented", recorded_at=datetime(2018, 3, 2, tzinfo=UTC))
    assert one(fold, world(early, person=signatory(1, signed_on="2018-05-01")))["status"] == (
        "not_assessed"
    )


# Leaving erases nothing

LEFT = mandate(2, ended_on="2017-07-16", end_reason="resignation")
AT_LEAVING = {
    "implemented": "kept",
    "partly_implemented": "partly_kept",
    "abandoned": "broken",
} | dict.fromkeys(
    (
        "not_started",
        "announced",
        "decided",
        "in_progress",
        "stalled",
        "no_evidence",
        "not_applicable",
    ),
    "mandate_ended",
)


@BOTH
@pytest.mark.parametrize(("earned", "verdict"), AT_LEAVING.items())
def test_who_left_before_it_was_due_keeps_the_verdict_of_the_last_day(fold, earned, verdict):
    log = world(
        action(3, "2016-01-01", earned), action(4, "2018-01-01", "abandoned"), mandates=(LEFT,)
    )
    for day in ("2017-07-17", "2018-06-01", "2020-07-05", "2026-01-01"):
        found = one(fold, log, ON(day))
        assert (found["binding"], found["ever_bound"], found["left"]) == (False, True, True)
        assert (found["status"], found["verdict"], found["lateness"]) == (earned, verdict, None)


@BOTH
def test_who_left_before_anything_was_said_has_an_ended_mandate(fold):
    assert one(fold, world(mandates=(LEFT,)))["verdict"] == "mandate_ended"


@BOTH
def test_who_will_be_back_by_the_due_date_has_not_left(fold):
    back = mandate(3, started_on="2018-11-06")
    found = one(fold, world(mandates=(LEFT, back)), ON("2018-01-01"))
    assert (found["left"], found["ever_bound"], found["verdict"]) == (False, True, "pending")


# A search that found nothing is about our knowledge


def searches(*rows: tuple[str, str]) -> tuple[dict, ...]:
    return tuple(action(n, day, code) for n, (day, code) in enumerate(rows, start=3))


@BOTH
@pytest.mark.parametrize(
    ("rows", "status", "since"),
    [
        (
            [("2018-01-10", "implemented"), ("2019-05-10", "no_evidence")],
            "implemented",
            "2018-01-10",
        ),
        (
            [("2019-05-10", "no_evidence"), ("2018-01-10", "implemented")],
            "implemented",
            "2018-01-10",
        ),
        ([("2015-01-05", "no_evidence"), ("2015-01-10", "decided")], "decided", "2015-01-10"),
        ([("2015-01-05", "no_evidence"), ("2016", "no_evidence")], "no_evidence", "2015-01-05"),
        (
            [("2016-01-05", "decided"), ("2016-06-01", "no_evidence"), ("2017-01-01", "decided")],
            "decided",
            "2016-01-05",
        ),
        ([("2016-01-05", "abandoned"), ("2016-01-05", "no_evidence")], "abandoned", "2016-01-05"),
        (
            [("2016-01-05", "not_started"), ("2017-01-05", "no_evidence")],
            "not_started",
            "2016-01-05",
        ),
        (
            [("2016-01-05", "not_applicable"), ("2017-01-05", "no_evidence")],
            "not_applicable",
            "2016-01-05",
        ),
    ],
)
def test_a_search_never_replaces_another_status(fold, rows, status, since):
    found = one(fold, world(*searches(*rows)))
    assert (found["status"], found["since"]) == (status, ON(since))


@BOTH
def test_a_search_is_the_status_until_something_else_counts(fold):
    log = world(*searches(("2015-01-10", "implemented"), ("2015-01-05", "no_evidence")))
    assert [row[1] for row in verdicts_on(fold, log, "2015-01-04", "2015-01-09", "2015-01-10")] == [
        "not_assessed",
        "no_evidence",
        "implemented",
    ]


@BOTH
def test_a_search_is_the_status_again_once_what_it_stood_under_is_taken_back(fold):
    gone = datetime(2022, 1, 1, tzinfo=UTC)
    retraction = action(5, "2021-06-01", None, kind="retraction", supersedes=3, recorded_at=gone)
    log = world(*searches(("2018-01-10", "implemented"), ("2019-05-10", "no_evidence")), retraction)
    assert one(fold, log, known_at=datetime(2021, 12, 31, tzinfo=UTC))["status"] == "implemented"
    found = one(fold, log)
    assert (found["status"], found["since"], found["said_by"]) == (
        "no_evidence",
        ON("2019-05-10"),
        4,
    )


@BOTH
def test_a_search_dates_the_last_look(fold):
    found = one(
        fold, world(*searches(("2018-01-10", "implemented"), ("2019-05-10", "no_evidence")))
    )
    assert (found["last_on"], found["actions"]) == (ON("2019-05-10"), 2)


@BOTH
def test_a_search_is_the_status_where_what_else_is_said_does_not_count(fold):
    log = world(*searches(("2013-01-01", "implemented"), ("2016-01-01", "no_evidence")))
    assert one(fold, log)["status"] == "no_evidence"


@BOTH
def test_a_search_made_after_the_mandate_is_about_the_mandate(fold):
    log = world(*searches(("2020-12-01", "no_evidence")), mandates=(LEFT,))
    assert one(fold, log, ON("2017-07-15"))["status"] == "not_assessed"
    assert one(fold, log)["since"] == ON("2017-07-16")


def test_that_somebody_found_nothing_is_no_news_and_its_removal_neither():
    codes = {name: list(Status).index(name) for name in Status}
    pairs = [
        ("not_assessed", "no_evidence"),
        ("no_evidence", "not_assessed"),
        ("no_evidence", "announced"),
        ("announced", "not_assessed"),
        ("decided", "decided"),
    ]
    before, after = (np.array([codes[Status(pair[n])] for pair in pairs]) for n in (0, 1))
    assert status.is_news(before, after).tolist() == [False, False, True, True, False]


# Why something does not count


@pytest.mark.parametrize(
    ("happened_on", "signed_on", "why"),
    [
        ("2013-12-31", None, UncountedReason.BEFORE_TERM),
        ("2013", "2018-05-01", UncountedReason.BEFORE_TERM),
        ("2015-06-01", "2018-05-01", UncountedReason.BEFORE_SIGNATURE),
        ("2014-04-01", None, UncountedReason.OUTSIDE_OFFICE),
        ("2020-12-01", None, UncountedReason.OUTSIDE_OFFICE),
        ("2018", "2018-05-01", None),
        ("2014-04", None, None),
    ],
)
def test_a_fact_that_does_not_count_says_why(happened_on, signed_on, why):
    person = signatory(1, signed_on=signed_on)
    known = status.what_is_known(log_of(world(action(3, happened_on), person=person)))
    code = int(known.uncounted[0])
    assert (status.REASONS[code] if code >= 0 else None) == why
    signed = known.signed.of([0])
    assert why == status.why_fact_uncounted(
        PACT, happened_on, ON("2021-01-01"), signed, known.starts[:, 0], known.ends[:, 0]
    )


@pytest.mark.parametrize(
    ("started_on", "ended_on", "reason", "signed_on", "why"),
    [
        ("2008-03-16", "2014-03-29", "term_end", None, UncountedReason.BEFORE_TERM),
        (
            "2008-03-16",
            "2014-04-04",
            "term_end",
            None,
            UncountedReason.BEFORE_TERM,
        ),  # an outgoing mayor
        ("2008-03-16", "2020-05-18", "term_end", None, None),
        ("2008-03-16", "2014-03-29", "other", None, UncountedReason.BEFORE_TERM),
        ("2008-03-16", "2014-03-30", "other", None, None),
        ("2014-04-05", "2016-01-01", "resignation", "2018-05-01", UncountedReason.BEFORE_SIGNATURE),
        ("2014-04-05", "2018", "resignation", "2018-05-01", None),
        ("2020-07-06", None, None, None, UncountedReason.OUTSIDE_OFFICE),
        ("2014-04-05", None, None, "2018-05-01", None),
    ],
)
def test_a_mandate_of_which_no_day_counts_says_why(started_on, ended_on, reason, signed_on, why):
    assert status.why_mandate_uncounted(PACT, started_on, ended_on, reason, signed_on) == why
    held = (mandate(2, started_on=started_on, ended_on=ended_on, end_reason=reason),)
    known = status.what_is_known(
        log_of(world(person=signatory(1, signed_on=signed_on), mandates=held))
    )
    days = [day for day in range(day_number(PACT.term_start), day_number(PACT.term_end) + 1, 1)]
    binds = ((known.binds_from[:, :1] <= days) & (known.binds_until[:, :1] >= days)).any()
    assert binds == (why is None)


# What the sentences count


@settings(max_examples=pick_amount(60, 20))
@given(seed=st.integers(0, 10**9))
def test_no_figure_about_people_contradicts_another(seed):
    known = status.what_is_known(log_of(random_world(seed)))
    for day in ("2014-01-01", "2014-04-04", "2016-04-05", "2018-06-01", "2020-07-05", "2021-01-01"):
        people, table = status.fold_people(known, ON(day)), status.fold(known, ON(day))
        funnel = indicators.signing_funnel(people, table)
        bound = set(table.loc[table["binding"], "signatory_id"])
        elected = set(people.loc[people["signed"] & people["elected"], "signatory_id"])
        in_office = set(people.loc[people["signed"] & people["in_office"], "signatory_id"])
        assert bound <= elected and in_office <= elected
        assert funnel["in_office"] <= funnel["elected"] <= funnel["signed"]
        assert (table["binding"] <= table["ever_bound"]).all()
        assert not (table["left"] & (table["binding"] | ~table["ever_bound"])).any()
        judged = table[~table["ever_bound"]]["verdict"]
        assert judged.isin(["pending", "not_bound"]).all()
        earned = {"kept", "partly_kept", "broken"}
        taken_back = table["withdrawn"]
        assert not (taken_back & ~table["left"]).any()
        assert set(table.loc[table["left"] & ~taken_back, "verdict"]) <= earned | {"mandate_ended"}
        judged = taken_back & (table["due_on"] > np.datetime64(day))
        assert set(table.loc[judged, "verdict"]) <= earned | {"withdrawn"}


@settings(max_examples=pick_amount(30, 10))
@example(seed=22287)  # back in office between the due day and the earlier of the two days
@given(seed=st.integers(0, 10**9))
def test_who_has_signed_and_left_is_bound_no_more(seed):
    """Once left, the verdict never changes again: not by days, whoever governs then; nor does the
    status, unless they are back once it was due."""
    log = random_world(seed)
    known = status.what_is_known(log_of(log))
    early, late = (status.fold(known, ON(day)) for day in ("2018-06-01", "2021-01-01"))
    left = early["left"].to_numpy()
    assert late["left"].to_numpy()[left].all()
    assert early.loc[left, "verdict"].equals(late.loc[left, "verdict"])
    early_day = day_number(ON("2018-06-01"))
    back = ((known.ends > early_day) & (known.starts <= known.ends)).any(axis=0)
    left = left & ~back[known.owner]
    for column in ("status", "since", "said_by"):
        assert early.loc[left, column].equals(late.loc[left, column])
    assert fast(log, ON("2018-06-01")) == slow_fold.fold(log, ON("2018-06-01"))


# A signature can be withdrawn


@BOTH
@pytest.mark.parametrize(
    ("withdrawn_on", "last"),
    [("2016-05-10", "2016-05-09"), ("2016-05", "2016-05-30"), ("2016", "2016-12-30")],
)
def test_a_signature_binds_until_the_day_before_it_is_withdrawn(fold, withdrawn_on, last):
    log = world(
        action(3, "2016-01-01", "in_progress"),
        action(4, "2017-02-01", "implemented"),
        person=signatory(1, withdrawn_on=withdrawn_on),
    )
    bound, after = (one(fold, log, day) for day in (ON(last), ON(last) + timedelta(days=1)))
    assert (bound["binding"], bound["withdrawn"], bound["verdict"]) == (True, False, "pending")
    assert (after["binding"], after["withdrawn"], after["ever_bound"]) == (False, True, True)
    late = one(fold, log, ON("2026-01-01"))
    assert (late["status"], late["verdict"], late["lateness"]) == ("in_progress", "withdrawn", None)


@BOTH
@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("implemented", "kept"),
        ("partly_implemented", "partly_kept"),
        ("abandoned", "broken"),
        ("stalled", "withdrawn"),
        (None, "withdrawn"),
    ],
)
def test_withdrawing_a_signature_erases_no_verdict_that_was_earned(fold, status, verdict):
    entries = [action(3, "2016-01-01", status)] if status else []
    log = world(*entries, person=signatory(1, withdrawn_on="2018-01-01"))
    for day in ("2018-01-01", "2020-07-05", "2026-01-01"):
        assert one(fold, log, ON(day))["verdict"] == verdict


@BOTH
@pytest.mark.parametrize(
    ("status", "verdict"), [("decided", "unfinished"), (None, "not_established")]
)
def test_who_withdraws_after_the_due_date_keeps_the_verdict_of_that_date(fold, status, verdict):
    entries = [action(3, "2016-01-01", status)] if status else []
    person = signatory(1, due_on="2017-06-01", withdrawn_on="2018-01-01")
    log = world(*entries, person=person)
    for day, binds in (("2017-12-31", True), ("2018-01-01", False), ("2026-01-01", False)):
        found = one(fold, log, ON(day))
        assert (found["binding"], found["verdict"]) == (binds, verdict)


@BOTH
def test_who_left_office_before_withdrawing_has_an_ended_mandate(fold):
    log = world(person=signatory(1, withdrawn_on="2019-01-01"), mandates=(LEFT,))
    found = one(fold, log)
    assert (found["withdrawn"], found["verdict"]) == (False, "mandate_ended")


@BOTH
@pytest.mark.parametrize("withdrawn_on", ["2014-03-15", "2014-04-05"])
def test_a_signature_withdrawn_before_the_office_never_binds(fold, withdrawn_on):
    log = world(
        action(3, "2015-05-05", "implemented"), person=signatory(1, withdrawn_on=withdrawn_on)
    )
    for day in ("2014-04-01", "2015-06-01", "2020-07-05"):
        found = one(fold, log, ON(day))
        assert (found["ever_bound"], found["verdict"]) == (False, "not_bound")


@BOTH
def test_a_search_after_the_withdrawal_is_about_all_that_was_done_until_then(fold):
    log = world(
        action(3, "2019-01-01", "no_evidence"), person=signatory(1, withdrawn_on="2018-01-01")
    )
    found = one(fold, log)
    assert (found["status"], found["since"]) == ("no_evidence", ON("2017-12-31"))

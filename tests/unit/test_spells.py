"""Time at risk, as the fold of every day says it."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import status
from monitor.analysis.spells import (
    ABANDONED,
    EVENT,
    LEFT,
    NOT_APPLICABLE,
    commitment_spells,
    date_events_early,
    place_spells,
)
from monitor.analysis_codes import Event
from monitor.dates import date_of_day, day_number
from monitor.models import Status
from tests.support.folds import world
from tests.support.random_logs import (
    PACT,
    TERM_END,
    World,
    action,
    log_of,
    mandate,
    random_world,
    signatory,
)
from tests.support.size import pick_amount

DAY = date(2019, 5, 1)


def slow_spells(known, as_of: date, event: Event) -> list[tuple[int, int]]:
    """(day since it first bound, cause) of the end of each commitment that ever bound, read from the
    fold of one day after the other."""
    last = min(as_of, known.pact.term_end or as_of)
    days = {day_number(last), day_number(as_of), *known.assessments.day.tolist()}
    days |= {int(day) for day in known.binds_from.ravel()}
    days |= {int(day) for day in known.binds_until.ravel()}
    days = [date_of_day(day) for day in sorted(days) if 0 < day <= day_number(as_of)]
    states = {day: status.fold(known, day) for day in days}
    final, found = status.fold(known, as_of), []
    for row in np.flatnonzero(final["ever_bound"]):
        bound = [day for day in days if states[day].at[row, "binding"]]
        first = bound[0]
        ends = []
        for day in days:
            now = Status(states[day].at[row, "status"])
            if now in event.statuses:
                ends.append((max(day, first), EVENT))
            elif now is Status.ABANDONED:
                ends.append((max(day, first), ABANDONED))
            elif now is Status.NOT_APPLICABLE:
                ends.append((max(day, first), NOT_APPLICABLE))
        if final.at[row, "left"]:
            ends = [end for end in ends if end[0] <= bound[-1]] + [(bound[-1], LEFT)]
        ends = [end for end in ends if end[0] <= last]
        end, cause = min(ends, default=(last, 0), key=lambda each: each[0])
        found.append((max((end - first).days, -1), cause))
    return found


@settings(max_examples=pick_amount(25, 6))
@given(seed=st.integers(0, 10**9), event=st.sampled_from(Event))
def test_a_spell_ends_as_the_fold_of_each_day_says(seed, event):
    known = status.what_is_known(log_of(random_world(seed)))
    spells = commitment_spells(known, status.fold(known, DAY), DAY, event.statuses)
    exits = list(zip(spells.exit.tolist(), spells.cause.tolist(), strict=True))
    assert exits == slow_spells(known, DAY, event)
    assert (spells.entry == -1).all()


def slow_places(known, as_of: date, event: Event) -> list[tuple[int, int, int]]:
    """(place, day since it first bound anybody there, cause) of the end of each measure of each place,
    read entry by entry."""
    final, days, standing = status.fold(known, as_of), {}, known.everything
    last = day_number(min(as_of, known.pact.term_end or as_of))
    for row in np.flatnonzero(final["ever_bound"]).tolist():
        key = tuple(int(final[name].cat.codes[row]) for name in ("commune", "measure"))
        days.setdefault(key, {})[row] = min(int(day) for day in known.binds_from[:, row])
    found = []
    for (place, _), rows in sorted(days.items()):
        first, ends = min(rows.values()), []
        for row in rows:
            at_the_end = {}
            for about, day, code in zip(
                standing.commitment, standing.day, standing.status, strict=True
            ):
                if about == row and code >= 0 and first <= day <= day_number(as_of):
                    at_the_end[int(day)] = list(Status)[code]
            for day, now in at_the_end.items():
                causes = {Status.ABANDONED: ABANDONED, Status.NOT_APPLICABLE: NOT_APPLICABLE}
                cause = EVENT if now in event.statuses else causes.get(now)
                if cause and day <= last:
                    ends.append((day, cause))
        end, cause = min(ends, default=(max(last, first - 1), 0))
        found.append((place, end - first, cause))
    return found


@settings(max_examples=pick_amount(25, 6))
@given(seed=st.integers(0, 10**9), event=st.sampled_from(Event))
def test_a_spell_of_a_place_ends_as_its_entries_say_one_after_the_other(seed, event):
    known = status.what_is_known(log_of(random_world(seed)))
    spells = place_spells(known, status.fold(known, DAY), DAY, event.statuses)
    exits = list(zip(spells.exit.tolist(), spells.cause.tolist(), strict=True))
    slow = slow_places(known, DAY, event)
    assert exits == [(end, cause) for _, end, cause in slow]
    assert len(
        set(zip(spells.cluster.tolist(), (place for place, *_ in slow), strict=True))
    ) == len(set(spells.cluster.tolist()))


GONE = (mandate(2, ended_on="2016-01-31", end_reason="resignation"),)


@pytest.mark.parametrize(
    ("entries", "official", "place"),
    [
        ((action(3, "2017-06-01", "implemented"),), LEFT, EVENT),
        ((action(3, "2017-06-01", "abandoned"),), LEFT, ABANDONED),
        ((), LEFT, 0),
        ((action(3, "2015-06-01", "implemented"),), EVENT, EVENT),
        ((action(3, "2012-06-01", "implemented"),), LEFT, 0),  # before it bound anybody
        ((action(3, "2015-06-01", "abandoned"), action(4, "2017-06-01", "implemented")), 2, 2),
        (
            (
                action(3, "2017-06-01", "implemented"),
                action(4, "2017-07-01", None, kind="retraction", supersedes=3),
            ),
            LEFT,
            0,
        ),
        (
            (
                action(3, "2017-06-01", "implemented"),
                action(4, "2017-06-01", "decided", supersedes=3),
            ),
            LEFT,
            0,
        ),
    ],
)
def test_what_follows_a_departure_is_the_doing_of_the_place_and_not_of_who_left(
    entries, official, place
):
    known = status.what_is_known(log_of(world(*entries, mandates=GONE)))
    table = status.fold(known, DAY).head(1)
    done = Event.IMPLEMENTED.statuses
    assert commitment_spells(known, table, DAY, done).cause.tolist() == [official]
    assert place_spells(known, table, DAY, done).cause.tolist() == [place]


def test_two_officials_of_a_place_make_one_wait_for_each_measure_there():
    known = status.what_is_known(
        log_of(
            World(
                signatories=(signatory(1), signatory(2, "s2")),
                mandates=(mandate(3, "s1"), mandate(4, "s2")),
                actions=(action(5, "2016-06-01", "implemented", signatory_id="s2"),),
            )
        )
    )
    table = status.fold(known, DAY)
    spells = place_spells(known, table, DAY, Event.IMPLEMENTED.statuses)
    assert len(spells.cause) == table["measure"].nunique() < len(table)
    assert sorted(spells.cause.tolist()) == [0] * (len(spells.cause) - 1) + [EVENT]


def spells_of(*actions, as_of=DAY, event=Event.DECIDED, **parts):
    """Of the first commitment of a log of one official, in office from the start."""
    known = status.what_is_known(log_of(world(*actions, **parts)))
    table = status.fold(known, as_of).head(1)
    return commitment_spells(known, table, as_of, event.statuses), known, table


@pytest.mark.parametrize(
    ("given_status", "event", "cause"),
    [
        ("decided", Event.DECIDED, EVENT),
        ("in_progress", Event.DECIDED, EVENT),
        ("decided", Event.IMPLEMENTED, 0),
        ("partly_implemented", Event.PARTLY, EVENT),
        ("abandoned", Event.DECIDED, ABANDONED),
        ("not_applicable", Event.DECIDED, NOT_APPLICABLE),
        ("announced", Event.DECIDED, 0),
        ("stalled", Event.DECIDED, 0),
        ("no_evidence", Event.DECIDED, 0),
    ],
)
def test_what_is_said_ends_the_wait_or_not(given_status, event, cause):
    spells, *_ = spells_of(action(3, "2016-04-05", given_status), event=event)
    assert spells.cause.tolist() == [cause]


def test_who_comes_later_enters_later_by_the_clock_of_the_term():
    held = (mandate(2, started_on="2016-01-01"),)
    _, known, table = spells_of(action(3, "2016-06-01", "decided"), mandates=held)
    own = commitment_spells(known, table, DAY, Event.DECIDED.statuses)
    term = commitment_spells(known, table, DAY, Event.DECIDED.statuses, since_term=True)
    late = (date(2016, 1, 1) - PACT.term_start).days
    assert (own.entry.tolist(), term.entry.tolist()) == ([-1], [late - 1])
    assert term.exit.tolist() == [own.exit[0] + late]


def test_what_follows_the_last_entry_may_be_taken_for_not_known():
    _, known, table = spells_of(action(3, "2016-04-05", "announced"))
    bound = known.binds_from[:, 0].min()
    seen = commitment_spells(known, table, DAY, Event.DECIDED.statuses, until_last_entry=True)
    assert seen.exit.tolist() == [day_number(date(2016, 4, 5)) - bound]
    _, known, table = spells_of()
    never = commitment_spells(known, table, DAY, Event.DECIDED.statuses, until_last_entry=True)
    assert never.exit.tolist() == never.entry.tolist()


@pytest.mark.parametrize(
    ("date_of_it", "first", "partial"),
    [
        ("2016-04-05", date(2016, 4, 5), 0),
        ("2016-04", date(2016, 4, 1), 1),
        ("2016", date(2016, 1, 1), 1),
        ("2014", None, 1),  # before it bound: on the day from which it did
    ],
)
def test_a_partial_date_may_mean_its_first_day(date_of_it, first, partial):
    log = log_of(world(action(3, date_of_it, "implemented")))
    known = status.what_is_known(log)
    table = status.fold(known, DAY).head(1)
    spells = commitment_spells(known, table, DAY, Event.IMPLEMENTED.statuses)
    early, found = date_events_early(known, log.actions, table, spells)
    bound = int(known.binds_from[:, 0].min())
    expected = max(day_number(first) - bound, 0) if first else 0
    assert (early.exit.tolist(), found) == ([expected], partial)
    assert (early.exit <= spells.exit).all()


def test_after_the_term_nothing_is_followed():
    after = TERM_END + timedelta(days=400)
    spells, *_ = spells_of(as_of=after)
    on_the_last_day, *_ = spells_of(as_of=TERM_END)
    assert spells.exit.tolist() == on_the_last_day.exit.tolist()

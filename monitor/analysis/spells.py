"""From what is known of each commitment to the time during which something could befall it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from monitor import dates
from monitor.analysis.incidence import Spells
from monitor.log import STATUSES, Actions
from monitor.models import Status
from monitor.status import KnownPact
from monitor.status.office import EMPTY_START, LATER, term_days
from monitor.status.runs import take_entries
from monitor.status.standing import status_by_day

#: What ends a commitment's time at risk, by its cause.
EVENT, ABANDONED, LEFT, NOT_APPLICABLE = CAUSES = 1, 2, 3, 4


def commitment_spells(
    known: KnownPact,
    commitments: pd.DataFrame,
    as_of: date,
    events: Collection[Status],
    since_term: bool = False,
    until_last_entry: bool = False,
) -> Spells:
    """The time at risk of those of some commitments that have ever bound (rows of `status.fold` on that
    day), in their order.

    The clock of each begins on the day on which it first bound, or for all on the first day of the term
    (`since_term`: who came later enters late). EVENT: the first day with a status of `events`; before
    it, ABANDONED, NOT_APPLICABLE, and LEFT: the official has left the office for good before it was due,
    or withdrawn the signature. What was never assessed stays at risk; with `until_last_entry`, nothing
    is taken to be known of a commitment after its last entry. A gap between two mandates stays inside:
    nothing can count in it. The cluster is the signatory, numbered in the order
    of their rows among those of these commitments.
    """
    day = dates.day_number(as_of)
    bound = commitments["ever_bound"].to_numpy()
    rows, left = (one.to_numpy()[bound] for one in (commitments.index, commitments["left"]))
    first = np.minimum.reduce(known.binds_from[:, rows], initial=EMPTY_START).astype(np.int64)
    term_start, term_end = term_days(known.pact)
    origin = np.full(len(rows), term_start) if since_term else first
    gone = _last_days(known, rows, day)
    until = np.maximum(min(day, term_end), first - 1)  # nothing is at risk after the term
    if until_last_entry:
        last = commitments["last_on"].to_numpy()[bound].astype("datetime64[D]")
        seen = np.where(np.isnat(last), first - 1, last.astype(np.int64))
        until = np.clip(seen, first - 1, until)
    wanted = (events, [Status.ABANDONED], [Status.NOT_APPLICABLE])
    event, abandoned, not_applicable = _first_days(known, rows, wanted, day)
    # What the last day in office says stands before the leaving itself.
    when = np.stack([event, abandoned, not_applicable, np.where(left, gone, LATER)])
    at = when.argmin(axis=0)
    causes = np.array([EVENT, ABANDONED, NOT_APPLICABLE, LEFT])
    ended = np.maximum(when[at, np.arange(len(rows))], first)
    over = ended <= until
    return Spells(
        entry=(first - 1 - origin).astype(np.int32),
        exit=(np.where(over, ended, until) - origin).astype(np.int32),
        cause=np.where(over, causes[at], 0).astype(np.int8),
        cluster=_numbered(known.owner[rows], len(known.signatories)),
    )


def _numbered(owner: np.ndarray, most: int) -> np.ndarray:
    """The people, by their row of so many, numbered from 0 without a gap."""
    is_there = np.zeros(most, dtype=bool)
    is_there[owner] = True
    return (np.cumsum(is_there, dtype=np.int32) - 1)[owner]


def place_spells(
    known: KnownPact,
    commitments: pd.DataFrame,
    as_of: date,
    events: Collection[Status],
    until_last_entry: bool = False,
) -> Spells:
    """The same, once for each place and measure that has ever bound somebody there, whoever did it: all
    standing assessments from that day on count, those set aside because the official had left among
    them, and nobody's leaving ends a wait. In the order of the places and measures; the cluster is the
    place."""
    day, term_end = dates.day_number(as_of), term_days(known.pact)[1]
    bound = commitments["ever_bound"].to_numpy()
    rows = commitments.index.to_numpy()[bound]
    place, measure = (
        commitments[name].array.codes[bound].astype(np.int64) for name in ("commune", "measure")
    )
    wide = measure.max(initial=0) + 1
    pairs, unit = np.unique(place * wide + measure, return_inverse=True)
    first = np.full(len(pairs), LATER, dtype=np.int64)
    since = np.minimum.reduce(known.binds_from[:, rows], initial=EMPTY_START).astype(np.int64)
    np.minimum.at(first, unit, since)
    until = np.maximum(min(day, term_end), first - 1)
    taken = take_entries(known.everything, rows)
    about = unit[taken.commitment]
    kept = (taken.day <= day) & (taken.day >= first[about])
    if until_last_entry:
        seen = first - 1
        np.maximum.at(seen, about[kept], taken.day[kept])
        until = np.clip(seen, first - 1, until)
    rated = np.flatnonzero(kept & (taken.status >= 0))
    row, at = taken.commitment[rated], taken.day[rated]
    ends = np.ones(len(rated), dtype=bool)  # what is said of a commitment at the end of a day
    ends[:-1] = (row[1:] != row[:-1]) | (at[1:] != at[:-1])
    when = np.full((3, len(pairs)), LATER, dtype=np.int64)
    for found, statuses in zip(
        when, (events, [Status.ABANDONED], [Status.NOT_APPLICABLE]), strict=True
    ):
        codes = [STATUSES[one] for one in statuses]
        hit = rated[ends & np.isin(taken.status[rated], codes)]
        np.minimum.at(found, about[hit], taken.day[hit])
    which = when.argmin(axis=0)
    ended = when[which, np.arange(len(pairs))]
    over = ended <= until
    causes = np.array([EVENT, ABANDONED, NOT_APPLICABLE])
    return Spells(
        entry=np.full(len(pairs), -1, dtype=np.int32),
        exit=(np.where(over, ended, until) - first).astype(np.int32),
        cause=np.where(over, causes[which], 0).astype(np.int8),
        cluster=np.unique(pairs // wide, return_inverse=True)[1].astype(np.int32),
    )


def date_events_early(
    known: KnownPact,
    actions: Actions,
    commitments: pd.DataFrame,
    spells: Spells,
    since_term: bool = False,
) -> tuple[Spells, int]:
    """(spells of `commitment_spells` with each event on the first day that the date of its entry can
    mean instead of the day from which it counts, how many of these dates are a month or a year)."""
    rows = commitments.index.to_numpy()[commitments["ever_bound"].to_numpy()]
    hit = np.flatnonzero(spells.cause == EVENT)
    origin = np.full(len(hit), term_days(known.pact)[0])
    if not since_term:
        origin = np.minimum.reduce(known.binds_from[:, rows[hit]], initial=EMPTY_START)
    assessments = known.assessments
    wide = 2**33  # of days: more than there are
    place = assessments.commitment.astype(np.int64) * wide + assessments.day
    found = np.searchsorted(place, rows[hit] * wide + spells.exit[hit] + origin, side="right") - 1
    entry = np.searchsorted(actions.seq, assessments.seq[found])
    early = np.maximum(actions.first_day[entry] - origin, spells.entry[hit] + 1)
    exit_ = spells.exit.copy()
    exit_[hit] = np.minimum(early, exit_[hit])
    partial = int(np.count_nonzero(actions.first_day[entry] < actions.last_day[entry]))
    return replace(spells, exit=exit_), partial


def _last_days(known: KnownPact, rows: np.ndarray, day: int) -> np.ndarray:
    """The last day, by that one, on which each of some commitments bound."""
    since, until = known.binds_from[:, rows], known.binds_until[:, rows]
    return np.where(since <= day, np.minimum(until, day), -LATER).max(axis=0, initial=-LATER)


def _first_days(
    known: KnownPact, rows: np.ndarray, wanted: Collection[Collection[Status]], day: int
) -> list[np.ndarray]:
    """For each of some sets of statuses, the first day, by that one, at whose end each of some
    commitments had one of them; LATER if none."""
    own, at, _, status = status_by_day(take_entries(known.assessments, rows))
    by_then = at <= day
    found = []
    for statuses in wanted:
        counts = np.zeros(len(Status), dtype=bool)
        counts[[STATUSES[one] for one in statuses]] = True
        first = np.full(len(rows), LATER, dtype=np.int64)
        kept = np.flatnonzero(counts[status] & by_then)[::-1]  # of several, the first stays
        first[own[kept]] = at[kept]
        found.append(first)
    return found

"""How long it takes until commitments are decided, and implemented: what its curve is drawn from."""

from collections.abc import Iterable, Iterator
from itertools import product
from math import ceil

import numpy as np
import pandas as pd

from monitor.analysis.incidence import (
    Incidence,
    Spells,
    band_quantile,
    log_log_interval,
    standard_error,
)
from monitor.analysis.spells import (
    ABANDONED,
    CAUSES,
    EVENT,
    LEFT,
    NOT_APPLICABLE,
    commitment_spells,
    date_events_early,
    place_spells,
)
from monitor.analysis_codes import CAUSE_CODES, OWN_CLOCKS, Clock, Event
from monitor.dates import YEAR
from monitor.models import FEW, THIN
from monitor.read.cache import per_filter
from monitor.read.selection import View
from monitor.tables import SHARE_DIGITS

#: The least days between two marks of the table.
APART = 122
#: Columns that a telephone has room for under the curve, by the most digits of a count.
COLUMNS = {4: 7, 5: 5}
#: With more different days than this, a curve is drawn by months.
STEPS = 120
#: The columns of the table that count commitments: they make the whole.
COUNTS = ("happened", "abandoned", "left_office", "not_applicable", "censored", "at_risk")


@per_filter
def event_spells(
    view: View, event: Event, clock: Clock = Clock.OFFICE, until_last_entry: bool = False
) -> Spells:
    """`spells.commitment_spells` of the commitments that the filters keep, or `spells.place_spells` of
    them (Clock.PLACE), whatever the filter by status."""
    shown = view.known, view.commitments_for_figures, view.day, event.statuses
    if clock is Clock.PLACE:
        return place_spells(*shown, until_last_entry)
    return commitment_spells(*shown, clock is Clock.TERM, until_last_entry)


@per_filter
def last_day_shown(view: View, clock: Clock = Clock.OFFICE) -> int:
    """`find_last_day` of what is implemented."""
    return find_last_day(event_spells(view, Event.IMPLEMENTED, clock))


def find_last_day(spells: Spells) -> int:
    """The last day of the clock on which commitments of FEW signatories are at risk: the curve stops
    there, or where all that was at risk has ended and others come only later, of whom it could say
    nothing any more. -1 where there is none: where too few are at risk from the start, there is no
    curve."""
    if len(spells.exit) < THIN or len(np.unique(spells.cluster)) < FEW:
        return -1
    days = np.arange(int(spells.exit.max()) + 1)
    enough = np.flatnonzero(spells.count_clusters_at_risk(days) >= FEW)
    return min(int(enough[-1]), _day_of_break(spells)) if len(enough) else -1


def _day_of_break(spells: Spells) -> int:
    """The first day that ends all that is at risk, before somebody who comes later; else the last."""
    over = np.bincount(spells.exit[spells.cause > 0], minlength=1)[spells.ends]
    emptied = spells.ends[over >= spells.count_at_risk(spells.ends)]
    latest = spells.entry[spells.entry < spells.exit].max(initial=-1)
    breaks = emptied[emptied <= latest]
    return int(breaks[0] if len(breaks) else spells.exit.max())


@per_filter
def incidence_steps(view: View, clock: Clock = Clock.OFFICE) -> pd.DataFrame:
    """The curves, day by day of the clock or month by month: days (int64), the share of each Event that
    has ever happened by then, implemented_seen: as if nothing were known of a commitment after its last
    entry (NaN beyond `find_last_day` of that); and implemented_early: with each on the first day that
    its date can mean. Empty where there is no curve."""
    end = last_day_shown(view, clock)
    spells = {event: event_spells(view, event, clock) for event in Event}
    curves = {event: Incidence(spells[event], len(CAUSES)) for event in Event}
    days = choose_steps(curves.values(), end)
    seen = event_spells(view, Event.IMPLEMENTED, clock, True)
    early = Incidence(events_dated_early(view, clock)[0], len(CAUSES))
    return pd.DataFrame(
        {
            "days": days,
            **{event.value: curves[event].share_at(EVENT, days) for event in Event},
            "implemented_seen": share_without_silence(seen, days),
            "implemented_early": early.share_at(EVENT, days),
        }
    )


def share_without_silence(seen: Spells, days: np.ndarray) -> np.ndarray:
    """The share to which the event has happened by these days, of spells that end with the last entry;
    NaN beyond their `find_last_day`: a few who are still read do not speak for all."""
    share = Incidence(seen, len(CAUSES)).share_at(EVENT, days)
    return np.where(days <= find_last_day(seen), share, np.nan)


def choose_steps(curves: Iterable[Incidence], end: int) -> np.ndarray:
    """The days at which curves are drawn up to their last one: each at which one of them rises, or the
    months; none where there is no curve (`end`: -1)."""
    days = np.unique(np.concatenate([each.days for each in curves]))
    if len(days) > STEPS:
        days = np.round(np.arange(0, end, YEAR / 12)).astype(np.int64)
    return np.unique(np.concatenate([[0], days[days < end], [end]])) if end >= 0 else days[:0]


@per_filter
def events_dated_early(view: View, clock: Clock = Clock.OFFICE) -> tuple[Spells, int]:
    """`spells.date_events_early` of what is implemented; of places, as they are."""
    if clock is Clock.PLACE:
        return event_spells(view, Event.IMPLEMENTED, clock), 0
    return date_events_early(
        view.known,
        view.log.actions,
        view.commitments_for_figures,
        event_spells(view, Event.IMPLEMENTED, clock),
        clock is Clock.TERM,
    )


@per_filter
def rise_of_early_dates(view: View, clock: Clock = Clock.OFFICE) -> float:
    """By how much the curve of what is implemented would rise at most, if each date were the first day
    that it can mean."""
    spells = event_spells(view, Event.IMPLEMENTED, clock), events_dated_early(view, clock)[0]
    late, early = (Incidence(each, len(CAUSES)) for each in spells)
    days = np.union1d(late.days, early.days)
    rise = early.share_at(EVENT, days) - late.share_at(EVENT, days)
    return float(rise.max(initial=0))


@per_filter
def incidence_table(view: View, clock: Clock = Clock.OFFICE) -> pd.DataFrame:
    """The table under the curves, a row an Event and a mark of the clock.

    event         str      of Event
    days          int64    since the start of the clock
    happened      int64    commitments to which it has happened by then; before it: abandoned,
    left_office   int64    whose official left for good, or withdrew the signature
    not_applicable int64   and to which it could not happen any more
    censored      int64    that are followed no further: the day of the view, or the end of the term
    at_risk       int64    of which nothing of this is known yet
    share         float64  the share to which it has happened, other ends apart (Aalen & Johansen)
    low, high     float64  what chance alone would move of it at that mark (95 %), by signatory
    band_low, band_high  float64  the same of all marks at once
    share_seen    float64  the share as if nothing were known of a commitment after its last entry

    Shares are NaN where there is no curve, and the intervals where nothing varies.
    """
    days, end = find_marks(view, clock), last_day_shown(view, clock)
    parts = [
        event_rows(
            event,
            event_spells(view, event, clock),
            event_spells(view, event, clock, True),
            days,
            end,
        )
        for event in Event
    ]
    return pd.concat(parts, ignore_index=True)


def incidence_by_clock(view: View, clocks: Iterable[Clock] = OWN_CLOCKS) -> pd.DataFrame:
    """`incidence_table` by each clock (column clock), shares to SHARE_DIGITS decimals."""
    parts = [incidence_table(view, clock).assign(clock=clock.value) for clock in clocks]
    table = pd.concat(parts, ignore_index=True).round(SHARE_DIGITS)
    return table[["clock", *table.columns.drop("clock")]]


def spell_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """The rows from which the curves are drawn, in parts, by Clock and Event, as the published table:
    entry, exit and cause of each commitment that has ever bound (`event_spells`); exit_seen and
    cause_seen: as if nothing were known of it after its last entry."""
    table = view.commitments_for_figures
    bound = table.loc[table["ever_bound"], ["signatory_id", "measure"]]
    for clock, event in product(OWN_CLOCKS, Event):
        found, seen = (event_spells(view, event, clock, until) for until in (False, True))
        causes, causes_seen = (
            pd.Categorical.from_codes(each.cause, categories=CAUSE_CODES) for each in (found, seen)
        )
        rows = pd.DataFrame(
            {
                "clock": clock.value,
                "event": event.value,
                "signatory_id": bound["signatory_id"].array,
                "measure": bound["measure"].array,
                "entry": found.entry,
                "exit": found.exit,
                "cause": causes,
                "exit_seen": seen.exit,
                "cause_seen": causes_seen,
            }
        )
        yield from (rows[start : start + at_once] for start in range(0, len(rows), at_once))


def event_rows(
    event: Event, spells: Spells, seen: Spells, days: np.ndarray, end: int
) -> pd.DataFrame:
    """The rows of one Event in `incidence_table`: `spells` at these days, with shares up to the last one
    that is shown. `seen`: the same, followed to their last entries."""
    ends = {"abandoned": ABANDONED, "left_office": LEFT, "not_applicable": NOT_APPLICABLE}
    counts = {"happened": EVENT, **ends, "censored": 0}
    shares = _shares_of_event(spells, seen, days[days <= end])
    return pd.DataFrame(
        {
            "event": event.value,
            "days": days,
            **{name: spells.count_ended(cause, days) for name, cause in counts.items()},
            "at_risk": spells.count_at_risk(days + 1),
            **{
                name: np.append(values, np.full(len(days) - len(values), np.nan))
                for name, values in shares.items()
            },
        }
    )


def _shares_of_event(spells: Spells, seen: Spells, days: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of shares in `incidence_table`, at these days."""
    names = ("share", "low", "high", "band_low", "band_high", "share_seen")
    if not len(days):
        return dict.fromkeys(names, days.astype(float))
    found = Incidence(spells, len(CAUSES))
    share, influences = found.share_at(EVENT, days), found.influences(EVENT, days)
    error = standard_error(influences)
    alone = log_log_interval(share, error)
    together = log_log_interval(share, error, band_quantile(influences))
    silent = share_without_silence(seen, days)
    return dict(zip(names, (share, *alone, *together, silent), strict=True))


def find_marks(view: View, clock: Clock) -> np.ndarray:
    """The days of the clock that have a column in the table: the years, and the last day."""
    spells = event_spells(view, Event.IMPLEMENTED, clock)
    end = max(last_day_shown(view, clock), 0) or int(spells.exit.max(initial=0))
    digits = len(str(len(spells.exit)))
    most = next((most for width, most in COLUMNS.items() if digits <= width), 4)
    step = max(ceil(end / YEAR / (most - 1)), 1)
    years = np.round(np.arange(0, end / YEAR, step) * YEAR).astype(np.int64)
    return np.unique(np.append(years[(years == 0) | (years <= end - APART)], end))

"""The curves of `read.incidence`, group by group, on one scale."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor.analysis.incidence import Incidence
from monitor.analysis.spells import CAUSES, EVENT
from monitor.analysis_codes import OWN_CLOCKS, Event
from monitor.indicators import GROUP_COLUMNS
from monitor.models import GroupBy
from monitor.read import chart_data
from monitor.read.cache import per_filter, per_view
from monitor.read.incidence import (
    choose_steps,
    event_rows,
    event_spells,
    find_last_day,
    find_marks,
    incidence_by_clock,
    last_day_shown,
)
from monitor.read.selection import View
from monitor.tables import SHARE_DIGITS

#: By what: never by place, where few commitments are.
GROUPS = tuple(group.value for group in GroupBy if group is not GroupBy.COMMUNE)
#: Panels of the chart, at most.
PANELS = 6


class GroupCurves(NamedTuple):
    """Of one group: the `commitments` that ever bound, and of how many `officials`; of these, those that
    were ever `decided` or further, and ever `implemented`, before any other end. `steps`: days (int64),
    decided and implemented (float64), empty where too few are at risk from the start."""

    group: str
    commitments: int
    officials: int
    decided: int
    implemented: int
    steps: pd.DataFrame


@per_filter
def _rows_by_group(view: View, by: str) -> dict[str, np.ndarray]:
    """Code of each group -> its rows among the commitments that ever bound."""
    table = view.commitments_for_figures
    cells = table[GROUP_COLUMNS[GroupBy(by)]].array[table["ever_bound"].to_numpy()]
    order = np.argsort(cells.codes, kind="stable")
    codes, starts = np.unique(cells.codes[order], return_index=True)
    labels = cells.categories.take(codes).tolist()
    return dict(zip(labels, np.split(order, starts)[1:], strict=True))


def _groups_in_order(view: View, by: str) -> list[str]:
    groups = _rows_by_group(view, by)
    return [code for code in chart_data.group_labels(view, by) if code in groups]


@per_view
def group_curves(view: View, by: str) -> list[GroupCurves]:
    """The largest groups by the commitments that ever bound, PANELS at most, in the order of
    `chart_data.group_labels`, whatever the filter by status; none where fewer than two have a curve."""
    rows, order = _rows_by_group(view, by), _groups_in_order(view, by)
    largest = set(sorted(order, key=lambda code: -len(rows[code]))[:PANELS])
    found = [_curves_of(view, code, rows[code]) for code in order if code in largest]
    return found if sum(len(each.steps) > 0 for each in found) > 1 else []


def count_groups(view: View, by: str) -> int:
    """Of how many groups something has ever bound."""
    return len(_rows_by_group(view, by))


def _curves_of(view: View, code: str, rows: np.ndarray) -> GroupCurves:
    events = (Event.DECIDED, Event.IMPLEMENTED)
    spells = {event: event_spells(view, event).take(rows) for event in events}
    curves = {event: Incidence(spells[event], len(CAUSES)) for event in events}
    days = choose_steps(curves.values(), find_last_day(spells[Event.IMPLEMENTED]))
    shares = {event.value: curves[event].share_at(EVENT, days) for event in events}
    ever = {event: int(np.count_nonzero(spells[event].cause == EVENT)) for event in events}
    return GroupCurves(
        group=code,
        commitments=len(rows),
        officials=len(np.unique(spells[Event.IMPLEMENTED].cluster)),
        decided=ever[Event.DECIDED],
        implemented=ever[Event.IMPLEMENTED],
        steps=pd.DataFrame({"days": days, **shares}),
    )


@per_view
def incidence_by_group(view: View, by: str) -> pd.DataFrame:
    """`read.incidence.incidence_table` of each group by each clock, at the same days for all groups:
    the columns [by] and clock, then those of that table, shares to SHARE_DIGITS decimals. Counts alone
    where a group has too few, or after the last day on which enough of it is at risk."""
    rows, parts = _rows_by_group(view, by), []
    for code in _groups_in_order(view, by):
        for clock in OWN_CLOCKS:
            days = find_marks(view, clock)
            end = min(
                last_day_shown(view, clock),
                find_last_day(event_spells(view, Event.IMPLEMENTED, clock).take(rows[code])),
            )
            for event in Event:
                spells, seen = (
                    event_spells(view, event, clock, until).take(rows[code])
                    for until in (False, True)
                )
                part = event_rows(event, spells, seen, days, end)
                parts.append(part.assign(**{by: code, "clock": clock.value}))
    empty = [] if parts else [incidence_by_clock(view)[:0].assign(**{by: ""})]
    table = pd.concat([*parts, *empty], ignore_index=True).round(SHARE_DIGITS)
    first = [by, "clock"]
    return table[[*first, *table.columns.drop(first)]]

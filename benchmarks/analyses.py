"""How long the figures of *Analyses* take the first time, beside one fold of the same pact: they are
kept after that, until the log moves."""

import time
from collections.abc import Callable

from benchmarks.rows import Row, below
from monitor.models import GroupBy
from monitor.read import funnel, group_incidence, half_years, incidence, query, transitions
from monitor.read.selection import View
from monitor.snapshot import Snapshots
from monitor.store import open_store

#: Seconds: what a first reader may wait for one of them.
AIM = 1.5
FIGURES: dict[str, Callable[[View], object]] = {
    "time to implementation, with its band": incidence.incidence_table,
    "the same by every clock": incidence.incidence_by_clock,
    "the curves of it": incidence.incidence_steps,
    "the chance by half-year": half_years.half_year_table,
    "changes of twelve months": lambda view: transitions.dated_transitions(view, ""),
    "departments beside the whole": lambda view: funnel.group_funnel(view, "department", True),
    "time to implementation by size": lambda view: group_incidence.group_curves(view, GroupBy.SIZE),
}


def rows(url: str) -> list[Row]:
    snapshot = Snapshots(open_store(url)).current()
    view = query.read_view(snapshot, {"pacte": "demo"})
    assert view is not None  # the pact has just been loaded
    fold = _time(lambda view: view.commitments_for_figures, view)
    commitments = len(view.commitments_for_figures)
    note = f"a fold of {commitments:,} commitments: {fold:.2f} s"
    return [
        below(f"first time: {name}", _time(made, view), AIM, "s", 2, note)
        for name, made in FIGURES.items()
    ]


def _time(make: Callable[[View], object], view: View) -> float:
    begun = time.perf_counter()
    make(view)
    return time.perf_counter() - begun

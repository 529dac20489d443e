"""What the sentences of a view count."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from monitor import indicators
from monitor.dates import day_number
from monitor.log import STATUSES
from monitor.models import UNKNOWN, Lateness, SignatoryKind, Status
from monitor.read import chart_data
from monitor.read.cache import per_filter, per_roll, per_state
from monitor.read.day_state import DayState
from monitor.read.filters import PLACE_FILTERS
from monitor.read.pact_state import PactState
from monitor.read.selection import View, rows_matching
from monitor.shares import Share

#: What sentences count in a way of its own; the other statuses are told by name.
_APART = (
    Status.IMPLEMENTED,
    Status.PARTLY_IMPLEMENTED,
    Status.NOT_ASSESSED,
    Status.NOT_APPLICABLE,
)


@dataclass(frozen=True)
class Binding:
    """The commitments that bind in a view. `officials`: whom they bind; `owing`: of them, who has one
    that is due; `doing`: who has implemented one at least; `not_applicable`: those that are in no rate;
    `of`: the others, by status."""

    officials: int
    owing: int
    doing: int
    not_applicable: int
    of: dict[Status, int]

    @property
    def due(self) -> int:
        return sum(self.of.values())

    @property
    def assessed(self) -> int:
        return self.due - self.of[Status.NOT_ASSESSED]

    @property
    def covered(self) -> Share:
        """The assessed among the due."""
        return Share(self.assessed, self.due, self.owing)

    @property
    def others(self) -> dict[Status, int]:
        """Status -> how many, the most first: of those that are told by name and occur."""
        found = {status: n for status, n in self.of.items() if n and status not in _APART}
        return dict(sorted(found.items(), key=lambda item: -item[1]))


@per_filter
def count_funnel(view: View) -> dict[str, int]:
    """`indicators.signing_funnel` of the view; `bound`: whom at least one of its commitments binds;
    of the signed, `came_later`: those who came to office otherwise than by the election; `defeated`:
    those who lost and have not come to office since; `unknown`: those whose election has a result that
    nobody noted; `other_elected`: of these, the people in places where the log says who was elected;
    `elsewhere`: those who are noted as elected and have mandates in other offices only; `withdrawn`:
    those who have withdrawn the signature. From the election on, the signed are the elected, the
    defeated, the unknown and those elsewhere."""
    people = view.people
    found = indicators.signing_funnel(people, view.commitments)
    signed = people["signed"].to_numpy()
    apart = {
        name: int((signed & people[name].to_numpy()).sum())
        for name in ("came_later", "unknown", "elsewhere", "withdrawn")
    }
    others = _count_beside_elected(view)
    rest = found["signed"] - found["elected"] - apart["unknown"] - apart["elsewhere"]
    apart["defeated"] = rest if view.day >= view.pact.election_on else 0
    return {**found, "bound": count_binding(view).officials, **apart, "other_elected": others}


def _count_beside_elected(view: View) -> int:
    places, table = view.columns(*PLACE_FILTERS), view.everybody
    at = table["commune"].isin(view.day_state.elected_at) & table["signed"] & table["unknown"]
    at &= table["kind"].isna() | table["kind"].isin(("", SignatoryKind.PERSON))
    return int(at[rows_matching(table, places)].sum() if places else at.sum())


@per_filter
def count_presumed(view: View) -> int:
    """Of those who are in office on the day, how many are only taken to be: no mandate of theirs is on
    record."""
    unrecorded = _mask_unrecorded(view.state)
    if not unrecorded.any():
        return 0
    table, places = view.everybody, view.columns(*PLACE_FILTERS)
    presumed = unrecorded & table["signed"].to_numpy() & table["in_office"].to_numpy()
    return int(np.count_nonzero(presumed[rows_matching(table, places)] if places else presumed))


@per_roll
def _mask_unrecorded(state: PactState) -> np.ndarray:
    """Of whom no mandate is on record (bool, by signatory)."""
    ids, _ = state.rows_by_signatory
    found = np.ones(len(ids), dtype=bool)
    at = ids.get_indexer(state.known.mandates["signatory_id"].unique())
    found[at[at >= 0]] = False
    return found


@per_roll
def has_several_populations(day_state: DayState) -> bool:
    """Whether the places of those who signed differ by their population."""
    return day_state.people["population"].nunique() > 1


@per_roll
def binds_on_some_day(state: PactState) -> bool:
    """Whether any commitment is known to bind, on whatever day."""
    known = state.known
    return bool((known.binds_from <= known.binds_until).any())


def seeks_no_office(view: View) -> bool:
    """Whether the pact is put to no office, and bodies signed it: nothing is said of one."""
    return not view.pact.offices_said and _has_bodies(view.state)


def kind_of_all(view: View) -> str:
    """The kind of every signatory of the pact, "" where they are of several, or nobody said."""
    return _kind_of_all(view.state)


@per_roll
def _kind_of_all(state: PactState) -> str:
    kinds = state.known.signatories["kind"].unique().tolist()
    return kinds[0] if len(kinds) == 1 and isinstance(kinds[0], str) else ""


@per_state
def _has_bodies(state: PactState) -> bool:
    return bool((state.known.signatories["kind"] == SignatoryKind.BODY).any())


@per_filter
def has_anything_bound(view: View) -> bool:
    """Whether any commitment that the filters keep binds on the day, or has bound before it."""
    return bool(chart_data.count_statuses_ever(view).to_numpy().any())


@per_filter
def count_promises(view: View) -> dict[str, int]:
    """Of each measure that the filters keep: how many commitments to it were made by the day, and not
    withdrawn since, whether they bind yet or not."""
    promised, on = view.known.promised, day_number(view.day)
    made = (promised.first <= on) & (on <= promised.last)
    measures = view.everything["measure"].array
    rows = np.flatnonzero(made) if view.rows is None else view.rows[made[view.rows]]
    found = np.bincount(measures.codes[rows], minlength=len(measures.categories)).tolist()
    counts = dict(zip(measures.categories, found, strict=True))
    return {one: counts.get(one, 0) for one in view.kept_titles}


@per_filter
def count_binding(view: View) -> Binding:
    """What binds, whatever the filter by status."""
    shown = view.of_every_status
    table, binding = shown.commitments, shown.binding
    total = chart_data.count_statuses(shown).to_numpy().sum(axis=0).tolist()
    counts = dict(zip(Status, total, strict=True))
    status = table["status"].array.codes
    owed = binding & (status != STATUSES[Status.NOT_APPLICABLE])
    done = binding & (status == STATUSES[Status.IMPLEMENTED])
    every, of_owed, of_done = (
        indicators.count_officials(table, kept) for kept in (binding, owed, done)
    )
    return Binding(every, of_owed, of_done, counts.pop(Status.NOT_APPLICABLE), counts)


@per_filter
def count_by_lateness(view: View) -> dict[Lateness, int]:
    """How many commitments that bind stand in each way with their due date, once that has come; whatever
    the filters by status and by lateness."""
    shown = view.of_every_status
    codes = shown.commitments["lateness"].array.codes
    counts = np.bincount(codes[shown.binding & (codes >= 0)], minlength=len(Lateness)).tolist()
    return dict(zip(Lateness, counts, strict=True))


@per_filter
def count_unknown_overdue(view: View) -> int:
    """Of those that are overdue, how many nothing is known of: nobody may be told late for them."""
    shown = view.of_every_status
    table = shown.commitments
    over = table["lateness"].array.codes == [*Lateness].index(Lateness.OVERDUE)
    return int(np.count_nonzero(shown.binding & over & mask_unknown(table)))


def mask_unknown(commitments: pd.DataFrame) -> np.ndarray:
    """Which of some commitments nothing is known of (bool)."""
    unknown = [STATUSES[status] for status in UNKNOWN]
    return np.isin(commitments["status"].array.codes, unknown)


@per_filter
def count_with_status(view: View) -> tuple[int, int]:
    """(officials, their commitments) of whom one commitment at least has the status that the view
    asks for."""
    shown = view.bound
    return indicators.count_officials(shown), len(shown)

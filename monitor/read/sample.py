"""A random sample of officials: among whom it is drawn, who is drawn, what is known of them since, and
what that says of all.

The universe is what was due on the day of the plan, at the head of the log that the plan names: nothing
that is written later changes it, nor who is drawn. What is known of those drawn is read at any later
head.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor import status
from monitor.analysis.sampling import (
    DrawnStratum,
    Estimate,
    Whole,
    draw_order,
    estimate,
)
from monitor.errors import Refused
from monitor.log import KINDS, STATUSES
from monitor.models import UNKNOWN, Kind, Status
from monitor.queries.samples import sample_plans as plans_in_log
from monitor.read.cache import per_plan, per_state
from monitor.read.day_state import DayState
from monitor.read.pact_state import PactState
from monitor.read.sample_universe import ALL, FRESH, Universe, rows_known
from monitor.samples import SampleDraft, SamplePlan

#: The share of those drawn who must be answered for before a point is given.
ENOUGH = 0.9
#: The fewest officials drawn of a group of whom a share is given.
DOMAIN = 30


def sampling_universe(
    state: PactState, as_of: date, known_at: datetime | None, fresh_days: int, strata: str
) -> Universe:
    """The universe of a pact on a day as the log was at `known_at` (None: as it is), with whomever the
    log has taken back since: nobody may move the draw."""
    return _universe_now(state.now, as_of, known_at, fresh_days, strata)


def _fold_universe(
    state: PactState, as_of: date, known_at: datetime | None, fresh_days: int, strata: str
) -> Universe:
    table = _commitments_at(state, as_of, known_at)
    table = table[_is_due(table)]
    last = table["last_on"] >= pd.Timestamp(as_of - timedelta(days=fresh_days))
    final = table["status"].isin([one.value for one in Status if one.final])
    own = table["size"].astype(str) if strata == "size" else ALL
    rows = table[["signatory_id", "measure", "size", "region_code"]].astype(str)
    return Universe(rows.assign(stratum=np.where(last | final, FRESH, own)).reset_index(drop=True))


_universe_now = per_state(_fold_universe)


@per_plan
def _universe_at(state: PactState, head: str, *asked) -> Universe:
    """The same of the log that ended with that entry ("SEQ:HASH"), whatever came after it."""
    return _fold_universe(state, *asked)


def _commitments_at(state: PactState, as_of: date, known_at: datetime | None) -> pd.DataFrame:
    """Every commitment as the log said of it then, those of whoever was taken back since among them."""
    if known_at is None:
        return DayState(state, as_of).commitments
    roll = state.known if status.roll_since(state.log, known_at) is None else None
    return status.fold(status.what_is_known(state.log, known_at, roll), as_of)


def _is_due(table: pd.DataFrame) -> np.ndarray:
    applies = table["status"] != Status.NOT_APPLICABLE.value
    return (table["binding"] & applies).to_numpy()


def plan_at(plan: SamplePlan, state: PactState) -> Universe:
    """The universe that a plan was drawn up from. Raises Refused (`sample_head`) of another log."""
    if plan.head_recorded_at is None:
        raise Refused("sample_head", head=plan.head)
    asked = (plan.as_of, plan.head_recorded_at, plan.fresh_days, plan.strata)
    return _universe_at(state.now, plan.head, *asked)


def draft_plan(
    state: PactState,
    as_of: date,
    officials: int,
    dice: str,
    fresh_days: int = 365,
    strata: str = "size",
    double_share: float = 0.2,
    evidence: str = "own",
) -> SampleDraft:
    """A plan at the present head of the log. Raises InvalidValue, as `SampleDraft` does."""
    snapshot = state.snapshot
    universe = sampling_universe(state, as_of, None, fresh_days, strata)
    return SampleDraft(
        pact_id=state.pact_id,
        as_of=as_of,
        head=f"{snapshot.seq}:{snapshot.hash}",
        fresh_days=fresh_days,
        strata=strata,
        officials=officials,
        double_share=double_share,
        evidence=evidence,
        dice=dice,
        universe=universe.digest,
        take_all=universe.count_whole(),
        allocation=universe.allocate_officials(officials),
    )


@per_state
def sample_plans(state: PactState) -> list[SamplePlan]:
    """The plans of the pact, newest last, as they were known."""
    with state.store.reading() as session:
        return plans_in_log(session, state.pact_id, state.last_seq)


def current_plan(state: PactState) -> SamplePlan | None:
    """The last plan that was drawn and not given up."""
    drawn = [plan for plan in sample_plans(state) if is_current(plan)]
    return drawn[-1] if drawn else None


def is_current(plan: SamplePlan) -> bool:
    """Whether a plan was drawn and not given up."""
    return plan.seed is not None and not plan.abandoned


class SampledOfficial(NamedTuple):
    """One of those drawn. `place`: in the order of all drawn, from 1; `public`: whether a page may
    name them; `due`, `answered`: commitments drawn for that are still due, and of how many somebody
    said since the plan where they stand, or that nothing was found."""

    place: int
    signatory_id: str
    stratum: str
    public: bool
    due: int
    answered: int

    @property
    def is_answered(self) -> bool:
        return self.answered == self.due


def drawn_officials(state: PactState, plan: SamplePlan) -> dict[str, list[str]]:
    """Who is drawn in each stratum, in order; nobody before the dice."""
    return _drawn(state.now, plan) if plan.seed is not None else {}


@per_plan
def _drawn(state: PactState, plan: SamplePlan) -> dict[str, list[str]]:
    assert plan.seed is not None
    found = plan_at(plan, state).officials
    return {
        one.code: draw_order(plan.seed, found.get(one.code, ()))[: one.drawn]
        for one in plan.allocation
    }


@dataclass(frozen=True)
class Round:
    """A sample as it is known: what was drawn for, by stratum, and what was taken whole."""

    plan: SamplePlan
    strata: tuple[DrawnStratum, ...]
    whole: Whole
    officials: tuple[SampledOfficial, ...]

    @property
    def asked(self) -> list[SampledOfficial]:
        """Those drawn of whom something is due still: of the others there is nothing to look at."""
        return [official for official in self.officials if official.due]

    @property
    def answered(self) -> int:
        """How many of those `asked` about are answered for."""
        return sum(official.is_answered for official in self.asked)

    @property
    def is_enough(self) -> bool:
        """Whether so many are that a share is given, and not bounds alone."""
        return bool(self.asked) and self.answered >= ENOUGH * len(self.asked)

    @property
    def estimate(self) -> Estimate:
        """The share implemented of all that was due."""
        return estimate(self.strata, self.whole)


class RowMasks(NamedTuple):
    """What is known of each row of a universe (bool): whether it is due still, is implemented, may be
    implemented for all that is known, and is answered for."""

    due: np.ndarray
    hit: np.ndarray
    unknown: np.ndarray
    answered: np.ndarray

    def within(self, rows: np.ndarray) -> "RowMasks":
        """As if there were nothing to count but in these rows (a mask)."""
        return RowMasks(*(column & rows for column in self))


@per_state
def sample_round(state: PactState, plan: SamplePlan) -> Round:
    """What is known of a sample that was drawn."""
    return _round_of(state, plan, _counted(state, plan))


@per_state
def _counted(state: PactState, plan: SamplePlan) -> RowMasks:
    """The rows of the universe as they are known."""
    universe, table = plan_at(plan, state), DayState(state, plan.as_of).commitments
    at = rows_known(state, universe)
    known = at >= 0
    if not len(table):
        return RowMasks(*[known] * 4)
    due = known & _is_due(table)[at]
    answered, found = (mask[at] for mask in _answers(state, plan, len(table)))
    codes = table["status"].cat.codes.to_numpy()[at]
    hit = due & (codes == STATUSES[Status.IMPLEMENTED])
    silent = np.isin(codes, [STATUSES[one] for one in UNKNOWN])
    unknown = due & ~hit & (~(universe.is_whole | answered) | (silent & ~found))
    return RowMasks(due, hit, unknown, due & answered)


def measures_to_look_at(state: PactState, plan: SamplePlan) -> dict[str, list[str]]:
    """Of each official drawn whom a page may name, in the order of the draw, the measures that nobody
    has said anything of since the plan; nobody who is answered for."""
    universe, counted = plan_at(plan, state), _counted(state, plan)
    public = [one.signatory_id for one in sample_round(state, plan).officials if one.public]
    left: dict[str, list[str]] = {official: [] for official in public}
    rows = ~universe.is_whole & counted.due & ~counted.answered
    rows &= universe.is_about(public)
    for official, measure in zip(
        *(universe.rows[name][rows] for name in ("signatory_id", "measure")), strict=True
    ):
        left[official].append(measure)
    return {official: measures for official, measures in left.items() if measures}


def _answers(state: PactState, plan: SamplePlan, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Of each commitment, whether an assessment that stands was recorded since the plan; and whether
    one of them found something."""
    actions, row_of, standing = state.log.actions, state.known.row_of, state.current_entries
    since = standing[np.searchsorted(standing, plan.seq, side="right") :]
    at = np.searchsorted(actions.seq, since)
    at = at[actions.kind[at] == KINDS[Kind.ASSESSMENT]]
    rows = row_of[actions.commitment[at]]
    answered, found = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    answered[rows[rows >= 0]] = True
    found[rows[(rows >= 0) & (actions.status[at] != STATUSES[Status.NO_EVIDENCE])]] = True
    return answered, found


def _round_of(state: PactState, plan: SamplePlan, counted: RowMasks) -> Round:
    universe, drawn = plan_at(plan, state), drawn_officials(state, plan)
    whole = counted.within(universe.is_whole)
    # Somebody may have commitments of both kinds.
    rest = counted.within(~universe.is_whole)
    people, own = universe.people
    by_official = [np.bincount(own[column], minlength=len(people)) for column in rest]
    known_ids = state.rows_by_signatory[0]
    strata, officials = [], []
    for one in plan.allocation:
        ids = drawn.get(one.code, [])
        if not ids:
            continue
        at = people.get_indexer(ids)
        due, hits, unknown, answered = (column[at] for column in by_official)
        strata.append(DrawnStratum(one.officials, ids, hits, unknown, due))
        officials += zip(ids, [one.code] * len(ids), due.tolist(), answered.tolist(), strict=True)
    order = draw_order(plan.seed or "", [each[0] for each in officials])
    by_id = {each[0]: each for each in officials}
    return Round(
        plan,
        tuple(strata),
        Whole(*(int(column.sum()) for column in (whole.hit, whole.unknown, whole.due))),
        tuple(
            SampledOfficial(place, one, by_id[one][1], one in known_ids, *by_id[one][2:])
            for place, one in enumerate(order, start=1)
        ),
    )


def domain_rounds(state: PactState, plan: SamplePlan, column: str) -> dict[str, Round]:
    """The sample within each value of "size" or "region_code" of which DOMAIN officials were drawn."""
    universe, counted = plan_at(plan, state), _counted(state, plan)
    drawn = [one for ids in drawn_officials(state, plan).values() for one in ids]
    theirs = universe.rows[~universe.is_whole & universe.is_about(drawn)]
    counts = theirs.drop_duplicates("signatory_id")[column].value_counts()
    values = universe.rows[column].to_numpy()
    return {
        str(value): _round_of(state, plan, counted.within(values == value))
        for value in sorted(counts[counts >= DOMAIN].index)
    }

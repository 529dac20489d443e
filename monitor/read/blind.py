"""What two people rate of a sample without reading each other: which ones, and how far they agree."""

from collections.abc import Iterable

import pandas as pd

from monitor.analysis.agreement import Agreement, Pair, Percentage, percentage_of
from monitor.analysis.sampling import draw_double_rated
from monitor.models import FEW
from monitor.queries.ratings import RatingPair, open_pairs, shuffle_pairs
from monitor.read.agreement_tables import (
    agreement_of_rows,
    pairs_in_steps,
    public_pairs,
    table_of_pairs,
)
from monitor.read.cache import per_plan, per_state
from monitor.read.pact_state import PactState
from monitor.read.sample import current_plan, drawn_officials, plan_at, sample_plans
from monitor.samples import SamplePlan

#: The fewest pairs of one rater of which it is said how many agree.
PAIRS_OF_RATER = 20


@per_plan
def doubled_commitments(state: PactState, plan: SamplePlan) -> tuple[tuple[str, str], ...]:
    """The commitments, by signatory and measure, of the officials whom two people read: those that were
    drawn for, in the order of the draw. None before the dice."""
    drawn = [one for ids in drawn_officials(state, plan).values() for one in ids]
    if plan.seed is None or not drawn:
        return ()
    universe, twice = plan_at(plan, state), draw_double_rated(plan.seed, drawn, plan.double_share)
    rest = universe.rows[~universe.is_whole & universe.is_about(twice)]
    measures = rest.groupby("signatory_id", sort=False)["measure"].agg(list).to_dict()
    return tuple((str(one), str(measure)) for one in twice for measure in measures.get(one, ()))


def _public_doubled(state: PactState, plan: SamplePlan) -> list[tuple[str, str]]:
    """Of these, those about officials who were not taken back since."""
    known = set(state.known.signatories["signatory_id"].tolist())
    doubled = doubled_commitments(state, plan) if plan.head_recorded_at else ()
    return [about for about in doubled if about[0] in known]


@per_state
def blind_pairs(state: PactState, plan: SamplePlan) -> list[RatingPair]:
    """The commitments of which both ratings were in, as it was known."""
    with state.store.reading() as session:
        return open_pairs(session, plan.pact_id, plan.plan_id, state.last_seq)


@per_state
def published_pairs(state: PactState, plan: SamplePlan) -> list[RatingPair]:
    """Of these, the pairs that everybody may read, in steps (`pairs_in_steps`), in an order that tells
    nobody whom each is about."""
    shown = pairs_in_steps(blind_pairs(state, plan), _public_doubled(state, plan))
    with state.store.reading() as session:
        return shuffle_pairs(session, plan.pact_id, plan.plan_id, shown)


def is_read_wholly(state: PactState, plan: SamplePlan) -> bool:
    """Whether all that two people are to read of a plan is among what is published."""
    read = {(one.signatory_id, one.measure) for one in published_pairs(state, plan)}
    return read.issuperset(_public_doubled(state, plan))


@per_state
def agreement_of_plan(state: PactState, plan: SamplePlan) -> Agreement:
    """For the team: how far the two ratings agree, of all pairs that are counted."""
    with state.store.reading() as session:
        pairs = shuffle_pairs(session, plan.pact_id, plan.plan_id, blind_pairs(state, plan))
    return agreement_of_rows(table_of_pairs({plan.plan_id: pairs}))


def uncounted_pairs(pairs: Iterable[RatingPair]) -> int:
    """How many pairs stayed blind and had nothing to judge: the first reader kept no source."""
    return sum(one.is_blind and not one.is_counted for one in pairs)


@per_state
def opened_pairs(state: PactState) -> pd.DataFrame:
    """`agreement_tables.public_pairs` of all plans of the pact, of the pairs that are published."""
    plans = sample_plans(state)
    finished = [plan.plan_id for plan in plans if is_read_wholly(state, plan)]
    return public_pairs({plan.plan_id: published_pairs(state, plan) for plan in plans}, finished)


@per_state
def _published_agreement(state: PactState, plan: SamplePlan) -> Agreement:
    return agreement_of_rows(table_of_pairs({plan.plan_id: published_pairs(state, plan)}))


def public_agreement(state: PactState) -> Agreement | None:
    """What everybody may read of it: that of the current sample, in steps, once there are enough pairs,
    of enough officials."""
    plan = current_plan(state)
    if plan is None:
        return None
    found = _published_agreement(state, plan)
    if min(found.pairs, found.officials) < FEW:
        return None
    measures = found.measures if is_read_wholly(state, plan) else ()
    return found._replace(measures=tuple(one for one in measures if one.pairs >= FEW))


def agreement_by_rater(opened: Iterable[RatingPair]) -> dict[str, Percentage]:
    """For the team alone: of each rater of PAIRS_OF_RATER pairs that are counted, by name, how many say
    the same class as the other rater."""
    pairs: dict[str, list[Pair]] = {}
    for one in opened:
        if one.is_counted:
            pair = Pair(one.signatory_id, one.measure, one.first.status, one.second.status)
            for rating in (one.first, one.second):
                pairs.setdefault(rating.author, []).append(pair)
    return {
        name: percentage_of(pairs[name], by_class=True)
        for name in sorted(pairs)
        if len(pairs[name]) >= PAIRS_OF_RATER
    }

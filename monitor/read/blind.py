"""What two people rate of a sample without reading each other: which ones, and how far they agree."""

from monitor.analysis.agreement import Agreement, Pair, agreement_of
from monitor.analysis.sampling import double_rated
from monitor.models import FEW
from monitor.queries.ratings import RatingPair, open_pairs
from monitor.read.cache import per_plan, per_state
from monitor.read.pact_state import PactState
from monitor.read.sample import current_plan, drawn_officials, plan_at
from monitor.samples import SamplePlan
from monitor.store import open_store


@per_plan
def doubled_commitments(state: PactState, plan: SamplePlan) -> tuple[tuple[str, str], ...]:
    """The commitments, by signatory and measure, of the officials whom two people read: those that were
    drawn for, in the order of the draw. None before the dice."""
    drawn = [one for ids in drawn_officials(state, plan).values() for one in ids]
    if plan.seed is None or not drawn:
        return ()
    universe, twice = plan_at(plan, state), double_rated(plan.seed, drawn, plan.double_share)
    rest = universe.rows[~universe.is_whole & universe.is_about(twice)]
    measures = rest.groupby("signatory_id", sort=False)["measure"].agg(list).to_dict()
    return tuple((str(one), str(measure)) for one in twice for measure in measures.get(one, ()))


@per_state
def blind_pairs(state: PactState, plan: SamplePlan) -> list[RatingPair]:
    """The commitments of which both ratings were in, as it was known."""
    with open_store().reading() as session:
        return open_pairs(session, plan.pact_id, plan.plan_id, state.last_seq)


@per_state
def agreement_of_plan(state: PactState, plan: SamplePlan) -> Agreement:
    """How far the two ratings agree, of the pairs that stayed blind."""
    pairs = blind_pairs(state, plan)
    return agreement_of(
        [
            Pair(one.signatory_id, one.measure, one.first.status, one.second.status)
            for one in pairs
            if one.is_blind
        ]
    )


def public_agreement(state: PactState) -> Agreement | None:
    """What everybody may read of it: that of the current sample, once there are enough pairs, of enough
    officials."""
    plan = current_plan(state)
    if plan is None:
        return None
    found = agreement_of_plan(state, plan)
    return found if min(found.pairs, found.officials) >= FEW else None

"""By how much the share of a pact moved from one random sample to another."""

from monitor.analysis.sampling import Change, estimate_change
from monitor.read.pact_state import PactState
from monitor.read.sample import is_current, plan_at, sample_round
from monitor.samples import SamplePlan


def are_comparable(state: PactState, before: SamplePlan, after: SamplePlan) -> bool:
    """Whether two rounds say how a share moved: of two days, drawn, not given up, and answered for."""
    return before.as_of < after.as_of and all(
        is_current(plan) and sample_round(state, plan).is_enough for plan in (before, after)
    )


def change_between(state: PactState, before: SamplePlan, after: SamplePlan) -> Change:
    """By how much the share moved from the day of one plan to that of another, by their samples."""
    one, two = sample_round(state, before), sample_round(state, after)
    first, second = (
        [
            set(plan_at(plan, state).officials.get(each.code, ()))
            for each in plan.allocation
            if each.drawn
        ]
        for plan in (before, after)
    )
    return estimate_change(
        (one.strata, one.whole),
        (two.strata, two.whole),
        lambda here, there: len(first[here] & second[there]),
    )

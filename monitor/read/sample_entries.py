"""The entries of the log about random samples, in words."""

from datetime import datetime
from typing import NamedTuple

from monitor.i18n import day
from monitor.read.sample import sample_plans
from monitor.read.selection import View


class SampleEntry(NamedTuple):
    """One of them: its number, when it was recorded, what it says."""

    seq: int
    recorded_at: datetime
    words: str


def sample_entries(view: View) -> list[SampleEntry]:
    """The plans for samples of the pact, what the dice gave, and the plans that were given up: newest
    first, whatever the filters."""
    found = []
    for plan in sample_plans(view.state):
        planned = view.plural(
            "log.sample_plan",
            plan.drawn,
            plan=plan.plan_id,
            day=day(plan.as_of, view.lang),
            dice=plan.dice or "–",
        )
        if plan.has_same_evidence:
            planned = f"{planned} {view.text('sample.same_evidence')}"
        found.append(SampleEntry(plan.seq, plan.recorded_at, planned))
        if plan.seed is not None and plan.seed_seq and plan.seed_recorded_at:
            drawn = view.text("log.sample_seed", plan=plan.plan_id, seed=plan.seed)
            found.append(SampleEntry(plan.seed_seq, plan.seed_recorded_at, drawn))
        if plan.abandoned_seq and plan.abandoned_at:
            why = plan.abandoned_reason or "–"
            ended = view.text("log.sample_end", plan=plan.plan_id, why=why)
            found.append(SampleEntry(plan.abandoned_seq, plan.abandoned_at, ended))
    return sorted(found, reverse=True)

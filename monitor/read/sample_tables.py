"""Random samples as tables: the plans of a pact, and whom each of them draws."""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

import numpy as np
import pandas as pd

from monitor.analysis.sampling import draw_digest, draw_double_rated
from monitor.errors import NotFound
from monitor.export import Samples
from monitor.export.analysis_fields import ANALYSES
from monitor.read import blind
from monitor.read.agreement_tables import agreement_table, anonymous_rows
from monitor.read.pact_state import PactState
from monitor.read.sample import (
    is_current,
    plan_at,
    sample_plans,
    sample_round,
)
from monitor.read.sample_change import are_comparable, change_between
from monitor.read.sample_universe import text_of_lines
from monitor.read.sample_words import published_lines
from monitor.samples import SamplePlan, content_of, find_plan
from monitor.snapshot import Snapshot
from monitor.tables import SHARE_DIGITS

PLANS, OFFICIALS, ESTIMATES, CHANGES = (
    "sample_plans",
    "sample",
    "sample_estimates",
    "sample_changes",
)
COLUMNS = {
    name: [field.name for field in ANALYSES[name]]
    for name in (PLANS, OFFICIALS, ESTIMATES, CHANGES)
}


def plan_named(state: PactState, plan_id: str | None) -> SamplePlan:
    """A plan of the pact; the last one if none is named. Raises NotFound (`unknown_sample_plan`,
    `no_sample_plan`)."""
    plans = sample_plans(state)
    if plan_id is not None:
        return find_plan(plans, plan_id)
    if not plans:
        raise NotFound("no_sample_plan", pact=state.pact_id)
    return plans[-1]


def plan_table(plans: Sequence[SamplePlan]) -> pd.DataFrame:
    """Plans, a row each, in the order of the log: what was fixed beforehand (`content`: as the log
    digests it), what the dice gave, and whether the plan was given up."""
    rows = [
        (
            plan.plan_id,
            plan.seq,
            _moment(plan.recorded_at),
            plan.as_of.isoformat(),
            plan.head,
            plan.officials,
            plan.drawn,
            *plan.take_all,
            plan.dice or None,
            plan.universe,
            content_of(plan),
            plan.seed,
            _moment(plan.seed_recorded_at),
            _moment(plan.abandoned_at),
            plan.abandoned_reason,
        )
        for plan in plans
    ]
    return pd.DataFrame(rows, columns=COLUMNS[PLANS], dtype=object)


def official_table(state: PactState, plans: Sequence[SamplePlan]) -> pd.DataFrame:
    """Whom plans draw, a row each, in the order of each draw: what gave it (`digest`), and of the
    commitments that were drawn for and are due still, how many have an answer, how many are implemented,
    and of how many that is not known."""
    rows = []
    for plan in plans:
        if plan.seed is None:
            continue
        measured = sample_round(state, plan)
        found = measured.officials
        counts = {
            who: (int(hits), int(unknown))
            for each in measured.strata
            for who, hits, unknown in zip(each.officials, each.hits, each.unknown, strict=True)
        }
        ids = [official.signatory_id for official in found]
        twice = set(draw_double_rated(plan.seed, ids, plan.double_share))
        # Of whoever was taken back since, nothing is published any more.
        for one in (each for each in found if each.public):
            rows.append(
                (
                    plan.plan_id,
                    one.place,
                    one.signatory_id,
                    one.stratum,
                    draw_digest(plan.seed, one.signatory_id),
                    one.due,
                    one.answered,
                    *counts[one.signatory_id],
                    one.is_answered,
                    one.signatory_id in twice,
                )
            )
    return pd.DataFrame(rows, columns=COLUMNS[OFFICIALS], dtype=object)


def estimate_table(state: PactState, plans: Sequence[SamplePlan]) -> pd.DataFrame:
    """What each sample that was drawn and not given up says of all that was due on its day: the share
    implemented if what is not known is not (`least`), or if all of it is (`most`), from the lower limit
    of the one to the upper limit of the other. Until `is_enough`, these are bounds and no estimate."""
    rows = []
    for plan in filter(is_current, plans):
        measured = sample_round(state, plan)
        estimate, whole = measured.estimate, measured.whole
        shares = (estimate.least.value, estimate.most.value, *estimate.interval)
        rows.append(
            (
                plan.plan_id,
                plan.as_of.isoformat(),
                len(measured.asked),
                measured.answered,
                measured.is_enough,
                *(whole.cases, whole.hits, whole.unknown),
                *map(_rounded, shares),
            )
        )
    return pd.DataFrame(rows, columns=COLUMNS[ESTIMATES], dtype=object)


def change_table(state: PactState, plans: Sequence[SamplePlan]) -> pd.DataFrame:
    """By how much the share moved between each two samples that can be compared (`are_comparable`)."""
    rows = []
    for before, after in combinations(sorted(plans, key=lambda plan: (plan.as_of, plan.seq)), 2):
        if are_comparable(state, before, after):
            found = change_between(state, before, after)
            moved = (found.least, found.most, found.error, found.low, found.high)
            rows.append((before.plan_id, after.plan_id, *map(_rounded, moved)))
    return pd.DataFrame(rows, columns=COLUMNS[CHANGES], dtype=object)


def _rounded(share: float) -> float | None:
    """As files have it."""
    return None if np.isnan(share) else round(float(share), SHARE_DIGITS)


def universe_text(state: PactState, plan: SamplePlan) -> str:
    """The lines whose SHA-256 the plan holds: stratum, signatory and measure, tabs between.

    Raises Refused (`sample_head`) where the log does not hold the head of the plan."""
    return text_of_lines(plan_at(plan, state).lines)


def published_text(state: PactState, plan: SamplePlan) -> str:
    """Of `universe_text`, what anybody may read: an id may hold a name, and whoever was taken back from
    the log is published nowhere. Raises as it does."""
    return text_of_lines(published_lines(state, plan)[0])


def differences(state: PactState, plan: SamplePlan) -> list[str]:
    """In what the plan is not what the log says at its head: `universe`, `take_all`, `allocation`; none
    where all agrees. Raises as `universe_text` does."""
    universe = plan_at(plan, state)
    again = {
        "universe": universe.digest,
        "take_all": universe.count_whole(),
        "allocation": universe.allocate_officials(plan.officials),
    }
    return [name for name, value in again.items() if value != getattr(plan, name)]


def _moment(time: datetime | None) -> str | None:
    """As tables write one."""
    return time.isoformat() if time else None


def samples_to_export(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> Samples:
    """The random samples of a pact for the folder of an export."""
    state = PactState(snapshot, pact_id, known_at)
    plans = sample_plans(state)
    lists = {list_name(plan): published_text(state, plan) for plan in plans}
    pairs = blind.opened_pairs(state)
    return Samples(
        plan_table(plans),
        official_table(state, plans),
        estimate_table(state, plans),
        change_table(state, plans),
        agreement_table(pairs),
        anonymous_rows(pairs),
        lists,
    )


def list_name(plan: SamplePlan) -> str:
    """How the file is called that holds the list which a plan starts from."""
    return f"sample-{plan.plan_id}-universe.txt"

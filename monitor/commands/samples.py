"""Random samples: the plan before the dice, the numbers after them, and a plan that is given up."""

from datetime import datetime, timedelta

from monitor.accounts import Bearer
from monitor.commands.transaction import Work, clean_free_text, pact_of, transaction_as
from monitor.errors import Changed, InvalidRow, InvalidValue, Refused
from monitor.findings import RowError
from monitor.models import Role
from monitor.queries.samples import sample_plans
from monitor.samples import SEED_PATTERN, SampleDraft, SamplePlan, content_of, find_plan
from monitor.store import Store
from monitor.store.journal import time_of_head, timestamp


def plan_sample(
    store: Store, who: Bearer | None, plan: SampleDraft, now: datetime | None = None
) -> str:
    """Record a plan, before the dice that it names are thrown. Returns its number, as a text.

    Only one of a pact may wait for its dice: of two, one could choose. Raises NotFound
    (`unknown_pact`), Refused (`sample_nobody`, `sample_waits`), InvalidValue (`sample_head`),
    InvalidRow (`future_date`, `sample_dice_missing`), NotAllowed.
    """
    with transaction_as(store, who, Role.ADMIN, now) as work:
        pact_of(work.session, plan.pact_id)
        if not plan.drawn:
            raise Refused("sample_nobody")
        today = work.journal.latest_day
        if plan.as_of > today:
            day, details = plan.as_of.isoformat(), (("today", today.isoformat()),)
            raise InvalidRow([RowError(None, "as_of", day, "future_date", details)])
        # Later than what it rests on, to the microsecond: what follows is later still.
        after = time_of_head(work.session, plan.head) + timedelta(microseconds=1)
        work.journal.recorded_at = max(work.journal.recorded_at, timestamp(after))
        before = sample_plans(work.session, plan.pact_id)
        if waiting := [one.plan_id for one in before if one.waits]:
            raise Refused("sample_waits", plan=waiting[0])
        dice = clean_free_text(plan.dice, "dice", required="sample_dice_missing")
        plan_id = str(len(before) + 1)
        facts = (plan.pact_id, plan_id, content_of(plan))
        work.journal.append("sample_plan", [(facts, (dice,), ())])
        return plan_id


def record_seed(
    store: Store,
    who: Bearer | None,
    pact_id: str,
    plan_id: str,
    seed: str,
    now: datetime | None = None,
) -> int:
    """Record the numbers that the dice of a plan gave, once and for good: they draw the sample.

    Raises NotFound (`unknown_sample_plan`), Changed (`sample_seeded`, `sample_abandoned`),
    InvalidValue (`sample_seed`), NotAllowed. Returns the seq of the entry.
    """
    text = " ".join(seed.split())
    if not SEED_PATTERN.fullmatch(text):
        raise InvalidValue("sample_seed", value=text[:80])
    with transaction_as(store, who, Role.ADMIN, now) as work:
        plan = _plan_of(work, pact_id, plan_id)
        if plan.seed is not None:
            raise Changed("sample_seeded", plan=plan_id, seed=plan.seed)
        return work.journal.append("sample_seed", [((pact_id, plan_id, text), (), ())])


def abandon_plan(
    store: Store,
    who: Bearer | None,
    pact_id: str,
    plan_id: str,
    reason: str,
    now: datetime | None = None,
) -> int:
    """Give a plan up, before its dice or after them; it stays in the log, with the reason.

    Raises NotFound (`unknown_sample_plan`), Changed (`sample_abandoned`), InvalidRow
    (`reason_missing`), NotAllowed. Returns the seq of the entry.
    """
    with transaction_as(store, who, Role.ADMIN, now) as work:
        _plan_of(work, pact_id, plan_id)
        why = clean_free_text(reason, "reason", required="reason_missing")
        return work.journal.append("sample_end", [((pact_id, plan_id), (why,), ())])


def _plan_of(work: Work, pact_id: str, plan_id: str) -> SamplePlan:
    """A plan that was not given up."""
    plan = find_plan(sample_plans(work.session, pact_id), plan_id)
    if plan.abandoned:
        raise Changed("sample_abandoned", plan=plan_id)
    return plan

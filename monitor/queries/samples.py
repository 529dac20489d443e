"""The plans for random samples, as the log holds them."""

from dataclasses import replace
from datetime import datetime

from monitor.errors import DatabaseDamaged, InvalidValue
from monitor.samples import SamplePlan, draft_from_content
from monitor.store import Session
from monitor.store.journal import time_of_head

_BAD = (ValueError, LookupError, TypeError, AttributeError, InvalidValue)
_PLANS = """
    SELECT p.seq, p.plan_id, e.recorded_at, e.author, p.content, x.dice,
           s.seed, s.seq, se.recorded_at, n.seq, nx.reason, ne.recorded_at
    FROM sample_plan p JOIN entry e ON e.seq = p.seq JOIN sample_plan_text x ON x.seq = p.seq
    LEFT JOIN sample_seed s ON s.pact_id = p.pact_id AND s.plan_id = p.plan_id AND s.seq <= :until
    LEFT JOIN entry se ON se.seq = s.seq
    LEFT JOIN sample_end n ON n.pact_id = p.pact_id AND n.plan_id = p.plan_id AND n.seq <= :until
    LEFT JOIN sample_end_text nx ON nx.seq = n.seq LEFT JOIN entry ne ON ne.seq = n.seq
    WHERE p.pact_id = :pact AND p.seq <= :until ORDER BY p.seq
"""


def sample_plans(session: Session, pact_id: str, until: int = 2**62) -> list[SamplePlan]:
    """The plans of a pact, newest last, each with what was recorded of it up to seq `until`.

    Raises DatabaseDamaged (`entry_damaged`) for a plan that nobody can read.
    """
    found = [_plan(pact_id, *row) for row in session.rows(_PLANS, pact=pact_id, until=until)]
    return [replace(plan, head_recorded_at=_time_of(session, plan.head)) for plan in found]


def _time_of(session: Session, head: str) -> datetime | None:
    try:
        return time_of_head(session, head)
    except InvalidValue:
        return None


def _plan(
    pact_id, seq, plan_id, at, author, content, dice, seed, seed_seq, seed_at, end, why, end_at
) -> SamplePlan:
    try:
        draft = draft_from_content(pact_id, content, dice)
    except _BAD as error:
        raise DatabaseDamaged("entry_damaged", seq=seq, why=type(error).__name__) from error
    return SamplePlan(
        **vars(draft),
        plan_id=plan_id,
        seq=seq,
        recorded_at=datetime.fromisoformat(at),
        author=author,
        seed=seed,
        seed_seq=seed_seq,
        seed_recorded_at=datetime.fromisoformat(seed_at) if seed_at else None,
        abandoned=end is not None,
        abandoned_reason=why,
        abandoned_seq=end,
        abandoned_at=datetime.fromisoformat(end_at) if end_at else None,
    )

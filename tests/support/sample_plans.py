"""Plans for samples, as tests write them."""

from dataclasses import replace
from datetime import date

from monitor.commands.samples import plan_sample, record_seed
from monitor.read.day_state import DayState
from monitor.read.pact_state import PactState
from monitor.read.sample import current_plan, draft_plan, sample_round
from monitor.samples import SampleDraft, SampleStratum
from monitor.snapshot import Snapshots
from monitor.store.head import read_head
from tests.support.loading import HEADER, load

#: The last day of the demo, and what the dice gave there.
DAY = date(2026, 3, 22)
SEED = "4 12 23 31 45 / 3 9"
DICE = "EuroMillions du 4 décembre 2026"
STRATA = (SampleStratum("lt_1000", 3, 9, 2), SampleStratum("ge_200000", 2, 5, 2))


def draft(store, pact_id: str, **values) -> SampleDraft:
    """A plan at the present head of a store, with invented strata."""
    with store.reading() as session:
        seq, hash_ = read_head(session)
    plan = SampleDraft(
        pact_id=pact_id,
        as_of=date(2020, 7, 4),
        head=f"{seq}:{hash_}",
        fresh_days=365,
        strata="size",
        officials=4,
        double_share=0.2,
        dice=DICE,
        universe="ab" * 32,
        take_all=(1, 3),
        allocation=STRATA,
    )
    return replace(plan, **values)


def state_of(store) -> PactState:
    return PactState(Snapshots(store).current(), "demo")


def drawn_plan(store, officials=20, **values):
    name = plan_sample(
        store, None, draft_plan(state_of(store), DAY, officials, "EuroMillions", **values)
    )
    record_seed(store, None, "demo", name, SEED)
    state = state_of(store)
    plan = current_plan(state)
    assert plan is not None
    return state, plan


def answer(store, officials, status="decided", happened_on="2026-03-01"):
    """An assessment of every commitment of these officials, as a file brings it."""
    state = state_of(store)
    table = DayState(state, DAY).commitments
    table = table[table["signatory_id"].isin(officials)]
    source = ",," if status == "no_evidence" else "press,Journal,https://exemple.invalid/a"
    rows = [
        f"new-{status}-{happened_on}-{place},{one.signatory_id},{one.measure},{happened_on},"
        f"assessment,{status},"
        f"Vu aux archives.,{source},,"
        for place, one in enumerate(table.itertuples())
    ]
    report = load(store, HEADER + "\n".join(rows) + "\n", pact_id="demo", now=None)
    assert report.loaded, report.errors


def two_rounds(store, officials=30) -> None:
    """Two samples of a demo, a year apart, of which all are answered for: implemented, decided, or
    looked for in vain; then one of which nobody is."""
    for day, steps in ((date(2025, 3, 22), (3, 5)), (DAY, (2, 3))):
        name = plan_sample(store, None, draft_plan(state_of(store), day, officials, DICE))
        record_seed(store, None, "demo", name, SEED)
        state = state_of(store)
        plan = current_plan(state)
        assert plan is not None
        drawn = [one.signatory_id for one in sample_round(state, plan).officials]
        done, vain = (set(drawn[::step]) for step in steps)
        on = f"{day.year}-03-01"
        for status, who in (
            ("implemented", done),
            ("no_evidence", vain - done),
            ("decided", set(drawn) - done - vain),
        ):
            answer(store, who, status, on)
    name = plan_sample(store, None, draft_plan(state_of(store), DAY, officials, DICE, 0))
    record_seed(store, None, "demo", name, f"{SEED} 7")

"""Plans for samples, as tests write them."""

from dataclasses import replace
from datetime import date

from monitor.samples import SampleDraft, SampleStratum
from monitor.store.head import read_head

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

"""What the current sample says of all that was due on its day, beside what is known without it."""

from datetime import date

import pandas as pd

from monitor import charts
from monitor.read.filters import FILTERS
from monitor.read.pictures import Picture, always
from monitor.read.sample import current_plan, sample_round
from monitor.read.sample_words import bounds_without_sample, sample_in_words
from monitor.read.selection import View

COLUMNS = ("plan_id", "plan_day", "drawn", "answered", "unknown_as", "share", "low", "high")


def _day(view: View) -> date:
    plan = current_plan(view.state)
    return plan.as_of if plan else view.day


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    plan = current_plan(view.state)
    if plan is None:
        return None
    found = sample_round(view.state, plan)
    whole = found.estimate
    share = (whole.least.value, whole.most.value) if found.is_enough else None
    bounds, rate = bounds_without_sample(view)
    if bounds is None:
        return None
    return charts.sample_line(bounds, share, whole.interval, rate, view.lang, dark)


def _table(view: View, _own: str) -> pd.DataFrame:
    plan = current_plan(view.state)
    if plan is None:
        return pd.DataFrame(columns=list(COLUMNS))
    found = sample_round(view.state, plan)
    counts = plan.plan_id, plan.as_of.isoformat(), len(found.officials), found.answered
    rows = [
        (*counts, reading, one.value, one.low, one.high)
        for reading, one in (
            (0, found.estimate.least),
            (1, found.estimate.most),
        )
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


PICTURE = Picture(
    "echantillon",
    always("sample.title"),
    "sample.alt",
    _drawing,
    _table,
    key=always("sample.help"),
    sentence=lambda view, own: sample_in_words(view),
    ignores=tuple(FILTERS),
    day_of=_day,
)

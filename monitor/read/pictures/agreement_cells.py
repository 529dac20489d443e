"""What two people who read the same commitments without seeing each other's status said of them."""

from datetime import date

import pandas as pd

from monitor import charts
from monitor.i18n import number, percent
from monitor.read.blind import public_agreement
from monitor.read.filters import FILTERS
from monitor.read.pictures import Picture, always
from monitor.read.sample import current_plan
from monitor.read.selection import View

COLUMNS = ("one_status", "other_status", "pairs")


def _day(view: View) -> date:
    plan = current_plan(view.state)
    return plan.as_of if plan else view.day


def _title(view: View) -> str:
    return "blind.title" if public_agreement(view.state) else "blind.title_none"


def _counts(view: View, _own: str) -> str:
    found, lang = public_agreement(view.state), view.lang
    if found is None:
        return ""
    return view.text(
        "blind.same_of",
        same=number(found.statuses.agreeing, lang),
        pairs=number(found.pairs, lang),
        share=percent(found.statuses.share, lang),
    )


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    found = public_agreement(view.state)
    if found is None:
        return None
    return charts.agreement_cells(found.table, view.lang, dark, view.state.wording)


def _table(view: View, _own: str) -> pd.DataFrame:
    found = public_agreement(view.state)
    pairs = found.table.items() if found else ()
    rows = [(first.value, second.value, count) for (first, second), count in pairs]
    return pd.DataFrame(rows, columns=list(COLUMNS))


PICTURE = Picture(
    "accord",
    _title,
    "blind.alt",
    _drawing,
    _table,
    own_words=_counts,
    key=always("blind.key"),
    ignores=tuple(FILTERS),
    day_of=_day,
)

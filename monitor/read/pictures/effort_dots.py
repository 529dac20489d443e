"""How closely each group was looked at, and when for the last time."""

import pandas as pd

from monitor import charts, tables
from monitor.i18n import number
from monitor.read import chart_data
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always, say_with
from monitor.read.pictures.knowledge_bars import GROUPS
from monitor.read.selection import View
from monitor.shares import exact_percent, is_enough

#: Of `indicators.indicator_table`: nothing of what was implemented.
COLUMNS = (
    "due",
    "officials",
    "assessed",
    "coverage",
    "officials_assessed",
    "entries_per_assessed",
    "months_since_entry",
)


def _drawing(view: View, by: str, dark: bool) -> charts.Figure:
    shown = chart_data.indicators_in_bars(view, by)
    return charts.effort_dots(shown, chart_data.group_labels(view, by), view.lang, dark)


def _table(view: View, by: str) -> pd.DataFrame:
    return tables.published_indicators(chart_data.indicators_by_group(view, by), by)[[by, *COLUMNS]]


def effort_range(view: View, by: str) -> str:
    """From the least to the most looked at, of groups that have percentages; of fewer than two, what was
    looked at in all; "" where nothing binds."""
    table, lang = chart_data.indicators_by_group(view, by), view.lang
    enough = table[is_enough(table["due"], table["officials"])]
    seen = enough[enough["assessed"] > 0]
    if len(seen) < 2:
        total = chart_data.total_indicators(view)
        looked, effort = number(total.assessed, lang), charts.assessment_effort(total, lang)
        words = view.plural("effort.in_all", int(total.due), looked=looked, effort=effort)
        return words if total.due else ""
    ends = {
        name: (write(column.min()), write(column.max()))
        for name, column, write in (
            ("coverage", enough["coverage"], lambda share: exact_percent(float(share), lang)),
            ("entries", seen["entries_per_assessed"], lambda count: number(count, lang, 1)),
            ("months", seen["months_since_entry"], lambda count: number(count, lang)),
        )
    }
    spans = {
        name: low if low == high else view.text("effort.span", low=low, high=high)
        for name, (low, high) in ends.items()
    }
    alike = all(low == high for low, high in ends.values())
    most = seen["entries_per_assessed"].max()
    return view.plural("effort.alike" if alike else "effort.words", most, 1, **spans)


PICTURE = Picture(
    "effort",
    always("effort.title"),
    "effort.alt",
    _drawing,
    _table,
    own="par",
    choices=GROUPS,
    own_words=say_with("group_by"),
    key=always("effort.help"),
    sentence=effort_range,
    ignores=STANDING,
)

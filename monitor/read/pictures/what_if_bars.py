"""What the bounds become under assumptions about what nobody assessed."""

import pandas as pd

from monitor import charts
from monitor.i18n import number
from monitor.read.cache import per_view
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always
from monitor.read.selection import View
from monitor.read.what_if import what_if_table
from monitor.shares import exact_percent


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    table = what_if_table(view)
    return charts.what_if_bars(table, view.lang, dark) if len(table) else None


def _table(view: View, _own: str) -> pd.DataFrame:
    return what_if_table(view)


@per_view
def what_if_in_words(view: View, _own: str) -> str:
    """The share if nothing else were implemented, half as often, and as often; "" without a table."""
    table, lang = what_if_table(view), view.lang
    if table.empty:
        return ""
    shares = dict(zip(table["times"], table["share"], strict=True))
    first = table.iloc[0]
    unknown = int(first["due"] - first["assessed"])
    return view.plural(
        "what_if.words",
        unknown,
        due=number(int(first["due"]), lang),
        none=exact_percent(shares[0.0], lang, bound="low"),
        half=exact_percent(shares[0.5], lang),
        same=exact_percent(shares[1.0], lang),
    )


PICTURE = Picture(
    "hypotheses",
    always("what_if.title"),
    "what_if.alt",
    _drawing,
    _table,
    key=always("what_if.help"),
    sentence=what_if_in_words,
    ignores=STANDING,
)

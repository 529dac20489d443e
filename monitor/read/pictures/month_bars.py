"""How much was read of each month: a rise of the line of time may be no more than a rise of reading."""

import pandas as pd

from monitor import charts
from monitor.read import timeline
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always
from monitor.read.selection import View


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    table = timeline.entries_by_month(view)
    return charts.month_bars(table, view.lang, dark) if table["entries"].any() else None


def _table(view: View, _own: str) -> pd.DataFrame:
    return timeline.entries_by_month(view)


PICTURE = Picture(
    "lectures",
    always("reading.title"),
    "reading.alt",
    _drawing,
    _table,
    key=always("reading.help"),
    ignores=STANDING,
)

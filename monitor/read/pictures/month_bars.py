"""How much was read of each month: a rise of the line of time may be no more than a rise of reading."""

import pandas as pd

from monitor import charts
from monitor.i18n import day, number, partial_day
from monitor.read import timeline
from monitor.read.cache import per_view
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always
from monitor.read.selection import View


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    table = timeline.entries_by_month(view)
    return charts.month_bars(table, view.lang, dark) if table["entries"].any() else None


def _table(view: View, _own: str) -> pd.DataFrame:
    return timeline.entries_by_month(view)


@per_view
def reading_in_words(view: View, _own: str) -> str:
    """How many entries count, in how many months, and how many at most in one; "" where none does."""
    table = timeline.entries_by_month(view)
    if not table["entries"].any():
        return ""
    most = table.loc[table["entries"].idxmax()]
    read = int((table["entries"] > 0).sum())
    return view.plural(
        "reading.words" if read > 1 else "reading.words_one_month",
        int(table["entries"].sum()),
        day=day(view.day, view.lang),
        read=number(read, view.lang),
        months=number(len(table), view.lang),
        month=partial_day(str(most["month"]), view.lang),
        most=number(int(most["entries"]), view.lang),
    )


PICTURE = Picture(
    "lectures",
    always("reading.title"),
    "reading.alt",
    _drawing,
    _table,
    key=always("reading.help"),
    sentence=reading_in_words,
    ignores=STANDING,
)

"""The chance that a commitment is decided, or implemented, within each half-year that it waits."""

import numpy as np
import pandas as pd

from monitor import charts
from monitor.analysis_codes import Event
from monitor.i18n import number
from monitor.models import Status
from monitor.read.cache import per_view
from monitor.read.filters import STANDING
from monitor.read.half_years import half_year_edges, half_year_table
from monitor.read.incidence import event_spells
from monitor.read.pictures import Picture, always, say_with
from monitor.read.selection import View
from monitor.shares import exact_percent, is_enough

COLOURS = {
    Event.DECIDED: Status.DECIDED,
    Event.PARTLY: Status.PARTLY_IMPLEMENTED,
    Event.IMPLEMENTED: Status.IMPLEMENTED,
}


def _of_event(view: View, event: str) -> pd.DataFrame:
    table = half_year_table(view)
    return table[table["event"] == event]


def _drawing(view: View, event: str, dark: bool) -> charts.Figure | None:
    table = _of_event(view, event)
    if not is_enough(table["at_risk"], table["officials"]).any():
        return None
    return charts.half_year_bars(table, COLOURS[Event(event)], view.lang, dark)


def is_whole(view: View, table: pd.DataFrame, event: str) -> np.ndarray:
    """Which of these half-years were not cut short by the end of what is followed (bool)."""
    spells = event_spells(view, Event(event))
    last = int(spells.exit[spells.cause == 0].max(initial=-1))
    first, after = (half_year_edges(table["half_year"].to_numpy() - back) for back in (1, 0))
    return (last < first) | (after - 1 <= last)


@per_view
def half_years_in_words(view: View, event: str) -> str:
    """How the first half-year compares with the last whole one, and with the one between them that has
    the highest share; "" where too few waited in the first."""
    table = _of_event(view, event)
    whole = table[is_enough(table["at_risk"], table["officials"]) & is_whole(view, table, event)]
    if whole.empty:
        return ""
    ends = whole.iloc[[0, -1]]
    most = whole.loc[whole["share"].idxmax()]
    told = {}
    for which, row in (("first", ends.iloc[0]), ("last", ends.iloc[1]), ("most", most)):
        told[f"{which}_share"] = exact_percent(row["share"], view.lang, 1)
        for name in ("happened", "at_risk", "half_year"):
            told[f"{which}_{name}"] = number(row[name], view.lang)
    sentences = [view.text("half_years.words" if len(whole) > 1 else "half_years.first", **told)]
    if most["share"] > ends["share"].max():
        sentences.append(view.text("half_years.most", **told))
    return " ".join(sentences)


PICTURE = Picture(
    "semestres",
    always("half_years.title"),
    "half_years.alt",
    _drawing,
    _of_event,
    own="evenement",
    choices=tuple(Event),
    own_words=say_with("event"),
    key=always("half_years.help"),
    sentence=half_years_in_words,
    ignores=STANDING,
)

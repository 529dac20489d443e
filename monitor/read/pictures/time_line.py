"""Progress over time: all that ever bound, as steps."""

import pandas as pd

from monitor import charts
from monitor.read import timeline
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture
from monitor.read.selection import View


def _title(view: View) -> str:
    counted = charts.shows_counts(timeline.status_series(view))
    return "analyses.over_time_counts" if counted else "analyses.over_time"


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure:
    return charts.status_timeline(timeline.status_series(view), view.lang, dark, view.state.wording)


def _table(view: View, _own: str) -> pd.DataFrame:
    series = timeline.status_series(view)
    return series.assign(day=series["day"].dt.strftime("%Y-%m-%d"))


def _key(view: View) -> str:
    """What each step comes from."""
    return "analyses.over_time_months" if timeline.is_by_months(view) else "analyses.over_time_help"


PICTURE = Picture(
    "evolution",
    _title,
    "analyses.over_time_alt",
    _drawing,
    _table,
    coloured=timeline.layers_in_series,
    key=_key,
    ignores=STANDING,
)

"""The map of the departments, where the pact has enough of them."""

import pandas as pd

from monitor import charts, tables
from monitor.read import chart_data
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always
from monitor.read.selection import View


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    if not chart_data.makes_a_map(view.without_filters):
        return None
    names = view.places("department")
    return charts.department_map(chart_data.indicators_by_department(view), names, view.lang, dark)


def _table(view: View, _own: str) -> pd.DataFrame:
    return tables.published_indicators(chart_data.indicators_by_department(view), "department")


PICTURE = Picture(
    "carte",
    always("map.title"),
    "map.alt",
    _drawing,
    _table,
    key=always("map.legend"),
    ignores=STANDING,
)

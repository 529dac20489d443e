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
    table, names = chart_data.indicators_by_department(view), view.places("department")
    effort = charts.department_effort(table, chart_data.total_indicators(view), view.lang)
    return charts.department_map(table, names, view.lang, dark, effort)


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

"""Groups and measures: the indicators of each, of the largest groups."""

import pandas as pd

from monitor import charts, tables
from monitor.read import chart_data
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always, say_with
from monitor.read.selection import View

CROSSED = ("region", "department", "size")


def _drawing(view: View, by: str, dark: bool) -> charts.Figure:
    table, words = (
        chart_data.indicators_by_group_and_measure(view, by),
        chart_data.group_labels(view, by),
    )
    shown = chart_data.largest_groups(table, by, chart_data.most_groups(view))
    efforts = chart_data.efforts_in_words(view, by, short=True)
    table = table[table[by].isin(shown)]
    titles = view.kept_titles
    return charts.matrix_groups(table, by, words, titles, view.lang, dark, efforts)


def _table(view: View, by: str) -> pd.DataFrame:
    table = chart_data.indicators_by_group_and_measure(view, by)
    return tables.round_shares(table[[by, "measure", *tables.INDICATOR_COLUMNS]])


def _key(view: View) -> str:
    """What the cells hold: beside many columns there is no room for the coverage."""
    if charts.fills_several_lines(view.kept_titles):
        return "measures.groups_lines"
    return "measures.groups_narrow" if chart_data.measure_names(view) else "measures.groups_help"


PICTURE = Picture(
    "groupes",
    always("measures.groups"),
    "measures.groups_alt",
    _drawing,
    _table,
    own="par",
    choices=CROSSED,
    own_words=say_with("group_by"),
    key=_key,
    names=chart_data.measure_names,
    ignores=STANDING,
)

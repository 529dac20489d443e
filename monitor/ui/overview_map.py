"""The map by department, when there are enough places for one, and its table."""

import streamlit as st

from monitor import charts
from monitor.models import AreaCodes
from monitor.read import chart_data
from monitor.read.cache import per_view
from monitor.read.chart_registry import PICTURES, chart_key, chart_title
from monitor.read.selection import View
from monitor.table_rows import IndicatorRow, read_rows
from monitor.ui import figure_tables, figures
from monitor.ui.page_run import t


def show_map(view: View) -> None:
    """The map of departments with its table; a word in its place where a pact has places of its own."""
    if PICTURES["carte"].draw(view, "", figures.is_dark()) is None:
        if _has_points_of_its_own(view):
            st.caption(t("map.own_places"))
        return
    st.header(chart_title(view, "carte"))
    figures.show_chart("carte", view, config=charts.MAP_CONFIG)
    st.caption(chart_key(view, "carte"))
    with figures.fold_part(t("map.table"), "_map_table") as wanted:
        if wanted:
            figures.show_table(_table(view))


def _has_points_of_its_own(view: View) -> bool:
    """Whether the pact says where its own places lie, which nothing is drawn of."""
    areas = view.log.areas
    return view.pact.areas is AreaCodes.OWN and bool(areas["latitude"].notna().any())


@per_view
def _table(view: View) -> figures.Texts:
    names = view.places("department")
    words = {code: f"{code} · {name}" if code else name for code, name in names.items()}
    heading = figure_tables.group_heading("department")
    rows = read_rows(IndicatorRow, chart_data.indicators_by_department(view))
    table = figure_tables.indicator_table(rows, words, heading, view)
    return figures.table_texts(table)

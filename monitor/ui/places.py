"""The map by department, when there are places enough for one, and its table."""

import streamlit as st

from monitor import charts, indicators
from monitor.ui import figures, sentences
from monitor.ui.view import t
from monitor.views.kept import per_view
from monitor.views.view import View

#: Fewer departments than this make no map.
ENOUGH = 10


def show_map(view: View) -> None:
    found = _map(view, figures.dark())
    if found is None:
        return
    figure, table = found
    st.subheader(t("map.title", day=sentences.on(view)))
    figures.draw(
        figure,
        alt=t("map.alt"),
        key="map",
        config=charts.MAP_CONFIG,
    )
    st.caption(t("map.legend"))
    with figures.unfolded(t("map.table"), "_map_table") as wanted:
        if wanted:
            figures.show_table(table)


@per_view
def _map(view: View, dark: bool) -> tuple[charts.Figure, figures.Texts] | None:
    """The map and its table, None when there are too few places."""
    table = indicators.table(view.commitments, "department")
    table = table[table["due"] > 0]
    if len(table) < ENOUGH:
        return None
    names = view.places("department")
    figure = figures.marked(charts.departments(table, names, view.lang, dark), view)
    labels = {code: f"{code} · {name}" for code, name in names.items()}
    table = figures.indicator_table(table, labels, t("group_by.department"), view)
    return figure, figures.texts(table)

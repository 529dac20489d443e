"""The map by department, when there are places enough for one, and its table."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from monitor import charts, indicators
from monitor.ui import figures, sentences, session
from monitor.ui.view import View, t

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
    with st.expander(t("map.table")):
        figures.show_table(table)


@session.per_view
def _map(view: View, dark: bool) -> tuple[go.Figure, pd.DataFrame] | None:
    """The map and its table, None when there are too few places."""
    table = indicators.table(view.commitments, "department")
    table = table[table["due"] > 0]
    if len(table) < ENOUGH:
        return None
    people = view.known.signatories.drop_duplicates("department_code")
    names = dict(zip(people["department_code"], people["department"], strict=True))
    figure = figures.marked(charts.departments(table, names, view.lang, dark), view)
    labels = {code: f"{code} · {name}" for code, name in names.items()}
    return figure, figures.indicator_table(table, labels, t("group_by.department"), view)

"""The map by department, when there are enough places for one, and its table."""

import streamlit as st

from monitor import charts
from monitor.shares import rows_of
from monitor.ui import figures, sentences
from monitor.ui.view import t
from monitor.views import drawn
from monitor.views.kept import per_view
from monitor.views.view import View


def show_map(view: View) -> None:
    if drawn.departments(view, figures.dark()) is None:
        return
    st.header(t("map.title", day=sentences.on(view)))
    figures.show("carte", view, alt=t("map.alt"), config=charts.MAP_CONFIG)
    st.caption(t("map.legend"))
    with figures.unfolded(t("map.table"), "_map_table") as wanted:
        if wanted:
            figures.show_table(_table(view))


@per_view
def _table(view: View) -> figures.Texts:
    names = view.places("department")
    words = {code: f"{code} · {name}" if code else name for code, name in names.items()}
    heading = figures.heading("department")
    rows = rows_of(drawn.by_department(view))
    table = figures.indicator_table(rows, words, heading, view)
    return figures.texts(table)

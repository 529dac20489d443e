"""The map by department, when there are places enough for one, and its table."""

import pandas as pd
import streamlit as st

from monitor import charts, indicators
from monitor.ui import figures, sentences
from monitor.ui.view import View, t

#: Fewer departments than this make no map.
ENOUGH = 10


def show_map(view: View, commitments: pd.DataFrame) -> None:
    table = indicators.table(commitments, "department")
    table = table[table["due"] > 0]
    if len(table) < ENOUGH:
        return
    people = view.known.signatories.drop_duplicates("department_code")
    names = dict(zip(people["department_code"], people["department"], strict=True))
    st.subheader(t("map.title", day=sentences.on(view)))
    figures.draw(
        charts.departments(table, names, view.lang, figures.dark()),
        alt=t("map.alt"),
        key="map",
        config=charts.MAP_CONFIG,
    )
    st.caption(t("map.legend"))
    with st.expander(t("map.table")):
        labels = {code: f"{code} · {name}" for code, name in names.items()}
        figures.show_table(figures.indicator_table(table, labels, t("group_by.department"), view))

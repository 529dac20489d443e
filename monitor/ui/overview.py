"""The overview's figures: the statuses of each measure."""

import streamlit as st

from monitor.read import chart_data
from monitor.read.cache import per_view
from monitor.read.selection import View
from monitor.ui import figures
from monitor.ui.page_run import t


def show_measures(view: View) -> None:
    """Commitments by status, one bar a measure, and the same figures as a table."""
    if chart_data.statuses(view).empty:
        st.info(t("overview.nothing"))
        return
    figures.show_chart("mesures", view)
    figures.show_table(_table(view))
    same = chart_data.statuses(view).equals(chart_data.statuses_ever(view))
    st.caption(t("overview.one_whole" if same else "overview.two_wholes"))


@per_view
def _table(view: View) -> figures.Texts:
    counts, ever = chart_data.statuses(view), chart_data.statuses_ever(view)
    return figures.table_texts(figures.status_table(counts, ever, view.titles, view))

"""The overview's figures: the statuses of each measure."""

import streamlit as st

from monitor.ui import figures
from monitor.ui.view import t
from monitor.views import drawn
from monitor.views.kept import per_view
from monitor.views.view import View


def show_measures(view: View) -> None:
    """Commitments by status, one bar a measure, and the same figures as a table."""
    if drawn.statuses(view).empty:
        st.info(t("overview.nothing"))
        return
    figures.show_legend(drawn.in_measures(view), view)
    figures.show("mesures", view, alt=t("overview.by_measure_alt"))
    figures.show_table(_table(view))
    same = drawn.statuses(view).equals(drawn.statuses_ever(view))
    st.caption(t("overview.one_whole" if same else "overview.two_wholes"))


@per_view
def _table(view: View) -> figures.Texts:
    counts, ever = drawn.statuses(view), drawn.statuses_ever(view)
    return figures.texts(figures.status_table(counts, ever, view.titles, view))

"""Analyses: progress over time, and indicators by group with their bounds."""

import streamlit as st

from monitor import indicators
from monitor.ui import analysis, frame, sentences
from monitor.ui.view import current, t

view = current()
st.title(t("page.analyses"))
st.markdown(sentences.overview(view, indicators.funnel(view.people, view.commitments)))
frame.filters(view, "au", "connu", "mesure", "region", "departement")
analysis.show_over_time(view)
analysis.show_groups(view)

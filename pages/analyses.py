"""Analyses: progress over time, and indicators by group with their bounds."""

import streamlit as st

from monitor.ui import analysis, frame, sentences
from monitor.ui.view import current, t

view = current()
frame.heading(view, t("page.analyses"))
st.markdown(sentences.overview(view))
frame.filters(view, "au", "connu", "mesure", "region", "departement", "taille")
analysis.show_over_time(view)
analysis.show_groups()

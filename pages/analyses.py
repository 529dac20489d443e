"""Analyses: progress over time, and indicators by group with their bounds."""

import streamlit as st

from monitor.read.counts import has_anything_bound
from monitor.ui import analysis, frame, funnel, incidence, revisions, sentences, transitions
from monitor.ui.page_run import current_view, t

view = current_view()
frame.show_heading(view, t("page.analyses"))
st.markdown(sentences.overview_sentence(view))
frame.show_filters(
    view, "au", "connu", "theme", "mesure", "region", "departement", "taille", "habitants"
)
if has_anything_bound(view):
    analysis.show_over_time(view)
    incidence.show_incidence()
    incidence.show_half_years()
    transitions.show_transitions()
    revisions.show_revisions()
    analysis.show_groups()
    funnel.show_funnel()
else:
    st.info(t("analyses.nothing_bound"))

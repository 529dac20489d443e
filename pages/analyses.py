"""Analyses: progress over time, and indicators by group with their bounds."""

import streamlit as st

from monitor.read.counts import has_anything_bound
from monitor.ui import chapters, frame, sentences
from monitor.ui.page_run import current_view, t

view = current_view()
frame.show_heading(view, t("page.analyses"))
st.markdown(sentences.overview_sentence(view))
frame.show_filters(
    view, "au", "connu", "theme", "mesure", "region", "departement", "taille", "habitants"
)
if has_anything_bound(view):
    chapters.show_chapter(view)
else:
    st.info(chapters.why_none(view))

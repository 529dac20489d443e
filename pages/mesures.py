"""Measures: which elected official has implemented which measure."""

import streamlit as st

from monitor.models import Status
from monitor.read import chart_data
from monitor.ui import frame, lateness, officials, sentences
from monitor.ui.page_run import current, t

view = current()
frame.show_heading(view, t("page.measures"))
shown = chart_data.having_status(view)
hidden = sentences.hidden_sentence(view, len(shown))
st.markdown(f"{sentences.measures_sentence(view)}\n\n:gray[:small[{hidden}]]")
frame.show_filters(view, "region", "departement", "theme", "mesure", "statut", "retard", "au")
if shown.empty:
    st.info(t("measures.empty"))
else:
    readable = chart_data.readable(view)
    drawn_of = shown if readable else view.ever
    # Where nobody has assessed anything the sentence above says so: a chart would be one grey.
    if (drawn_of["status"] != Status.NOT_ASSESSED).any():
        if readable:
            st.header(t("measures.matrix", day=sentences.day_of_view(view)))
            officials.show_matrix(view)
        else:
            officials.show_groups()
    st.header(t("measures.list"))
    officials.show_list()
    lateness.show_list()

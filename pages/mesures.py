"""Measures: which elected official has implemented which measure."""

import streamlit as st

from monitor.models import Status
from monitor.ui import frame, lateness, officials, sentences
from monitor.ui.view import current, t
from monitor.views import drawn

view = current()
frame.heading(view, t("page.measures"))
shown = drawn.having_status(view)
st.markdown(f"{sentences.measures(view)}\n\n:gray[:small[{sentences.hidden(view, len(shown))}]]")
frame.filters(view, "region", "departement", "mesure", "statut", "retard", "au")
if shown.empty:
    st.info(t("measures.empty"))
else:
    readable = drawn.readable(view)
    drawn_of = shown if readable else view.ever
    # Where nobody has assessed anything the sentence above says so: a chart would be one grey.
    if (drawn_of["status"] != Status.NOT_ASSESSED).any():
        if readable:
            st.header(t("measures.matrix", day=sentences.on(view)))
            officials.show_matrix(view)
        else:
            officials.show_groups()
    st.header(t("measures.list"))
    officials.show_list()
    lateness.show_list()

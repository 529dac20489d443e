"""The log: every accepted entry with its evidence and its corrections."""

import streamlit as st

from monitor.ui import frame, journal
from monitor.ui.page_run import current_view, t

view = current_view()
frame.show_heading(view, t("page.log"), quotes=True)
if "entree" in st.query_params:
    journal.show_log_entry(view, st.query_params["entree"])
else:
    frame.show_filters(view, "region", "departement", "theme", "mesure", "statut", "retard", "au")
    journal.show_log()

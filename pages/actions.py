"""The log: every accepted entry with its evidence and its corrections."""

import streamlit as st

from monitor.ui import frame, journal
from monitor.ui.view import current, t

view = current()
frame.heading(view, t("page.log"), quotes=True)
if "entree" in st.query_params:
    journal.show_one(view, st.query_params["entree"])
else:
    frame.filters(view, "region", "departement", "mesure", "statut", "retard", "au")
    journal.show()

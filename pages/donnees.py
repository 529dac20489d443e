"""Data: downloads, what each column holds."""

import streamlit as st

from monitor.ui import downloads, frame
from monitor.ui.page_run import current_view, t

view = current_view()
st.title(t("page.data"))
st.markdown(t("data.intro"))
frame.show_filters(view, "au", "region", "departement", "theme", "mesure")
downloads.show_downloads(view)
downloads.show_addresses(view)
downloads.show_dictionary()

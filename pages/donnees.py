"""Data: downloads, what each column holds."""

import streamlit as st

from monitor.ui import downloads, frame
from monitor.ui.view import current, t

view = current()
st.title(t("page.data"))
st.markdown(t("data.intro"))
frame.filters(view, "au", "region", "departement", "mesure")
downloads.show(view)
downloads.show_addresses(view)
downloads.show_dictionary(view)

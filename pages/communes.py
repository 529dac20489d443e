"""Cities: find one; then who signed, who was elected, and each measure with its evidence."""

import streamlit as st

from monitor.ui import city
from monitor.ui.view import current, t

view = current()
code = view.filters.get("commune")
if code:
    city.show(view, code)
else:
    st.title(t("page.cities"))
    city.find(view)

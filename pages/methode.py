"""Method: definitions, rules, limits, and how to check the log."""

import streamlit as st

from monitor.ui import method
from monitor.ui.page_run import current_view, t

view = current_view()
st.title(t("page.method"))
st.markdown(t("method.intro"))
method.show_statuses(view)
method.show_verdicts(view)
method.show_rules(view)
method.show_formulas()
method.show_limits(view)
method.show_versions()
method.show_head(view)

"""Review: one pending entry at a time, then the files that wait as a whole."""

import streamlit as st

from monitor.models import Role
from monitor.ui import person
from monitor.ui.team import files, review
from monitor.ui.view import current, t

account = person.require(Role.REVIEWER)
view = current()
st.title(t("page.review"))
review.show(view, account)
files.decide(view, account)

"""Review: one pending entry at a time, then the files that wait, each with its rows."""

import streamlit as st

from monitor.models import Role
from monitor.ui import person, screen
from monitor.ui.team import file_review, files, review, target
from monitor.ui.view import current, t
from monitor.views import reading, wording

account = person.require(Role.REVIEWER)
view = current()
screen.title(t("page.review"))
if words := wording.quoted(view):
    st.caption(words)
target.say_pact(view)
waiting = files.waiting(view, account)
asked = reading.number_in(st.query_params.get("fichier"))
if file := next((one for one in waiting if one.seq == asked), None):
    file_review.show(view, account, file)
else:
    if asked:
        files.gone(view, account, asked)
    if not review.show(view, account) and not waiting:
        st.info(t("review.none"))
    files.to_review(view, waiting)

"""Review: one pending entry at a time, then the files that wait, each with its rows."""

import streamlit as st

from monitor.models import Role
from monitor.read import filter_labels, log_entries
from monitor.ui import screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import file_review, files, review, target

account = viewer.require_account(Role.REVIEWER)
view = current_view()
screen.show_title(t("page.review"))
if words := filter_labels.language_of_texts(view):
    st.caption(words)
target.show_target_pact(view)
waiting = files.waiting_files(view, account)
asked = log_entries.entry_number_in(st.query_params.get("fichier"))
if file := next((one for one in waiting if one.seq == asked), None):
    file_review.show_file_review(view, account, file, files.other_part(file, waiting))
else:
    if asked:
        files.show_file_gone(view, account, asked)
    if not review.show_review(view, account) and not waiting:
        st.info(t("review.none"))
    files.show_files_to_review(view, waiting)

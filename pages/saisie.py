"""Log an action: the form, what there is to do, one's own entries."""

import streamlit as st

from monitor.models import Role
from monitor.ui import paging, screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import (
    form,
    missing_contact,
    my_entries,
    my_files,
    notices,
    replies,
    sample_list,
    target,
    worklist,
)

account = viewer.require_account(Role.VOLUNTEER)
view = current_view()
words = {name: t(f"logging.{name}") for name in ("saisir", "afaire", "miennes")}
if new := sum(one.pact_id == view.log.pact.id for one in notices.unseen_notices_of(account)):
    words["miennes"] += f" ({new})"
screen.show_title(t("page.logging"), st.query_params.get("vue", ""))
shown = paging.choose_order("vue", t("logging.view"), words)
if shown != "miennes":
    notices.forget_marked()
target.show_target_pact(view)
if shown == "saisir":
    my_entries.begin_asked_correction(view, account.name)
    form.show_form(view, account)
    replies.show_reply_request(view, account.name)
elif shown == "afaire":
    missing_contact.show_missing_contact()
    sample_list.show_sampled(view, account)
    worklist.show_worklist(view, account.name)
else:
    my_entries.show_my_entries(view, account.name)
    my_files.show_my_files(view, account.name)

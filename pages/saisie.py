"""Log an action: the form, what there is to do, one's own entries."""

import streamlit as st

from monitor.models import Role
from monitor.ui import paging, person, screen
from monitor.ui.team import form, mine, notices, replies, target, worklist
from monitor.ui.view import current, t

account = person.require(Role.VOLUNTEER)
view = current()
words = {name: t(f"logging.{name}") for name in ("saisir", "afaire", "miennes")}
if new := sum(one.pact_id == view.log.pact.id for one in notices.unseen(account)):
    words["miennes"] += f" ({new})"
screen.title(t("page.logging"), st.query_params.get("vue", ""))
shown = paging.order("vue", t("logging.view"), words)
if shown != "miennes":
    notices.left()
target.say_pact(view)
if shown == "saisir":
    mine.correction_asked(view, account.name)
    form.show(view, account)
    replies.show(view, account.name)
elif shown == "afaire":
    worklist.show(view, account.name)
else:
    mine.show(view, account.name)

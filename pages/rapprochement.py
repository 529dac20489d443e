"""Matching: the signatories beside a register of mayors, confirmed by a person, reviewed by another."""

from monitor.models import Role
from monitor.ui import screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import matching

viewer.require_account(Role.REVIEWER)
view = current_view()
screen.show_title(t("page.matching"))
matching.show_matching(view)

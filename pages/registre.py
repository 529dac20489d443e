"""Record: what the team did, and what was refused to it."""

from monitor.models import Role
from monitor.ui import screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import record

viewer.require_account(Role.ADMIN)
screen.show_title(t("page.record"))
record.show_record(current_view())

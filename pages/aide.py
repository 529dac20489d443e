"""Help for the team: how to log an action, and what a file may hold."""

from monitor.models import Role
from monitor.ui import screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import guide

viewer.require_account(Role.VOLUNTEER)
view = current_view()
screen.show_title(t("page.help"))
guide.show_logging_help(view)
guide.show_file_help(view)

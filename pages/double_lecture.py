"""Double reading: what two people rate without reading each other, and what becomes of it."""

from monitor.models import Role
from monitor.ui import screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import blind

account = viewer.require_account(Role.VOLUNTEER)
view = current_view()
screen.show_title(t("page.blind"))
blind.show_blind_reading(view, account)

"""The team: accounts, those who wait to be admitted, and texts that a court has removed."""

from monitor.models import Role
from monitor.ui import screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import identities, members, removal

account = viewer.require_account(Role.ADMIN)
screen.show_title(t("page.team"))
view = current_view()
members.show_members(view)
members.show_new_member(view)
identities.show_identities()
removal.show_removal(view)

"""The team: accounts, those who wait to be admitted, and texts that a court has removed."""

from monitor.models import Role
from monitor.ui import person, screen
from monitor.ui.team import members, removal, strangers
from monitor.ui.view import current, t

account = person.require(Role.ADMIN)
screen.title(t("page.team"))
view = current()
members.show(view)
members.add(view)
strangers.show()
removal.show(view)

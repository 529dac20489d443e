"""Record: what the team did, and what was refused to it."""

from monitor.models import Role
from monitor.ui import person, screen
from monitor.ui.team import record
from monitor.ui.view import current, t

person.require(Role.ADMIN)
screen.title(t("page.record"))
record.show(current())

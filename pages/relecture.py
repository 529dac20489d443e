"""Review: one pending entry at a time, then the files that wait as a whole."""

from monitor.models import Role
from monitor.ui import person, screen
from monitor.ui.team import files, review
from monitor.ui.view import current, t

account = person.require(Role.REVIEWER)
view = current()
screen.title(t("page.review"))
review.show(view, account)
files.decide(view, account)

"""Import: a file, what would become of each of its rows, then « confirm »; and the files before."""

from monitor.models import Role
from monitor.ui import person, screen
from monitor.ui.team import bring, files, retracting
from monitor.ui.view import current, t

account = person.require(Role.VOLUNTEER)
view = current()
screen.title(t("page.import"))
bring.show(view)
files.past(view, account)
if account.role.includes(Role.ADMIN):
    retracting.show(view)

"""Import: a file, what would become of each of its rows, then « confirm »; and the files before."""

from monitor.models import Role
from monitor.ui import screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import files, licence, retracting, upload

account = viewer.require_account(Role.VOLUNTEER)
view = current_view()
screen.show_title(t("page.import"))
upload.show_upload(view)
files.show_past_files(view, account)
if account.role.includes(Role.ADMIN):
    licence.show_licence_question(view, account)
    retracting.show_retraction(view)

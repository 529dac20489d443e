"""Requests: what takes away from what is public, or makes an admin, and waits for a second person."""

from monitor.models import Role
from monitor.ui import screen, viewer
from monitor.ui.page_run import current_view, t
from monitor.ui.team import requests

account = viewer.require_account(Role.VOLUNTEER)
screen.show_title(t("page.requests"))
requests.show_requests(current_view(), account)

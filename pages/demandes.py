"""Requests: what takes away from what is public, or makes an admin, and waits for a second person."""

from monitor.models import Role
from monitor.ui import person, screen
from monitor.ui.team import requests
from monitor.ui.view import current, t

account = person.require(Role.VOLUNTEER)
screen.title(t("page.requests"))
requests.show(current(), account)

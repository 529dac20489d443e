"""New pact: a pact with all that goes with it, proposed by one admin and accepted by another."""

from monitor.models import Role
from monitor.ui import screen, viewer
from monitor.ui.page_run import t
from monitor.ui.team import new_pact, proposed_pact

account = viewer.require_account(Role.ADMIN)
screen.show_title(t("page.new_pact"))
proposed_pact.show_proposed(account)
new_pact.show_upload(account)

"""A volunteer at the form in Chromium."""

import json
from uuid import uuid4

from monitor import commands
from monitor.accounts import Bearer
from monitor.models import Role
from monitor.queries import team as backlog
from monitor.store import open_store
from tests.support import browser_pages as pages
from tests.support.browser_pages import (
    choose,
    press,
    type_in,
    wait_until_settled,
)
from tests.support.team import LYON, sign_in

PACT = "mouves-2014"
SUMMARY = "Que s’est-il passé ?"
#: What `begin` leaves in the form, and what `fill` adds, as a draft keeps them.
BEGUN = {"signatory_id": LYON, "measure": "2"}
FILLED = {
    **BEGUN,
    "happened_on": "12/2019",
    "status": "decided",
    "summary": "Le schéma est appliqué.",
    "source_kind": "report",
    "source_title": "Rapport annuel 2019",
}


def database(folder) -> str:
    found = f"sqlite:///{folder / 'monitor.db'}"
    commands.init_database(open_store(found))
    return found


def open_form(
    browser,
    url: str,
    address: str,
    path: str = "saisie",
    width: int = 1280,
    role: Role = Role.VOLUNTEER,
    held: dict[str, str] | None = None,
):
    """A page of somebody new, who is signed in and has a draft of what is `held`, if anything."""
    name = f"Camille {uuid4().hex[:6]}"
    page = pages.opened(browser, address, width)
    page.author = name
    page.bearer = sign_in(open_store(url), name, role)
    pages.carry(page, address, page.bearer)
    if held:
        hold(open_store(url), page.bearer, held)
    page.goto(f"{address}/{path}")
    if held:
        page.get_by_label("Quand ?").wait_for()
        wait_until_settled(page)
    return page


def hold(store, who: Bearer, fields: dict[str, str]) -> None:
    """The form of this person begins with these fields, as if they had been typed before."""
    commands.save_draft(store, who, f"saisie:{PACT}", json.dumps(fields))


def begin(page, measure: str = "2. Marchés publics responsables") -> None:
    type_in(page, "Ville ou élu(e)", "lyo")
    press(page, "Gérard Collomb")
    page.get_by_text(measure).first.click()
    page.get_by_label("Quand ?").wait_for()
    wait_until_settled(page)


def fill(page, summary: str = "Le schéma est appliqué.") -> None:
    type_in(page, "Quand ?", "12/2019")
    choose(page, "Quel statut ?", "◆ décidé")
    type_in(page, SUMMARY, summary)
    choose(page, "Sorte de source", "rapport")
    type_in(page, "Titre de la source", "Rapport annuel 2019")


def entries_waiting(url: str, page) -> list:
    """What waits of the volunteer of that page."""
    with open_store(url).reading() as session:
        entries = backlog.pending_entries(session, PACT).itertuples()
        return [entry for entry in entries if entry.author == page.author]

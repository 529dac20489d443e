"""The pages of the app: their file, title, address, icon, and who sees them in the menu."""

from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from monitor.i18n import text
from monitor.models import Role
from monitor.views.query import in_language

PAGES = Path(__file__).resolve().parents[2] / "pages"
#: (file, message of the title, address, icon); the first is the home page.
SCREENS = (
    ("vue_d_ensemble", "page.overview", "", ":material/donut_small:"),
    ("mesures", "page.measures", "mesures", ":material/grid_on:"),
    ("communes", "page.cities", "communes", ":material/location_city:"),
    ("actions", "page.log", "actions", ":material/receipt_long:"),
    ("analyses", "page.analyses", "analyses", ":material/monitoring:"),
    ("donnees", "page.data", "donnees", ":material/download:"),
    ("methode", "page.method", "methode", ":material/menu_book:"),
)
#: Those of the team: in the menu of whoever may use them; each checks it again for itself.
TEAM = (
    ("saisie", "page.logging", "saisie", ":material/edit_note:", Role.VOLUNTEER),
    ("relecture", "page.review", "relecture", ":material/fact_check:", Role.REVIEWER),
    ("import", "page.import", "import", ":material/upload_file:", Role.VOLUNTEER),
    ("demandes", "page.requests", "demandes", ":material/hourglass_top:", Role.VOLUNTEER),
    ("equipe", "page.team", "equipe", ":material/group:", Role.ADMIN),
    ("registre", "page.record", "registre", ":material/history:", Role.ADMIN),
)
#: Pages that stand beside the app, public, whatever the database does: their titles are `page.<key>`.
LEGAL = {"legal": "mentions-legales", "privacy": "vie-privee"}
#: Pages of rates: a filter by status would choose their answer.
RATES = ("", "analyses")
#: Where one is led who signs in.
FIRST = "saisie"
TEAM_ADDRESSES = tuple(address for _, _, address, _, _ in TEAM)
ADDRESSES = (*(address for _, _, address, _ in SCREENS), *TEAM_ADDRESSES)


def legal_links(lang: str) -> list[tuple[str, str]]:
    """Title and address of each page of LEGAL."""
    names = urlencode(in_language(lang))
    return [
        (text(f"page.{kind}", lang), f"/{address}?{names}" if names else f"/{address}")
        for kind, address in LEGAL.items()
    ]


def pages(lang: str, role: Role | None) -> dict[str, st.Page]:
    """The pages by their address, as somebody of that role sees them. To be asked within a run."""
    # Streamlit looks for each file at each declaration, and marks the page that runs: hence copies.
    return {address: copy(page) for address, page in _declared(lang, role).items()}


@cache
def _declared(lang: str, role: Role | None) -> dict[str, st.Page]:
    public = {
        address: st.Page(
            PAGES / f"{file}.py", title=text(title, lang), url_path=address or None, icon=icon,
            default=not address,
        )
        for file, title, address, icon in SCREENS
    }  # fmt: skip
    team = {
        address: st.Page(
            PAGES / f"{file}.py", title=text(title, lang), url_path=address, icon=icon,
            visibility="visible" if role and role.includes(least) else "hidden",
        )
        for file, title, address, icon, least in TEAM
    }  # fmt: skip
    return public | team

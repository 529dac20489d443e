"""The script that Streamlit runs: language, navigation, and the frame around every page."""

from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st

from monitor.errors import DatabaseError
from monitor.i18n import LANGUAGES, text
from monitor.models import Role
from monitor.ui import frame, person, session, view
from monitor.ui.team import draft
from monitor.ui.view import t

#: Served from `static`: a path would be read at every run.
ICON = "/app/static/icon.png"
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
    ("equipe", "page.team", "equipe", ":material/group:", Role.ADMIN),
)
PUBLIC = tuple(address for _, _, address, _ in SCREENS)
#: Pages of rates: a filter by status would choose their answer.
RATES = ("", "analyses")


def main() -> None:
    view.forget()
    st.set_page_config(page_title=t("app.title"), layout="wide", page_icon=ICON)
    try:
        who = person.seen()
        current = session.current_snapshot(fresh=who is not None)
        failure = None
    except DatabaseError as error:
        current, who, failure = None, None, error
    # Streamlit looks for each file at each declaration; it marks the one that runs, hence a copy.
    declared = _declared(view.language(), who.role if who else None)
    pages = {address: copy(page) for address, page in declared.items()}
    page = st.navigation(
        list(pages.values()), position="hidden" if st.context.is_embedded else "sidebar"
    )
    view.keep_across_pages(page.url_path)
    with st.sidebar:
        frame.language_switch(LANGUAGES)
        person.presence(who)
    if page.url_path in {screen[2] for screen in TEAM} and (silent := session.outage()):
        failure = silent.error
    if failure:
        _maintenance(failure)
        return
    shown = view.read(current)
    if shown is None:
        frame.no_pact(current.seq)
        return
    frame.above(shown)
    if page.url_path in RATES:
        frame.status_set_aside(shown)
        shown = shown.without("statut")
    view.begin(shown, pages, fresh=who is not None)
    try:
        page.run()
    except DatabaseError as error:
        _maintenance(error)
    frame.below(shown, follows=page.url_path in PUBLIC)


@cache
def _declared(lang: str, role: Role | None) -> dict[str, st.Page]:
    """The pages by their address; those of the team are in the menu of whoever may use them."""
    pages = {
        address: st.Page(
            PAGES / f"{file}.py", title=text(title, lang), url_path=address or None, icon=icon,
            default=not address,
        )
        for file, title, address, icon in SCREENS
    }  # fmt: skip
    for file, title, address, icon, least in TEAM:
        shown = "visible" if role and role.includes(least) else "hidden"
        pages[address] = st.Page(
            PAGES / f"{file}.py", title=text(title, lang), url_path=address, icon=icon,
            visibility=shown,
        )  # fmt: skip
    return pages


def _maintenance(error: DatabaseError) -> None:
    """Say why the page cannot be shown; what was being written stays in the browser's session."""
    draft.rescue()
    frame.maintenance(error)


main()

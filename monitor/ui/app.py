"""The script that Streamlit runs: language, navigation, and the frame around every page."""

import streamlit as st

from monitor.errors import DatabaseError, TooBusy
from monitor.i18n import LANGUAGES
from monitor.ui import frame, menu, person, press, turn, view
from monitor.ui.team import draft, notices, requests
from monitor.ui.view import t
from monitor.views import query, screens, session
from monitor.views.turns import Turn

#: Served from `static`: a path would be read at every run.
ICON = "/app/static/icon.png"


def main() -> None:
    view.forget()
    st.set_page_config(page_title=t("app.title"), layout="wide", page_icon=ICON)
    try:
        with turn.turn_taken() as taken:
            show(taken)
    except TooBusy as error:
        draft.rescue()
        frame.busy(error)


def show(taken: Turn | None) -> None:
    """The page of the address, while the turn is `taken`."""
    press.do_late()
    try:
        who = person.seen()
        if who:
            turn.leave_to_readers(taken)
        current = session.current_snapshot(fresh=who is not None)
        failure = None
    except DatabaseError as error:
        current, who, failure = None, None, error
    if who is None:
        draft.rescue()
    pages = menu.pages(view.language(), who.role if who else None)
    page = st.navigation(
        list(pages.values()),
        position="hidden" if st.context.is_embedded else "sidebar",
        expanded=True,  # every page of the team is seen
    )
    with st.sidebar:
        frame.language_switch(LANGUAGES)
        person.presence(who, page.url_path)
        if who and not session.outage():
            notices.beside_every_page(current, who, pages)
        frame.legal()
    if page.url_path in screens.TEAM_ADDRESSES and (silent := session.outage()):
        failure = silent.error
    if failure:
        _maintenance(failure)
        return
    shown = query.read(current, st.query_params.to_dict())
    if shown is None:
        frame.no_pact(current.seq)
        return
    frame.above(shown)
    if page.url_path in screens.RATES:
        frame.status_set_aside(shown)
        shown = shown.without("statut")
    view.begin(shown, pages, fresh=who is not None)
    try:
        if who and page.url_path in screens.TEAM_ADDRESSES and page.url_path != "demandes":
            requests.above(shown)
        page.run()
    except DatabaseError as error:
        _maintenance(error)
    frame.below(shown, follows=page.url_path not in screens.TEAM_ADDRESSES)


def _maintenance(error: DatabaseError) -> None:
    """Say why the page cannot be shown; what was being written stays in the browser's session."""
    draft.rescue()
    frame.maintenance(error)


main()

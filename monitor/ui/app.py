"""The script that Streamlit runs: language, navigation, and the frame around every page."""

import streamlit as st

from monitor.errors import DatabaseError, TooBusy
from monitor.i18n import LANGUAGES
from monitor.models import Role
from monitor.read import careers, current_log, query, screens
from monitor.read.turns import Turn
from monitor.read.wording import ANY_PACT
from monitor.ui import buttons, frame, menu, page_run, turn, viewer
from monitor.ui.page_run import t
from monitor.ui.team import draft, notices, requests

#: Served from `static`: a path would be read at every run.
ICON = "/app/static/icon.png"


def main() -> None:
    """One run of the app: the page of the address, or why it cannot be shown."""
    page_run.end_run()
    st.set_page_config(page_title=t("app.title"), layout="wide", page_icon=ICON)
    try:
        with turn.turn_taken() as taken:
            show_page(taken)
    except TooBusy as error:
        draft.rescue_widgets()
        frame.show_busy(error)
    frame.show_legal_links()


def show_page(taken: Turn | None) -> None:
    """The page of the address, while the turn is `taken`."""
    buttons.run_missed_clicks()
    try:
        who = viewer.current_account_if_known()
        if who:
            turn.leave_to_readers(taken)
        current = current_log.current_snapshot(fresh=who is not None)
        failure = None
    except DatabaseError as error:
        current, who, failure = None, None, error
    if who is None:
        draft.rescue_widgets()
    asked = st.query_params.to_dict()
    shown = query.read_view(current, asked, page_run.accepted_languages()) if current else None
    wording = careers.title_wording(shown) if shown else ANY_PACT
    lang = shown.lang if shown else page_run.language()
    role = who.role if who else None
    pact_id = shown.log.pact.id if shown else None
    hidden = screens.empty_pages(current, pact_id, role) if current else frozenset()
    pages = menu.menu_pages(lang, role, hidden, wording)
    page = st.navigation(
        list(pages.values()),
        position="hidden" if st.context.is_embedded else "sidebar",
        expanded=True,  # every page of the team is seen
    )
    st.set_page_config(page_title=f"{page.title} · {t('app.title')}")
    with st.sidebar:
        frame.language_switch(LANGUAGES)
        viewer.show_account(who, page.url_path)
        if who and current and not current_log.outage():
            notices.show_notices(current, who, pages)
    if page.url_path in screens.TEAM_ADDRESSES and (silent := current_log.outage()):
        failure = silent.error
    if failure:
        _maintenance(failure)
        return
    assert current is not None  # it could be read
    if shown is None and page.url_path == screens.NEW_PACT:
        page.run()
        return
    if shown is None:
        may_bring = who is not None and who.role.includes(Role.ADMIN)
        frame.show_no_pact(current.seq, pages[screens.NEW_PACT] if may_bring else None)
        return
    frame.show_above(shown)
    if page.url_path in screens.RATES:
        frame.status_set_aside(shown)
        shown = shown.of_every_status
    page_run.begin_run(shown, pages, fresh=who is not None)
    try:
        if who and page.url_path in screens.TEAM_ADDRESSES and page.url_path != "demandes":
            requests.show_pending_above(shown)
        page.run()
    except DatabaseError as error:
        _maintenance(error)
    frame.show_below(shown, follows=page.url_path not in screens.TEAM_ADDRESSES)


def _maintenance(error: DatabaseError) -> None:
    """Say why the page cannot be shown; what was being written stays in the browser's session."""
    draft.rescue_widgets()
    frame.show_maintenance(error)


main()

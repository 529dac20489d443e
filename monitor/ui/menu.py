"""The pages of the app as Streamlit wants them declared."""

from collections.abc import Mapping
from copy import copy
from functools import cache

import streamlit as st

from monitor.i18n import CHOICES, Choice, text
from monitor.models import Role
from monitor.program import PROJECT
from monitor.read.screens import SCREENS, SIGNATORIES_ICON, TEAM

PAGES = PROJECT / "pages"


def menu_pages(
    lang: str,
    role: Role | None,
    hidden: frozenset[str] = frozenset(),
    wording: Mapping[str, Choice] = CHOICES,
) -> dict[str, st.Page]:
    """The pages by their address, as somebody of that role sees them; the menu leaves out those that are
    `hidden`, and calls them by the `wording` of a pact. To be asked within a run."""
    # Streamlit looks for each file at each declaration, and marks the page that runs: hence copies.
    declared = _declared(lang, role, hidden, tuple(wording.items()))
    return {address: copy(page) for address, page in declared.items()}


@cache
def _declared(
    lang: str,
    role: Role | None,
    hidden: frozenset[str],
    wording: tuple[tuple[str, Choice], ...],
) -> dict[str, st.Page]:
    elsewhere = dict(wording)["areas"]
    public = {
        address: st.Page(
            PAGES / f"{file}.py",
            title=text(title, lang, **dict(wording)),
            url_path=address or None,
            icon=SIGNATORIES_ICON if address == "communes" and elsewhere else icon,
            default=not address,
            visibility="hidden" if address in hidden else "visible",
        )
        for file, title, address, icon in SCREENS
    }
    team = {
        address: st.Page(
            PAGES / f"{file}.py",
            title=text(title, lang),
            url_path=address,
            icon=icon,
            visibility="visible"
            if role and role.includes(least) and address not in hidden
            else "hidden",
        )
        for file, title, address, icon, least in TEAM
    }
    return public | team

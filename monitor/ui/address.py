"""The address of a page: its view is written back into it.

The same names on every page (`filters.NAMES`); the menu carries them from page to page
(static/adresse.js). A widget shows what the address says and writes the address when it is changed;
nothing else remembers a filter, so a copied address shows the same view.
"""

from collections.abc import Callable, Mapping
from functools import wraps

import streamlit as st

from monitor.errors import DatabaseError, TooBusy
from monitor.i18n import public_sentence
from monitor.read import current_log
from monitor.read.query import read_view
from monitor.read.selection import View
from monitor.ui.markdown import md
from monitor.ui.page_run import accepted_languages, language, speak_of
from monitor.ui.turn import turn_taken


def write_address(**values: str | None) -> None:
    """Put values into the address, all at once; None or "" takes the name out of it."""
    query = {**st.query_params.to_dict(), **values}
    st.query_params.from_dict({name: value for name, value in query.items() if value})


def choose_value(
    name: str,
    label: str,
    options: list[str],
    words: Mapping[str, str] | Callable[[str], str],
    current: str | None,
    everything: str,
    *within: str,
) -> None:
    """A list that shows `current` and writes the address; its first line keeps everything. `within`:
    names of the address that mean nothing once another line is chosen."""
    key = f"_{name}"
    say = words.__getitem__ if isinstance(words, Mapping) else words
    st.session_state[key] = current or ""
    st.selectbox(
        label,
        ["", *options],
        format_func=lambda code: say(code) if code else everything,
        key=key,
        filter_mode="contains",
        on_change=lambda: write_address(**{name: st.session_state[key]}, **dict.fromkeys(within)),
    )


def page_part(show: Callable[[View], None]) -> Callable[[], None]:
    """A part of a page that its own controls run again alone. Its view is read anew each time: what
    Streamlit keeps of a part must hold no log."""

    @st.fragment
    @wraps(show)
    def alone() -> None:
        try:
            with turn_taken():
                show_now()
        except TooBusy as error:
            st.warning(md(public_sentence(error, language())))

    def show_now() -> None:
        try:
            snapshot = current_log.current_snapshot(fresh=st.session_state.get("_fresh", False))
            if shown := read_view(snapshot, st.query_params.to_dict(), accepted_languages()):
                with speak_of(shown):
                    show(shown)
        except DatabaseError as error:
            st.error(md(public_sentence(error, language())))

    return alone

"""Choices about files wait for a button: to read the files with each of them would take as long each
time as to read them with all."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from monitor.i18n import plural
from monitor.ui import buttons
from monitor.ui.page_run import language, t

#: What was chosen in this session since files were last read, once each.
_WAITING = "_choices_waiting"
#: What the place of the button is called in the style sheet: it stays in sight.
_BAR = "choix_en_attente"


def add_choice(*names: str) -> None:
    """From a callback: what was chosen is kept, and read once somebody asks for it."""
    st.session_state.setdefault(_WAITING, set()).update(names)


def count_choices() -> int:
    """How many choices wait to be read."""
    return len(st.session_state.get(_WAITING, ()))


def end_waiting() -> None:
    """The files are read, or are about to be, with all that was chosen."""
    st.session_state.pop(_WAITING, None)


def choices_bar() -> DeltaGenerator:
    """Where the choices that wait are counted, and where it is said that files are being read."""
    return st.container(key=_BAR)


def show_choices() -> bool:
    """How many choices wait, with the button that reads the files with them; False where none does."""
    count = count_choices()
    if count:
        st.info(plural("import.choices_wait", count, language()), icon=":material/hourglass_top:")
        buttons.button(
            t("import.check"),
            key="_choices_check",
            type="primary",
            on_click=end_waiting,
            icon=":material/fact_check:",
        )
    return bool(count)

"""What the reader's screen is brought to (static/ecran.js): the top of what has just been opened, or
what answers the last click."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

_TOP, _LOOK = "_screen_top", "_screen_look"


def scroll_to_top() -> None:
    """From a callback: the page that follows is another one to its reader, and is shown from its top."""
    st.session_state[_TOP] = st.session_state.get(_TOP, 0) + 1


def show_title(words: str, opened: object = "") -> None:
    """The title of a page. `opened`: what the page shows, where it shows one thing after another."""
    with st.container(key=f"haut_{st.session_state.get(_TOP, 0)}_{opened}"):
        st.title(words)


def look_at(part: str) -> None:
    """From a callback: what that part of the page says answers this click."""
    count, _ = st.session_state.get(_LOOK, (0, ""))
    st.session_state[_LOOK] = (count + 1, part)


@contextmanager
def answer_here(part: str, name: str = "") -> Iterator[None]:
    """What answers the last click, if it was in that part (see `look_at`): it is brought into view, and
    takes the focus, or the field right above it does. `name`: its own in the part."""
    count, looked = st.session_state.get(_LOOK, (0, ""))
    with st.container(key=f"regard_{count if looked == part else 0}_{part}_{name}"):
        yield

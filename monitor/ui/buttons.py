"""Buttons whose click is never lost: not the first one after the server has restarted either.

Streamlit calls the function of a button only where an earlier run of the same session has shown that
button. A browser that comes back to a new server begins a new session with the very click, and of
that click nothing would become. It is then done before the page is shown once more, as every other.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_SHOWN, _LATE = "_buttons_shown", "_late_click"


def button(
    label: str,
    key: str,
    on_click: Callable[..., None],
    args: Sequence[object] = (),
    kwargs: Mapping[str, object] | None = None,
    at: DeltaGenerator | None = None,
    **options: Any,
) -> None:
    """A button with the options of `st.button`, in the container `at`. Each click calls `on_click`
    once, before the page is shown again."""
    pressed = (at or st).button(
        label, key=key, on_click=on_click, args=tuple(args), kwargs=dict(kwargs or {}), **options
    )
    shown = st.session_state.setdefault(_SHOWN, set())
    if key in shown:
        return
    shown.add(key)
    if pressed:
        st.session_state[_LATE] = (on_click, tuple(args), dict(kwargs or {}))
        st.rerun()


def run_missed_clicks() -> None:
    """At the start of a run: what was clicked before this session had shown the button."""
    if waiting := st.session_state.pop(_LATE, None):
        function, args, kwargs = waiting
        function(*args, **kwargs)

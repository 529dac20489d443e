"""The view of this run of the script, and its language."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from monitor.i18n import number, text
from monitor.read import current_log
from monitor.read.selection import View


@dataclass(frozen=True)
class Run:
    """What one run of the script hands to its page. It is gone with the run: a session at rest
    keeps no log alive."""

    view: View
    pages: Mapping[str, st.Page]


_ACCEPTED = "_accepted_languages"
_RUN: ContextVar[Run | None] = ContextVar("run", default=None)


def begin_run(view: View, pages: Mapping[str, st.Page], fresh: bool) -> None:
    """Hand the view, and the pages by their address, to the page about to run. `fresh`: its reader
    is shown what they have written at once."""
    st.session_state["_fresh"] = fresh
    _RUN.set(Run(view, pages))


@contextmanager
def speak_of(view: View) -> Iterator[None]:
    """What a part of a page says while it runs again alone is in the words of its view, as its page
    was."""
    run = _RUN.get()
    before = _RUN.set(Run(view, run.pages if run else {}))
    try:
        yield
    finally:
        _RUN.reset(before)


def current_view() -> View:
    """The view of this run."""
    return _current_run().view


def page_at(address: str) -> st.Page:
    """The page at an address, for a link."""
    return _current_run().pages[address]


def _current_run() -> Run:
    run = _RUN.get()
    assert run is not None  # a page runs between `begin_run` and `end_run`
    return run


def end_run() -> None:
    """The run before this one is over; the same thread may have had it."""
    _RUN.set(None)


def accepted_languages() -> str:
    """What the reader's browser accepts, as its header Accept-Language says it: asked once a session,
    since Streamlit reads all headers anew each time."""
    accepted = st.session_state.get(_ACCEPTED)
    if accepted is None:
        accepted = st.context.headers.get("Accept-Language") or st.context.locale or ""
        st.session_state[_ACCEPTED] = accepted
    return accepted


def language() -> str:
    """The language of the view; that of its address and its reader as long as there is none."""
    if run := _RUN.get():
        return run.view.lang
    return current_log.language_of(st.query_params, accepted_languages())


def t(key: str, **values) -> str:
    """A message in the language of the view, with the words that fit its pact. The number of an entry
    (`seq`) is written as all numbers."""
    run = _RUN.get()
    if isinstance(seq := values.get("seq"), int):
        values["seq"] = number(seq, language())
    return run.view.text(key, **values) if run else text(key, language(), **values)

"""The turn of a run of the script: few pages are made at a time, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_run_yield_check

from monitor.read.limits import PATIENCE, counted_address
from monitor.read.turns import PAGES, PAST, Turn, too_busy_error

#: How soon, then how often, a run that waits looks whether anybody still wants it, seconds: hundreds
#: may wait, and each look takes time from the page in the making.
LOOK, LOOKS = 0.2, 2.0
_HELD: ContextVar[bool] = ContextVar("held", default=False)


@contextmanager
def turn_taken() -> Iterator[Turn | None]:
    """The turn of this run; None inside of one that has it already. Raises TooBusy after PATIENCE, and
    ends the run when a newer one takes its place or the session is over."""
    if _HELD.get():
        yield None
        return
    with _queue().ask(counted_address(st.context.ip_address)) as turn:
        _wait(turn)
        held = _HELD.set(True)
        try:
            yield turn
        finally:
            _HELD.reset(held)


def _queue():
    return PAST if st.query_params.get("connu") else PAGES


def _wait(turn: Turn) -> None:
    still_wanted = get_run_yield_check() or (lambda: None)
    left, look = PATIENCE, LOOK
    while left > 0:
        if turn.wait(look):
            return
        still_wanted()
        left -= look
        look = min(1.5 * look, LOOKS)
    raise too_busy_error()


def leave_to_readers(turn: Turn | None) -> None:
    """Whoever is signed in keeps no reader waiting, however long a file takes them; what was known at
    a past time is made in its turn all the same."""
    if turn and _queue() is PAGES:
        turn.end()

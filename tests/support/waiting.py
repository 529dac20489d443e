"""Waiting for what is asserted. No test measures time: a busy machine makes each of them slower, and
none of them fail."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
#: What has not come about by then never will, on any machine.
LONGEST = 120


def wait_until(look: Callable[[], Found], what: str = "", every: float = 0.05) -> Found:
    """The first result of `look` that is true; an AssertionError that says `what` if none ever is."""
    deadline = time.monotonic() + LONGEST
    while not (found := look()):
        assert time.monotonic() < deadline, what or "what is waited for does not come about"
        time.sleep(every)
    return found

"""What an analyst is told: one sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from monitor.errors import MonitorError
from monitor.i18n import language_of_locale, speakable_values, text
from monitor.settings import terminal_locale

LANG = language_of_locale(terminal_locale())


class CannotAnswer(ValueError):
    """What was asked for cannot be read, is not known in this way, or means nothing: the message says
    what to do, in the language of the environment. `code` names it for programs."""

    def __init__(self, code: str, **values):
        super().__init__(text(f"error.{code}", LANG, **speakable_values(values, LANG)))
        self.code = code


@contextmanager
def in_words() -> Iterator[None]:
    """Raises CannotAnswer for every MonitorError."""
    try:
        yield
    except MonitorError as error:
        raise CannotAnswer(error.code, **error.values) from None

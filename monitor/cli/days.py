"""A day on the command line: of a view, of a file, of the clock."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import click

from monitor.cli.terminal import LANG
from monitor.dates import latest_day
from monitor.i18n import text

_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(click.ParamType):
    """A date, written YYYY-MM-DD, not after the `last` that there can be."""

    name = "day"

    def __init__(self, last: Callable[[], date] = lambda: date.max):
        self._last = last

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            # ISO 8601 has more forms than the options say.
            day = date.fromisoformat(value) if _FORM.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None:
            self.fail(text("error.not_a_day", LANG, value=value), param, ctx)
        if day > self._last():
            self.fail(text("error.day_to_come", LANG, value=value), param, ctx)
        return day


def day_on_earth() -> date:
    """The latest day that it is anywhere now."""
    return latest_day(datetime.now(UTC))

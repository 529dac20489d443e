"""The options that say which view of which pact a command is about."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import click

from monitor import snapshot
from monitor.errors import InvalidValue
from monitor.i18n import text
from monitor.store import Store
from monitor.terminal import LANG

FORMATS = ("table", "csv", "json")


def _as_of(_ctx, _param, value: str | None) -> date | None:
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(text("error.not_a_day", LANG, value=value)) from None
    if day and day > snapshot.today():
        raise click.BadParameter(text("error.day_to_come", LANG, value=value))
    return day


def _known_at(_ctx, _param, value: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(text("error.not_a_time", LANG, value=value)) from None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def view_options(command: Callable) -> Callable:
    """--pact, --as-of and --known-at, the same for every view."""
    for option in (
        click.option("--known-at", callback=_known_at, help="A UTC time: what the log said then."),
        click.option("--as-of", callback=_as_of, help="A day; today, or the end of the term."),
        click.option("--pact", "pact_id", help="By default the first that is not fictional."),
    ):
        command = option(command)
    return command


#: --format of what is printed.
form_option = click.option("--format", "form", type=click.Choice(FORMATS), default="table")


def default_pact(store: Store) -> str:
    """The first pact that is not fictional, else the first, as the pages choose it.

    Raises InvalidValue (`no_pact`).
    """
    with store.reading() as session:
        rows = session.rows(
            "SELECT first.pact_id FROM pact first JOIN pact last ON last.pact_id = first.pact_id "
            "WHERE first.rev = 1 AND last.rev = "
            "(SELECT max(rev) FROM pact WHERE pact_id = first.pact_id) "
            "ORDER BY last.fictional, first.seq LIMIT 1"
        )
    if not rows:
        raise InvalidValue("no_pact")
    return rows[0][0]

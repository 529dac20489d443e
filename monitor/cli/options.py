"""The options that say which view of which pact a command is about."""

import re
from datetime import UTC, datetime

import click

from monitor.cli.days import Day
from monitor.cli.terminal import LANG, combine_options
from monitor.errors import InvalidValue
from monitor.i18n import text
from monitor.models import GROUPINGS, GroupBy
from monitor.snapshot import log_today
from monitor.store import Store
from monitor.store.pacts_and_areas import list_pacts

#: How rows are printed; the workbook and Parquet are of a view only.
FORMATS = ("table", "csv", "semicolon.csv", "json")
#: ISO 8601 has more than the options say.
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?")


def _known_at(_ctx, _param, value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value) if _TIME.fullmatch(value) else None
    except ValueError:
        moment = None
    if moment is None:
        raise click.BadParameter(text("error.not_a_time", LANG, value=value))
    return moment.replace(tzinfo=moment.tzinfo or UTC)


#: The same for every view.
view_options = combine_options(
    click.option("--pact", "pact_id", help="By default the pact with the latest election."),
    click.option(
        "--as-of", type=Day(log_today), help="A day; by default today, or the end of the term."
    ),
    click.option("--known-at", callback=_known_at, help="A UTC time: show what the log said then."),
)


class Grouping(click.ParamType):
    """One of GROUPINGS."""

    name = "grouping"

    def convert(self, value, param, ctx) -> tuple[GroupBy, ...]:
        if value not in GROUPINGS:
            known = ", ".join(GroupBy)
            self.fail(
                text("error.query_unknown_grouping", LANG, value=value, name="by", known=known)
            )
        return GROUPINGS[value]


#: --format of a view.
form_option = click.option(
    "--format", "form", type=click.Choice((*FORMATS, "xlsx", "parquet")), default="table"
)


def pact_to_write(store: Store) -> str:
    """The pact of a database that holds one. A write has no default among several.

    Raises click.UsageError, which names them, and InvalidValue (`no_pact`).
    """
    with store.reading() as session:
        known = list_pacts(session)
    if not known:
        raise InvalidValue("no_pact")
    if len(known) > 1:
        raise click.UsageError(text("cli.which_pact", LANG, known=", ".join(known)))
    return known[0]

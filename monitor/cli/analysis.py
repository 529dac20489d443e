"""The command that prints a table of the analyses."""

import click
import pandas as pd

from monitor import snapshot
from monitor.cli.days import Day
from monitor.cli.options import form_option, view_options
from monitor.cli.terminal import LANG, write_table
from monitor.errors import InvalidValue
from monitor.i18n import text
from monitor.read.analysis_tables import ANALYSIS_TABLES
from monitor.read.files import table_parts, view_description
from monitor.read.group_incidence import GROUPS
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.snapshot import log_today
from monitor.store import open_store


@click.command()
@click.argument("table", type=click.Choice(ANALYSIS_TABLES))
@view_options
@form_option
@click.option("--by", type=click.Choice(GROUPS), help="Of incidence: one curve for each group.")
@click.option("--since", type=Day(log_today), help="Of transitions: the day to compare with.")
def analysis(table, pact_id, as_of, known_at, form, by, since):
    """Print a table of the Analyses page.

    incidence: how long it takes until commitments are decided, and implemented. spells: what it is
    counted from, a row a commitment. hazard: the same by half-year. transitions: what became, between
    two days, of all that ever bound. groups: departments and regions beside the whole. revisions: what
    was known of the day, and when. agreement, agreement_pairs: of two blind readings.
    """
    for option, value, of in (("--by", by, "incidence"), ("--since", since, "transitions")):
        if value is not None and table != of:
            raise click.UsageError(text("cli.option_of", LANG, option=option, table=of))
    current = snapshot.Snapshots(open_store()).current()
    pact = current.log(pact_id).pact
    state = PactState(current, pact.id, known_at)
    view = View(LANG, state, as_of or snapshot.default_day(pact, log_today()))
    if since and since >= view.day:
        raise InvalidValue("frames_since", value=since.isoformat(), day=view.day.isoformat())
    own = by or (since.isoformat() if since else None)
    about = view_description(view)
    about["head"] = about.pop("log_head")
    del about["filters"]
    write_table(pd.concat([*table_parts(view, table, own)]), table, form, about)

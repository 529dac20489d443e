"""The command that records what a link checker found, and lists the addresses to give to one."""

import csv
import io
from pathlib import Path

import click

from monitor import commands, export, snapshot
from monitor.cli import paths
from monitor.cli.days import Day, day_on_earth
from monitor.cli.load_report import exit_with_report, report_as_json
from monitor.cli.terminal import (
    LANG,
    file_options,
    open_rows,
    say,
)
from monitor.i18n import plural, text
from monitor.store import open_store

#: Addresses named at once.
SHOWN = 5


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--list", "as_list", is_flag=True, help="Print the addresses to check, as CSV.")
@click.option("--pact", "pact_id", help="With --list: only those of this pact.")
@click.option("--checked-on", type=Day(day_on_earth), help="The day of rows without one.")
@file_options
def links(file, as_list, pact_id, checked_on, dry_run, strict, skip_rejected, rejects, as_json):
    """Record a link checker's FILE, or list what to check.

    Takes LinkChecker's CSV and lychee's JSON as they come, and any table of url, status, checked_on.
    """
    if as_list == (file is not None):
        raise click.UsageError(text("usage.file_or_list", LANG))
    if as_list:
        _list(pact_id)
        return
    if pact_id:
        raise click.UsageError(text("usage.pact_of_list", LANG))
    with open_rows(file, rejects) as (source, row_options):
        report = commands.load_links(
            open_store(),
            source,
            name=paths.name_of(file),
            dry_run=dry_run,
            strict=strict,
            skip_rejected=skip_rejected,
            checked_on=checked_on,
            **row_options,
        )
    if any(
        (error.column, error.code) == ("checked_on", "missing_column") for error in report.errors
    ):
        say("cli.checked_on")
    if report.ignored:
        say("cli.columns_ignored", columns=", ".join(report.ignored))
    for url in report.unknown[:SHOWN]:
        say("cli.unknown_address", url=url)
    more = {"ignored_columns": report.ignored, "unknown_addresses": report.unknown}
    exit_with_report(report, dry_run, report_as_json(report) | more if as_json else None)


def _list(pact_id: str | None) -> None:
    store = open_store()
    current = snapshot.Snapshots(store).current()
    found: dict[str, None] = {}
    with store.reading() as session:
        for log in [current.log(pact_id)] if pact_id else current.logs.values():
            found |= dict.fromkeys(export.address_table(session, log))
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows([["url"], *([url] for url in found)])
    click.echo(lines.getvalue(), nl=False)
    click.echo(plural("cli.addresses", len(found), LANG), err=True)

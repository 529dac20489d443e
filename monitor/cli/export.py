"""The command that publishes: the open data of a pact, in a folder."""

from contextlib import ExitStack
from pathlib import Path

import click

from monitor import commands
from monitor.cli.options import view_options
from monitor.cli.terminal import LANG, progress_bar, say
from monitor.errors import MonitorError
from monitor.export import FORMATS, publish_pact
from monitor.i18n import Choice, plural
from monitor.read.analysis_tables import analyses_to_export
from monitor.read.sample_tables import samples_to_export
from monitor.store import Store, open_store


@click.command()
@view_options
@click.option(
    "--to", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write to."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True)
def export(pact_id, as_of, known_at, folder, form):
    """Write the open data of a pact: files that load again, commitments and indicators.

    csv, xlsx, json and parquet: one file per table. semicolon.csv: CSV for the Excel of most of
    Europe, with semicolons and the decimal mark of the language. sqlite: one file and its
    metadata.json, for Datasette. datapackage: CSV files that a Frictionless descriptor describes
    column by column. bundle: the same with scripts in Python and R that count every figure again, and
    how to cite it.
    """
    store = open_store()
    with ExitStack() as stack:

        def expected(total: int):
            update = stack.enter_context(progress_bar("cli.rows_written", total))
            return lambda rows: update(rows, rows)

        found = publish_pact(
            store,
            pact_id,
            folder,
            form,
            day=as_of,
            known_at=known_at,
            lang=LANG,
            read_samples=samples_to_export,
            read_analyses=analyses_to_export,
            expected=expected,
        )
    _write_down(store)
    for name, rows in found.files.items():
        path = str(folder / name)
        if rows is None:
            click.echo(path, err=True)
        else:
            click.echo(plural("cli.export_file", rows, LANG, file=path), err=True)
    if found.dated_by_log:
        click.echo(plural("cli.export_dated", found.dated_by_log, LANG), err=True)
    say("cli.export_view", **{**found.about, "known_at": found.about["known_at"] or "–"})
    if found.about["fictional"]:
        say("frame.fictional", areas=Choice(True))


def _write_down(store: Store) -> None:
    """The head of an export is one that was given out. A database that takes no write does not keep the
    export from being made."""
    try:
        commands.give_head(store)
    except MonitorError as error:
        say("cli.head_not_given", why=f"{error.code}")

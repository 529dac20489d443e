"""`load`: a file of rows, a pact, or a pact with all that goes with it."""

from pathlib import Path

import click

from monitor import commands, intake
from monitor.cli import load_questions, paths
from monitor.cli.kept_options import KEEP, LoadCommand
from monitor.cli.load_columns import cells_of_table, check_titles, tell_columns
from monitor.cli.load_mends import tell_mends
from monitor.cli.load_options import (
    read_cells,
    read_columns,
    read_contents,
    read_marks,
    read_same,
)
from monitor.cli.load_report import exit_with_report, report_as_json
from monitor.cli.load_whole import Reading, WholeLoad, exit_unless_whole, tell_whole, whole_as_json
from monitor.cli.options import pact_to_write
from monitor.cli.terminal import LANG, file_options, open_rows, report_interruption
from monitor.i18n import text
from monitor.intake.marks import MARKED
from monitor.schema import ALIASES, FILES
from monitor.store import open_store

CONTENTS = ("pact", *FILES)
#: What no pact.toml takes.
OF_ROWS = ("--pact", "--newer", "--strict", "--skip-rejected", "--rejects")


HELP = f"""Load a pact with all that goes with it: a folder, or a workbook. Or one file of it.

\b
load FOLDER        pact.toml, signatories.csv, … or a workbook of sheets
load pacte.xlsx    that workbook alone
load CONTENT FILE  one file; `-` reads stdin

CONTENT is {", ".join(CONTENTS[:-1])} or {CONTENTS[-1]}. A pact is a TOML file; the others are CSV, with
commas or semicolons, or XLSX. docs/files.md says what each may hold.
"""


@click.command(cls=LoadCommand, help=HELP)
@click.argument("content", metavar="[CONTENT]")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path), required=False)
@click.option("--pact", "pact_id", help="The pact; required if there are several.")
@click.option(
    "--newer",
    is_flag=True,
    help="The file may restore older values, and give an id to another person or fact.",
)
@click.option(
    "--in-charge",
    metavar="OFFICE",
    help="Of a folder: who holds this office alone is in charge of what another signed.",
)
@click.option(
    "--defeated",
    "notes_defeats",
    is_flag=True,
    help="Of a folder: who signed where its sheet of the elected names another person lost there.",
)
@click.option(
    "--leave-unpromised",
    "leaves_unpromised",
    is_flag=True,
    help="Of a folder: facts about what was not promised are left out, and told.",
)
@click.option(
    "--leave-fact",
    "leaves_facts",
    multiple=True,
    metavar="NAME:MEASURE",
    help="Of a folder: facts about what they did not promise are left out: Paul Martin (Lyon):12.",
)
@click.option(
    "--mark",
    "marks",
    multiple=True,
    metavar="MARK=ANSWER",
    callback=read_marks,
    help="What a mark means in answers or statuses: x=yes, ok=kept; =no for an empty cell, x= for none.",
)
@click.option(
    "--sheet",
    "contents",
    multiple=True,
    metavar="SHEET=CONTENT",
    callback=read_contents,
    help="Of a folder: what a sheet or file holds: Isère=signatories, Won=elected, *=answers, Notes=.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="[SHEET:]TITLE=COLUMN",
    callback=read_columns,
    help="What a column is whose title does not say it: Joined=signed_on; Notes= leaves it out.",
)
@click.option(
    "--cell",
    "cells",
    multiple=True,
    metavar="[SHEET:]TITLE:WORDS=VALUE",
    callback=read_cells,
    help="What is read where a column says these words: Received:early March=03/2026.",
)
@click.option(
    "--same",
    multiple=True,
    metavar="COLUMN=VALUE",
    callback=read_same,
    help="What every row says in a column that the file lacks: commune=Lille; comment= empties it.",
)
@click.option(
    KEEP,
    is_flag=True,
    expose_value=False,
    help="Of a folder: keep --sheet, --column, --mark, --cell and --same in it, for later loads.",
)
@click.option(
    "--ask",
    "asks",
    is_flag=True,
    help="Of a folder: ask what sheets, columns, marks and refused cells mean, then whether to load it.",
)
@click.option(
    "--all-doubts", "tells_all", is_flag=True, help="Say all doubts, and not the gravest alone."
)
@file_options
def load(
    content,
    file,
    pact_id,
    newer,
    in_charge,
    notes_defeats,
    leaves_unpromised,
    leaves_facts,
    asks,
    tells_all,
    marks,
    contents,
    columns,
    cells,
    same,
    dry_run,
    strict,
    skip_rejected,
    rejects,
    as_json,
):
    store = open_store()
    if file is None:
        if skip_rejected:
            raise click.UsageError(text("usage.one_file", LANG, option="--skip-rejected"))
        if content in CONTENTS and not Path(content).exists():
            raise click.UsageError(text("usage.name_file", LANG, content=content))
        if asks and as_json:
            raise click.UsageError(text("usage.asks_people", LANG))
        choices = commands.PactChoices(
            in_charge,
            notes_defeats,
            leaves_unpromised=leaves_unpromised,
            leaves_facts=leaves_facts,
        )
        whole = WholeLoad(store, Path(content), pact_id, rejects, strict, newer, choices, tells_all)
        reading = Reading(marks, contents, columns, same, cells)
        if asks:
            load_questions.load_with_questions(whole, reading, dry_run)
            return
        report = whole.run(reading, dry_run)
        tell_whole(report, whole, dry_run)
        if as_json:
            click.echo(whole_as_json(report))
        else:
            load_questions.tell_asking(report)
        exit_unless_whole(report)
        return
    of_whole = {
        "--in-charge": in_charge,
        "--defeated": notes_defeats,
        "--leave-unpromised": leaves_unpromised,
        "--leave-fact": leaves_facts,
        "--sheet": contents,
        "--ask": asks,
    }
    if given := next((option for option, value in of_whole.items() if value), None):
        raise click.UsageError(text("usage.whole_pact", LANG, option=given))
    content = ALIASES.get(content, content)
    if marks and content not in MARKED:
        raise click.UsageError(text("usage.mark_of_answers", LANG))
    if marks and content:
        marks = intake.meant_by_marks(content, marks)
    if content not in CONTENTS:
        raise click.BadParameter(f"{content!r} is not one of {', '.join(CONTENTS)}.")
    name = paths.name_of(file)
    if content == "pact" and (columns or cells or same):
        raise click.UsageError(text("usage.with_rows", LANG, options="--column, --cell, --same"))
    if content == "pact":
        if pact_id or newer or strict or skip_rejected or rejects:
            raise click.UsageError(text("usage.with_rows", LANG, options=", ".join(OF_ROWS)))
        with paths.open_source(file) as source, report_interruption():
            report = commands.load_pact(store, source, name=name, dry_run=dry_run)
    else:
        with open_rows(file, rejects) as (source, row_options):
            table = [intake.Table(source)] if columns or cells else []
            check_titles(table, columns)
            mending = intake.Mending(
                marks=marks, instead=cells_of_table(table[0], cells) if cells else {}
            ).with_titles(content, columns, same)
            report = commands.load(
                store,
                content,
                source
                if mending == intake.Mending()
                else intake.MendedTable(source, content, mending),
                pact_id=pact_id or pact_to_write(store),
                name=name,
                dry_run=dry_run,
                strict=strict,
                newer=newer,
                skip_rejected=skip_rejected,
                **row_options,
            )
    tell_columns([report])
    tell_mends([report], None)
    exit_with_report(report, dry_run, report_as_json(report) if as_json else None, tells_all)

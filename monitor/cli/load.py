"""`load`: a file of rows, a pact, or a pact with all that goes with it."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from monitor import commands, intake
from monitor.cli import paths
from monitor.cli.empty_parts import tell_empty_parts
from monitor.cli.kept_options import KEEP, LoadCommand, tell_keeping
from monitor.cli.load_columns import check_titles, place_columns
from monitor.cli.load_options import (
    name_whole,
    read_columns,
    read_contents,
    read_marks,
    read_same,
)
from monitor.cli.load_report import (
    exit_with_report,
    report_as_json,
    summarise,
    tell_counts,
    tell_odd,
)
from monitor.cli.options import pact_to_write
from monitor.cli.terminal import (
    LANG,
    file_options,
    open_rows,
    report_interruption,
    say,
    tell_unset_publisher,
)
from monitor.i18n import text
from monitor.intake.header_row import ANSWERING
from monitor.intake.marks import MARKED
from monitor.intake.winners import find_winners
from monitor.intake.workbook import Book
from monitor.models import RowOutcome
from monitor.schema import ALIASES, FILES
from monitor.store import Store, open_store

CONTENTS = ("pact", *FILES)
#: What no pact.toml takes.
OF_ROWS = ("--pact", "--newer", "--strict", "--skip-rejected", "--rejects")
#: Why a file is refused for the titles of its columns.
OF_TITLES = ("unknown_column", "near_title", "missing_column", "no_known_title")


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
    help="Of a folder: keep --sheet, --column, --mark and --same in it, for every later load.",
)
@file_options
def load(
    content,
    file,
    pact_id,
    newer,
    in_charge,
    marks,
    contents,
    columns,
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
        how = {"dry_run": dry_run, "strict": strict, "newer": newer, "in_charge": in_charge}
        reading = {"marks": marks, "contents": contents, "columns": columns, "same": same}
        whole = _load_whole(store, Path(content), pact_id, rejects, **reading, **how)
        _exit_with_whole(whole, Path(content), store.url, dry_run, as_json)
        return
    if in_charge or contents:
        given = "--in-charge" if in_charge else "--sheet"
        raise click.UsageError(text("usage.whole_pact", LANG, option=given))
    content = ALIASES.get(content, content)
    if marks and content not in MARKED:
        raise click.UsageError(text("usage.mark_of_answers", LANG))
    if marks and content:
        marks = intake.meant_by_marks(content, marks)
    if content not in CONTENTS:
        raise click.BadParameter(f"{content!r} is not one of {', '.join(CONTENTS)}.")
    name = paths.name_of(file)
    if content == "pact" and (columns or same):
        raise click.UsageError(text("usage.with_rows", LANG, options="--column, --same"))
    if content == "pact":
        if pact_id or newer or strict or skip_rejected or rejects:
            raise click.UsageError(text("usage.with_rows", LANG, options=", ".join(OF_ROWS)))
        with paths.open_source(file) as source, report_interruption():
            report = commands.load_pact(store, source, name=name, dry_run=dry_run)
    else:
        with open_rows(file, rejects) as (source, row_options):
            mending = intake.Mending(marks=marks).with_titles(content, columns, same)
            check_titles([intake.Table(source)] if columns else [], columns)
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
    _say_columns([report])
    exit_with_report(report, dry_run, report_as_json(report) if as_json else None)


def _load_whole(
    store: Store,
    path: Path,
    pact_id: str | None,
    rejects: Path | None,
    marks: dict[str, str],
    contents: dict[str, str],
    columns: dict[str, str],
    same: dict[str, str],
    **how,
) -> commands.WholeReport:
    """Load a folder or a workbook; refused rows are written to files in the folder `rejects`. `marks`:
    what they mean in its answers. `contents`: what sheets and files hold, by their names. `columns`:
    what titles mean; `same`: what every row says."""
    with _open_parts(path, contents) as parts, ExitStack() as stack, report_interruption():
        if parts.hold_pact and pact_id:
            raise click.UsageError(text("usage.pact_within", LANG))
        if not parts.hold_pact and (parts.parts or any(map(find_winners, parts.unnamed))):
            pact_id = pact_id or pact_to_write(store)
        refused: list[paths.RefusedRows] = []

        def open_rejects(content: str) -> paths.RefusedRows | None:
            if rejects is None:
                return None
            rejects.mkdir(parents=True, exist_ok=True)
            refused.append(paths.RefusedRows(rejects / f"{content}.csv", path))
            stack.callback(refused[-1].close)
            return refused[-1]

        held = (*parts.parts, *parts.unnamed)
        if marks and not any(part.content in (*ANSWERING, *MARKED) for part in held):
            raise click.UsageError(text("usage.mark_of_answers", LANG))
        placed = place_columns(held, columns)
        read = parts.read_titles(placed.by_part, same).read_marks(marks)
        whole = commands.load_whole_pact(
            store, read, pact_id=pact_id, rejects=open_rejects, lang=LANG, **how
        )
        for one in refused:
            one.finish()
        placed.tell()
        return whole


def _say_columns(reports: Iterable[commands.Report]) -> None:
    """How to say what a column is, where a file was refused for its titles, and how to leave out those
    that are unknown."""
    wrong = [one for report in reports for one in report.errors if one.code in OF_TITLES]
    if not wrong:
        return
    say("cli.columns_unsaid")
    # What words the measures, maybe, is not offered to be left out at once.
    rest = [one for one in wrong if dict(one.values).get("belongs") != "note_of_measure"]
    unknown = [one.column for one in rest if one.code == "unknown_column"]
    unknown = [one for one in dict.fromkeys(unknown) if not one.endswith("…") and '"' not in one]
    if unknown:
        options = " ".join(f'--column "{one}="' for one in unknown)
        say("cli.columns_to_leave", options=options)
    near = {one.column: dict(one.values)["near"] for one in wrong if one.code == "near_title"}
    if near := {title: one for title, one in near.items() if '"' not in title}:
        numbers = {title: one.partition(". ")[0] for title, one in near.items()}
        options = " ".join(f'--column "{title}={one}"' for title, one in numbers.items())
        say("cli.columns_near", options=options)


def _exit_with_whole(
    whole: commands.WholeReport, path: Path, url: str, dry_run: bool, as_json: bool
) -> None:
    """Say what became of each part and of the whole, in which database; exit status 1 unless all of it
    can be loaded."""
    for report in whole.reports:
        if not report.holds_nothing:
            tell_odd(report, file=report.file_name)
    for report in whole.reports:
        if not report.holds_nothing:
            summarise(report, dry_run and not whole.remains_out, is_part=True)
    tell_empty_parts(whole.reports)
    _say_columns(whole.reports)
    if whole.left_out:
        say("cli.whole_left_out", files=", ".join(whole.left_out))
    if whole.unchecked:
        say("cli.whole_unchecked", files=", ".join(whole.unchecked))
    tell_counts(whole.reports)
    if not whole.reports:
        say("cli.whole_empty", path=path)
    elif whole.loaded:
        say("cli.whole_loaded", pact=whole.pact_id, url=url)
        if any(one.outcomes[RowOutcome.CREATED] for one in whole.reports if one.content == "pact"):
            say("cli.next_serve")
            tell_unset_publisher()
    elif dry_run and not whole.remains_out:
        say("cli.whole_dry_run", pact=whole.pact_id)
    else:
        say("cli.whole_refused")
        tell_keeping(path)
    if as_json:
        answer = {
            "pact": whole.pact_id,
            "loaded": whole.loaded,
            "files": [report_as_json(report) for report in whole.reports],
            "left_out": whole.left_out,
            "unchecked": whole.unchecked,
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    if whole.remains_out or not whole.reports:
        sys.exit(1)


@contextmanager
def _open_parts(path: Path, contents: dict[str, str]) -> Iterator[intake.Parts]:
    """The parts of a pact in a folder, or in a workbook. Raises InvalidValue as `paths.open_path`, and
    (`no_such_sheet`) where there is no sheet or file of a name among `contents`."""
    try:
        files = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    except OSError as error:
        raise paths.unreadable_path(path, error) from None
    with ExitStack() as stack:
        opened = [(one.name, stack.enter_context(paths.open_path(one, "rb"))) for one in files]
        books: dict[str, Book] = {}
        parts = intake.sort_parts(opened, None, books)
        if contents:
            parts = intake.sort_parts(opened, name_whole(parts, contents), books)
        yield parts

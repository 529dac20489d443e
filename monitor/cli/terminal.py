"""What the commands say, and how they read and write files: sentences on stderr, data on stdout."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
import pandas as pd

from monitor import commands, intake, tables
from monitor.cli import paths
from monitor.errors import InvalidRow, MonitorError
from monitor.export import FORMS, Caption
from monitor.export.fields import TABLES, describe_column, title_of_column
from monitor.export.forms import semicolon_dialect
from monitor.i18n import LANGUAGES, Choice, join_items, language_of_locale, number, plural, text
from monitor.models import OF_LINKS, OF_REFUSALS, RowOutcome
from monitor.settings import terminal_locale
from monitor.snapshot import bulk_read

SHOWN_ERRORS = 20
LANG = language_of_locale(terminal_locale())


def say(key: str, **values) -> None:
    """A sentence on stderr: stdout is for data. No text of a file or a path drives the terminal."""
    click.echo(text(key, LANG, **_safe(values)), err=True)


def _safe(values: dict) -> dict:
    return {
        name: intake.displayable(value) if isinstance(value, str | Path) else value
        for name, value in values.items()
    }


@contextmanager
def tell_refused_cells() -> Iterator[None]:
    """What is wrong with cells is said on stderr. Raises MonitorError (`nothing_retracted`) then."""
    try:
        yield
    except InvalidRow as error:
        click.echo(" ".join(intake.error_sentence(one, LANG) for one in error.errors), err=True)
        raise MonitorError("nothing_retracted") from None


def write_table(table: pd.DataFrame, content: str, form: str, view: dict) -> None:
    """The table on stdout, of what `content` says (`commitments`, `indicators`). What it is a view of
    goes with it: in the JSON, in the workbook and in Parquet, else on stderr."""
    if form in ("xlsx", "parquet"):
        _write_binary(table, content, form, view)
        return
    if form == "json":
        rows = json.loads(table.to_json(orient="records", date_format="iso"))
        click.echo(json.dumps({**view, "rows": rows}, ensure_ascii=False, indent=2))
        return
    print_rows(table, form)
    say("cli.view", **{**view, "known_at": view["known_at"] or "–"})
    if view["fictional"]:
        say("frame.fictional", areas=Choice(True))


def print_rows(table: pd.DataFrame, form: str) -> None:
    """The rows alone on stdout, as CSV or as a table for people."""
    if form == "table":
        click.echo(tables.to_text(table))
    else:
        dialect = semicolon_dialect(LANG) if form == "semicolon.csv" else {}
        click.echo(tables.to_csv(table, **dialect), nl=False)


def _write_binary(table: pd.DataFrame, content: str, form: str, view: dict) -> None:
    if sys.stdout.isatty():
        raise click.UsageError(text("cli.workbook_to_file", LANG))
    caption = Caption(
        {"log_head" if name == "head" else name: value for name, value in view.items()},
        LANG,
        title=lambda column: title_of_column(column, LANG),
        meaning=lambda column: describe_column(content, column, LANG),
        types=dict.fromkeys(map(str, table), "string")
        | {column.name: column.type for column in TABLES[content]},
    )
    for piece in FORMS[form].encode([table], caption):
        click.echo(piece, nl=False)


def report_as_json(report: commands.Report) -> dict:
    """A report for programs: counts by outcome, errors with both sentences, doubts in the language
    of the environment, what the corrections change."""
    return {
        "content": report.content,
        "file": report.file_name,
        "pact": report.pact_id,
        "loaded": report.loaded,
        "outcomes": {
            outcome.value: report.outcomes[outcome]
            for outcome in RowOutcome
            if outcome not in OF_LINKS or report.content == "links"
        },
        "refused_cells": report.refused_cells,
        "sheets_left_out": report.left_out,
        "doubted": report.doubt_count,
        "doubts": [
            {
                "line": doubt.line,
                "column": doubt.column,
                "code": doubt.code,
                "message": intake.error_sentence(doubt, LANG, report.content),
            }
            for doubt in report.doubts
        ],
        "corrections": [
            {
                "line": change.line,
                "id": " · ".join(value for _, value in change.key),
                "changes": {name: [old, new] for name, old, new in change.cells},
            }
            for change in report.changes
        ],
        "errors": [
            {
                "line": error.line,
                "row": error.row or error.line,
                "column": error.column,
                "value": error.value,
                "code": error.code,
                **{lang: intake.error_sentence(error, lang, report.content) for lang in LANGUAGES},
            }
            for error in report.errors
        ],
    }


def summarise(
    report: commands.Report, dry_run: bool, *, is_part: bool = False, tells_doubts: bool = True
) -> None:
    """A report for people: the first refused cells, then what became of the file. Of one that `is_part`
    of a whole, what becomes of it is what becomes of all. `tells_doubts`: not of a file that whoever
    reads this has no hand in."""
    file = report.file_name if is_part else ""
    for error in report.errors[:SHOWN_ERRORS]:
        click.echo(_of_file(file, intake.error_sentence(error, LANG, report.content)), err=True)
    if report.refused_cells > SHOWN_ERRORS:
        more = report.refused_cells - SHOWN_ERRORS
        click.echo(plural("cli.more_errors", more, LANG), err=True)
    _tell_changes(report)
    if tells_doubts:
        _tell_doubts(report, file)
    if report.left_out:
        say("cli.sheets_left_out", file=report.file_name, sheets=", ".join(report.left_out))
    kept = report.loaded or dry_run
    good = sum(report.outcomes.values()) - report.refused
    counts = [
        plural(f"row_outcome.{outcome}", report.outcomes[outcome], LANG)
        for outcome in RowOutcome
        if report.outcomes[outcome] and (kept or outcome in OF_REFUSALS)
    ]
    if good and not kept:
        counts.insert(0, plural("cli.good_rows", good, LANG))
    said = {"file": report.file_name, "counts": ", ".join(counts) or "–"}
    if is_part and report.unread and not good and report.refused == 1:
        key = "cli.part_unread"
    elif is_part:
        key = "cli.part" if counts else "cli.part_read"
    elif kept and not report.outcomes:
        key = "cli.file_no_rows"
    elif kept:
        key = "cli.file_loaded" if report.loaded else "cli.file_dry_run"
    elif report.doubted and not report.refused:
        key = "cli.file_doubted"
    elif report.unread:
        key = "cli.file_unread" if report.unread_line else "cli.file_unreadable"
    else:
        key = "cli.file_refused" if good else "cli.file_all_refused"
    sentence = text(key, LANG, **_safe(said))
    if report.pact_id and not is_part:
        sentence += " " + text("cli.of_pact", LANG, **_safe({"pact": report.pact_id}))
    click.echo(sentence, err=True)


def _of_file(file: str, said: str) -> str:
    """A sentence, after the name of the file that it is about, if that is to be said."""
    return text("cli.of_file", LANG, file=intake.displayable(file), said=said) if file else said


def _tell_changes(report: commands.Report) -> None:
    """Old -> new of the first corrections, as one says them."""
    for change in report.changes[:SHOWN_ERRORS]:
        cells = join_items(
            [
                text("cli.change", LANG, column=name, old=_said(name, old), new=_said(name, new))
                for name, old, new in change.cells
            ],
            LANG,
        )
        name = " · ".join(_said(column, value) for column, value in change.key)
        say("cli.correction", line=change.line, name=name, cells=cells)
    if (more := report.outcomes[RowOutcome.CORRECTED] - SHOWN_ERRORS) > 0:
        click.echo(plural("cli.more_corrections", more, LANG), err=True)


def _said(column: str, value: str | None) -> str:
    """A cell as a sentence quotes it."""
    return intake.displayable(intake.cell_in_words(column, value, LANG) or "–")


def _tell_doubts(report: commands.Report, file: str) -> None:
    doubts = [one for one in report.doubts if not (file and one.code == "example_row")]
    for doubt in doubts[:SHOWN_ERRORS]:
        said = intake.error_sentence(doubt, LANG, report.content)
        click.echo(text("cli.doubt", LANG, said=_of_file(file, said)), err=True)
    if (more := report.doubt_count - len(report.doubts) + len(doubts) - SHOWN_ERRORS) > 0:
        click.echo(plural("cli.more_doubts", more, LANG), err=True)


@contextmanager
def progress_bar(key: str, total: int):
    """A bar on a terminal: a function of (number shown, how far of `total`)."""
    if not sys.stderr.isatty() or not total:
        yield lambda shown, position: None
        return
    with click.progressbar(length=total, file=sys.stderr, label=text(key, LANG, n="0")) as bar:

        def update(shown: int, position: int) -> None:
            bar.label = text(key, LANG, n=number(shown, LANG))
            bar.update(max(0, min(position, total) - bar.pos))

        yield update


def combine_options(*options: Callable) -> Callable:
    """Several options as one decorator, in the order in which the help lists them."""

    def decorate(command: Callable) -> Callable:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


#: The same for every file.
file_options = combine_options(
    click.option("--dry-run", is_flag=True, help="Check everything, write nothing."),
    click.option("--strict", is_flag=True, help="Load nothing if there is any doubt."),
    click.option(
        "--skip-rejected", is_flag=True, help="Load the good rows of a file that also has bad ones."
    ),
    click.option(
        "--rejects",
        type=click.Path(path_type=Path),
        help="Write the refused rows to this file; of a folder or a workbook, to files in this folder.",
    ),
    click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout."),
)


@contextmanager
def report_interruption():
    """What is done in one transaction: who interrupts it is told that nothing was written."""
    try:
        yield
    except KeyboardInterrupt:
        raise MonitorError("interrupted") from None


@contextmanager
def open_rows(file: Path, rejects: Path | None):
    """(the file, what a command that loads it is told beside it: `rejects`, `progress`, `lang`).

    Refused rows go to their place at the end, if there were any and nothing was raised.
    """
    with ExitStack() as stack:
        stack.enter_context(bulk_read())
        source = stack.enter_context(paths.open_source(file))
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        refused = None
        if rejects:
            refused = paths.RefusedRows(rejects, file)
            stack.callback(refused.close)
        with progress_bar("cli.rows_read", size) as progress, report_interruption():
            yield (
                source,
                {
                    "rejects": refused,
                    "progress": lambda rows: progress(rows, source.tell()),
                    "lang": LANG,
                },
            )
        if refused:
            refused.finish()
            if refused.stood == "ours" and not refused.written:
                say("cli.rejects_of_before", path=rejects)


def exit_with_report(report: commands.Report, dry_run: bool, as_json: dict | None = None) -> None:
    """Say what became of a file; exit status 1 where a row was refused, or the whole for
    its doubts. What is said comes first:
    who cannot write the JSON must know what was loaded."""
    summarise(report, dry_run)
    if as_json is not None:
        click.echo(json.dumps(as_json, ensure_ascii=False, indent=2))
    if report.remains_out:
        sys.exit(1)

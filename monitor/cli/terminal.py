"""What the commands say, and how they read and write files: sentences on stderr, data on stdout."""

import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
import pandas as pd

from monitor import intake, tables
from monitor.cli import paths
from monitor.errors import InvalidRow, MonitorError
from monitor.export import FORMS, Caption
from monitor.export.fields import TABLES, describe_column, title_of_column
from monitor.export.forms import semicolon_dialect
from monitor.i18n import Choice, language_of_locale, number, plural, text
from monitor.publisher import missing_settings
from monitor.settings import PUBLISHER, terminal_locale
from monitor.snapshot import bulk_read

LANG = language_of_locale(terminal_locale())
#: How the sentences call the program, and where it is not called otherwise already.
_PROGRAM = "python -m monitor"
_CALL = re.compile(rf"(?<![\w/.\\-]){_PROGRAM}")


def say(key: str, **values) -> None:
    """A sentence on stderr: stdout is for data. No text of a file or a path drives the terminal."""
    print_sentence(text(key, LANG, **displayable_values(values)))


def print_sentence(sentence: str) -> None:
    """The same of a sentence that is made: the commands in it are written as this one was typed."""
    click.echo(write_calls(sentence), err=True)


def write_calls(words: str) -> str:
    """Words in which the program is called as this one was typed."""
    call = program_call(sys.orig_argv)
    return _CALL.sub(lambda found: call, words)


def program_call(words: Sequence[str]) -> str:
    """How a command line calls the program, as it can be typed again: `.venv/bin/python -m monitor`
    where its words begin so, `monitor` for the command of that name."""
    if list(words[1:3]) == ["-m", "monitor"]:
        return shlex.join(words[:3])
    return "monitor" if len(words) > 1 and Path(words[1]).name == "monitor" else _PROGRAM


def displayable_values(values: dict) -> dict:
    return {
        name: intake.displayable(value) if isinstance(value, str | Path) else value
        for name, value in values.items()
    }


def tell_unset_publisher() -> None:
    """How many settings the legal notice of a public site still lacks, and the one by which somebody can
    answer first; nothing where none."""
    missing = missing_settings()
    contact = PUBLISHER["contact"]
    if missing:
        first = contact if contact in missing else missing[0]
        click.echo(plural("cli.legal_unset", len(missing), LANG, setting=first), err=True)


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

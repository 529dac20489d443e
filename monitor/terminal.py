"""What the commands say, and how they read and write files: sentences on stderr, data on stdout."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
import pandas as pd

from monitor import commands, intake, tables
from monitor.errors import InvalidValue
from monitor.i18n import number, plural, text
from monitor.models import OF_LINKS, RowOutcome

SHOWN_ERRORS = 20


def _language() -> str:
    """English where the environment asks for it, else French."""
    wanted = next(
        filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), ""
    )
    return "en" if wanted.lower().startswith("en") else "fr"


LANG = _language()


def say(key: str, **values) -> None:
    """A sentence on stderr: stdout is for data."""
    click.echo(text(key, LANG, **values), err=True)


def write_table(table: pd.DataFrame, form: str, view: dict) -> None:
    """The table on stdout. What it is a view of goes with it: in the JSON, else on stderr."""
    if form == "json":
        rows = json.loads(table.to_json(orient="records", date_format="iso"))
        click.echo(json.dumps({**view, "rows": rows}, ensure_ascii=False, indent=2))
        return
    if form == "csv":
        click.echo(tables.to_csv(table), nl=False)
    else:
        click.echo(tables.to_text(table))
    say("cli.view", **{**view, "known_at": view["known_at"] or "–"})
    if view["fictional"]:
        say("frame.fictional")


def report_as_json(report: commands.Report) -> dict:
    """A report for programs: counts by outcome, errors with both sentences."""
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
        "errors": [
            {
                "line": error.line,
                "column": error.column,
                "value": error.value,
                "code": error.code,
                "fr": intake.sentence(error, "fr", report.content),
                "en": intake.sentence(error, "en", report.content),
            }
            for error in report.errors
        ],
    }


def summarise(report: commands.Report, dry_run: bool) -> None:
    """A report for people: the first refused cells, then what became of the file."""
    for error in report.errors[:SHOWN_ERRORS]:
        click.echo(intake.sentence(error, LANG, report.content), err=True)
    if report.refused_cells > SHOWN_ERRORS:
        say("cli.more_errors", n=number(report.refused_cells - SHOWN_ERRORS, LANG))
    counts = ", ".join(
        plural(f"row_outcome.{outcome}", report.outcomes[outcome], LANG)
        for outcome in RowOutcome
        if report.outcomes[outcome]
    )
    key = "loaded" if report.loaded else "dry_run" if dry_run else "refused"
    if report.unread and not dry_run:
        key = "unread"
    if key == "refused" and report.content == "pact":
        key = "refused_pact"
    say(f"cli.file_{key}", file=report.file_name, counts=counts or "–")


@contextmanager
def opened(path: Path, mode: str, **options):
    """A file, or InvalidValue with what is wrong with its path."""
    try:
        file = path.open(mode, **options)
    except IsADirectoryError:
        raise InvalidValue("file_is_directory", path=str(path)) from None
    except OSError as error:
        raise InvalidValue("file_unreadable", path=str(path), why=error.strerror) from None
    with file:
        yield file


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


def file_options(command: Callable) -> Callable:
    """--dry-run, --skip-rejected, --rejects and --json, the same for every file that is loaded."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout."),
        click.option(
            "--rejects", type=click.Path(path_type=Path), help="Write the refused rows here."
        ),
        click.option(
            "--skip-rejected", is_flag=True, help="Load the good rows of a file with bad ones."
        ),
        click.option("--dry-run", is_flag=True, help="Check everything, write nothing."),
    ):
        command = option(command)
    return command


@contextmanager
def rows_of(file: Path, rejects: Path | None):
    """(the file, what a command that loads it is told beside it: `rejects`, `progress`)."""
    with ExitStack() as stack:
        source = stack.enter_context(opened(file, "rb"))
        refused = None
        if rejects:
            refused = stack.enter_context(opened(rejects, "w", encoding="utf-8-sig", newline=""))
        progress = stack.enter_context(progress_bar("cli.rows_read", file.stat().st_size))
        yield source, {"rejects": refused, "progress": lambda rows: progress(rows, source.tell())}


def concluded(report: commands.Report, rejects: Path | None, dry_run: bool) -> None:
    """Say what became of a file; exit status 1 where a row was refused."""
    if rejects and not report.refused:
        rejects.unlink()
    summarise(report, dry_run)
    if report.refused:
        sys.exit(1)

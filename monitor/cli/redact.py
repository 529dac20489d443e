"""The commands that remove texts for good: those of one entry, or of a whole file."""

from collections.abc import Sequence

import click

from monitor import commands
from monitor.cli.retract import find_file
from monitor.cli.terminal import LANG, combine_options, tell_refused_cells
from monitor.commands.redacting import columns_meant
from monitor.i18n import join_first, plural
from monitor.intake import displayable
from monitor.intake.cells import abbreviate_cell
from monitor.queries.file_rows import texts_of_entry, worded_rows
from monitor.queries.team import File
from monitor.store import Session, Store, open_store

#: Texts of a file that are quoted.
QUOTED = 3


@click.group()
def redact():
    """Remove texts for good, with a reason. The entries and their facts stay in the log."""


_redact_options = combine_options(
    click.option("--reason", required=True, help="Published: it must not repeat the texts."),
    click.option("--dry-run", is_flag=True, help="Only show what would be removed."),
)


@redact.command(name="entry")
@click.argument("seq", type=click.IntRange(1))
@_redact_options
def redact_entry(seq, reason, dry_run):
    """Remove the texts of an entry, in all its versions."""
    store = open_store()
    with store.reading() as session:
        texts = _quoted(texts_of_entry(session, seq))
    _redact(store, seq, f"{seq}", reason, None, dry_run, texts)


@redact.command(name="file")
@click.argument("file", metavar="SEQ|NAME")
@click.option("--pact", "pact_id", help="The pact; required if there are several.")
@click.option(
    "--column",
    metavar="COLUMN",
    help="Of the rows that say something in this column of texts; by default of those in which "
    "somebody speaks (comment, summary, quote, …).",
)
@_redact_options
def redact_file(file, pact_id, column, reason, dry_run):
    """Remove the texts of the rows of a file, by its entry or its name, in all their versions."""
    store = open_store()
    one = find_file(
        store, file, pact_id, lambda session, one: bool(_worded_rows(session, one, column))
    )
    with store.reading() as session:
        rows = _worded_rows(session, one, column)
    texts = _quoted([text for _, text in rows])
    _redact(store, one.seq, f"{one.name} ({one.seq})", reason, column, dry_run, texts)


def _quoted(texts: Sequence[str]) -> str:
    """The first of some texts, as a sentence quotes them."""
    quoted = [displayable(abbreviate_cell(text)) for text in texts[: QUOTED + 1]]
    return join_first(quoted, QUOTED, " ; ") or "–"


def _worded_rows(session: Session, file: File, column: str | None) -> list[tuple[int, str]]:
    """The rows of a file that say something in the columns that are meant."""
    return worded_rows(session, file.seq, file.content, columns_meant(file.content, column))


def _redact(
    store: Store,
    seq: int,
    name: str,
    reason: str,
    column: str | None,
    dry_run: bool,
    texts: str,
) -> None:
    with tell_refused_cells():
        emptied = commands.redact_entry(store, None, seq, reason, column=column, dry_run=dry_run)
    key = "cli.redact_dry_run" if dry_run else "cli.redacted"
    sentence = plural(key, len(emptied), LANG, name=displayable(name), texts=texts)
    click.echo(sentence, err=True)

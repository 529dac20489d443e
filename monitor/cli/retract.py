"""The commands that retract what was entered by mistake: a row alone, a whole file."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import click

from monitor import commands, intake, snapshot
from monitor.cli.options import pact_to_write
from monitor.cli.terminal import LANG, combine_options, say, tell_refused_cells
from monitor.errors import InvalidValue
from monitor.i18n import moment, plural
from monitor.queries.team import File, entries_of, find_files
from monitor.schema import KEYS
from monitor.store import Session, Store, open_store


@click.group()
def retract():
    """Retract what was entered by mistake, with a reason. The log keeps it."""


_retract_options = combine_options(
    click.option("--pact", "pact_id", help="The pact; required if there are several."),
    click.option("--reason", required=True, help="Kept in the log."),
    click.option("--dry-run", is_flag=True, help="Only show what would become of the figures."),
)


#: By command: the file that the row is of, and what `--help` says.
_ROWS = (
    (
        "signatory",
        "signatories",
        "Retract a signatory: they and the entries about them are no longer shown or counted.",
    ),
    ("mandate", "mandates", "Retract one mandate of a signatory: it no longer binds."),
    ("answer", "answers", "Retract what a signatory answered about one measure."),
    ("detail", "details", "Retract what is said of one commitment alone."),
    ("source", "sources", "Retract one more source of an entry: the one that it cites stays."),
)


def _retract_row(
    content: str, pact_id: str | None, reason: str, dry_run: bool, **cells: str
) -> None:
    store = open_store()
    pact_id = pact_id or pact_to_write(store)
    if "signatory_id" in cells:
        with store.reading() as session:
            meant = commands.signatory_meant(session, pact_id, cells["signatory_id"])
        cells["signatory_id"] = meant
    key = tuple(cells[name] for name in KEYS[content])
    work = partial(commands.retract_row, store, None, content, pact_id, key, reason)
    entries = partial(commands.entries_taken, content=content, pact_id=pact_id, key=key)
    _conclude(store, pact_id, work, dry_run, " ".join(key), entries, f"cli.load_again_{content}")


def _add_command(name: str, content: str, help: str) -> None:
    arguments = combine_options(*(click.argument(one) for one in KEYS[content]))
    retract.command(name=name, help=help)(
        arguments(_retract_options(partial(_retract_row, content)))
    )


for _row in _ROWS:
    _add_command(*_row)


@retract.command(name="file")
@click.argument("file", metavar="SEQ|NAME")
@_retract_options
def retract_file(file, pact_id, reason, dry_run):
    """Withdraw a whole file, by its entry or its name: none of its rows counts any more."""
    store = open_store()
    one = find_file(store, file, pact_id)

    work = partial(commands.withdraw_load, store, None, one.seq, reason)
    entries, name = partial(entries_of, load_seq=one.seq), f"{one.name} ({one.seq})"
    _conclude(store, one.pact_id, work, dry_run, name, entries, "cli.load_again_file")


def find_file(
    store: Store,
    seq_or_name: str,
    pact_id: str | None,
    is_meant: Callable[[Session, File], bool] | None = None,
) -> File:
    """The file of that entry or name; where several have the name, the one that `is_meant`, or stands.
    Raises InvalidValue if there is none, or several."""
    with store.reading() as session:
        found = find_files(session, seq_or_name, pact_id)
    if not found:
        raise InvalidValue("no_such_file", value=seq_or_name)
    standing = [one for one in found if one.state in ("pending", "accepted")] or found[:1]
    if is_meant and len(found) > 1:
        with store.reading() as session:
            standing = [one for one in found if is_meant(session, one)] or standing
    if len(standing) > 1:
        every = "; ".join(map(_file_in_words, standing))
        raise InvalidValue("several_files", value=seq_or_name, files=every)
    return standing[0]


def _file_in_words(one: File) -> str:
    """Which of several files of one name it is: its number, what it wrote and when."""
    written = moment(datetime.fromisoformat(one.recorded_at), LANG)
    rows = plural("import.rows", one.rows, LANG)
    return f"{one.seq} ({one.name}, {one.pact_id}, {one.content}, {rows}, {written})"


def _conclude(
    store: Store,
    pact_id: str,
    work: Callable,
    dry_run: bool,
    name: str,
    entries: Callable[[Session], tuple[int, ...]],
    load_again: str,
) -> None:
    """Check, say what becomes of the figures, write unless it is a `dry_run`, and say how to undo it.
    `entries`: those that no longer count; `load_again`: the message on how to undo it."""
    with tell_refused_cells():
        work(dry_run=True)
        log = snapshot.Snapshots(store).current().log(pact_id)
        day = snapshot.default_day(log.pact, snapshot.log_today())
        with store.reading() as session:
            seqs = entries(session)
            doubts = commands.retraction_doubts(session, pact_id, seqs)
        before, after = commands.consequences(log, seqs, day)
        seq = None if dry_run else work(dry_run=False)
    if seq:
        say("cli.retracted", name=name, pact=pact_id, seq=seq)
    else:
        say("cli.retract_dry_run", name=name, pact=pact_id)
    lines = commands.changes_in_words(before, after, LANG)
    for line in [*lines, *(intake.error_reason(one, LANG) for one in doubts)]:
        click.echo(line, err=True)
    say(load_again)

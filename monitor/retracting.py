"""The commands that take back what was entered by mistake: a signatory, a mandate, a whole file."""

from collections.abc import Callable

import click

from monitor import commands, intake, snapshot
from monitor.commands import Figures
from monitor.errors import InvalidRow, InvalidValue, MonitorError
from monitor.i18n import number
from monitor.models import Office
from monitor.options import pact_to_write
from monitor.queries.team import File, entries_of, find_files
from monitor.store import Store, open_store
from monitor.terminal import LANG, say


@click.group()
def retract():
    """Take back what was entered by mistake, with a reason. The log keeps it."""


def _retract_options(command: Callable) -> Callable:
    for option in (
        click.option("--dry-run", is_flag=True, help="Only say what would become of the figures."),
        click.option("--reason", required=True, help="Kept in the log."),
        click.option("--pact", "pact_id", help="The pact; needed when there are several."),
    ):
        command = option(command)
    return command


@retract.command(name="signatory")
@click.argument("signatory_id")
@_retract_options
def retract_signatory(signatory_id, pact_id, reason, dry_run):
    """Take a signatory back: neither they nor what was said of them shows or counts any more."""
    store, key = open_store(), (signatory_id,)
    pact_id = pact_id or pact_to_write(store)

    def work(dry_run: bool):
        return commands.retract_signatory(
            store, None, pact_id, signatory_id, reason, dry_run=dry_run
        )

    _concluded(store, pact_id, work, dry_run, signatory_id, lambda: _versions(
        store, "signatories", pact_id, key), "cli.load_again_row")  # fmt: skip


@retract.command(name="mandate")
@click.argument("signatory_id")
@click.argument("office", type=click.Choice([office.value for office in Office]))
@click.argument("started_on")
@_retract_options
def retract_mandate(signatory_id, office, started_on, pact_id, reason, dry_run):
    """Take one mandate of a signatory back: it binds nobody any more."""
    store, key = open_store(), (signatory_id, office, started_on)
    pact_id = pact_id or pact_to_write(store)

    def work(dry_run: bool):
        return commands.retract_mandate(store, None, pact_id, *key, reason, dry_run=dry_run)

    _concluded(store, pact_id, work, dry_run, " ".join(key), lambda: _versions(
        store, "mandates", pact_id, key), "cli.load_again_row")  # fmt: skip


@retract.command(name="file")
@click.argument("file", metavar="SEQ|NAME")
@_retract_options
def retract_file(file, pact_id, reason, dry_run):
    """Take a whole file back, by its entry or its name: none of its rows counts any more."""
    store = open_store()
    one = _file_named(store, file, pact_id)

    def work(dry_run: bool):
        return commands.withdraw_load(store, None, one.seq, reason, dry_run=dry_run)

    _concluded(store, one.pact_id, work, dry_run, f"{one.name} ({one.seq})", lambda: _entries(
        store, one.seq), "cli.load_again_file")  # fmt: skip


def _file_named(store: Store, asked: str, pact_id: str | None) -> File:
    """The file of that entry or name. Raises InvalidValue: there is none, or several."""
    with store.reading() as session:
        found = find_files(session, asked, pact_id)
    if not found:
        raise InvalidValue("no_such_file", value=asked)
    standing = [one for one in found if one.state in ("pending", "accepted")] or found[:1]
    if len(standing) > 1:
        every = "; ".join(
            f"{one.seq} ({one.pact_id}, {one.content}, {one.recorded_at[:10]})" for one in standing
        )
        raise InvalidValue("several_files", value=asked, files=every)
    return standing[0]


def _versions(store: Store, content: str, pact_id: str, key: tuple) -> tuple[int, ...]:
    with store.reading() as session:
        return commands.entries_taken(session, content, pact_id, key)


def _entries(store: Store, load_seq: int) -> tuple[int, ...]:
    with store.reading() as session:
        return entries_of(session, load_seq)


def _concluded(
    store: Store,
    pact_id: str,
    work: Callable,
    dry_run: bool,
    name: str,
    taken: Callable,
    again: str,
) -> None:
    """Check, say what becomes of the figures, write, and say how to undo it."""
    try:
        work(dry_run=True)
        log = snapshot.Snapshots(store).current().log(pact_id)
        day = snapshot.default_day(log.pact, snapshot.today())
        before, after = commands.consequences(log, taken(), day)
        seq = None if dry_run else work(dry_run=False)
    except InvalidRow as error:
        click.echo(" ".join(intake.sentence(one, LANG) for one in error.errors), err=True)
        raise MonitorError("nothing_retracted") from None
    if seq:
        say("cli.retracted", name=name, pact=pact_id, seq=seq)
    else:
        say("cli.retract_dry_run", name=name, pact=pact_id)
    _tell(before, after)
    say(again)


def _tell(before: Figures, after: Figures) -> None:
    for name in ("signatories", "commitments", "due", "implemented", "entries"):
        old, new = getattr(before, name), getattr(after, name)
        say(f"cli.figure_{name}", before=number(old, LANG), after=number(new, LANG))

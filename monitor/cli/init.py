"""The command that makes the database, and brings it up to date."""

from pathlib import Path

import click

from monitor import commands
from monitor.cli.admin import NAMED, tell
from monitor.cli.heads import tell_lost_heads
from monitor.cli.load_report import summarise, tell_changes
from monitor.cli.terminal import say
from monitor.errors import DatabaseError, DatabaseMissing, MonitorError, Refused
from monitor.store import Store, open_store
from monitor.store.head import read_head
from monitor.store.schema_diff import Departure
from monitor.store.upgrading import keep_before_upgrade


@click.command()
@click.option(
    "--empty",
    is_flag=True,
    help="Leave out the packaged pact, to load another; set it aside if it is all there is.",
)
@click.option(
    "--backup-to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to put the backup made before an upgrade; by default beside the file.",
)
@click.option("--no-backup", is_flag=True, help="Upgrade without a backup: you already have one.")
def init(empty, folder, no_backup):
    """Create or upgrade the database; load the packaged pact into a new one."""
    store = open_store()
    if not no_backup and (kept := _kept_before_upgrade(store, folder)):
        say("cli.init_kept", file=kept)
    before = _departures(store)
    if empty and (example := commands.set_example_aside(store)):
        say("cli.init_example_aside", file=example)
    try:
        reports = commands.init_database(store, empty=empty)
    except DatabaseError:
        tell(before)
        raise
    with store.reading() as session:
        holds_pact = bool(session.rows("SELECT 1 FROM pact LIMIT 1"))
    if not reports:
        nothing = "cli.init_not_empty" if empty else "cli.init_nothing"
        say(nothing if holds_pact else "cli.init_empty", url=store.url, example=commands.PACKAGED)
    for report in reports:
        summarise(report, dry_run=False, tells_odd=tell_changes)
    if reports:
        say("cli.init_example")
    with store.reading() as session:
        read_head(session)
    tell_lost_heads(store)
    left = store.departures()
    if mended := [one for one in before if one not in left]:
        say(
            "cli.guards_restored",
            n=len(mended),
            names=", ".join(one.name for one in mended[:NAMED]),
        )
    if left:
        tell(left)
        raise MonitorError("not_mended")


def _kept_before_upgrade(store: Store, folder: Path | None) -> Path | None:
    """Back up a database that `init` is about to upgrade; None if there is nothing to upgrade.
    Raises Refused (`upgrade_without_copy`)."""
    try:
        if not store.is_outdated():
            return None
    except DatabaseMissing:
        return None
    if folder is None and not store.url.startswith("sqlite:"):
        raise Refused("upgrade_without_copy", url=store.url)
    return keep_before_upgrade(store, folder)


def _departures(store: Store) -> list[Departure]:
    """How the database was not as it should be; of one that `init` makes, or brings up to date,
    nothing is known."""
    try:
        return store.departures()
    except DatabaseError:
        return []

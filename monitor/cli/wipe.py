"""The command that wipes from the disk what a court had removed."""

from pathlib import Path

import click

from monitor import commands
from monitor.cli.terminal import LANG, say
from monitor.errors import MonitorError
from monitor.i18n import plural
from monitor.store import open_store


@click.command()
@click.option(
    "--in",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder of backups; the database's own folder is always searched.",
)
def wipe(folders):
    """Wipe removed texts from the disk, and say where they still are."""
    found = commands.wipe_removed_texts(open_store(), folders)
    if not found.entries:
        say("cli.nothing_to_wipe")
        return
    for left in (*found.inside, *found.copies):
        say(f"cli.left_{left.code}", **left.values)
    if not found.inside:
        click.echo(plural("cli.wiped", found.entries, LANG), err=True)
    if found.inside or found.copies:
        raise MonitorError("not_wiped", n=len(found.inside) + len(found.copies))
    say("cli.wiped_elsewhere")

"""The command that erases a person's account: what goes, what is left, and where."""

import click

from monitor import commands
from monitor.accounts.erasing import ERASED
from monitor.accounts.people import check_account_exists
from monitor.cli.terminal import LANG, say
from monitor.errors import Refused
from monitor.i18n import plural
from monitor.store import open_store


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do it: what is deleted cannot be brought back.")
def erase(name, yes):
    """Erase an account at its owner's request: all but the pseudonym in the log, for good."""
    store = open_store()
    with store.reading() as session:
        name = check_account_exists(session, name).name
    if not yes:
        raise Refused("erase_unconfirmed", name=name)
    counts = commands.erase_account(store, name)
    entries = counts.pop("entry")
    gone = [plural(f"cli.erased_{table}", n, LANG) for table, n in counts.items() if n]
    total = sum(counts.values())
    click.echo(
        plural("cli.erase_deleted", total, LANG, name=name, what=", ".join(gone) or "–"), err=True
    )
    click.echo(plural("cli.erase_kept", entries, LANG, name=name), err=True)
    if not store.url.startswith("sqlite:"):
        say("cli.erase_postgres", tables=", ".join(ERASED))
    say("cli.erase_copies")

"""The commands with which the operator lists, confirms or stops requests of the team."""

import click

from monitor import commands
from monitor.cli.terminal import LANG, say
from monitor.i18n import text
from monitor.queries.requests import Request, pending_requests
from monitor.store import open_store


@click.group()
def request():
    """Requests of the team, which a second person confirms or a day carries out."""


@request.command(name="list")
def list_requests():
    """List pending requests: number, kind, target, who made it, when it takes effect."""
    with open_store().reading() as session:
        found = pending_requests(session)
    for one in found:
        kind, what = text(f"record.kind_{one.kind}", LANG), _target(one)
        click.echo(
            text(
                "cli.request",
                LANG,
                number=one.id,
                kind=kind,
                what=what,
                by=one.asked_by,
                due=one.due_at,
            )
        )
    if not found:
        say("cli.no_request")


@request.command()
@click.argument("number", type=int)
def confirm(number):
    """Carry out a request at once."""
    commands.confirm_request(open_store(), None, number)
    say("cli.request_confirmed", number=number)


@request.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Shown to the team.")
def stop(number, reason):
    """Stop a request."""
    commands.stop_request(open_store(), None, number, reason)
    say("cli.request_stopped", number=number)


def _target(one: Request) -> str:
    """What it is about, as the log names it."""
    named = " ".join(one.row.key) if one.row else one.file_name or one.name
    return named or f"{one.target_seq}"

"""The commands of the operator: accounts, backups, the check of the log."""

import os
import re
from collections.abc import Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from monitor import accounts, commands, intake
from monitor.accounts import identities
from monitor.cli.heads import prove_heads, tell_lost_heads
from monitor.cli.local_address import local_address
from monitor.cli.terminal import LANG, progress_bar, say
from monitor.errors import DatabaseDamaged, InvalidValue, MonitorError
from monitor.i18n import number, text
from monitor.models import Role
from monitor.settings import PUBLIC_URL, public_url
from monitor.store import open_store
from monitor.store.head import read_head
from monitor.store.journal import hash_at, verify_store
from monitor.store.schema_diff import Departure

#: The codes of errors for a file that is not our database.
_NO_COPY = ("database_empty", "database_not_sqlite", "database_foreign")
#: So many tables and guards are named: a base without any has 150.
NAMED = 20
ISSUER = click.option("--issuer", required=True, help="The address of the OpenID Connect provider.")
ROLES = click.Choice([role.value for role in Role])


@click.group()
def user():
    """Manage the accounts of people who may log and review."""


@user.command()
@click.argument("name")
@click.option("--role", type=ROLES, required=True)
@click.option(
    "--commune", "communes", multiple=True, help="A conflict of interest: its INSEE code."
)
@click.option(
    "--department", "departments", multiple=True, help="A department that it looks after: its code."
)
def add(name, role, communes, departments):
    """Create an account and print the one-time link for choosing its password."""
    account, token = commands.add_account(
        open_store(), None, name, Role(role), communes, departments=departments
    )
    _print_link(account.name, token)


@user.command()
@click.argument("name")
def link(name):
    """Print a new one-time link, if the first was lost or the password forgotten."""
    _print_link(name, commands.new_link(open_store(), None, name))


@user.command(name="look-after")
@click.argument("name")
@click.argument("departments", nargs=-1)
def look_after(name, departments):
    """Set the departments that an account looks after, by their codes; without any, it has none."""
    account = commands.change_account(open_store(), None, name, departments=departments)
    codes = ", ".join(sorted(account.departments))
    say("cli.looks_after" if codes else "cli.looks_after_none", name=account.name, codes=codes)


@user.command(name="reset-factor")
@click.argument("name")
def reset_factor(name):
    """Reset the second factor of an account whose app and recovery codes are lost."""
    say("cli.factor_reset", name=commands.reset_factor(open_store(), name).name)


@user.command(name="list")
def list_accounts():
    """List accounts: role, whether they can sign in, communes of a conflict of interest, departments
    that they look after; and people waiting to be admitted."""
    with open_store().reading() as session:
        found = accounts.all_accounts(session)
        strangers = [
            *identities.waiting_identities(session, datetime.now(UTC)),
            *identities.refused_identities(session),
        ]
    for one in found:
        state = "active" if one.active and one.can_sign_in else "new" if one.active else "closed"
        role, state_words = text(f"role.{one.role}", LANG), text(f"account_state.{state}", LANG)
        codes = (" ".join(sorted(each)) for each in (one.communes, one.departments))
        click.echo("\t".join((one.name, role, state_words, *codes)).rstrip())
    for one in strangers:
        state = text(f"account_state.{one.standing}", LANG)
        click.echo("\t".join(map(intake.displayable, (one.subject, one.issuer, state))))
    if not found and not strangers:
        say("cli.no_account")


@user.command()
@click.argument("name")
def disable(name):
    """Close an account: it can do nothing any more, but what it wrote stays."""
    account = commands.change_account(open_store(), None, name, active=False)
    say("cli.account_closed", name=account.name)


@user.command()
@click.argument("name")
@click.option("--role", type=ROLES, help="A new role.")
def enable(name, role):
    """Reopen a closed account, or change the role of an account."""
    account = commands.change_account(
        open_store(), None, name, Role(role) if role else None, active=True
    )
    say("cli.account_open", name=account.name, role=text(f"role.{account.role}", LANG))


@user.command()
@click.argument("subject")
@click.argument("name")
@ISSUER
@click.option("--role", type=ROLES, default=Role.VOLUNTEER.value, show_default=True)
def admit(subject, name, issuer, role):
    """Admit a person from an OpenID Connect provider under a new account."""
    account = commands.admit_identity(open_store(), None, issuer, subject, name, Role(role))
    say("cli.admitted", subject=subject, name=account.name)


@user.command()
@click.argument("subject")
@click.argument("name")
@ISSUER
def attach(subject, name, issuer):
    """Attach a waiting person from a provider to an account that nobody can sign in to any more."""
    account = commands.attach_person(open_store(), issuer, subject, name)
    say("cli.admitted", subject=subject, name=account.name)


@user.command()
@click.argument("name")
def detach(name):
    """Detach the provider identities of an account and end their sessions."""
    say("cli.detached", name=name, n=commands.detach_identities(open_store(), None, name))


@user.command()
@click.argument("subject")
@ISSUER
@click.option("--undo", is_flag=True, help="Undo the refusal: the person may ask again.")
def refuse(subject, issuer, undo):
    """Refuse a person from a provider who is waiting to be admitted."""
    act = commands.forget_refusal if undo else commands.refuse_person
    act(open_store(), None, issuer, subject)
    say("cli.may_ask_again" if undo else "cli.refused_identity", subject=subject)


@user.command()
@click.argument("name")
def vouch(name):
    """State that an account and its creator are two people: they may review each other."""
    account = commands.vouch_for_account(open_store(), name)
    say("cli.vouched", name=account.name)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file):
    """Back up the database to a new FILE while it is in use, and check the backup's chain."""
    with suppress(OSError):  # no such name: `backup` says so
        if not file.parent.is_dir():
            raise InvalidValue("folder_missing", path=str(file.parent))
        if file.is_dir():
            file = file / f"monitor-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
    store = open_store()
    with store.reading() as session:
        entries = read_head(session).seq
    with _progress(entries) as progress:
        found = commands.back_up(store, file, progress)
    say(
        "cli.backup_done",
        file=str(file),
        n=number(found.entries, LANG),
        head=f"{found.entries}:{found.head}",
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file):
    """Restore a backup in place of the database; the replaced database is kept."""
    with _of_a_copy(file):
        entries = commands.count_entries(open_store(f"sqlite:///{file.absolute()}"))
        with _progress(entries) as progress:
            found, kept = commands.restore_backup(open_store(), file, progress)
    say("cli.restore_done", file=str(file), head=f"{found.entries}:{found.head}")
    if kept:
        say("cli.restore_kept", file=str(kept))
    tell_lost_heads(open_store())


@click.command()
@click.option("--from", "source", required=True, help="The source address, as in MONITOR_DATABASE.")
@click.option("--to", "target", required=True, help="The address of an empty database.")
def copy(source, target):
    """Copy a whole database, hashes included, from one address to another."""
    origin = open_store(source)
    with progress_bar("cli.entries_copied", commands.count_entries(origin)) as update:
        found = commands.copy_database(origin, open_store(target), lambda done: update(done, done))
    say("cli.copy_done", n=number(found.entries, LANG), head=f"{found.entries}:{found.head}")


def _print_link(name: str, token: str) -> None:
    known = public_url()
    say("cli.link", name=name)
    address = known or local_address()
    click.echo(f"{address}/activation#jeton={token}")
    if not known:
        say("cli.link_elsewhere", name=PUBLIC_URL, address=address)


@contextmanager
def _of_a_copy(file: Path):
    """Report an error in a backup as being in the backup, not in the database."""
    if not os.path.exists(file):
        raise InvalidValue("file_missing", path=str(file))
    if file.is_dir():
        raise InvalidValue("file_is_directory", path=str(file))
    try:
        yield
    except DatabaseDamaged as error:
        if error.code in _NO_COPY and error.values["path"] == str(file.absolute()):
            raise InvalidValue("not_a_copy", path=str(file)) from None
        raise


@contextmanager
def _progress(entries: int):
    with progress_bar("cli.entries_checked", entries) as update:
        yield lambda done: update(done, done)


@click.command(name="verify")
@click.option("--head", help="A published head, SEQ:HASH: prove that it is in the chain.")
@click.option(
    "--heads",
    "kept",
    type=click.Path(path_type=Path),
    help="A copy of /heads.txt, or one head per line: prove that all are.",
)
def check(head, kept):
    """Recompute the chain; name the first altered entry and any missing trigger."""
    published = _as_head(head) if head else None
    store = open_store()
    with store.reading() as session:
        entries = read_head(session).seq
    departs = store.departures()
    tell(departs)
    with _progress(entries) as progress:
        found = verify_store(store, progress)
    written = None
    if published:
        with store.reading() as session:
            written = hash_at(session, published[0])
    proved = published is not None and written == published[1] and published[0] <= found.entries
    if not found.intact:
        if proved:
            say("cli.intact_until_head", head=head)
        raise MonitorError("chain_broken", seq=found.altered, subject=found.subject)
    if published and not proved:
        raise MonitorError("head_not_in_chain", value=head[:100], entries=found.entries)
    click.echo(
        text(
            "cli.chain_intact",
            LANG,
            n=number(found.entries, LANG),
            head=f"{found.entries}:{found.head}",
        )
    )
    if published:
        click.echo(text("cli.head_in_chain", LANG, head=head))
    if kept:
        prove_heads(store, kept)
    if departs:
        raise MonitorError("not_guarded", n=len(departs))


def tell(departs: Sequence[Departure]) -> None:
    """Say how a database is not as `init` makes it: one sentence for what it lacks, one for what it
    should not have, one for what is another."""
    for how in ("missing", "extra", "changed"):
        named = [f"{one.kind} {one.name}" for one in departs if one.how == how]
        if named:
            more = f"… (+ {len(named) - NAMED})" if len(named) > NAMED else ""
            say(f"cli.schema_{how}", names=", ".join(named[:NAMED]) + more)


def _as_head(text_: str) -> tuple[int, str]:
    """(seq, hash) of a published head. A number of a thousand digits is past the end of any log."""
    match = re.fullmatch("0*([0-9]+):([0-9a-f]{64})", text_)
    if not match:
        raise click.BadParameter(text("error.not_a_head", LANG, value=text_[:100]))
    return int(match[1][:20]), match[2]

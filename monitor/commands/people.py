"""Accounts as an admin changes them, or the operator on the command line (`who` None)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from monitor import accounts
from monitor.accounts import Account, Bearer, authorised, identities, passwords
from monitor.accounts.people import OPERATOR
from monitor.models import Role
from monitor.store import Session, Store


@contextmanager
def _administering(
    store: Store, who: Bearer | None, now: datetime
) -> Iterator[tuple[Session, str]]:
    with store.writing() as session:
        yield session, authorised(session, who, Role.ADMIN, now).name if who else OPERATOR


def add_account(
    store: Store,
    who: Bearer | None,
    name: str,
    role: Role,
    communes: Iterable[str] = (),
    now: datetime | None = None,
) -> tuple[Account, str]:
    """A new account and the one-time token that activates it within 24 hours.

    Raises InvalidValue (`account_name`), Refused (`account_exists`), NotAllowed.
    """
    now = now or datetime.now(UTC)
    with _administering(store, who, now) as (session, by):
        account = accounts.add(session, name, role, by, now)
        accounts.exclude(session, account.name, communes, by, now)
        return account, passwords.link(session, account.name, now)


def new_link(store: Store, who: Bearer | None, name: str, now: datetime | None = None) -> str:
    """Another one-time token: the first was lost, or the password forgotten."""
    now = now or datetime.now(UTC)
    with _administering(store, who, now) as (session, _):
        return passwords.link(session, name, now)


def change_account(
    store: Store,
    who: Bearer | None,
    name: str,
    role: Role | None = None,
    active: bool | None = None,
    communes: Iterable[str] | None = None,
    now: datetime | None = None,
) -> Account:
    """Another role, access, or communes that the account may not rate. Open sessions end at once
    when its role or its access changes. Raises NotFound, Refused (`last_admin`, `own_ties`),
    InvalidValue (`unknown_code`), NotAllowed."""
    now = now or datetime.now(UTC)
    with _administering(store, who, now) as (session, by):
        account = accounts.change(session, name, by, now, role, active)
        if communes is not None:
            accounts.exclude(session, account.name, communes, by, now)
        return accounts.account_named(session, account.name)


def admit(
    store: Store,
    who: Bearer | None,
    issuer: str,
    subject: str,
    name: str,
    role: Role,
    now: datetime | None = None,
) -> None:
    """Admit a person of an OpenID Connect provider, under a new account or one that exists."""
    now = now or datetime.now(UTC)
    with _administering(store, who, now) as (session, by):
        if accounts.account_named(session, name) is None:
            name = accounts.add(session, name, role, by, now).name
        identities.admit(session, issuer, subject, name)


def activate(store: Store, token: str, password: str, now: datetime | None = None) -> str:
    """Set the password by a one-time link and open a session: returns its token.

    Raises NotFound (`link_void`) and InvalidValue (`password_short`, `password_long`).
    """
    now = now or datetime.now(UTC)
    with store.reading() as session:
        passwords.linked(session, token, now)
    written = passwords.hashed(password)
    with store.writing() as session:
        account = passwords.activate(session, token, written, now)
        return accounts.begin(session, account.name, now)

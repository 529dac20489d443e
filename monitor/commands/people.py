"""Accounts as an admin changes them, or the operator on the command line (`who` None)."""

from collections.abc import Iterable
from datetime import datetime

from monitor import accounts
from monitor.accounts import Account, Bearer, erasing, passwords
from monitor.accounts.people import check_account_exists
from monitor.accounts.team_record import Act, record_act
from monitor.commands.request_ends import void_requests_of
from monitor.commands.requests import request_admin
from monitor.commands.transaction import Work, transaction_as
from monitor.errors import Refused
from monitor.models import Role
from monitor.queries.requests import pending_requests
from monitor.store import Store


def add_account(
    store: Store,
    who: Bearer | None,
    name: str,
    role: Role,
    communes: Iterable[str] = (),
    now: datetime | None = None,
    departments: Iterable[str] = (),
) -> tuple[Account, str]:
    """A new account and the one-time token that activates it within 24 hours. Of an admin's making an
    admin is a reviewer first, and asked for.

    Raises InvalidValue (`account_name`, `account_reserved`, `unknown_code`, `unknown_department`),
    Refused (`account_exists`, `nobody_to_stop`), NotAllowed.
    """
    with transaction_as(store, who, Role.ADMIN, now) as work:
        account = add_to_team(work, name, role)
        accounts.set_excluded_communes(
            work.session, account.name, communes, work.account.name, work.now
        )
        accounts.set_departments(
            work.session, account.name, departments, work.account.name, work.now
        )
        token = passwords.create_link(work.session, account.name, work.now)
        return check_account_exists(work.session, account.name), token


def add_to_team(work: Work, name: str, role: Role) -> Account:
    """A new account; an admin of an admin's making is a reviewer first, and asked for."""
    asked = role is Role.ADMIN and not work.is_operator
    first = Role.REVIEWER if asked else role
    account = accounts.insert_account(work.session, name, first, work.account.name, work.now)
    if asked:
        request_admin(work, account.name)
    return account


def new_link(store: Store, who: Bearer | None, name: str, now: datetime | None = None) -> str:
    """Another one-time token: the first was lost, or the password forgotten. Who makes it for a
    colleague counts from then on as the maker of the account; nobody makes it for themselves: an open
    session would give a new password without the old one. Raises NotFound (`unknown_account`), Refused
    (`account_disabled`, `own_link`, `own_request_pending`), NotAllowed."""
    with transaction_as(store, who, Role.ADMIN, now) as work:
        if name == work.account.name and not work.is_operator:
            raise Refused("own_link")
        keep_who_can_stop(work)
        token = passwords.create_link(work.session, name, work.now)
        record_act(work.session, Act.LINK_MADE, work.now, work.account.name, name)
        return token


def change_account(
    store: Store,
    who: Bearer | None,
    name: str,
    role: Role | None = None,
    active: bool | None = None,
    communes: Iterable[str] | None = None,
    now: datetime | None = None,
    departments: Iterable[str] | None = None,
) -> Account:
    """Another role, access, communes that the account may not rate, or departments that it looks after.
    Open sessions end at once when its role or its access changes. What makes an admin is asked for,
    unless the operator does it: the account is returned as it was. Raises NotFound, Refused
    (`last_admin`, `own_ties`, `own_request_pending`), Changed (`already_requested`), InvalidValue
    (`unknown_code`, `unknown_department`), NotAllowed."""
    with transaction_as(store, who, Role.ADMIN, now) as work:
        before = check_account_exists(work.session, name)
        wanted = (role or before.role, before.active if active is None else active)
        if wanted == (Role.ADMIN, True) != (before.role, before.active) and not work.is_operator:
            request_admin(work, name)
        else:
            lowered = before.active and not (wanted[1] and wanted[0].includes(before.role))
            if lowered and name != work.account.name:
                keep_who_can_stop(work)
            accounts.update_account(work.session, name, work.account.name, work.now, role, active)
            void_requests_of(work, check_account_exists(work.session, name))
        if communes is not None:
            accounts.set_excluded_communes(
                work.session, name, communes, work.account.name, work.now
            )
        if departments is not None:
            accounts.set_departments(work.session, name, departments, work.account.name, work.now)
        return check_account_exists(work.session, name)


def keep_who_can_stop(work: Work) -> None:
    """Raises Refused (`own_request_pending`): nobody shuts out the colleagues who could stop what they
    ask for, be it by a link that ends their sessions."""
    for request in pending_requests(work.session):
        if request.asked_by == work.account.name:
            raise Refused("own_request_pending", number=request.id)


def erase_account(store: Store, name: str, now: datetime | None = None) -> dict[str, int]:
    """Forget a person, as the operator: the account is closed for ever, what is only theirs is deleted,
    the log keeps the pseudonym. Returns how many rows of each table went, and under "entry" how many
    entries of the log stay.

    Raises NotFound (`unknown_account`), Refused (`last_admin`, `already_erased`).
    """
    with transaction_as(store, None, Role.ADMIN, now) as work:
        counts = erasing.forget_person(work.session, name, work.account.name, work.now)
        void_requests_of(work, check_account_exists(work.session, name))
        record_act(work.session, Act.ACCOUNT_ERASED, work.now, work.account.name, name)
        return counts


def vouch_for_account(store: Store, name: str, now: datetime | None = None) -> Account:
    """The operator's word that an account is another person's than who made it: from now on it reviews
    and confirms as any other. Raises NotFound (`unknown_account`)."""
    with transaction_as(store, None, Role.ADMIN, now) as work:
        account = check_account_exists(work.session, name)
        record_act(work.session, Act.VOUCHED, work.now, work.account.name, account.name)
        return account

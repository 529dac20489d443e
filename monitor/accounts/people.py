"""Accounts: a pseudonym, a role that can change, conflicts of interest."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor import areas
from monitor.accounts.lookalikes import is_reserved, look_alike, mixes_alphabets
from monitor.accounts.team_record import Act, record_act
from monitor.errors import InvalidValue, NotFound, Refused
from monitor.models import Role
from monitor.store import Session
from monitor.store.journal import timestamp

OPERATOR = "operator"
#: Letters, digits and what French names hold; it is shown beside every entry.
NAME = re.compile(r"[^\W_][\w .’'-]{0,58}[\w.]|[^\W_]", re.UNICODE)


@dataclass(frozen=True)
class Account:
    """`communes`: those where the account has a conflict of interest; `departments`: those that it looks
    after. `can_sign_in`: has chosen a password, or is known by an OpenID Connect provider
    (`of_provider`)."""

    name: str
    role: Role
    active: bool
    communes: frozenset[str] = frozenset()
    created_at: str = ""
    can_sign_in: bool = False
    of_provider: bool = False
    departments: frozenset[str] = frozenset()


_ACCOUNTS = """
    SELECT a.name, c.role, c.active, a.created_at,
           EXISTS (SELECT 1 FROM credential p WHERE p.name = a.name)
           OR EXISTS (SELECT 1 FROM identity i WHERE i.name = a.name),
           EXISTS (SELECT 1 FROM identity i WHERE i.name = a.name)
    FROM account a JOIN account_change c ON c.id =
        (SELECT max(id) FROM account_change WHERE name = a.name)
"""


def all_accounts(session: Session) -> list[Account]:
    """Every account that a person can have, by name; not those that a command made for itself."""
    return [_account(session, row) for row in session.rows(f"{_ACCOUNTS} ORDER BY a.name")]


def account_named(session: Session, name: str) -> Account | None:
    rows = session.rows(f"{_ACCOUNTS} WHERE a.name = :name", name=name)
    return _account(session, rows[0]) if rows else None


def _account(session: Session, row: tuple) -> Account:
    name, role, active, created_at, can_sign_in, of_provider = row
    found = session.rows("SELECT commune FROM account_commune WHERE name = :name", name=name)
    cared = session.rows("SELECT department FROM account_department WHERE name = :name", name=name)
    return Account(
        name,
        Role(role),
        bool(active),
        frozenset(commune for (commune,) in found),
        created_at,
        bool(can_sign_in),
        bool(of_provider),
        frozenset(department for (department,) in cared),
    )


def clean_name(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


def insert_account(session: Session, name: str, role: Role, by: str, now: datetime) -> Account:
    """A new account, which cannot sign in before it is activated or admitted.

    Raises InvalidValue (`account_name`, `account_reserved`) and Refused (`account_exists`): two names
    that look alike would be taken for each other.
    """
    name = clean_name(name)
    if not NAME.fullmatch(name) or mixes_alphabets(name):
        raise InvalidValue("account_name", value=name)
    for (other,) in session.rows("SELECT name FROM account"):
        if look_alike(name, other):
            raise Refused("account_exists", name=other)
    if is_reserved(name):
        raise InvalidValue("account_reserved", value=name)
    at = timestamp(now)
    session.insert("account", ("name", "role", "created_at"), [(name, role.value, at)])
    _record(session, name, role, True, by, at)
    record_act(session, Act.ACCOUNT_MADE, now, by, name, role=role.value)
    return check_account_exists(session, name)


def update_account(
    session: Session,
    name: str,
    by: str,
    now: datetime,
    role: Role | None = None,
    active: bool | None = None,
) -> Account:
    """Another role, or no access any more. Every open session of the account ends at once.

    Raises NotFound (`unknown_account`) and Refused (`last_admin`, `already_erased`).
    """
    before = check_account_exists(session, name)
    role = before.role if role is None else role
    active = before.active if active is None else active
    if active and is_erased(session, before.name):
        raise Refused("already_erased", name=before.name)
    if (role, active) == (before.role, before.active):
        return before
    if not (active and role is Role.ADMIN):
        check_not_last_admin(session, name, by)
    _record(session, name, role, active, by, timestamp(now))
    if role is not before.role:
        record_act(
            session, Act.ROLE_CHANGED, now, by, name, before=before.role.value, role=role.value
        )
    if active is not before.active:
        record_act(session, Act.ACCESS_OPENED if active else Act.ACCESS_CLOSED, now, by, name)
    for table in ("web_session", "sign_in_step"):
        session.execute(f"DELETE FROM {table} WHERE name = :name", name=name)
    if not active:
        session.execute("DELETE FROM activation WHERE name = :name", name=name)
    return check_account_exists(session, name)


def check_not_last_admin(session: Session, name: str, by: str) -> None:
    """Raises Refused (`last_admin`) where nobody but the operator could let an admin in again."""
    admins = [
        one.name
        for one in all_accounts(session)
        if one.active and one.can_sign_in and one.role is Role.ADMIN
    ]
    if admins == [name] and by != OPERATOR:
        raise Refused("last_admin", name=name)


def set_excluded_communes(
    session: Session, name: str, communes: Iterable[str], by: str, now: datetime
) -> None:
    """Set the communes where the account has a conflict of interest, replacing the former ones.

    Every change is kept for ever, with who made it. Raises InvalidValue (`unknown_code`) and Refused
    (`own_ties`): nobody unties themselves.
    """
    before = check_account_exists(session, name).communes
    wanted = {code.strip().upper() for code in communes}
    if wanted == before:
        return
    if by == name:
        raise Refused("own_ties")
    for code in sorted(wanted - before):
        if code not in areas.insee_areas().index and not session.rows(
            "SELECT seq FROM area WHERE code = :code LIMIT 1", code=code
        ):
            raise InvalidValue("unknown_code", value=code)
    ((last,),) = session.rows("SELECT coalesce(max(id), 0) FROM account_tie")
    changes = [(one, 1) for one in wanted - before] + [(one, 0) for one in before - wanted]
    session.insert(
        "account_tie",
        ("id", "name", "commune", "tied", "changed_at", "changed_by"),
        [
            (last + number, name, commune, tied, timestamp(now), by)
            for number, (commune, tied) in enumerate(sorted(changes), start=1)
        ],
    )
    for commune, tied in sorted(changes):
        record_act(session, Act.TIED if tied else Act.UNTIED, now, by, name, commune=commune)
    for one in before - wanted:
        session.execute(
            "DELETE FROM account_commune WHERE name = :name AND commune = :one", name=name, one=one
        )
    session.insert(
        "account_commune", ("name", "commune"), [(name, one) for one in sorted(wanted - before)]
    )


def is_erased(session: Session, name: str) -> bool:
    """Whether the person asked to be forgotten: the account is never opened again."""
    return bool(session.rows("SELECT name FROM erasure WHERE name = :name", name=name))


def check_account_exists(session: Session, name: str) -> Account:
    found = account_named(session, name)
    if found is None:
        names = ", ".join(one.name for one in all_accounts(session))
        raise NotFound("unknown_account", value=name, known=names or "–")
    return found


def _record(session: Session, name: str, role: Role, active: bool, by: str, at: str) -> None:
    ((last,),) = session.rows("SELECT coalesce(max(id), 0) FROM account_change")
    session.insert(
        "account_change",
        ("id", "name", "role", "active", "changed_at", "changed_by"),
        [(last + 1, name, role.value, int(active), at, by)],
    )

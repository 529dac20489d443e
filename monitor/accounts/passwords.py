"""Passwords and the links by which they are chosen. Argon2id (RFC 9106), its library's defaults."""

import secrets
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from monitor.accounts.blocklist import is_common
from monitor.accounts.people import Account, check_account_exists
from monitor.errors import InvalidValue, NotFound, Refused
from monitor.store import Session
from monitor.store.journal import timestamp

LINK_HOURS = 24
#: A clock that was put back by less than this voids nothing.
CLOCK_LEEWAY = timedelta(hours=1)
#: NIST SP 800-63B, 3.1.1.2: a single factor has at least 15 characters; length, and no composition rule.
SHORTEST, LONGEST = 15, 200
HASHER = PasswordHasher()


def new_token() -> str:
    """256 random bits, as an address can carry them."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def name_by_token(
    session: Session, table: str, token: str, now: datetime, lasts: timedelta
) -> str | None:
    """The account that a token of that table stands for, each of which `lasts` so long; None if it is
    unknown or too old, or was given out by a clock that ran ahead and would last for longer."""
    rows = session.rows(
        f"SELECT name FROM {table} WHERE token_hash = :hash AND expires_at > :now "
        "AND expires_at <= :last",
        hash=token_hash(token),
        now=timestamp(now),
        last=timestamp(now + lasts + CLOCK_LEEWAY),
    )
    return rows[0][0] if rows else None


def require_name_by_token(
    session: Session, table: str, token: str, now: datetime, lasts: timedelta, code: str
) -> str:
    """As `name_by_token`. Raises NotFound with that code where there is none."""
    name = name_by_token(session, table, token, now, lasts)
    if name is None:
        raise NotFound(code)
    return name


def insert_token(session: Session, table: str, name: str, now: datetime, lasts: timedelta) -> str:
    """A new token of an account, which `require_name_by_token` takes for so long."""
    token = new_token()
    row = (token_hash(token), name, timestamp(now + lasts))
    session.insert(table, ("token_hash", "name", "expires_at"), [row])
    return token


def create_link(session: Session, name: str, now: datetime) -> str:
    """A one-time token by which the account chooses its password, for 24 hours.

    The links before it are void. Raises NotFound (`unknown_account`), Refused (`account_disabled`).
    """
    account = check_account_exists(session, name)
    if not account.active:
        raise Refused("account_disabled", name=account.name)
    session.execute("DELETE FROM activation WHERE name = :name", name=account.name)
    return insert_token(session, "activation", name, now, timedelta(hours=LINK_HOURS))


def account_of_link(session: Session, token: str, now: datetime) -> str:
    """The account that a link activates. Raises NotFound (`link_void`): used, replaced or too old."""
    lasts = timedelta(hours=LINK_HOURS)
    return require_name_by_token(session, "activation", token, now, lasts, "link_void")


def check_password(password: str, *own: str) -> str:
    """The password, if it may be one: `own` are the names of the account.

    Raises InvalidValue (`password_short`, `password_long`, `password_common`).
    """
    if len(password) < SHORTEST:
        raise InvalidValue("password_short", least=SHORTEST)
    if len(password) > LONGEST:
        raise InvalidValue("password_long", most=LONGEST)
    if is_common(password, *own):
        raise InvalidValue("password_common")
    return password


def hash_password(password: str, *own: str) -> str:
    """Slow on purpose (tens of milliseconds, 64 MB): outside of any transaction. Raises as
    `check_password`."""
    return HASHER.hash(check_password(password, *own))


def activate_account(session: Session, token: str, password_hash: str, now: datetime) -> Account:
    """Set the password of the link's account; the link is used, its open sessions end."""
    name = account_of_link(session, token, now)
    set_password_hash(session, name, password_hash, now)
    session.execute("DELETE FROM web_session WHERE name = :name", name=name)
    return check_account_exists(session, name)


def set_password_hash(session: Session, name: str, password_hash: str, now: datetime) -> None:
    """The account has this password: its links are void, whoever is between an older one and a code
    begins again, and no browser is known any more."""
    for table in ("activation", "credential", "known_device", "sign_in_step"):
        session.execute(f"DELETE FROM {table} WHERE name = :name", name=name)
    session.insert(
        "credential",
        ("name", "password_hash", "set_at"),
        [(name, password_hash, timestamp(now))],
    )


def has_chosen_password(session: Session, name: str) -> bool:
    """Whether the account has chosen a password."""
    return bool(session.rows("SELECT 1 FROM credential WHERE name = :name", name=name))


def password_matches(written: str | None, password: str) -> bool:
    """Whether it is the password. An account without one costs the same time as one with."""
    try:
        return HASHER.verify(written or _nobodys(), password) and written is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_hex())

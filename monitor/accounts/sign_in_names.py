"""The name that one signs in with: not the pseudonym, which every page shows."""

import re
from datetime import datetime

from monitor.accounts.people import clean_name
from monitor.areas import search_key
from monitor.errors import InvalidValue, Refused
from monitor.store import Session
from monitor.store.journal import timestamp

#: A word, a sentence or a mail address.
SIGN_IN_NAME = re.compile(r"[^\W_][\w .’'@+-]{1,58}[\w.]", re.UNICODE)


def sign_in_name(session: Session, name: str) -> str | None:
    """The name that the account has chosen to sign in with; None: it signs in with its pseudonym."""
    rows = session.rows("SELECT written FROM sign_in_name WHERE name = :name", name=name)
    return rows[0][0] if rows else None


def account_signing_in(session: Session, written: str) -> str | None:
    """The account that signs in with this name, whatever its case and accents."""
    key = sign_in_key(written)
    rows = session.rows("SELECT name FROM sign_in_name WHERE search_key = :key", key=key)
    if rows:
        return rows[0][0]
    without = session.rows(
        "SELECT a.name FROM account a LEFT JOIN sign_in_name s ON s.name = a.name "
        "WHERE s.name IS NULL"
    )
    return next((name for (name,) in without if search_key(name) == key), None)


def sign_in_key(written: str) -> str:
    """What two writings of the same name share."""
    return search_key(clean_name(written))


def choose_sign_in_name(session: Session, name: str, written: str, now: datetime) -> None:
    """From now on the account signs in with this name, and with no other.

    Raises InvalidValue (`sign_in_name`) and Refused (`sign_in_name_public`: it is a pseudonym;
    `sign_in_name_taken`).
    """
    written = clean_name(written)
    key = sign_in_key(written)
    if not SIGN_IN_NAME.fullmatch(written) or not key:
        raise InvalidValue("sign_in_name", value=written[:100])
    if any(search_key(other) == key for (other,) in session.rows("SELECT name FROM account")):
        raise Refused("sign_in_name_public", value=written)
    rows = session.rows(
        "SELECT 1 FROM sign_in_name WHERE search_key = :key AND name <> :name", key=key, name=name
    )
    if rows:
        raise Refused("sign_in_name_taken", value=written)
    session.execute("DELETE FROM sign_in_name WHERE name = :name", name=name)
    session.insert(
        "sign_in_name",
        ("name", "search_key", "written", "chosen_at"),
        [(name, key, written, timestamp(now))],
    )

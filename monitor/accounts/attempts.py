"""How often a name may be tried: by who tries it, and from where, so that nobody locks others out.

A browser in which the account has signed in before (`known_device`) is held up by its own failures
alone. Anybody else is by those of the name from the same network address, by all those of the address,
and by so many of the name from everywhere that it is being guessed (NIST SP 800-63B-4, 3.2.2: 100).
Of codes these are few: there is a million of them, and whoever tries one has the password.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from monitor.accounts.passwords import new_token, token_hash
from monitor.store import Session
from monitor.store.journal import timestamp

WINDOW_MINUTES = 15
#: Within the window: of a name from one place, of one address in all, of a name from everywhere.
FAILURES, ADDRESS_FAILURES, NAME_FAILURES = 5, 20, 100
DEVICE_DAYS, MOST_DEVICES = 180, 10
_DEVICE, _SESSION = "device ", "session "


@dataclass(frozen=True)
class Place:
    """Where an attempt comes from: a network, a browser that the account knows, a session."""

    name: str

    @property
    def is_known(self) -> bool:
        """Whether others who try the same name do not hold it up."""
        return self.name.startswith((_DEVICE, _SESSION))


def place_of(
    session: Session, account: str | None, address: str, device: str, now: datetime
) -> Place:
    """`address`: what one subscriber has, of IPv6 a network; `device`: the token that the browser was
    given, if it was."""
    if device and account:
        rows = session.rows(
            "SELECT 1 FROM known_device WHERE token_hash = :hash AND name = :name "
            "AND expires_at > :now",
            hash=token_hash(device),
            name=account,
            now=timestamp(now),
        )
        if rows:
            return Place(_DEVICE + token_hash(device))
    return Place(address)


def place_of_session(token: str) -> Place:
    """Somebody who is signed in, and gives the password once more."""
    return Place(_SESSION + token_hash(token))


def is_held_up(
    session: Session, key: str, place: Place, now: datetime, most: int = NAME_FAILURES
) -> bool:
    """Whether what `key` names has been tried too often: `most`, from everywhere. What is over is
    forgotten."""
    window = timedelta(minutes=WINDOW_MINUTES)
    # Those of a clock that ran ahead would hold everybody up until it is that time again.
    session.execute(
        "DELETE FROM sign_in_failure WHERE failed_at <= :since OR failed_at > :ahead",
        since=timestamp(now - window),
        ahead=timestamp(now + window),
    )
    ((here, there, everywhere),) = session.rows(
        "SELECT count(CASE WHEN name_hash = :key AND address = :place THEN 1 END), "
        "count(CASE WHEN address = :place THEN 1 END), "
        "count(CASE WHEN name_hash = :key THEN 1 END) FROM sign_in_failure",
        key=hash_of_key(key),
        place=place.name,
    )
    if place.is_known:
        return here >= FAILURES
    return here >= FAILURES or there >= ADDRESS_FAILURES or everywhere >= most


def count_failure(session: Session, key: str, place: Place, now: datetime) -> None:
    """Before the slow check: attempts made side by side count as well."""
    ((last,),) = session.rows("SELECT coalesce(max(id), 0) FROM sign_in_failure")
    session.insert(
        "sign_in_failure",
        ("id", "name_hash", "address", "failed_at"),
        [(last + 1, hash_of_key(key), place.name, timestamp(now))],
    )


def forget_failures(session: Session, key: str, place: Place) -> None:
    """A success: those of the same place, not those that somebody else has made elsewhere."""
    session.execute(
        "DELETE FROM sign_in_failure WHERE name_hash = :key AND address = :place",
        key=hash_of_key(key),
        place=place.name,
    )


def know_device(session: Session, name: str, device: str, now: datetime) -> str:
    """The token by which this browser is known to the account from now on: the one that it has, if it
    has one. Of an account's browsers the last MOST_DEVICES are known, for DEVICE_DAYS."""
    if place_of(session, name, "", device, now).is_known:
        return device
    session.execute("DELETE FROM known_device WHERE expires_at <= :now", now=timestamp(now))
    older = session.rows(
        "SELECT token_hash FROM known_device WHERE name = :name ORDER BY given_at DESC", name=name
    )
    for (one,) in older[MOST_DEVICES - 1 :]:
        session.execute("DELETE FROM known_device WHERE token_hash = :hash", hash=one)
    token = new_token()
    expires = timestamp(now + timedelta(days=DEVICE_DAYS))
    session.insert(
        "known_device",
        ("token_hash", "name", "given_at", "expires_at"),
        [(token_hash(token), name, timestamp(now), expires)],
    )
    return token


def key_of_code(name: str) -> str:
    """What the codes of an account are tried under: no `sign_in_names.sign_in_key` holds a colon."""
    return f"code:{name}"


def key_of_own_password(name: str) -> str:
    """What the password is tried under that somebody who is signed in gives once more."""
    return f"own:{name}"


def hash_of_key(key: str) -> str:
    """What is kept of what was tried: of a name, `sign_in_names.sign_in_key`."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

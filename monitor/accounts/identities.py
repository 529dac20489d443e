"""People of an OpenID Connect provider: keyed on (issuer, subject), admitted by an admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.accounts.people import check_account_exists
from monitor.errors import NotFound, Refused, TooManyAttempts
from monitor.store import Session
from monitor.store.journal import timestamp

#: A request to be admitted expires after this time.
WAITING_DAYS = 30
#: A provider where anybody can sign up fills no more than this.
MOST_WAITING = 200


class IdentityState(StrEnum):
    """Where a person of a provider stands with us."""

    UNKNOWN = "unknown"
    WAITING = "waiting"
    REFUSED = "refused"
    ADMITTED = "admitted"


@dataclass(frozen=True)
class Identity:
    """`shown`: what the provider calls the person, to help an admin; it proves nothing. `name`: the
    account of an admitted person."""

    issuer: str
    subject: str
    name: str | None
    shown: str
    asked_at: str
    refused_at: str | None

    @property
    def standing(self) -> IdentityState:
        if self.name:
            return IdentityState.ADMITTED
        return IdentityState.REFUSED if self.refused_at else IdentityState.WAITING


_IDENTITIES = "SELECT issuer, subject, name, shown, asked_at, refused_at FROM identity"
_WAITS = "name IS NULL AND refused_at IS NULL"
_PERSON = "issuer = :issuer AND subject = :subject"


def remember_identity(
    session: Session, issuer: str, subject: str, shown: str, now: datetime
) -> None:
    """Somebody came with the provider's word and waits to be admitted; harmless when repeated.

    A request is forgotten after 30 days. Raises TooManyAttempts (`too_many_waiting`).
    """
    session.execute(
        f"DELETE FROM identity WHERE {_WAITS} AND asked_at <= :since", since=_since(now)
    )
    ((count,),) = session.rows(f"SELECT count(*) FROM identity WHERE {_WAITS}")
    if count >= MOST_WAITING and identity_of(session, issuer, subject, now) is None:
        raise TooManyAttempts("too_many_waiting")
    session.execute(
        "INSERT INTO identity (issuer, subject, name, shown, asked_at) "
        "VALUES (:issuer, :subject, NULL, :shown, :at) ON CONFLICT (issuer, subject) DO NOTHING",
        issuer=issuer,
        subject=subject,
        shown=shown[:200],
        at=timestamp(now),
    )


def identity_of(session: Session, issuer: str, subject: str, now: datetime) -> Identity | None:
    """What is known of the person; None once their request has expired."""
    rows = session.rows(f"{_IDENTITIES} WHERE {_PERSON}", issuer=issuer, subject=subject)
    found = Identity(*rows[0]) if rows else None
    late = found and found.standing is IdentityState.WAITING and found.asked_at <= _since(now)
    return None if late else found


def waiting_identities(session: Session, now: datetime) -> list[Identity]:
    """Those whom no admin has admitted or refused within 30 days, oldest first."""
    rows = session.rows(
        f"{_IDENTITIES} WHERE {_WAITS} AND asked_at > :since ORDER BY asked_at, subject",
        since=_since(now),
    )
    return [Identity(*row) for row in rows]


def refused_identities(session: Session) -> list[Identity]:
    """Those whom an admin has refused, the last first."""
    rows = session.rows(
        f"{_IDENTITIES} WHERE name IS NULL AND refused_at IS NOT NULL ORDER BY refused_at DESC"
    )
    return [Identity(*row) for row in rows]


def identities_of(session: Session, name: str) -> list[Identity]:
    """The people of a provider who are admitted under the account."""
    rows = session.rows(f"{_IDENTITIES} WHERE name = :name ORDER BY issuer, subject", name=name)
    return [Identity(*row) for row in rows]


def require_waiting(session: Session, issuer: str, subject: str, now: datetime) -> Identity:
    """The person, who waits. Raises NotFound (`unknown_identity`) and Refused (`identity_decided`):
    admitted or refused already."""
    found = identity_of(session, issuer, subject, now)
    if found is None:
        raise NotFound("unknown_identity", value=subject)
    if found.standing is not IdentityState.WAITING:
        raise Refused("identity_decided", value=subject, name=found.name or "–")
    return found


def attach_identity(session: Session, issuer: str, subject: str, name: str, now: datetime) -> None:
    """Tie who waits to an account by which nobody can sign in: what is somebody's stays theirs,
    whatever name the provider shows.

    Raises NotFound (`unknown_account`, `unknown_identity`), Refused (`identity_decided`,
    `account_taken`, `account_disabled`: closed, or erased).
    """
    account = check_account_exists(session, name)
    require_waiting(session, issuer, subject, now)
    if account.can_sign_in:
        raise Refused("account_taken", name=account.name)
    if not account.active:
        raise Refused("account_disabled", name=account.name)
    session.execute("DELETE FROM activation WHERE name = :name", name=account.name)
    session.execute(
        f"UPDATE identity SET name = :name WHERE {_PERSON}",
        name=account.name,
        issuer=issuer,
        subject=subject,
    )


def refuse_identity(session: Session, issuer: str, subject: str, by: str, now: datetime) -> None:
    """Refuse a waiting person, who is told so. Raises NotFound, Refused (`identity_decided`)."""
    require_waiting(session, issuer, subject, now)
    session.execute(
        f"UPDATE identity SET refused_at = :at, refused_by = :by WHERE {_PERSON}",
        at=timestamp(now),
        by=by,
        issuer=issuer,
        subject=subject,
    )


def forget_identity(session: Session, issuer: str, subject: str) -> None:
    """The person is nobody here any more: what they have open ends, who comes back asks again."""
    session.execute(f"DELETE FROM identity WHERE {_PERSON}", issuer=issuer, subject=subject)


def _since(now: datetime) -> str:
    return timestamp(now - timedelta(days=WAITING_DAYS))

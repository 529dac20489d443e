"""People of an OpenID Connect provider: keyed on (issuer, subject), admitted by an admin."""

from dataclasses import dataclass
from datetime import datetime

from monitor.accounts.people import known
from monitor.errors import NotFound
from monitor.store import Session
from monitor.store.journal import timestamp


@dataclass(frozen=True)
class Identity:
    """`shown`: what the provider calls the person, to help an admin; it proves nothing."""

    issuer: str
    subject: str
    shown: str
    asked_at: str


def remember(session: Session, issuer: str, subject: str, shown: str, now: datetime) -> None:
    """Somebody came with the provider's word and waits to be admitted; harmless when repeated."""
    session.execute(
        "INSERT INTO identity (issuer, subject, name, shown, asked_at) "
        "VALUES (:issuer, :subject, NULL, :shown, :at) ON CONFLICT (issuer, subject) DO NOTHING",
        issuer=issuer,
        subject=subject,
        shown=shown[:200],
        at=timestamp(now),
    )


def is_known(session: Session, issuer: str, subject: str) -> bool:
    """Whether the person has come before."""
    return bool(_names(session, issuer, subject))


def account_of(session: Session, issuer: str, subject: str) -> str | None:
    """The account of an admitted person."""
    rows = _names(session, issuer, subject)
    return rows[0][0] if rows else None


def _names(session: Session, issuer: str, subject: str) -> list[tuple]:
    return session.rows(
        "SELECT name FROM identity WHERE issuer = :issuer AND subject = :subject",
        issuer=issuer,
        subject=subject,
    )


def waiting(session: Session) -> list[Identity]:
    """Those whom no admin has admitted yet, oldest first."""
    rows = session.rows(
        "SELECT issuer, subject, shown, asked_at FROM identity WHERE name IS NULL ORDER BY asked_at"
    )
    return [Identity(*row) for row in rows]


def admit(session: Session, issuer: str, subject: str, name: str) -> None:
    """Tie the person to an account. Raises NotFound (`unknown_account`, `unknown_identity`)."""
    account = known(session, name)
    if not is_known(session, issuer, subject):
        raise NotFound("unknown_identity", value=subject)
    session.execute(
        "UPDATE identity SET name = :name WHERE issuer = :issuer AND subject = :subject",
        name=account.name,
        issuer=issuer,
        subject=subject,
    )

"""The order of a court, told of by an admin who gives the password once more."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.accounts import Bearer, authorised, passwords
from monitor.accounts.acts import Act, record_act
from monitor.accounts.attempts import FAILURES, WINDOW_MINUTES
from monitor.accounts.presence import LOG
from monitor.commands.team import free_text
from monitor.errors import InvalidValue, NotAllowed, TooManyAttempts
from monitor.models import Role
from monitor.store import Session, Store
from monitor.store.journal import timestamp

#: Who comes by an OpenID Connect provider, and has no password here, has just signed in there.
FRESH_MINUTES = 10
LONGEST_REFERENCE = 200
#: One at a time: tries made side by side are counted.
_ONE = threading.Lock()


@dataclass(frozen=True)
class CourtOrder:
    """`reference`: how the court names its order; kept by the team, not published. `password`: of who
    tells of it, empty for who comes by an OpenID Connect provider."""

    reference: str
    password: str = ""


def checked_order(store: Store, who: Bearer, order: CourtOrder, now: datetime | None = None) -> str:
    """The reference of an order, once an admin has given their password again.

    Raises InvalidRow (`reference_missing`), InvalidValue (`reference_long`), NotAllowed
    (`password_wrong`, `sign_in_again`, `not_allowed`) and TooManyAttempts (`too_many_attempts`).
    """
    now = now or datetime.now(UTC)
    reference = free_text(order.reference, "reference", required="reference_missing")
    if len(reference) > LONGEST_REFERENCE:
        raise InvalidValue("reference_long", most=LONGEST_REFERENCE)
    if not who.token:
        with store.reading() as session:
            authorised(session, who, Role.ADMIN, now)
        if not who.issued_at or who.issued_at < now - timedelta(minutes=FRESH_MINUTES):
            raise NotAllowed("sign_in_again", minutes=FRESH_MINUTES)
        return reference
    with _ONE:
        with store.reading() as session:
            name = authorised(session, who, Role.ADMIN, now).name
            if _tries(session, name, now) >= FAILURES:
                raise TooManyAttempts("too_many_attempts", minutes=WINDOW_MINUTES)
            rows = session.rows(
                "SELECT password_hash FROM credential WHERE name = :name", name=name
            )
        written = rows[0][0] if rows else None
        if passwords.matches(written, order.password[: passwords.LONGEST]):
            return reference
        LOG.warning("refused: a wrong password for the order of a court, by %s", name)
        with store.writing() as session:
            record_act(session, Act.PASSWORD_REFUSED, now, name)
    raise NotAllowed("password_wrong")


def _tries(session: Session, name: str, now: datetime) -> int:
    since = timestamp(now - timedelta(minutes=WINDOW_MINUTES))
    ((count,),) = session.rows(
        "SELECT count(*) FROM team_act WHERE kind = :kind AND actor = :name "
        "AND happened_at > :since",
        kind=Act.PASSWORD_REFUSED.value,
        name=name,
        since=since,
    )
    return count

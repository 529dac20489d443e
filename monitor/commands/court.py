"""A court order, given by an admin who types the password again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.accounts import Bearer, require_role
from monitor.commands.password_again import check_password_again
from monitor.commands.transaction import clean_free_text
from monitor.errors import InvalidValue, NotAllowed
from monitor.models import Role
from monitor.store import Store

#: Someone from an OpenID Connect provider has no password here, and must have just signed in.
FRESH_MINUTES = 10
LONGEST_REFERENCE = 200


@dataclass(frozen=True)
class CourtOrder:
    """`reference`: how the court names its order; kept by the team, not published.
    `password`: of the admin; empty for one who signs in through an OpenID Connect provider."""

    reference: str
    password: str = ""


def checked_order(store: Store, who: Bearer, order: CourtOrder, now: datetime | None = None) -> str:
    """The reference of an order, once an admin has given their password again.

    Raises InvalidRow (`reference_missing`), InvalidValue (`reference_long`), NotAllowed
    (`sign_in_again`) and what `check_password_again` raises.
    """
    now = now or datetime.now(UTC)
    reference = clean_free_text(order.reference, "reference", required="reference_missing")
    if len(reference) > LONGEST_REFERENCE:
        raise InvalidValue("reference_long", most=LONGEST_REFERENCE)
    if not who.token:
        with store.reading() as session:
            require_role(session, who, Role.ADMIN, now)
        if not who.issued_at or who.issued_at < now - timedelta(minutes=FRESH_MINUTES):
            raise NotAllowed("sign_in_again", minutes=FRESH_MINUTES)
        return reference
    check_password_again(store, who, Role.ADMIN, order.password, now)
    return reference

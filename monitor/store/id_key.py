"""The secret of a database from which it makes the ids of people who have none of their own: without it
nobody can test a guess of a name that a court had removed, however public the ids are."""

import hmac
import secrets

from monitor.errors import DatabaseDamaged
from monitor.store.base import Session


def create_id_key(session: Session) -> None:
    """Give a database its secret."""
    session.insert("id_key", ("id", "secret"), [(1, secrets.token_hex(32))])


def read_id_key(session: Session) -> str:
    """The secret of a database. Raises DatabaseDamaged (`id_key_missing`)."""
    for (secret,) in session.rows("SELECT secret FROM id_key"):
        return secret
    raise DatabaseDamaged("id_key_missing")


def pact_id_key(session: Session, pact_id: str) -> bytes:
    """What the ids of one of its pacts are made from: those of one person in two pacts are two. Raises
    as `read_id_key`."""
    return hmac.digest(read_id_key(session).encode(), pact_id.encode(), "sha256")

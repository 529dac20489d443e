"""How the signatories of a pact are called."""

from collections.abc import Iterable

from monitor.store import Session
from monitor.store.base import in_lists

_NAMES = (
    "SELECT s.signatory_id, coalesce(x.name, '') FROM signatory s "
    "JOIN signatory_text x ON x.seq = s.seq WHERE s.pact_id = :pact"
)


def last_names(session: Session, pact_id: str) -> dict[str, str]:
    """The last name of each signatory, whatever was decided of it, by their ids; "" of one that was
    removed."""
    return dict(session.rows(f"{_NAMES} ORDER BY s.seq", pact=pact_id))


def last_names_of(session: Session, pact_id: str, wanted: Iterable[str]) -> dict[str, str]:
    """The same of some alone."""
    found: dict[str, str] = {}
    for inside, params in in_lists(sorted(wanted)):
        sql = f"{_NAMES} AND s.signatory_id IN {inside} ORDER BY s.seq"
        found |= dict(session.rows(sql, pact=pact_id, **params))
    return found

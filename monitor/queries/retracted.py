"""What was retracted alone: what, when, by whom, why."""

from typing import NamedTuple

from monitor.store import Session


class Retraction(NamedTuple):
    """A signatory (no office) or a mandate that was taken back. `name`, `commune`: of the signatory as
    last written before; `reason`: None where a court had it removed."""

    seq: int
    recorded_at: str
    author: str
    reason: str | None
    signatory_id: str
    office: str | None
    started_on: str | None
    name: str | None
    commune: str


_TAKEN = {
    "signatory": "o.signatory_id, NULL AS office, NULL AS started_on",
    "mandate": "o.signatory_id, o.office, o.started_on",
}
_EACH = " UNION ALL ".join(
    f"SELECT w.seq, e.recorded_at, e.author, x.reason, {columns}, o.pact_id FROM row_withdrawal w "
    f"JOIN entry e ON e.seq = w.seq JOIN {table} o ON o.seq = w.target_seq "
    "LEFT JOIN row_withdrawal_text x ON x.seq = w.seq WHERE o.pact_id = :pact"
    for table, columns in _TAKEN.items()
)


def retractions(session: Session, pact_id: str, limit: int = 100) -> list[Retraction]:
    """The last of a pact, newest first."""
    rows = session.rows(
        "SELECT r.seq, r.recorded_at, r.author, r.reason, r.signatory_id, r.office, r.started_on, "
        f"n.name, s.commune FROM ({_EACH}) r JOIN signatory s ON s.seq = "
        "(SELECT max(l.seq) FROM signatory l WHERE l.pact_id = r.pact_id "
        "AND l.signatory_id = r.signatory_id AND l.seq < r.seq) JOIN signatory_text n ON n.seq = s.seq "
        "ORDER BY r.seq DESC LIMIT :limit",
        pact=pact_id,
        limit=limit,
    )
    return [Retraction(*row) for row in rows]

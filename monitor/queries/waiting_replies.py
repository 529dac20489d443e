"""The rights of reply that were noted and that nothing has followed yet."""

from typing import NamedTuple

from monitor.store import Session
from monitor.store.decisions import entry_decision


class OpenRequest(NamedTuple):
    """A right of reply, claimed or offered (`way`), that no published reply has followed."""

    seq: int
    signatory_id: str
    measure: str
    way: str
    asked_on: str


def open_requests(session: Session, pact_id: str) -> list[OpenRequest]:
    """The requests that no published reply about the same commitment has followed in the log, or that
    lost it to a withdrawal since, and that were not noted by mistake: the claimed ones first, the
    oldest first. The day that a reply bears says nothing
    here: it can be partial, or that of a letter which the request was noted after."""
    rows = session.rows(
        "SELECT q.seq, c.signatory_id, c.measure_id, q.way, q.asked_on FROM reply_request q "
        "JOIN commitment c ON c.id = q.commitment_id WHERE q.pact_id = :pact "
        "AND q.way <> 'dropped' AND NOT EXISTS (SELECT 1 FROM reply_request d "
        "WHERE d.commitment_id = q.commitment_id AND d.way = 'dropped' AND d.seq > q.seq) "
        "AND NOT EXISTS ("
        "SELECT 1 FROM action a WHERE a.commitment_id = q.commitment_id AND a.kind = 'reply' "
        f"AND {_counts('a', after='q.seq')} AND NOT EXISTS ("
        "SELECT 1 FROM action n WHERE n.supersedes = a.first AND n.kind = 'retraction' "
        f"AND {_counts('n')})) ORDER BY q.way, q.asked_on, q.seq",
        pact=pact_id,
    )
    return [OpenRequest(*row) for row in rows]


def _counts(action: str, after: str = "0") -> str:
    """Whether an action was accepted, alone or with its file, by an entry of the log that follows the
    seq `after`, and its file stands, as SQL."""
    found = entry_decision("ce", "c")
    return (
        f"EXISTS (SELECT 1 FROM entry ce {found.joins} {found.withdrawal} "
        f"WHERE ce.seq = {action}.seq AND {found.counts} AND {found.accepted_by} > {after})"
    )

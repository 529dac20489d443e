"""What the team has said of signatories and of registers of elected officials, and what of it waits."""

from monitor.matching.matches import Judgement, Judgements
from monitor.store import Session
from monitor.store.decisions import UNDECIDED_FILE


def read_judgements(session: Session, pact_id: str) -> Judgements:
    """What was said of each signatory and each person of a register."""
    found: dict[str, dict[str, Judgement]] = {}
    for signatory_id, person, judgement in session.rows(
        "SELECT signatory_id, person, judgement FROM match_judgement WHERE pact_id = :pact",
        pact=pact_id,
    ):
        found.setdefault(signatory_id, {})[person] = Judgement(judgement)
    return found


def signatories_in_waiting_files(session: Session, pact_id: str) -> frozenset[str]:
    """Whom a file of signatories or mandates is about that nobody has decided of."""
    return frozenset(
        name
        for table in ("signatory", "mandate")
        for (name,) in session.rows(
            f"SELECT DISTINCT t.signatory_id FROM load l JOIN entry e ON e.load_seq = l.seq "
            f"JOIN {table} t ON t.seq = e.seq WHERE l.pact_id = :pact AND {UNDECIDED_FILE}",
            pact=pact_id,
        )
    )

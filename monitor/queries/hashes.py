"""The published hashes of entries of the log."""

from collections.abc import Sequence

from monitor.store import Session
from monitor.store.base import in_list


def entry_hashes(session: Session, seqs: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Seq -> (hash in the chain, recorded_at) of entries."""
    inside, params = in_list([int(seq) for seq in seqs])
    sql = f"SELECT seq, hash, recorded_at FROM entry WHERE seq IN {inside}"
    return {seq: (hash_, at) for seq, hash_, at in session.rows(sql, **params)} if seqs else {}


def removal_times(session: Session, seqs: Sequence[int]) -> dict[int, str]:
    """Seq -> when the texts of an entry were last removed, of those of which they were."""
    inside, params = in_list([int(seq) for seq in seqs])
    sql = (
        "SELECT r.target_seq, max(e.recorded_at) FROM redaction r JOIN entry e ON e.seq = r.seq "
        f"WHERE r.target_seq IN {inside} GROUP BY r.target_seq"
    )
    return dict(session.rows(sql, **params)) if seqs else {}

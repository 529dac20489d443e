"""The published hashes of entries of the log."""

from collections.abc import Sequence

from monitor.store import Session
from monitor.store.base import in_list


def entry_hashes(session: Session, seqs: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Seq -> (hash in the chain, recorded_at) of entries."""
    inside, params = in_list([int(seq) for seq in seqs])
    sql = f"SELECT seq, hash, recorded_at FROM entry WHERE seq IN {inside}"
    return {seq: (hash_, at) for seq, hash_, at in session.rows(sql, **params)} if seqs else {}

"""Which versions of a row that files bring were retracted alone, as SQL for both engines.

A retraction names the version that counted; it takes every version of the same key with it that the
log held by then. One that comes later counts again.
"""

from monitor.schema import KEYS
from monitor.store.base import Session
from monitor.store.subjects import SUBJECTS

#: What can be retracted alone, the rows about one person: the table, and what identifies a row of it.
KEYS_OF = {
    about.table: ("pact_id", *KEYS[about.file])
    for about in SUBJECTS.values()
    if about.file and "signatory_id" in KEYS[about.file]
}
#: (seq, time) of every version that was retracted alone, once for each retraction.
VERSIONS = " UNION ALL ".join(
    f"SELECT t.seq, e.recorded_at FROM row_withdrawal w CROSS JOIN entry e CROSS JOIN {table} o "
    f"CROSS JOIN {table} t WHERE e.seq = w.seq AND o.seq = w.target_seq AND t.seq < w.seq AND "
    + " AND ".join(f"t.{column} = o.{column}" for column in columns)
    for table, columns in KEYS_OF.items()
)


def retractions(table: str, row: str = "t") -> str:
    """The seqs of the retractions that took the version `row` of a table with them, as SQL."""
    same = " AND ".join(f"o.{column} = {row}.{column}" for column in KEYS_OF[table])
    return (
        f"SELECT w.seq FROM row_withdrawal w JOIN {table} o ON o.seq = w.target_seq "
        f"WHERE w.seq > {row}.seq AND {same}"
    )


def why_retracted(session: Session, table: str, seq: int) -> tuple[str, str]:
    """(day, reason) of the first retraction that took a version with it."""
    rows = session.rows(
        "SELECT e.recorded_at, x.reason FROM entry e "
        "LEFT JOIN row_withdrawal_text x ON x.seq = e.seq WHERE e.seq = "
        f"(SELECT ({retractions(table)} ORDER BY w.seq LIMIT 1) FROM {table} t WHERE t.seq = :seq)",
        seq=seq,
    )
    return rows[0][0][:10], rows[0][1] or "…"

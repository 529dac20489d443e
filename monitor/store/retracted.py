"""Which versions of a row that files bring were retracted alone, as SQL for both engines.

A retraction names the version that counted; it takes every version of the same key with it that the
log held by then. One that comes later counts again.
"""

from monitor.schema import KEYS
from monitor.store.base import Session
from monitor.store.subjects import SUBJECTS

#: What can be retracted alone, the rows about a person or an entry about one: the table, and what
#: identifies a row of it. An action is withdrawn by another, and a place stays.
KEYS_OF = {
    about.table: ("pact_id", *KEYS[about.file])
    for about in SUBJECTS.values()
    if about.file and about.file not in ("actions", "areas")
}
#: By table: the (pact_id, signatory_id) of whom the row at `{seq}` is about, as SQL. The entry that a
#: source is of may have been about another one before.
PEOPLE_OF = {
    table: f"SELECT o.pact_id, o.signatory_id FROM {table} o WHERE o.seq = {{seq}}"
    for table, columns in KEYS_OF.items()
    if "signatory_id" in columns
} | {
    "source": "SELECT c.pact_id, c.signatory_id FROM source o JOIN action v ON v.pact_id = o.pact_id "
    "AND v.action_id = o.action_id JOIN commitment c ON c.id = v.commitment_id WHERE o.seq = {seq}"
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

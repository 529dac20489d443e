"""The SELECTs that a page needs beyond the snapshot: the texts of actions, and the search."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from monitor.areas import search_key
from monitor.store import Session
from monitor.store.base import among

#: Entries read in one SELECT.
AT_ONCE = 500

_COLUMNS = {
    "seq": "a.seq",
    "recorded_at": "e.recorded_at",
    "author": "e.author",
    "file_name": "l.file_name",
    "action_id": "a.action_id",
    "version": "a.version",
    "signatory_id": "c.signatory_id",
    "measure": "c.measure_id",
    "kind": "a.kind",
    "status": "a.status",
    "happened_on": "a.happened_on",
    "source_kind": "a.source_kind",
    "summary": "x.summary",
    "source_title": "x.source_title",
    "source_publisher": "x.source_publisher",
    "source_url": "x.source_url",
    "archive_url": "x.archive_url",
    "quote": "x.quote",
    "reason": "x.reason",
    "recorded_by": "x.recorded_by",
    "supersedes": "target.action_id",
    "later_seq": "later.seq",
    "later_kind": "later.kind",
    "later_reason": "lx.reason",
}
ACTION_COLUMNS = tuple(_COLUMNS)
_SELECT = f"""
    SELECT {", ".join(_COLUMNS.values())}
    FROM action a
    JOIN entry e ON e.seq = a.seq
    JOIN commitment c ON c.id = a.commitment_id
    JOIN action_text x ON x.seq = a.seq
    LEFT JOIN load l ON l.seq = e.load_seq AND l.accepted = 1
    LEFT JOIN review r ON r.action_seq = a.seq
    LEFT JOIN action target ON target.seq = a.supersedes
    LEFT JOIN action later ON later.seq = (
        SELECT max(n.seq) FROM action n JOIN entry ne ON ne.seq = n.seq
        LEFT JOIN load nl ON nl.seq = ne.load_seq LEFT JOIN review nr ON nr.action_seq = n.seq
        WHERE n.seq IN (
            SELECT seq FROM action WHERE supersedes = a.first
            UNION ALL SELECT seq FROM action
            WHERE pact_id = a.pact_id AND action_id = a.action_id AND version > a.version)
          AND n.seq <= :until AND (nl.accepted = 1 OR nr.decision = 'accepted'))
    LEFT JOIN action_text lx ON lx.seq = later.seq
    WHERE (l.seq IS NOT NULL OR r.decision = 'accepted')
"""


def actions(session: Session, seqs: Sequence[int], until: int) -> pd.DataFrame:
    """The accepted entries among `seqs`, in that order, as text (None = empty) with all they say.

    Columns ACTION_COLUMNS. `file_name`: the file that brought it, if one did; `supersedes`: the
    action_id that it corrects or withdraws; `later_*`: the last entry up to seq `until` that
    corrected or withdrew it.
    """
    rows: dict[int, tuple] = {}
    for start in range(0, len(seqs), AT_ONCE):
        inside, params = among([int(seq) for seq in seqs[start : start + AT_ONCE]])
        sql = f"{_SELECT} AND a.seq IN {inside}"
        rows |= {row[0]: row for row in session.rows(sql, until=int(until), **params)}
    found = [rows[int(seq)] for seq in seqs if int(seq) in rows]
    return pd.DataFrame(found, columns=list(ACTION_COLUMNS), dtype=object)


def search(session: Session, pact_id: str, text: str) -> np.ndarray:
    """The seqs of the pact's actions whose summary, source title or publisher holds every word.

    Accents, case and hyphens do not matter. Accepted or not: the caller keeps what is public.
    """
    words = search_key(text).split()
    tests = " AND ".join(f"x.search_key LIKE :w{n} ESCAPE '!'" for n in range(len(words)))
    params = {f"w{n}": f"%{_literal(word)}%" for n, word in enumerate(words)}
    sql = (
        "SELECT a.seq FROM action a JOIN action_text x ON x.seq = a.seq "
        f"WHERE a.pact_id = :pact AND {tests or '1 = 1'} ORDER BY a.seq"
    )
    rows = session.rows(sql, pact=pact_id, **params)
    return np.fromiter((seq for (seq,) in rows), dtype=np.int64, count=len(rows))


def _literal(word: str) -> str:
    """A word whose `%` and `_` mean themselves in a LIKE."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")

"""What everybody may read: the texts of accepted entries, the search, the right of reply."""

from collections import namedtuple
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor.areas import search_words
from monitor.queries.links import AddressCheck, last_check_sql, last_checks
from monitor.schema import COLUMNS, OPEN, ROW_TYPES, Values
from monitor.store import Session
from monitor.store.base import in_lists
from monitor.store.decisions import entry_decision, reviewer
from monitor.store.subjects import columns_of, rows_from

_CHECKED, _CHECKS = last_check_sql(":until")
#: The files whose rows are read with the checks of their addresses.
_CHECKED_ROWS = {
    file: namedtuple(
        f"checked_{file}",
        dict.fromkeys((*COLUMNS[file], *AddressCheck._fields, "archive_url")),
        defaults=(None,) * (len(AddressCheck._fields) + ("archive_url" not in COLUMNS[file])),
    )
    for file in ("answers", "sources")
}
_COLUMNS = {
    "seq": "a.seq",
    "recorded_at": "e.recorded_at",
    "author": "e.author",
    "file_name": "l.file_name",
    **columns_of("actions", "a"),
    "version": "a.version",
    "supersedes_seq": "target.seq",
    "later_seq": "later.seq",
    "later_kind": "later.kind",
    "later_reason": "lx.reason",
    "reviewer": reviewer("re", "e"),
    "withdrawn_seq": "w.seq",
    "withdrawn_reason": "wx.reason",
    "redacted_seq": "(SELECT max(seq) FROM redaction WHERE target_seq = a.seq)",
    **_CHECKED,
}
ACTION_COLUMNS = tuple(_COLUMNS)
#: One accepted entry with all that it says: ACTION_COLUMNS.
Entry = namedtuple("Entry", ACTION_COLUMNS)
_DECISION, _LATER = entry_decision("e"), entry_decision("ne", "n")
_REPLY = entry_decision("ae")
#: An entry, what it is about, and what was decided of it.
_WHAT = f"""
    FROM action a
    JOIN entry e ON e.seq = a.seq
    JOIN commitment c ON c.id = a.commitment_id
    JOIN action_text x ON x.seq = a.seq
    {_DECISION.joins}
    LEFT JOIN action target ON target.seq = a.supersedes
"""
_FROM = f"""{_WHAT}
    {_DECISION.withdrawal} AND w.seq <= :until
    LEFT JOIN withdrawal_text wx ON wx.seq = w.seq
    LEFT JOIN entry re ON re.seq = coalesce(r.seq, v.seq)
    LEFT JOIN action later ON later.seq = (
        SELECT max(n.seq) FROM action n JOIN entry ne ON ne.seq = n.seq
        {_LATER.joins} {_LATER.withdrawal}
        WHERE n.seq IN (
            SELECT seq FROM action WHERE supersedes = a.first
            UNION ALL SELECT seq FROM action
            WHERE pact_id = a.pact_id AND action_id = a.action_id AND version > a.version)
          AND n.seq <= :until AND {_LATER.counts})
    LEFT JOIN action_text lx ON lx.seq = later.seq
    {_CHECKS}
"""
_SELECT = f"SELECT {', '.join(_COLUMNS.values())} {_FROM} WHERE {_DECISION.accepted}"
#: What an open actions.csv holds of an entry, then the entry of the court's order, if there is one.
_RECORD = f"""
    SELECT a.seq, {", ".join(_COLUMNS[name] for name in OPEN["actions"])}, {_COLUMNS["redacted_seq"]}
    {_WHAT}
    WHERE {_DECISION.accepted}
"""


def published_entries(
    session: Session, seqs: Sequence[int] | np.ndarray, until: int
) -> list[Entry]:
    """The accepted entries among `seqs`, in that order, as text (None = empty) with all they say.

    `file_name`: the file that brought it, if one did; `supersedes`: the
    action_id that it corrects or withdraws; `later_*`: the last entry up to seq `until` that
    corrected or withdrew it; `withdrawn_*`: that its whole file was taken back; `redacted_seq`:
    that a court had its texts emptied; `checked_on`, `link_*` and `found_archive`: what the last
    check of its source up to seq `until` said (`links.last_check_sql`).
    """
    entries: dict[int, Entry] = {}
    for inside, params in in_lists(map(int, seqs)):
        sql = f"{_SELECT} AND a.seq IN {inside}"
        found = map(Entry._make, session.rows(sql, until=int(until), **params))
        entries |= {entry.seq: entry for entry in found}
    return [entries[int(seq)] for seq in seqs if int(seq) in entries]


def published_actions(
    session: Session, seqs: Sequence[int] | np.ndarray, until: int
) -> pd.DataFrame:
    """`published_entries` as a table: columns ACTION_COLUMNS, of objects."""
    return pd.DataFrame(
        published_entries(session, seqs, until), columns=list(ACTION_COLUMNS), dtype=object
    )


def open_records(session: Session, seqs: Sequence[int]) -> list[tuple]:
    """The accepted entries among `seqs`, in that order: the columns of an open actions.csv, then
    the seq of the redaction that emptied the texts, or None."""
    rows: dict[int, tuple] = {}
    for inside, params in in_lists(map(int, seqs)):
        found = session.rows(f"{_RECORD} AND a.seq IN {inside}", **params)
        rows |= {seq: tuple(record) for seq, *record in found}
    return [rows[int(seq)] for seq in seqs if int(seq) in rows]


def action_ids(session: Session, seqs: Sequence[int] | np.ndarray) -> list[str]:
    """The identifiers of the actions that these entries are versions of, in that order."""
    found: dict[int, str] = {}
    for inside, params in in_lists(map(int, seqs)):
        found |= dict(
            session.rows(f"SELECT seq, action_id FROM action WHERE seq IN {inside}", **params)
        )
    return [found[int(seq)] for seq in seqs if int(seq) in found]


def entry_names(session: Session, seqs: Sequence[int] | np.ndarray) -> list[tuple[str, str, bool]]:
    """Of these entries, in that order: the action that each is a version of, when it happened (EDTF),
    and whether a court had its texts removed."""
    found: dict[int, tuple[str, str, bool]] = {}
    for inside, params in in_lists(map(int, seqs)):
        rows = session.rows(
            f"SELECT a.seq, a.action_id, a.happened_on, {_COLUMNS['redacted_seq']} "
            f"FROM action a WHERE a.seq IN {inside}",
            **params,
        )
        found |= {seq: (name, day, removed is not None) for seq, name, day, removed in rows}
    return [found[int(seq)] for seq in seqs]


def checked_rows_at(
    session: Session, file: str, seqs: Sequence[int], until: int | None = None
) -> list:
    """`checked_rows` of the rows that these entries say, in that order."""
    return checked_rows(session, file, rows_at(session, file, seqs), until)


def checked_rows(session: Session, file: str, rows: list[Values], until: int | None = None) -> list:
    """Rows of a file, those of one that cites sources each with what the last check of its address up to
    seq `until` said: `checked_on`, `link_status`, `found_archive`; and `archive_url`, whether the file
    has that column or not."""
    if file not in _CHECKED_ROWS:
        return rows
    checks = last_checks(session, filter(None, (row.source_url for row in rows)), until)
    return [
        _CHECKED_ROWS[file](**row._asdict(), **checks.get(row.source_url, AddressCheck())._asdict())
        for row in rows
    ]


def rows_at(session: Session, file: str, seqs: Sequence[int]) -> list[Values]:
    """The rows of a file that these entries say, in that order, each one of `schema.ROW_TYPES`."""
    make, found = ROW_TYPES[file]._make, {}
    columns = ", ".join(columns_of(file).values())
    for inside, params in in_lists(seqs):
        sql = f"SELECT t.seq, {columns} {rows_from(file)} WHERE t.seq IN {inside}"
        found |= {seq: make(values) for seq, *values in session.rows(sql, **params)}
    return [found[seq] for seq in seqs if seq in found]


def search_entries(session: Session, pact_id: str, text: str) -> np.ndarray:
    """The seqs of the pact's actions whose summary, source title or publisher holds every word.

    Accents, case and hyphens do not matter. Accepted or not: the caller keeps what is public.
    """
    words = search_words(text)
    tests = " AND ".join(f"x.search_key LIKE :w{n} ESCAPE '!'" for n in range(len(words)))
    params = {f"w{n}": f"%{_literal(word)}%" for n, word in enumerate(words)}
    sql = (
        "SELECT a.seq FROM action a JOIN action_text x ON x.seq = a.seq "
        f"WHERE a.pact_id = :pact AND {tests or '1 = 1'} ORDER BY a.seq"
    )
    rows = session.rows(sql, pact=pact_id, **params)
    return np.fromiter((seq for (seq,) in rows), dtype=np.int64, count=len(rows))


class ReplyRequest(NamedTuple):
    """That the right of reply about a measure was claimed or offered (`Way`), on that day."""

    seq: int
    measure: str
    way: str
    asked_on: str


def reply_requests(
    session: Session, pact_id: str, signatory_id: str, until: int
) -> list[ReplyRequest]:
    """Each time that the right of reply was claimed or offered, up to seq `until`, oldest first.

    Two people stand behind what is public: a volunteer's word alone is left out until a reply
    about the commitment, of that day or later, was accepted.
    """
    rows = session.rows(
        "SELECT q.seq, c.measure_id, q.way, q.asked_on FROM reply_request q "
        "JOIN commitment c ON c.id = q.commitment_id JOIN entry e ON e.seq = q.seq "
        "WHERE c.pact_id = :pact AND c.signatory_id = :signatory AND q.seq <= :until "
        "AND q.way <> 'dropped' AND NOT EXISTS (SELECT 1 FROM reply_request d "
        "WHERE d.commitment_id = q.commitment_id AND d.way = 'dropped' "
        "AND d.seq > q.seq AND d.seq <= :until) AND ((SELECT role FROM account_change WHERE id = "
        "(SELECT max(id) FROM account_change WHERE name = e.author)) <> 'volunteer' "
        f"OR EXISTS (SELECT 1 FROM action a JOIN entry ae ON ae.seq = a.seq {_REPLY.joins} "
        "WHERE a.commitment_id = q.commitment_id "
        "AND a.kind = 'reply' AND a.happened_on >= q.asked_on "
        f"AND a.seq <= :until AND {_REPLY.accepted_by} <= :until AND {_REPLY.accepted})) "
        "ORDER BY q.seq",
        pact=pact_id,
        signatory=signatory_id,
        until=until,
    )
    return [ReplyRequest(*row) for row in rows]


def _literal(word: str) -> str:
    """A word whose `%` and `_` mean themselves in a LIKE."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")

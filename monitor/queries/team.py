"""What the team alone reads: pending entries, one's own, files that wait, messages, drafts."""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from monitor.queries.links import last_check_sql
from monitor.queries.notices import PENDING
from monitor.schema import OPEN
from monitor.store import Session
from monitor.store.decisions import (
    LAST_STEP,
    UNDECIDED_FILE,
    UNFINISHED_FILE,
    entry_decision,
    file_decision,
    reviewer,
)
from monitor.store.subjects import columns_of

_CHECKED, _CHECKS = last_check_sql()
_DECISION, _FILE = entry_decision("e"), file_decision()

_COLUMNS = {
    "seq": "a.seq",
    "recorded_at": "e.recorded_at",
    "author": "e.author",
    "pact_id": "a.pact_id",
    **{name: sql for name, sql in columns_of("actions", "a").items() if name in OPEN["actions"]},
    "commitment": "a.commitment_id",
    "supersedes_seq": "target.seq",
    "decision": f"nullif({_DECISION.state}, 'pending')",
    "reviewer": reviewer("re", "e"),
    "review_reason": "rx.reason",
    "overtaken_by": "o.seq",
    "supersedes_author": "te.author",
    "last_message_by": "(SELECT m.author FROM message m WHERE m.action_seq = a.seq "
    "ORDER BY m.id DESC LIMIT 1)",
    **_CHECKED,
}
ENTRY_COLUMNS = tuple(_COLUMNS)
#: The entries `named`, with what was decided of each or of its file; `o`, the later entry that its
#: author put in its place before anybody had decided.
_ENTRIES = f"""
    SELECT {", ".join(_COLUMNS.values())}
    FROM named JOIN action a ON a.seq = named.seq JOIN entry e ON e.seq = a.seq
    JOIN commitment c ON c.id = a.commitment_id
    JOIN action_text x ON x.seq = a.seq
    LEFT JOIN action target ON target.seq = a.supersedes
    LEFT JOIN entry te ON te.seq = target.seq
    {_DECISION.joins} {_DECISION.withdrawal}
    LEFT JOIN entry re ON re.seq = r.seq
    LEFT JOIN review_text rx ON rx.seq = r.seq
    LEFT JOIN action o ON o.seq = (
        SELECT max(n.seq) FROM action n JOIN entry ne ON ne.seq = n.seq
        WHERE n.supersedes = a.first AND ne.author = e.author)
    {_CHECKS}
"""
#: The entries that no file brought.
_ALONE = "SELECT seq FROM entry WHERE load_seq IS NULL AND subject = 'action'"
#: Written so that no index on the pact is taken: it holds every action that a file brought.
OF_PACT = "a.pact_id || '' = :pact"


def pending_entries(session: Session, pact_id: str) -> pd.DataFrame:
    """Entries of the pact that wait for a decision, oldest first. Columns ENTRY_COLUMNS, as text.

    What its author has corrected or withdrawn since is left out; so is the withdrawal of what was
    never decided: there is nothing left to publish.
    """
    return _read(
        session,
        f"SELECT a.seq FROM action a JOIN entry e ON e.seq = a.seq WHERE {PENDING} AND {OF_PACT}",
        pact=pact_id,
    )


def entries_of_account(session: Session, name: str, pact_id: str, limit: int = 200) -> pd.DataFrame:
    """The last entries of an account, newest first. Columns ENTRY_COLUMNS."""
    return _read(
        session,
        f"SELECT a.seq FROM action a WHERE a.seq IN ({_ALONE} AND author = :name) AND {OF_PACT} "
        "ORDER BY a.seq DESC LIMIT :limit",
        "DESC",
        name=name,
        pact=pact_id,
        limit=limit,
    )


def find_entry(session: Session, seq: int) -> pd.DataFrame:
    """One entry, whoever wrote it and whatever was decided; no row if there is none."""
    return _read(session, "SELECT seq FROM action WHERE seq = :seq", seq=seq)


class WaitingSource(NamedTuple):
    """One more source of an entry, which nobody has decided of: its entry, and that of its file. `own`:
    by the author of the entry, in a file of nothing else: it can be decided of with the entry."""

    seq: int
    load_seq: int
    own: bool


def waiting_sources(session: Session, action_seq: int) -> list[WaitingSource]:
    """Those of an entry, in the order in which they came."""
    rows = session.rows(
        f"""
        SELECT t.seq, l.seq, e.author = ae.author AND NOT EXISTS (
            SELECT 1 FROM entry oe WHERE oe.load_seq = l.seq AND oe.seq <> t.seq
            AND oe.seq > l.seq)
        FROM action a JOIN entry ae ON ae.seq = a.seq
        JOIN source t ON t.pact_id = a.pact_id AND t.action_id = a.action_id
        JOIN entry e ON e.seq = t.seq JOIN load l ON l.seq = e.load_seq
        WHERE a.seq = :seq AND {UNDECIDED_FILE} ORDER BY t.seq
        """,
        seq=action_seq,
    )
    return [WaitingSource(seq, load_seq, bool(own)) for seq, load_seq, own in rows]


def first_of(session: Session, pact_id: str, action_id: str) -> int | None:
    """The seq of the first version of an action, None if there is none."""
    rows = session.rows(
        "SELECT first FROM action WHERE pact_id = :pact AND action_id = :action LIMIT 1",
        pact=pact_id,
        action=action_id,
    )
    return rows[0][0] if rows else None


def person_text(session: Session, seq: int) -> str | None:
    """The name and the list in an entry about a signatory, None if it is about something else."""
    rows = session.rows("SELECT name, list FROM signatory_text WHERE seq = :seq", seq=seq)
    return " · ".join(filter(None, rows[0])) if rows else None


def entries_about(session: Session, pact_id: str, signatory_id: str) -> pd.DataFrame:
    """Every entry about one signatory, newest first: public, pending and refused.

    Columns ENTRY_COLUMNS.
    """
    return _read(
        session,
        "SELECT a.seq FROM commitment c JOIN action a ON a.commitment_id = c.id "
        "WHERE c.pact_id = :pact AND c.signatory_id = :signatory",
        "DESC",
        pact=pact_id,
        signatory=signatory_id,
    )


def commitment_revision(session: Session, pact_id: str, signatory_id: str, measure: str) -> int:
    """How many entries there are about a commitment, whatever was decided of them."""
    ((rev,),) = session.rows(
        "SELECT coalesce(max(a.rev), 0) FROM action a JOIN commitment c ON c.id = a.commitment_id "
        "WHERE c.pact_id = :pact AND c.signatory_id = :signatory AND c.measure_id = :measure",
        pact=pact_id,
        signatory=signatory_id,
        measure=measure,
    )
    return rev


@dataclass(frozen=True)
class File:
    """A file of the log. `state`: pending, accepted, refused, withdrawn or unfinished. `rows`: what it
    wrote."""

    seq: int
    recorded_at: str
    author: str
    content: str
    name: str
    rows: int
    state: str
    by: str | None
    reason: str | None
    pact_id: str


def recent_files(session: Session, pact_id: str, limit: int = 100) -> list[File]:
    """The last files of a pact that are whole, newest first."""
    own = f"l.pact_id = :pact AND l.content <> 'pact' AND NOT ({UNFINISHED_FILE})"
    where = f"{own} ORDER BY l.seq DESC LIMIT :limit"
    return _files(session, where, pact=pact_id, limit=limit)


def files_of_account(session: Session, pact_id: str, author: str, limit: int) -> list[File]:
    """The last files of an account for a pact that are whole, newest first."""
    own = f"l.pact_id = :pact AND e.author = :author AND l.content <> 'pact' AND NOT ({UNFINISHED_FILE})"
    where = f"{own} ORDER BY l.seq DESC LIMIT :limit"
    return _files(session, where, pact=pact_id, author=author, limit=limit)


def find_files(session: Session, asked: str, pact_id: str | None = None) -> list[File]:
    """The file of that entry, else those of that name, or the sheets of a workbook of that name, newest
    first; of one pact if it is given."""
    own = "l.content <> 'pact'" + (" AND l.pact_id = :pact" if pact_id else "")
    params = {"pact": pact_id} if pact_id else {}
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        found = _files(session, f"l.seq = :seq AND {own}", seq=int(asked), **params)
        if found:
            return found
    named = f"l.file_name = :name AND {own} ORDER BY l.seq DESC"
    sheets = f"substr(l.file_name, 1, :size) = :name AND {own} ORDER BY l.seq DESC"
    begun = f"{asked} · "
    return _files(session, named, name=asked, **params) or _files(
        session, sheets, name=begun, size=len(begun), **params
    )


def unfinished_files(session: Session, pact_id: str, author: str) -> list[File]:
    """The files of an account of which some parts alone are in the log, and that it has not given up:
    they are being written, or their writing was cut off."""
    where = (
        "l.pact_id = :pact AND e.author = :author AND v.seq IS NULL AND w.seq IS NULL AND "
        f"{LAST_STEP} = 'part' ORDER BY l.seq DESC"
    )
    return _files(session, where, pact=pact_id, author=author)


def entries_of(session: Session, load_seq: int) -> tuple[int, ...]:
    """The entries that a file brought."""
    rows = session.rows(
        "SELECT seq FROM entry WHERE load_seq = :load AND seq > :load ORDER BY seq", load=load_seq
    )
    return tuple(seq for (seq,) in rows)


#: How many rows a file has. Where it was written at once, they follow it without a gap.
_ROWS = f"""CASE WHEN {LAST_STEP} IS NULL THEN coalesce((SELECT min(n.seq) FROM entry n
    WHERE n.load_seq IS NULL AND n.seq > l.seq), (SELECT seq + 1 FROM head)) - l.seq - 1
    ELSE (SELECT count(*) FROM entry n WHERE n.load_seq = l.seq AND n.seq > l.seq
    AND n.seq <= coalesce((SELECT max(s.seq) FROM load_step s
        WHERE s.load_seq = l.seq AND s.step <> 'part'), (SELECT seq FROM head))) END"""


def _files(session: Session, where: str, **params) -> list[File]:
    rows = session.rows(
        f"""
        SELECT l.seq, e.recorded_at, e.author, l.content, l.file_name,
               {_ROWS},
               {_FILE.state},
               coalesce(we.author, {reviewer("ve", "e")}), coalesce(wx.reason, vx.reason), l.pact_id
        FROM load l JOIN entry e ON e.seq = l.seq
        {_FILE.joins} LEFT JOIN entry ve ON ve.seq = v.seq
        LEFT JOIN load_review_text vx ON vx.seq = v.seq
        {_FILE.withdrawal} LEFT JOIN entry we ON we.seq = w.seq
        LEFT JOIN withdrawal_text wx ON wx.seq = w.seq
        WHERE {where}
        """,
        **params,
    )
    return [File(*row) for row in rows]


class Message(NamedTuple):
    author: str
    sent_at: str
    words: str


def entry_messages(session: Session, action_seq: int) -> list[Message]:
    """What was said about a pending entry, oldest first."""
    rows = session.rows(
        "SELECT author, sent_at, words FROM message WHERE action_seq = :seq ORDER BY id",
        seq=action_seq,
    )
    return [Message(*row) for row in rows]


class KeptDraft(NamedTuple):
    content: str
    saved_at: str


def find_draft(session: Session, name: str, purpose: str) -> KeptDraft | None:
    """What the account has begun to write."""
    rows = session.rows(
        "SELECT content, saved_at FROM draft WHERE name = :name AND purpose = :purpose",
        name=name,
        purpose=purpose,
    )
    return KeptDraft(*rows[0]) if rows else None


def _read(session: Session, which: str, order: str = "", **params) -> pd.DataFrame:
    """`which`: a SELECT of their seqs. DISTINCT has it answered first: a planner that knows little of a
    log that has just grown would join the whole of it to the rest, for the few that are wanted."""
    named = f"WITH named AS (SELECT DISTINCT w.seq FROM ({which}) w)"
    rows = session.rows(f"{named} {_ENTRIES} ORDER BY a.seq {order}", **params)
    return pd.DataFrame(rows, columns=list(ENTRY_COLUMNS), dtype=object)

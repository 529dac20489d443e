"""What awaits each person: a reviewer, an author who was asked or refused, everyone who writes."""

import json
from dataclasses import dataclass

from monitor.queries.file_parts import answers_with_people
from monitor.store import Session
from monitor.store.base import in_list
from monitor.store.decisions import UNDECIDED_FILE
from monitor.store.guards import COMMUNES_OF_FILE

#: The purposes of what an account keeps beside the log: up to where it has seen its notices, of a pact;
#: which refused entry an entry takes up again.
SEEN, RESUMED = "vu", "reprise"

#: Entries that no file brought and nobody has decided of, of which something is left to publish.
PENDING = """
    a.seq IN (SELECT seq FROM entry WHERE load_seq IS NULL AND subject = 'action')
    AND NOT EXISTS (SELECT 1 FROM review r WHERE r.action_seq = a.seq)
    AND NOT EXISTS (SELECT 1 FROM action n JOIN entry ne ON ne.seq = n.seq
                    WHERE n.supersedes = a.first AND ne.author = e.author)
    AND NOT (a.kind = 'retraction' AND EXISTS (
        SELECT 1 FROM entry te WHERE te.seq = a.supersedes AND te.load_seq IS NULL
        AND te.author = e.author
        AND NOT EXISTS (SELECT 1 FROM review tr WHERE tr.action_seq = te.seq)))
"""


@dataclass(frozen=True)
class WaitingEntry:
    """An entry about a commitment that waits for a decision, alone or with its file `load_seq`."""

    seq: int
    author: str
    load_seq: int | None


def waiting_entries(session: Session, pact_id: str) -> dict[int, WaitingEntry]:
    """The last entry that waits about each commitment of the pact, by the number of the commitment."""
    alone = session.rows(
        "SELECT a.commitment_id, a.seq, e.author, e.load_seq FROM action a "
        f"JOIN entry e ON e.seq = a.seq WHERE {PENDING} AND a.pact_id || '' = :pact",
        pact=pact_id,
    )
    files = session.rows(
        # From the files, which are few: SQLite would begin with every entry.
        "SELECT a.commitment_id, a.seq, e.author, e.load_seq FROM load l CROSS JOIN entry e "
        "CROSS JOIN action a WHERE e.load_seq = l.seq AND e.seq > l.seq AND a.seq = e.seq "
        f"AND l.pact_id = :pact AND l.content = 'actions' AND {UNDECIDED_FILE}",
        pact=pact_id,
    )
    return {commitment: WaitingEntry(*rest) for commitment, *rest in sorted([*alone, *files])}


def count_to_review(
    session: Session, name: str, tied: bool, makers: frozenset[str] = frozenset()
) -> dict[str, tuple[int, int]]:
    """(entries, files) that the account may decide of, by pact; those that have none are left out.
    `tied`: whether there are communes that it may not rate; `makers`: who made the account."""
    shut, params = in_list([name, *sorted(makers)])
    not_tied = (
        "AND NOT EXISTS (SELECT 1 FROM commitment c JOIN signatory s ON s.pact_id = c.pact_id "
        "AND s.signatory_id = c.signatory_id JOIN account_commune ac ON ac.commune = s.commune "
        "WHERE c.id = a.commitment_id AND ac.name = :name)"
        if tied
        else ""
    )
    entries = session.rows(
        "SELECT a.pact_id, count(*) FROM action a JOIN entry e ON e.seq = a.seq "
        f"WHERE {PENDING} AND e.author NOT IN {shut} AND NOT EXISTS (SELECT 1 FROM entry te "
        f"WHERE te.seq = a.supersedes AND te.author IN {shut}) {not_tied} GROUP BY a.pact_id",
        **params,
        **({"name": name} if tied else {}),
    )
    found = {pact: (count, 0) for pact, count in entries}
    later = {*answers_with_people(session).values()}  # decided of with those whose they are
    for pact, seq in session.rows(
        "SELECT l.pact_id, l.seq FROM load l JOIN entry e ON e.seq = l.seq "
        f"WHERE {UNDECIDED_FILE} AND e.author NOT IN {shut} AND l.content <> 'pact'",
        **params,
    ):
        if seq not in later and not (tied and _of_interest(session, seq, name)):
            alone, files = found.get(pact, (0, 0))
            found[pact] = (alone, files + 1)
    return found


def _of_interest(session: Session, load_seq: int, name: str) -> bool:
    own = session.rows("SELECT commune FROM account_commune WHERE name = :name", name=name)
    return not {*session.rows(COMMUNES_OF_FILE, load=load_seq)}.isdisjoint(own)


@dataclass(frozen=True)
class Notice:
    """Something that an author has not seen yet. `kind`: question, refused, file_refused. `seq`: the
    entry or the file that it is about. `mark`: its place among those of its kind."""

    pact_id: str
    kind: str
    seq: int
    mark: int

    @property
    def counter(self) -> str:
        """Questions are numbered for themselves; decisions are entries of the log."""
        return "message" if self.kind == "question" else "decision"


#: What an account is told of: (pact, seq, mark).
_NEWS = {
    # From the messages, which are few: SQLite would begin with every entry.
    "question": "SELECT a.pact_id, a.seq, m.id FROM message m CROSS JOIN entry e "
    "CROSS JOIN action a WHERE e.seq = m.action_seq AND a.seq = m.action_seq "
    "AND e.author = :name AND m.author <> :name",
    "refused": "SELECT a.pact_id, a.seq, r.seq FROM entry e JOIN action a ON a.seq = e.seq "
    "JOIN review r ON r.action_seq = e.seq WHERE e.load_seq IS NULL AND e.author = :name "
    "AND r.decision = 'refused'",
    "file_refused": "SELECT l.pact_id, l.seq, v.seq FROM load_review v "
    "JOIN load l ON l.seq = v.load_seq JOIN entry e ON e.seq = l.seq "
    "WHERE e.author = :name AND v.decision = 'refused'",
}


def unseen_notices(session: Session, name: str) -> list[Notice]:
    """The questions and the refusals that the account has not seen, oldest first."""
    seen = {
        purpose.partition(":")[2]: json.loads(content)
        for purpose, content in session.rows(
            "SELECT purpose, content FROM draft WHERE name = :name AND purpose LIKE :mine",
            name=name,
            mine=f"{SEEN}:%",
        )
    }
    found = []
    for kind, sql in _NEWS.items():
        for pact_id, seq, mark in session.rows(sql, name=name):
            one = Notice(pact_id, kind, seq, mark)
            if one.mark > seen.get(one.pact_id, {}).get(one.counter, 0):
                found.append(one)
    return sorted(found, key=lambda one: (one.pact_id, one.seq, one.mark))


def seen_marks(session: Session, name: str, pact_id: str, notices: list[Notice]) -> str:
    """The content to keep under `seen:pact` once these notices were seen."""
    rows = session.rows(
        "SELECT content FROM draft WHERE name = :name AND purpose = :purpose",
        name=name,
        purpose=f"{SEEN}:{pact_id}",
    )
    held = json.loads(rows[0][0]) if rows else {}
    for one in notices:
        held[one.counter] = max(one.mark, held.get(one.counter, 0))
    return json.dumps(held)


def resumed_entries(session: Session, name: str) -> dict[int, int]:
    """The refused entries of the account that it has taken up again: seq -> seq of the new one."""
    rows = session.rows(
        "SELECT purpose, content FROM draft WHERE name = :name AND purpose LIKE :these",
        name=name,
        these=f"{RESUMED}:%",
    )
    return {int(content): int(purpose.partition(":")[2]) for purpose, content in rows}

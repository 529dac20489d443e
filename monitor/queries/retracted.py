"""Rows that can be retracted alone, and those that were: what, when, by whom, why."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from monitor.errors import NotFound
from monitor.schema import KEYS
from monitor.store import Session
from monitor.store.base import in_lists
from monitor.store.retracted import KEYS_OF, PEOPLE_OF
from monitor.store.subjects import SUBJECT_OF, SUBJECTS


class RetractableRow(NamedTuple):
    """A row of the log: `content` is its file, `key` what identifies it there. Whom it
    is about: `name`, as last written before (None where a court had it removed), and `commune`."""

    content: str
    pact_id: str
    key: tuple[str, ...]
    signatory_id: str
    name: str | None
    commune: str

    @property
    def subject(self) -> str:
        """What its entries are about."""
        return SUBJECT_OF[self.content]

    @property
    def cells(self) -> dict[str, str]:
        """Its key by the columns."""
        return dict(zip(KEYS[self.content], self.key, strict=True))


class Retraction(NamedTuple):
    """A row that was taken back. `reason`: None where a court had it removed."""

    seq: int
    recorded_at: str
    author: str
    reason: str | None
    row: RetractableRow


_PEOPLE = """
    SELECT s.signatory_id, s.seq, n.name, s.commune
    FROM signatory s JOIN signatory_text n ON n.seq = s.seq
    WHERE s.pact_id = :pact AND s.signatory_id IN (:keys) ORDER BY s.seq
"""


def list_retractions(session: Session, pact_id: str, limit: int = 100) -> list[Retraction]:
    """The last retractions of a pact, newest first."""
    targets = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} o WHERE o.seq = w.target_seq AND o.pact_id = :pact)"
        for table in KEYS_OF
    )
    found = session.rows(
        "SELECT w.target_seq, w.seq, e.recorded_at, e.author, x.reason FROM row_withdrawal w "
        "JOIN entry e ON e.seq = w.seq LEFT JOIN row_withdrawal_text x ON x.seq = w.seq "
        f"WHERE {targets} ORDER BY w.seq DESC LIMIT :limit",
        pact=pact_id,
        limit=limit,
    )
    rows = find_rows(session, {target: seq for target, seq, *_ in found})
    return [
        Retraction(seq, at, author, reason, rows[target])
        for target, seq, at, author, reason in found
    ]


def row_at(session: Session, seq: int) -> RetractableRow:
    """The row that an entry is about. Raises NotFound (`no_such_entry`)."""
    rows = find_rows(session, {seq: None})
    if not rows:
        raise NotFound("no_such_entry", value=seq)
    return rows[seq]


def find_rows(session: Session, seqs: Mapping[int, int | None]) -> dict[int, RetractableRow]:
    """By entry, the row that it is about, with whom it is about as they were called before another
    entry, or are called now; without those about nothing that can be retracted alone."""
    found: dict[int, tuple[str, str, tuple[str, ...], str]] = {}
    for table, columns in KEYS_OF.items():
        about = f"SELECT max(p.signatory_id) FROM ({PEOPLE_OF[table].format(seq='t.seq')}) p"
        for inside, params in in_lists(seqs):
            for seq, who, pact_id, *key in session.rows(
                f"SELECT t.seq, ({about}), {', '.join(f't.{one}' for one in columns)} "
                f"FROM {table} t WHERE t.seq IN {inside}",
                **params,
            ):
                found[seq] = (SUBJECTS[table].file or "", pact_id, tuple(key), who)
    people = _people(session, {(pact_id, who) for _, pact_id, _, who in found.values()})
    rows = {}
    for seq, (content, pact_id, key, who) in found.items():
        before = seqs[seq]
        named = [one for one in people.get((pact_id, who), ()) if before is None or one[0] < before]
        _, name, commune = named[-1] if named else (0, None, "")
        rows[seq] = RetractableRow(content, pact_id, key, who, name, commune)
    return rows


def entries_about(session: Session, pact_id: str, signatory_id: str) -> set[str]:
    """The ids of the actions that are about somebody, in any of their versions."""
    rows = session.rows(
        "SELECT DISTINCT a.action_id FROM commitment c JOIN action a ON a.commitment_id = c.id "
        "WHERE c.pact_id = :pact AND c.signatory_id = :name",
        pact=pact_id,
        name=signatory_id,
    )
    return {action_id for (action_id,) in rows}


def _people(
    session: Session, who: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], list[tuple[int, str | None, str]]]:
    """(pact, signatory) -> (seq, name, commune) of every version, the oldest first."""
    names: dict[str, list[str]] = {}
    for pact_id, name in sorted(who):
        names.setdefault(pact_id, []).append(name)
    found: dict[tuple[str, str], list[tuple[int, str | None, str]]] = {}
    for pact_id, some in names.items():
        for inside, params in in_lists(some):
            sql = _PEOPLE.replace("(:keys)", inside)
            for name, *rest in session.rows(sql, pact=pact_id, **params):
                found.setdefault((pact_id, name), []).append(tuple(rest))
    return found

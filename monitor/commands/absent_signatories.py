"""Signatories whom the log has no more: what would be said of them has nobody to be about.

It would be written, or accepted, and show nowhere; and it would all come out by itself on the day that
they were loaded again.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from monitor.commands.files import ACCEPTED, FILE_KINDS, GONE, RETRACTED
from monitor.schema import FIELDS, Type
from monitor.store import Session
from monitor.store.retracted import KEYS_OF, retractions, why_retracted
from monitor.store.subjects import columns_of, rows_from

#: What may be about somebody who was taken back.
ABOUT = tuple(field.file for field in FIELDS if field.type is Type.SIGNATORY)
#: Those of whom a version was taken back, alone or with its file, or refused. The few entries that say
#: so come first: SQLite would begin with every signatory.
_TOUCHED = """
    SELECT s.signatory_id FROM row_withdrawal w CROSS JOIN signatory s
    WHERE s.seq = w.target_seq AND s.pact_id = :pact
    UNION SELECT s.signatory_id FROM withdrawal w CROSS JOIN entry e CROSS JOIN signatory s
    WHERE e.load_seq = w.load_seq AND s.seq = e.seq AND s.pact_id = :pact
    UNION SELECT s.signatory_id FROM load_review v CROSS JOIN entry e CROSS JOIN signatory s
    WHERE v.decision = 'refused' AND e.load_seq = v.load_seq AND s.seq = e.seq
      AND s.pact_id = :pact
"""
_ROWS = {
    file: f"SELECT t.seq, {columns_of(file)['signatory_id']} {rows_from(file)} "
    "JOIN entry e ON e.seq = t.seq"
    for file in ABOUT
}


class Absence(NamedTuple):
    """Why something has nobody to be about: `signatory_retracted`, `signatory_gone` (with the file
    that brought them) or, of a row, `row_retracted`; and the day and the reason of a retraction."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


def absent_people(
    session: Session,
    pact_id: str,
    counts: Callable[[str], bool] = ACCEPTED.__eq__,
    names: Iterable[str] | None = None,
) -> dict[str, Absence]:
    """Of all signatories of the pact, or of `names`, those who were taken back and have not come back.
    `counts`: whether a version of that state is one (see `files.Version`). Who waits with a file is
    not absent, unless they were retracted before."""
    if names is None:
        names = {name for (name,) in session.rows(_TOUCHED, pact=pact_id)}
    kind = FILE_KINDS["signatories"]
    found = {}
    for (name,), every in kind.versions(session, pact_id, [(one,) for one in names]).items():
        states = {version.state for version in every}
        if any(map(counts, states)):
            continue
        retracted = [version.first for version in every if version.state == RETRACTED]
        if retracted:
            found[name] = _retraction(session, "signatory", retracted[-1], "signatory_retracted")
        elif states and states <= GONE:
            found[name] = Absence("signatory_gone")
    return found


def absent_rows(session: Session, pact_id: str, load_seq: int, content: str) -> dict[int, Absence]:
    """The rows of a file that waits which would show nowhere once it was accepted, by their seq: those
    retracted since they came, and those about somebody who is absent."""
    found: dict[int, Absence] = {}
    subject = FILE_KINDS[content].subject
    if subject in KEYS_OF:
        for (seq,) in session.rows(
            f"SELECT t.seq FROM entry e JOIN {subject} t ON t.seq = e.seq WHERE e.load_seq = :load "
            f"AND EXISTS ({retractions(subject)}) ORDER BY t.seq",
            load=load_seq,
        ):
            found[seq] = _retraction(session, subject, seq, "row_retracted")
    people = absent_people(session, pact_id) if content in ABOUT else {}
    if people:
        for seq, name in session.rows(
            f"{_ROWS[content]} WHERE e.load_seq = :load ORDER BY t.seq", load=load_seq
        ):
            if name in people:
                found.setdefault(seq, people[name])
    return found


def _retraction(session: Session, table: str, seq: int, code: str) -> Absence:
    on, why = why_retracted(session, table, seq)
    return Absence(code, (("on", on), ("why", why)))

"""The four tables that a file may hold: how a row is found again, compared and written.

A row travels as the tuple of its values in the order of `intake.COLUMNS`; what the log holds is read
back in the same order, so that "unchanged" is the equality of two tuples.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monitor.models import Outcome
from monitor.schema import COLUMNS
from monitor.store import Session
from monitor.store.base import among
from monitor.store.retracted import KEYS_OF, retractions

#: Keys looked up in one SELECT.
LOOKUP = 500


class Version(NamedTuple):
    """One version of a row in the log. `by_hand`: a person, not a load, had the last word.
    `state`: whether its file was accepted, waits, or is gone (refused or taken back: nothing of it
    counts), or whether it was retracted alone. `redacted`: a court had its texts removed."""

    values: tuple
    rev: int
    first: int
    by_hand: bool
    state: str
    redacted: bool


@dataclass(frozen=True)
class Kind:
    """`key` gives what identifies a row; `found` the column that `select` looks it up by."""

    content: str
    subject: str
    key: Callable[[tuple], tuple]
    select: str
    facts: Callable[[str, tuple, int], tuple]
    texts: Callable[[tuple], tuple]
    complete: Callable[[tuple], tuple] = tuple

    def versions(self, session: Session, pact_id: str, rows: Sequence[tuple]) -> dict[tuple, list]:
        """Every version in the log of the rows' keys, oldest first."""
        found: dict[tuple, list[Version]] = {}
        names = sorted({self.key(values)[0] for values in rows})
        for start in range(0, len(names), LOOKUP):
            inside, params = among(names[start : start + LOOKUP])
            sql = self.select.replace("(:keys)", inside)
            for rev, first, by_hand, state, redacted, *values in session.rows(
                sql, pact=pact_id, **params
            ):
                version = Version(tuple(values), rev, first, bool(by_hand), state, bool(redacted))
                found.setdefault(self.key(version.values), []).append(version)
        return found


ACCEPTED, GONE, RETRACTED = "accepted", "gone", "retracted"
#: What became of the file that brought the entry `e`. What a person wrote stands by itself: it is
#: never overwritten, whatever was decided of it.
STATE = """
    CASE WHEN e.load_seq IS NULL THEN 'accepted'
         WHEN EXISTS (SELECT 1 FROM withdrawal w WHERE w.load_seq = e.load_seq) THEN 'gone'
         WHEN EXISTS (SELECT 1 FROM load l WHERE l.seq = e.load_seq AND l.accepted = 1)
             THEN 'accepted'
         ELSE coalesce((SELECT CASE v.decision WHEN 'refused' THEN 'gone' ELSE v.decision END
                        FROM load_review v WHERE v.load_seq = e.load_seq), 'pending') END
"""
#: By table: the same of a version `t`, which may have been retracted alone.
STATES = {
    table: f"CASE WHEN EXISTS ({retractions(table)}) THEN '{RETRACTED}' ELSE {STATE} END"
    for table in KEYS_OF
}
#: Whether a court had the entry emptied.
_REDACTED = "EXISTS (SELECT 1 FROM redaction d WHERE d.target_seq = e.seq)"


def _known_outcome(values: tuple) -> tuple:
    """An empty outcome is an unknown one."""
    return (*values[:5], values[5] or Outcome.UNKNOWN.value, *values[6:])


AREAS = Kind(
    content="areas",
    subject="area",
    key=lambda values: values[:1],
    select=f"""
        SELECT t.rev, t.seq, e.load_seq IS NULL, {STATE}, {_REDACTED}, t.code, t.name,
               t.department_code, t.department, t.region_code, t.region, t.epci, t.population,
               t.latitude, t.longitude
        FROM area t JOIN entry e ON e.seq = t.seq
        WHERE t.pact_id = :pact AND t.code IN (:keys) ORDER BY t.seq
    """,
    facts=lambda pact_id, values, rev: (pact_id, values[0], rev, *values[1:]),
    texts=lambda values: (),
)

SIGNATORIES = Kind(
    content="signatories",
    subject="signatory",
    key=lambda values: values[:1],
    select=f"""
        SELECT t.rev, t.seq, e.load_seq IS NULL, {STATES["signatory"]},
               {_REDACTED}, t.signatory_id, x.name, t.commune,
               t.signed_on, x.list, t.outcome, t.due_on, t.measures, x.source_url
        FROM signatory t JOIN entry e ON e.seq = t.seq JOIN signatory_text x ON x.seq = t.seq
        WHERE t.pact_id = :pact AND t.signatory_id IN (:keys) ORDER BY t.seq
    """,
    facts=lambda pact_id, v, rev: (pact_id, v[0], rev, v[2], v[3], v[5], v[6], v[7]),
    texts=lambda values: (values[1], values[4], values[8]),
    complete=_known_outcome,
)

MANDATES = Kind(
    content="mandates",
    subject="mandate",
    key=lambda values: values[:3],
    select=f"""
        SELECT t.rev, t.seq, e.load_seq IS NULL, {STATES["mandate"]},
               {_REDACTED}, t.signatory_id, t.office,
               t.started_on, t.ended_on, t.end_reason, x.source_url
        FROM mandate t JOIN entry e ON e.seq = t.seq JOIN mandate_text x ON x.seq = t.seq
        WHERE t.pact_id = :pact AND t.signatory_id IN (:keys) ORDER BY t.seq
    """,
    facts=lambda pact_id, v, rev: (pact_id, v[0], v[1], v[2], rev, v[3], v[4]),
    texts=lambda values: values[5:],
)

#: The facts and texts of an action need the numbers of its commitment: see `actions.Writer`.
ACTIONS = Kind(
    content="actions",
    subject="action",
    key=lambda values: values[:1],
    select=f"""
        SELECT t.version, t.first,
               e.load_seq IS NULL OR EXISTS (
                   SELECT 1 FROM action s JOIN entry h ON h.seq = s.seq
                   WHERE s.supersedes = t.first AND h.load_seq IS NULL),
               {STATE}, {_REDACTED}, t.action_id, c.signatory_id, c.measure_id, t.happened_on,
               t.kind, t.status,
               x.summary, t.source_kind, x.source_title, x.source_publisher, x.source_url,
               x.archive_url, x.quote, target.action_id, x.reason, x.recorded_by
        FROM action t JOIN entry e ON e.seq = t.seq JOIN action_text x ON x.seq = t.seq
        JOIN commitment c ON c.id = t.commitment_id
        LEFT JOIN action target ON target.seq = t.supersedes
        WHERE t.pact_id = :pact AND t.action_id IN (:keys) ORDER BY t.seq
    """,
    facts=lambda pact_id, values, rev: (),
    texts=lambda v: (v[6], *v[8:13], v[14], v[15]),
)

KINDS = {kind.content: kind for kind in (AREAS, SIGNATORIES, MANDATES, ACTIONS)}
assert set(KINDS) == set(COLUMNS)

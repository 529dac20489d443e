"""The tables that a file may hold: how a row is found again, compared and written.

A row travels as one of `schema.ROW_TYPES`; what the log holds is read back as one too, so that
"unchanged" is the equality of two tuples.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from monitor.models import Outcome, SignatoryKind
from monitor.schema import COLUMNS, KEYS, ROW_TYPES, WHOLES, Values, plain_whole
from monitor.store import Session
from monitor.store.base import in_lists
from monitor.store.decisions import STATE_OF_FILE
from monitor.store.retracted import KEYS_OF, retractions
from monitor.store.subjects import SUBJECT_OF, SUBJECTS, columns_of, rows_from


class Version(NamedTuple):
    """One version of a row in the log. `by_hand`: a person, not a load, had the last word.
    `state`: what was decided of its file, or that it was retracted alone. `redacted`: a court had its
    texts removed."""

    values: Values
    rev: int
    first: int
    by_hand: bool
    state: str
    redacted: bool


@dataclass(frozen=True)
class FileKind:
    """`key` gives what identifies a row; `found` the column that `select` looks it up by."""

    content: str
    subject: str
    key: Callable[[Values], tuple]
    select: str
    facts: Callable[[str, Values, int], tuple]
    texts: Callable[[Values], tuple]
    complete: Callable[[Values], Values] = lambda values: values

    def versions(
        self, session: Session, pact_id: str, rows: Sequence[Values]
    ) -> dict[tuple, list[Version]]:
        """Every version in the log of the rows' keys, oldest first."""
        found: dict[tuple, list[Version]] = {}
        make = ROW_TYPES[self.content]._make
        wholes = WHOLES[self.content]
        names = sorted({self.key(values)[0] for values in rows})
        for inside, params in in_lists(names):
            sql = self.select.replace("(:keys)", inside)
            for rev, first, by_hand, state, redacted, *values in session.rows(
                sql, pact=pact_id, **params
            ):
                row = make(values)
                if wholes:
                    row = _in_plain_wholes(row, wholes)
                version = Version(row, rev, first, bool(by_hand), state, bool(redacted))
                found.setdefault(self.key(row), []).append(version)
        return found


ACCEPTED, RETRACTED = "accepted", "retracted"
#: Nothing of such a file counts.
GONE = frozenset({"refused", "withdrawn", "unfinished"})
#: What was decided of the file that brought the entry `e`. What a person wrote stands by itself: it is
#: never overwritten, whatever was decided of it.
STATE = f"CASE WHEN e.load_seq IS NULL THEN '{ACCEPTED}' ELSE {STATE_OF_FILE} END"
#: By table: the same of a version `t`, which may have been retracted alone.
STATES = {
    table: f"CASE WHEN EXISTS ({retractions(table)}) THEN '{RETRACTED}' ELSE {STATE} END"
    for table in KEYS_OF
}
#: Whether a court had the entry emptied.
_REDACTED = "EXISTS (SELECT 1 FROM redaction d WHERE d.target_seq = e.seq)"


def _in_plain_wholes(row: Values, names: Iterable[str]) -> Values:
    """A row of before as it would be read today: the same number is no correction."""
    given = {name: getattr(row, name) for name in names}
    return row._replace(**{name: text and plain_whole(text) for name, text in given.items()})


def columns_at(file: str, names: Sequence[str]) -> Callable[[Values], tuple]:
    """What takes these columns of a file out of the values of a row."""
    places = [COLUMNS[file].index(name) for name in names]
    if len(places) == 1:
        return lambda values: (values[places[0]],)
    return itemgetter(*places) if places else lambda values: ()


def _key_of(file: str) -> Callable[[Values], tuple]:
    """What identifies a row stands first in it; a row that is no row has nothing."""
    return itemgetter(slice(len(KEYS[file])))


def _file_kind(file: str, **more) -> FileKind:
    """A file whose rows say all that their entries say."""
    subject = SUBJECT_OF[file]
    about = SUBJECTS[subject]
    after = about.facts.index("rev") + 1
    key = _key_of(file)
    rest = columns_at(file, about.facts[after:])
    return FileKind(
        content=file,
        subject=subject,
        key=key,
        select=f"""
        SELECT t.rev, t.seq, e.load_seq IS NULL, {STATES.get(subject, STATE)}, {_REDACTED},
               {", ".join(columns_of(file).values())}
        {rows_from(file)} JOIN entry e ON e.seq = t.seq
        WHERE t.pact_id = :pact AND t.{KEYS[file][0]} IN (:keys) ORDER BY t.seq
    """,
        facts=lambda pact_id, values, rev: (pact_id, *key(values), rev, *rest(values)),
        texts=columns_at(file, about.texts),
        **more,
    )


def _complete_signatory(values: Values) -> Values:
    """An empty outcome is an unknown one; of a person the log says no kind."""
    kind = None if values.kind == SignatoryKind.PERSON else values.kind
    return values._replace(outcome=values.outcome or Outcome.UNKNOWN.value, kind=kind)


#: The facts of an action need the number of its commitment: see `actions.ActionWriter`.
ACTIONS = FileKind(
    content="actions",
    subject="action",
    key=_key_of("actions"),
    select=f"""
        SELECT t.version, t.first,
               e.load_seq IS NULL OR EXISTS (
                   SELECT 1 FROM action s JOIN entry h ON h.seq = s.seq
                   WHERE s.supersedes = t.first AND h.load_seq IS NULL),
               {STATE}, {_REDACTED}, {", ".join(columns_of("actions").values())}
        {rows_from("actions")} JOIN entry e ON e.seq = t.seq
        WHERE t.pact_id = :pact AND t.action_id IN (:keys) ORDER BY t.seq
    """,
    facts=lambda pact_id, values, rev: (),
    texts=columns_at("actions", SUBJECTS["action"].texts),
)

#: Those that more is known of than that their rows say all that their entries say.
_OWN = {"actions": ACTIONS, "signatories": _file_kind("signatories", complete=_complete_signatory)}
FILE_KINDS = {file: _OWN.get(file) or _file_kind(file) for file in COLUMNS}

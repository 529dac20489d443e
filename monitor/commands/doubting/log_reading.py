"""Who is in office when, and which facts of the log count, as it says at some entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor import dates
from monitor.commands.files import ACCEPTED, STATE
from monitor.models import Decision, Status
from monitor.pacts import Pact
from monitor.status.office import (
    EMPTY_END,
    EMPTY_START,
    LATER,
    SignedDays,
    binding_terms,
    facts_uncounted,
    signed_days,
)
from monitor.store import Session
from monitor.store.base import KEYS_AT_ONCE, in_lists, rows_in_parts, skip_index
from monitor.store.decisions import review_condition
from monitor.store.retracted import VERSIONS

#: Of more people than this, all are read at once.
MANY = 20 * KEYS_AT_ONCE
_PEOPLE = """
    SELECT (:file), t.seq, t.signatory_id, t.commune, t.outcome, t.signed_on,
           t.withdrawn_on, t.kind
    FROM signatory t (:entry)
    WHERE t.pact_id = :pact AND t.seq <= :until (:of) ORDER BY t.seq
"""
_HELD = """
    SELECT (:file), t.seq, t.signatory_id, t.office, t.started_on, t.ended_on, t.end_reason
    FROM mandate t (:entry)
    WHERE t.pact_id = :pact AND t.seq <= :until (:of) ORDER BY t.seq
"""
_LISTS = """
    SELECT (:file), t.seq, t.signatory_id, t.measures, t.signed_on
    FROM signatory t (:entry)
    WHERE t.pact_id = :pact AND t.seq <= :until (:of) ORDER BY t.seq
"""
_ANSWERS = """
    SELECT (:file), t.seq, t.signatory_id, t.measure, t.answer
    FROM answer t (:entry)
    WHERE t.pact_id = :pact AND t.seq <= :until (:of) ORDER BY t.seq
"""
_NAMES = """
    SELECT (:file), t.seq, t.signatory_id, x.name
    FROM signatory t JOIN signatory_text x ON x.seq = t.seq (:entry)
    WHERE t.pact_id = :pact AND t.seq <= :until (:of) ORDER BY t.seq
"""
#: What a person wrote says nothing of the status before somebody else has accepted it.
_ACCEPTED = f"(e.load_seq IS NOT NULL OR {review_condition(Decision.ACCEPTED, 't')})"
#: The entries `r` that correct or withdraw an action `t`, and are neither refused nor withdrawn.
REPLACING = f"""
    SELECT 1 FROM action r WHERE r.supersedes = t.first
    AND NOT {review_condition(Decision.REFUSED, "r")}
    AND NOT EXISTS (SELECT 1 FROM action q WHERE q.supersedes = r.first AND q.kind = 'retraction'
                    AND NOT {review_condition(Decision.REFUSED, "q")})
"""
#: Whether there are any.
REPLACED = f"EXISTS ({REPLACING})"
_STANDING = f"""
    SELECT e.load_seq, t.seq, t.signatory_id, t.first, t.action_id, t.measure_id, t.happened_on,
           t.status, e.recorded_at
    FROM (SELECT a.*, c.signatory_id, c.measure_id
          FROM commitment c JOIN action a ON a.commitment_id = c.id
          WHERE c.pact_id = :pact AND (:kind)) t
    JOIN entry e ON e.seq = t.seq
    WHERE t.seq <= :until AND {_ACCEPTED} (:of)
          AND NOT {REPLACED}
    ORDER BY t.seq
"""
#: Assessments; and everything that is said, notes and replies too.
_FACTS = _STANDING.replace("(:kind)", "a.kind = 'assessment'")
_ENTRIES = _STANDING.replace("(:kind)", "a.kind <> 'retraction'")
#: What stands in a sentence for a day or words that there are not.
NONE = "–"
_FILES = f"""
    SELECT e.load_seq, {STATE} FROM (SELECT seq AS load_seq FROM load WHERE pact_id = :pact) e
"""
#: Where each of these has whom a row is about.
_WHOM = 2
#: Later than any entry.
_NOW = 2**62


class Person(NamedTuple):
    """What the log says of a signatory."""

    commune: str
    outcome: str
    signed_on: str | None
    withdrawn_on: str | None
    kind: str | None


class MandateKey(NamedTuple):
    """What tells a mandate from another: `started_on` in EDTF."""

    signatory_id: str
    office: str
    started_on: str


class MandateEnd(NamedTuple):
    """How a mandate ended: in EDTF, None if it goes on; and why, if that is said."""

    ended_on: str | None
    end_reason: str | None


#: Mandates that the log or a file has.
Mandates = Mapping[MandateKey, MandateEnd]


class Signature(NamedTuple):
    """What a signatory's row says of what they signed: `measures` as it lists them, None for none."""

    measures: str | None
    signed_on: str | None


class Fact(NamedTuple):
    """An assessment of the log; or another entry, without `status`."""

    action_id: str
    signatory_id: str
    measure: str
    happened_on: str
    status: str | None
    recorded_at: str


class Reading(NamedTuple):
    """What is read of a pact: the versions in a state that `counts`, up to an entry, and `without`
    some entries; over them `people_said` and `mandates_said`, which are not in the log yet."""

    session: Session
    pact_id: str
    counts: Callable[[str], bool]
    until: int = _NOW
    without: frozenset[int] = frozenset()
    people_said: Mapping[str, Person] = {}
    mandates_said: Mapping[MandateKey, MandateEnd] = {}

    def people(self, of: Iterable[str] | None = None) -> dict[str, Person]:
        """By signatory, of all of them or of these."""
        there = {row[0]: Person._make(row[1:]) for row in self._rows(_PEOPLE, of)}
        return there | _of_them(self.people_said, of, lambda name: name)

    def holders(self) -> dict[str, Person]:
        """By signatory, of those of whom the log has a mandate."""
        of = "AND t.signatory_id IN (SELECT m.signatory_id FROM mandate m WHERE m.pact_id = :pact)"
        rows = self._rows(_PEOPLE.replace("(:of)", of), None)
        return {name: Person(*cells) for name, *cells in rows}

    def mandates(self, of: Iterable[str] | None = None) -> dict[MandateKey, MandateEnd]:
        """How each mandate ended, of all signatories or of these."""
        there = {
            MandateKey(name, office, start): MandateEnd(*end)
            for name, office, start, *end in self._rows(_HELD, of)
        }
        return there | _of_them(self.mandates_said, of, lambda key: key.signatory_id)

    def facts(self, of: Iterable[str] | None = None) -> list[Fact]:
        """The assessments of all, or of these people, in the order of the log; nothing superseded."""
        return self._entries(_FACTS, of)

    def entries(self, of: Iterable[str] | None = None) -> list[Fact]:
        """The same with notes and replies."""
        return self._entries(_ENTRIES, of)

    def _entries(self, sql: str, of: Iterable[str] | None) -> list[Fact]:
        found = {
            first: Fact(action_id, name, *cells)
            for name, first, action_id, *cells in self._rows(sql, of)
        }
        return list(found.values())

    def signatures(self, of: Iterable[str] | None = None) -> dict[str, Signature]:
        """By signatory, of all of them or of these."""
        return {name: Signature(*cells) for name, *cells in self._rows(_LISTS, of)}

    def answers(self, of: Iterable[str] | None = None) -> dict[tuple[str, str], str]:
        """By signatory and measure, of all signatories or of these."""
        return {(name, measure): said for name, measure, said in self._rows(_ANSWERS, of)}

    def names(self, of: Iterable[str]) -> dict[str, str | None]:
        """How these people are called."""
        return dict(self._rows(_NAMES, of))

    def any_of(self, subject: str) -> bool:
        """Whether the log has any entry of the pact in the table of a subject."""
        sql = f"SELECT seq FROM {subject} WHERE pact_id = :pact AND seq <= :until LIMIT 1"
        return bool(self.session.rows(sql, pact=self.pact_id, until=self.until))

    def in_office(self, pact: Pact, of: Iterable[str] | None = None) -> "InOffice":
        """Who is in office when, of all or of these."""
        of = None if of is None else list(of)
        return InOffice(pact, self.people(of), self.mandates(of))

    def standing_files(self) -> set[int]:
        """The files whose rows count."""
        rows = self.session.rows(_FILES, pact=self.pact_id)
        return {seq for seq, state in rows if self.counts(state)}

    def _files(self) -> list[tuple]:
        return [(None, ACCEPTED), *self.session.rows(_FILES, pact=self.pact_id)]

    def _rows(self, sql: str, of: Iterable[str] | None) -> list[tuple]:
        """The rows that count, without their file and entry. What they are is asked once a file, and
        not once a row; where every file counts, the file of a row is not even read."""
        files = self._files()
        gone = {seq for seq, state in files if not self.counts(state)}
        file, entry = ("e.load_seq", "JOIN entry e ON e.seq = t.seq") if gone else ("NULL", "")
        retracted = {seq for (seq,) in self.session.rows(f"SELECT v.seq FROM ({VERSIONS}) v")}
        retracted |= self.without
        rows = self._every(sql.replace("(:file)", file).replace("(:entry)", entry), of)
        return [row[2:] for row in rows if row[0] not in gone and row[1] not in retracted]

    def _every(self, sql: str, of: Iterable[str] | None) -> Iterator[tuple]:
        wanted = None if of is None else list(dict.fromkeys(of))
        asked = {"pact": self.pact_id, "until": self.until}
        if wanted is None or len(wanted) > MANY:
            rows = self._all(sql, asked)
            inside = set(wanted or ())
            yield from (rows if wanted is None else (one for one in rows if one[_WHOM] in inside))
            return
        for keys, params in in_lists(wanted):
            those = sql.replace("(:of)", f"AND t.signatory_id IN {keys}")
            yield from self.session.rows(those, **asked, **params)

    def _all(self, sql: str, asked: dict) -> Iterable[tuple]:
        whole = sql.replace("(:of)", "")
        if whole == sql or sql in (_FACTS, _ENTRIES):
            return self.session.rows(whole, **asked)
        by_seq = f"{skip_index('t.pact_id')} = :pact AND t.seq > :after"
        part = whole.replace("t.pact_id = :pact", by_seq)
        return rows_in_parts(self.session, part, by=1, **asked)


def _of_them(every: Mapping, of: Iterable[str] | None, whom: Callable) -> dict:
    """What is said of these people, or of all."""
    if of is None or not every:
        return dict(every)
    inside = set(of)
    return {key: value for key, value in every.items() if whom(key) in inside}


class InOffice:
    """When each of some people holds a binding office under a pact, and has signed it."""

    def __init__(self, pact: Pact, people: Mapping[str, Person], mandates: Mandates):
        self._pact = pact
        signatories = pd.DataFrame(
            [(name, *one) for name, one in people.items()],
            columns=["signatory_id", *Person._fields],
            dtype=object,
        )
        held = pd.DataFrame(
            [(*key, *end) for key, end in mandates.items()],
            dtype=object,
            columns=["signatory_id", "office", "started_on", "ended_on", "end_reason"],
        )
        starts, ends, _ = binding_terms(signatories, held, pact)
        # One more than there are: somebody of whom the log knows nothing that counts.
        self._people = pd.Index(signatories["signatory_id"])
        self._starts = np.pad(starts, ((0, 0), (0, 1)), constant_values=EMPTY_START)
        self._ends = np.pad(ends, ((0, 0), (0, 1)), constant_values=EMPTY_END)
        signed = signed_days(signatories)
        self._signed = SignedDays(
            np.pad(signed.first, (0, 1), constant_values=EMPTY_END),
            np.pad(signed.last, (0, 1), constant_values=LATER),
        )

    def why_uncounted(
        self,
        people: Sequence[str],
        happened_on: Sequence[str],
        known_on,
        statuses: Sequence[str | None],
    ) -> np.ndarray:
        """Why each of these facts does not count: places in REASONS, -1 where it may. `known_on`: the
        day, or the days, on which they were recorded."""
        first, last = dates.date_intervals(happened_on)
        person = self._people.get_indexer(people)  # -1: in no office
        return facts_uncounted(
            self._pact,
            first,
            np.maximum(first, np.minimum(last, known_on)),
            self._signed.of(person),
            self._starts[:, person],
            self._ends[:, person],
            np.array([status == Status.NO_EVIDENCE for status in statuses]),
        )

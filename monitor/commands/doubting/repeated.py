"""Actions that the log has already under another id, and those that it has withdrawn or corrected."""

from collections.abc import Iterable, Iterator
from sys import intern

from monitor.commands.doubting.log_reading import REPLACED, Reading
from monitor.commands.files import STATE, columns_at
from monitor.commands.row_history import RowHistory
from monitor.intake import Row
from monitor.intake.sources import source_key
from monitor.models import Decision, Kind
from monitor.schema import Values
from monitor.store.base import in_lists
from monitor.store.decisions import review_condition

_THERE = f"""
    SELECT {STATE}, t.action_id, c.signatory_id, c.measure_id, t.happened_on, t.kind,
           x.source_url, x.source_title
    FROM commitment c JOIN action t ON t.commitment_id = c.id JOIN entry e ON e.seq = t.seq
    JOIN action_text x ON x.seq = t.seq
    WHERE c.pact_id = :pact AND c.signatory_id IN (:keys)
          AND NOT {review_condition(Decision.REFUSED, "t")}
          AND NOT {REPLACED}
    ORDER BY t.seq
"""
_SUPERSEDING = f"""
    SELECT DISTINCT {STATE}, t.action_id, r.action_id, r.kind, r.first
    FROM action r JOIN action t ON t.seq = r.supersedes JOIN entry e ON e.seq = r.seq
    WHERE r.pact_id = :pact AND r.supersedes IS NOT NULL
          AND r.seq <= :until AND NOT {review_condition(Decision.REFUSED, "r")}
    ORDER BY r.first
"""
#: People looked up in one question: each has a dozen entries, or some.
PEOPLE = 100
#: What a fact is about, and when: (signatory, measure, day, kind).
_place = columns_at("actions", ("signatory_id", "measure", "happened_on", "kind"))
#: (signatory, measure, day, kind, source)
Fact = tuple[str | None, ...]
#: The address of a source, else its title; None of a row that supersedes another.
Evidence = tuple[str | None, str | None] | None


def place_of(values: Values) -> tuple:
    """What rows about one fact share before their sources are compared. Its texts are kept once: a
    file has few of them, and many rows."""
    return tuple(map(intern, _place(values)))


def evidence_of(values: Values) -> Evidence:
    """What a row rests on."""
    if values.supersedes:
        return None
    return values.source_url, None if values.source_url else values.source_title


def fact_of(place: tuple, evidence: Evidence) -> Fact | None:
    """What two rows share that may be about one fact; None without a source, or if it supersedes."""
    source = source_key(*evidence) if evidence else ""
    return (*place, source) if source else None


class RepeatedFacts:
    """What the log held before the file (`before`); nothing is asked of a log that holds no action."""

    def __init__(self, asked, before: Reading):
        self._asked = asked
        self._any = before.any_of("action")
        #: By entry, those that withdraw it, in the log and then in the file.
        self._withdrawals: dict[str, list[str]] = {}
        #: By correction, what it corrects; by what corrects nothing, all that corrects it, directly or
        #: not, in that order: one of them stands, the last that is not withdrawn.
        self._corrected: dict[str, str] = {}
        self._corrections: dict[str, list[str]] = {}
        for state, name, by, kind, _ in self._read_superseding(before) if self._any else ():
            if asked.counts(state):
                self._note(name, by, kind)
        #: New rows that name another entry: the row, and how many corrections at its place came before.
        self._naming: list[tuple[Row, int]] = []
        #: What this file says anew of the log's own ids: what the log said of them is no more.
        self._said_anew: set[str] = set()
        #: (row, column, code, who withdrew it) to tell once all ids of the file are known.
        self.withdrawn: list[tuple] = []

    def facts(self, rows: Iterable[RowHistory]) -> Iterator[tuple[RowHistory, str]]:
        """Each of these rows whose fact the log has, and the id that it has there."""
        if not self._any:
            return
        wanted: dict[tuple, list[RowHistory]] = {}
        for found in rows:
            wanted.setdefault(place_of(found.row.values), []).append(found)
            if found.before:
                self._said_anew.add(found.row.values.action_id)
        there: dict[str, tuple] = {}
        people = dict.fromkeys(place[0] for place in wanted)
        for state, name, *place, url, title in self._read(_THERE, people):
            if self._asked.counts(state):
                there[name] = (tuple(place), url, title)
        for name, (place, url, title) in there.items():
            if name in self._said_anew or not wanted.get(place):
                continue
            fact = (*place, source_key(url, title))
            for found in list(wanted[place]):
                if found.row.values.action_id != name and (
                    fact_of(place, evidence_of(found.row.values)) == fact
                ):
                    wanted[place].remove(found)
                    yield found, name

    def look_for_withdrawn(self, kept: Iterable[RowHistory]) -> None:
        """The rows whose entry, or target, is withdrawn already; and what new rows name."""
        for found in kept:
            values = found.row.values
            is_new = not found.before
            if values.kind != Kind.RETRACTION and found.before:
                name, column, code = values.action_id, "action_id", "fact_withdrawn"
            elif values.kind == Kind.RETRACTION and is_new:
                name, column, code = values.supersedes, "supersedes", "withdrawn_twice"
            else:
                name = column = code = ""
            if by := self._withdrawn_by(name):
                self.withdrawn.append((found.row, column, code, by))
            if is_new and values.supersedes:
                here = self._corrections.get(self._origin(values.supersedes), ())
                self._naming.append((found.row, len(here)))
                self._note(values.supersedes, values.action_id, values.kind)

    def find_standing_corrections(self) -> Iterator[tuple[Row, str]]:
        """The new rows that correct or withdraw what another entry stands in the place of, and that
        entry: a withdrawal leaves it there, a correction replaces it; once all rows of the file are
        known."""
        for row, before in self._naming:
            target = row.values.supersedes
            origin = self._origin(target)
            here = [origin, *self._corrections.get(origin, ())]
            if row.values.kind != Kind.RETRACTION:
                here = here[: before + 1]
            later = here[here.index(target) + 1 :] if target in here else []
            if left := [one for one in later if not self._withdrawn_by(one)]:
                yield row, left[-1]

    def _origin(self, name: str) -> str:
        """The first entry that one goes back to, by what it corrects."""
        passed = {name}
        while (name := self._corrected.get(name, name)) not in passed:
            passed.add(name)
        return name

    def _withdrawn_by(self, name: str) -> str | None:
        """What withdraws an entry and is withdrawn by nothing itself."""
        standing = (one for one in self._withdrawals.get(name, ()) if not self._withdrawn_by(one))
        return next(standing, None)

    def _note(self, name: str, by: str, kind: str) -> None:
        if kind == Kind.RETRACTION:
            found, key = self._withdrawals, name
        else:
            self._corrected.setdefault(by, name)
            found, key = self._corrections, self._origin(name)
        if by not in (there := found.setdefault(key, [])):
            there.append(by)

    def _read_superseding(self, before: Reading) -> list[tuple]:
        return self._asked.session.rows(_SUPERSEDING, pact=before.pact_id, until=before.until)

    def _read(self, sql: str, keys: Iterable[str]) -> Iterator[tuple]:
        for inside, params in in_lists(keys, PEOPLE):
            yield from self._asked.session.rows(
                sql.replace("(:keys)", inside), pact=self._asked.pact.id, **params
            )

"""Actions that the log has already under another id, and those that it has withdrawn."""

from collections.abc import Iterable, Iterator

from monitor.commands.deciding import Found
from monitor.commands.kinds import LOOKUP, STATE
from monitor.intake.sources import source_key
from monitor.models import Kind
from monitor.store.base import among

#: An entry that a reviewer refused says nothing.
_NOT_REFUSED = (
    "NOT EXISTS (SELECT 1 FROM review v WHERE v.action_seq = {}.seq AND v.decision = 'refused')"
)
_THERE = f"""
    SELECT {STATE}, t.action_id, c.signatory_id, c.measure_id, t.happened_on, t.kind,
           x.source_url, x.source_title
    FROM commitment c JOIN action t ON t.commitment_id = c.id JOIN entry e ON e.seq = t.seq
    JOIN action_text x ON x.seq = t.seq
    WHERE c.pact_id = :pact AND c.signatory_id IN (:keys) AND {_NOT_REFUSED.format("t")}
          AND NOT EXISTS (SELECT 1 FROM action r WHERE r.supersedes = t.first)
    ORDER BY t.seq
"""
_WITHDRAWN = f"""
    SELECT DISTINCT {STATE}, t.action_id, r.action_id
    FROM action t JOIN action r ON r.supersedes = t.first AND r.kind = 'retraction'
    JOIN entry e ON e.seq = r.seq
    WHERE t.pact_id = :pact AND t.action_id IN (:keys) AND {_NOT_REFUSED.format("r")}
"""
#: (signatory, measure, day, kind, source)
Fact = tuple[str | None, ...]


def fact_of(values: tuple) -> Fact | None:
    """What two rows share that may be about one fact; None without a source, or if it supersedes."""
    source = "" if values[13] else source_key(values[10], values[8])
    return (*values[1:5], source) if source else None


class Repeated:
    """What the log held before the file; nothing is asked of a log that holds no action."""

    def __init__(self, asked):
        self._asked = asked
        self._any = bool(
            asked.session.rows(
                "SELECT seq FROM action WHERE pact_id = :pact LIMIT 1", pact=asked.pact.id
            )
        )
        #: What this file says anew of the log's own ids: what the log said of them is no more.
        self._said_anew: set[str] = set()
        #: (row, column, code, who withdrew it) to tell once all ids of the file are known.
        self.withdrawn: list[tuple] = []

    def facts(self, wanted: dict[Fact, list[Found]]) -> Iterator[tuple[Found, str]]:
        """Each of these rows whose fact the log has, and the id that it has there."""
        if not self._any or not wanted:
            return
        rows = [found for some in wanted.values() for found in some]
        self._said_anew.update(found.row.values[0] for found in rows if found.before)
        there: dict[str, Fact] = {}
        people = dict.fromkeys(found.row.values[1] for found in rows)
        for state, name, *fact, url, title in self._read(_THERE, people):
            if self._asked.counts(state):
                there[name] = (*fact, source_key(url, title))
        for name, fact in there.items():
            if name not in self._said_anew:
                for found in wanted.pop(fact, ()):
                    if found.row.values[0] != name:
                        yield found, name

    def look_for_withdrawn(self, kept: Iterable[Found]) -> None:
        """The rows whose entry, or target, is withdrawn already."""
        if not self._any:
            return
        rows: dict[str, list[tuple[Found, str, str]]] = {}
        for found in kept:
            values = found.row.values
            if values[4] != Kind.RETRACTION and found.before:
                rows.setdefault(values[0], []).append((found, "action_id", "fact_withdrawn"))
            elif values[4] == Kind.RETRACTION and not found.before:
                rows.setdefault(values[13], []).append((found, "supersedes", "withdrawn_twice"))
        for state, name, by in self._read(_WITHDRAWN, rows):
            if self._asked.counts(state):
                for found, column, code in rows.pop(name, ()):
                    self.withdrawn.append((found.row, column, code, by))

    def _read(self, sql: str, keys: Iterable[str]) -> Iterator[tuple]:
        keys = list(keys)
        for start in range(0, len(keys), LOOKUP):
            inside, params = among(keys[start : start + LOOKUP])
            yield from self._asked.session.rows(
                sql.replace("(:keys)", inside), pact=self._asked.pact.id, **params
            )

"""More sources of entries: which entry each is of, and which of its sources it is."""

from collections.abc import Iterator

from monitor.commands.deciding import Deciding, Objection
from monitor.commands.files import STATE
from monitor.schema import Values
from monitor.store.base import in_lists

_ENTRIES = f"""
    SELECT t.action_id, {STATE}, c.signatory_id FROM action t JOIN entry e ON e.seq = t.seq
    JOIN commitment c ON c.id = t.commitment_id
    WHERE t.pact_id = :pact AND t.action_id IN (:keys) ORDER BY t.seq
"""


class DecidingSources(Deciding):
    """A row without a number is the source of its entry that has the same address, or else the same
    title; a new one has the next number."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        #: Entry -> number -> what tells a source from another, of the log and of this file.
        self._numbers: dict[str, dict[str, str | None]] = {}
        #: Entry -> whom it is about, in any of its versions that are not gone.
        self._people: dict[str, set[str]] = {}
        #: The line of each source of this file.
        self._lines: dict[tuple[str, str], int] = {}

    def take(self, rows):
        self._read_entries({row.values.action_id for row in rows if row.values} - {None})
        for row in rows:
            if row.values and row.values.action_id:
                row.values = self._numbered(row.values)
        super().take(rows)

    def _read_entries(self, names: set[str]) -> None:
        wanted = sorted(names - self._numbers.keys())
        self._numbers |= {name: {} for name in wanted}
        every = self._kind.versions(self._session, self._pact.id, [(name,) for name in wanted])
        for (name, number), versions in every.items():
            self._numbers[name][number] = _mark(versions[-1].values)
        for name, state, signatory in self._entries(wanted):
            if self._writer.counts(state):
                self._people.setdefault(name, set()).add(signatory)

    def _entries(self, names: list[str]) -> Iterator[tuple[str, str, str]]:
        for inside, params in in_lists(names):
            sql = _ENTRIES.replace("(:keys)", inside)
            yield from self._session.rows(sql, pact=self._pact.id, **params)

    def _numbered(self, values: Values) -> Values:
        taken, mark, number = self._numbers[values.action_id], _mark(values), values.source_no
        if not number:
            same = (one for one, other in taken.items() if other == mark)
            number = next(same, str(1 + max(map(int, taken), default=0)))
        taken[number] = mark
        return values._replace(source_no=number)

    def _object_to(self, found):
        own = found.row.values
        if own.action_id not in self._people:
            return Objection("action_id", "unknown_action")
        if first := self._lines.get((own.action_id, own.source_no)):
            return Objection("action_id", "duplicate_row", (("first", str(first)),))
        return None

    def _note_kept(self, found):
        own = found.row.values
        self._lines.setdefault((own.action_id, own.source_no), found.row.line)

    def _is_tied(self, found):
        people = self._people.get(found.row.values.action_id, set())
        return bool(self._tied) and not people.isdisjoint(self._tied_people)


def _mark(values: Values) -> str | None:
    return values.source_url or values.source_title

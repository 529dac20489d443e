"""What is odd of actions: days far from the pact, the same fact twice, facts that do not count."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from monitor import dates
from monitor.commands.doubting.base import Weighing, changed_rows
from monitor.commands.doubting.log_reading import InOffice
from monitor.commands.doubting.repeated import (
    Evidence,
    Fact,
    RepeatedFacts,
    evidence_of,
    fact_of,
    place_of,
)
from monitor.commands.files import STATE
from monitor.commands.row_history import RowHistory
from monitor.intake import Row
from monitor.models import UNKNOWN, Kind, Status
from monitor.schema import ROW_TYPES
from monitor.status.office import REASONS

_SAID = f"""
    SELECT {STATE}, t.action_id, t.status, t.kind FROM action t JOIN entry e ON e.seq = t.seq
    WHERE t.pact_id = :pact AND t.action_id IN (:keys) ORDER BY t.seq
"""


class First(NamedTuple):
    """A row that others may repeat."""

    line: int
    id: str
    evidence: Evidence


class WeighingActions(Weighing):
    """The same commitment, day and source twice are looked for in the file and in the log."""

    gone = "entry_gone"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        #: The first row of each commitment, day and kind, with no more of it than is asked; and by what
        #: they say, those that share one: few do, and only then is a source read.
        self._first: dict[tuple, First] = {}
        self._sharing: dict[tuple, dict[Fact | None, First]] = {}
        self._office: InOffice | None = None
        self._today = dates.day_number(self.asked.context.today)
        self._repeated = RepeatedFacts(self.asked, self.before)
        #: Searches that correct another entry, by its id; and the statuses that the file gives.
        self._searches: dict[str, list[Row]] = {}
        self._said: dict[str, tuple[str | None, str]] = {}
        #: Rows that take the place of another entry, by its id.
        self._replacing: dict[str, list[Row]] = {}

    def weigh(self, kept):
        super().weigh(kept)
        rows = list(changed_rows(kept))
        new = []
        for found in rows:
            values = found.row.values
            self.doubt_far_date(found.row, "happened_on")
            self._said[values.action_id] = values.status, values.kind
            self._weigh_kind(found)
            if values.kind == Kind.RETRACTION:
                self.withdrawing.add((values.supersedes,))
            if values.status == Status.NO_EVIDENCE:
                self._weigh_search(found)
            if first := self._same(found.row):
                self.doubt(found.row, "source_url", "same_fact", id=first.id, first=first.line)
            else:
                new.append(found)
        for found, name in self._repeated.facts(new):
            self.doubt(found.row, "source_url", "same_fact_in_log", id=name)
        self._tell_uncounted([one.row for one in rows if one.row.values.kind == Kind.ASSESSMENT])
        self._repeated.look_for_withdrawn(found for found, _ in kept)

    def finish(self):
        super().finish()
        for row, column, code, by in self._repeated.withdrawn:
            if (by,) not in self.seen:
                self.doubt(row, column, code, by=by)
        for row, by in self._repeated.find_standing_corrections():
            again = row.values.kind != Kind.RETRACTION
            self.doubt(
                row, "supersedes", "corrected_again" if again else "already_corrected", by=by
            )
        wanted = [*self._searches, *self._replacing]
        standing = {
            name: (status, kind)
            for state, name, status, kind in self.look_up(_SAID, wanted)
            if self.asked.counts(state)
        } | self._said
        for name, rows in self._searches.items():
            if (status := standing.get(name, (None, ""))[0]) not in (None, *UNKNOWN):
                for row in rows:
                    self.doubt(row, "status", "search_in_place", status=status)
        for name, rows in self._replacing.items():
            for row in rows if name in standing else ():
                self._tell_kind(row, standing[name][1])

    def _weigh_kind(self, found: RowHistory) -> None:
        """An entry of another kind takes away the status, or the reply, that it was to stand beside."""
        before, values = found.before, found.row.values
        if before and before.values.kind != values.kind:
            self._tell_kind(found.row, before.values.kind)
        if values.supersedes and not before and values.kind != Kind.RETRACTION:
            self._replacing.setdefault(values.supersedes, []).append(found.row)

    def _tell_kind(self, row: Row, was: str) -> None:
        if was != row.values.kind and was in (Kind.ASSESSMENT, Kind.REPLY):
            self.doubt(row, "kind", f"{was}_in_place", row.values.kind)

    def _weigh_search(self, found: RowHistory) -> None:
        """A search that takes the place of an entry takes its status away, which no search does."""
        before, target = found.before, found.row.values.supersedes
        if before and before.values.status not in (None, *UNKNOWN):
            self.doubt(found.row, "status", "search_in_place", status=before.values.status)
        elif target and not (before and before.values.supersedes == target):
            self._searches.setdefault(target, []).append(found.row)

    def _same(self, row: Row) -> First | None:
        """The first row of the file that is about the same fact as this one, before it."""
        values, place = row.values, place_of(row.values)
        own = First(row.line, values.action_id, evidence_of(values))
        first = self._first.setdefault(place, own)
        if first is own:
            return None
        sharing = self._sharing.setdefault(place, {fact_of(place, first.evidence): first})
        fact = fact_of(place, own.evidence)
        before = sharing.setdefault(fact, own)
        return before if fact and before is not own else None

    def _tell_uncounted(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        if self._office is None:
            self._office = self.log.in_office(self.asked.pact)
        columns = ROW_TYPES["actions"]._make(zip(*(row.values for row in rows), strict=True))
        why = self._office.why_uncounted(
            columns.signatory_id, columns.happened_on, self._today, columns.status
        )
        for place in np.flatnonzero(why >= 0).tolist():
            code = f"fact_{REASONS[why[place]]}"
            self.doubt(rows[place], "happened_on", code, term_start=self.asked.pact.term_start)

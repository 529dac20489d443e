"""What is odd of actions: days far from the pact, the same fact twice, facts that do not count."""

import numpy as np
import pandas as pd

from monitor import dates
from monitor.commands.doubting.base import Weighing, written
from monitor.commands.doubting.repeated import Repeated, fact_of
from monitor.commands.kinds import STATE, STATES
from monitor.models import UNKNOWN, Kind, Status
from monitor.status.office import EMPTY_END, EMPTY_START, REASONS, days, facts_uncounted, terms

#: A fact so many years before the election is of another time.
YEARS = 10
_PEOPLE = f"""
    SELECT {STATES["signatory"]}, t.signatory_id, t.outcome, t.signed_on
    FROM signatory t JOIN entry e ON e.seq = t.seq WHERE t.pact_id = :pact ORDER BY t.seq
"""
_HELD = f"""
    SELECT {STATES["mandate"]}, t.signatory_id, t.office, t.started_on, t.ended_on, t.end_reason
    FROM mandate t JOIN entry e ON e.seq = t.seq WHERE t.pact_id = :pact ORDER BY t.seq
"""
_STATUSES = f"""
    SELECT {STATE}, t.action_id, t.status FROM action t JOIN entry e ON e.seq = t.seq
    WHERE t.pact_id = :pact AND t.action_id IN (:keys) ORDER BY t.seq
"""


class WeighingActions(Weighing):
    """The same commitment, day and source twice are looked for in the file and in the log."""

    gone = "entry_gone"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._facts: dict[tuple, tuple[str, int]] = {}
        self._people: pd.Index | None = None
        self._today = dates.to_day(self.asked.context.today)
        self._repeated = Repeated(self.asked)
        #: Searches that correct another entry, by its id.
        self._searches: dict[str, list] = {}

    def weigh(self, kept):
        super().weigh(kept)
        if self._people is None:
            self._read()
        new: dict[tuple, list] = {}
        rows = list(written(kept))
        for found in rows:
            row, values = found.row, found.row.values
            self.far(row, "happened_on", YEARS)
            if values[5] == Status.NO_EVIDENCE:
                self._weigh_search(found)
            if fact := fact_of(values):
                first = self._facts.setdefault(fact, (values[0], row.line))
                if first[1] != row.line:
                    self.doubt(row, "source_url", "same_fact", id=first[0], first=first[1])
                else:
                    new.setdefault(fact, []).append(found)
        for found, name in self._repeated.facts(new):
            self.doubt(found.row, "source_url", "same_fact_in_log", id=name)
        self._tell_uncounted([one.row for one in rows if one.row.values[4] == Kind.ASSESSMENT])
        self._repeated.look_for_withdrawn(found for found, _ in kept)

    def finish(self):
        super().finish()
        for row, column, code, by in self._repeated.withdrawn:
            if (by,) not in self.seen:
                self.doubt(row, column, code, by=by)

        standing = {
            name: status
            for state, name, status in self.looked_up(_STATUSES, list(self._searches))
            if self.asked.counts(state)
        }
        for name, rows in self._searches.items():
            if (status := standing.get(name)) not in (None, *UNKNOWN):
                for row in rows:
                    self.doubt(row, "status", "search_in_place", status=status)

    def _weigh_search(self, found) -> None:
        """A search that takes the place of an entry takes its status away, which no search does."""
        before, target = found.before, found.row.values[13]
        if before and before.values[5] not in (None, *UNKNOWN):
            self.doubt(found.row, "status", "search_in_place", status=before.values[5])
        elif target and not (before and before.values[13] == target):
            self._searches.setdefault(target, []).append(found.row)

    def _tell_uncounted(self, rows) -> None:
        if not rows:
            return
        first, last = dates.intervals([row.values[3] for row in rows])
        person = self._people.get_indexer([row.values[1] for row in rows])  # -1: in no office
        why = facts_uncounted(
            self.asked.pact,
            first,
            np.maximum(first, np.minimum(last, self._today)),
            self._signed[person],
            self._starts[:, person],
            self._ends[:, person],
            np.array([row.values[5] == Status.NO_EVIDENCE for row in rows]),
        )
        for place in np.flatnonzero(why >= 0):
            self.doubt(
                rows[place], "happened_on", f"fact_{REASONS[why[place]]}",
                term_start=self.asked.pact.term_start,
            )  # fmt: skip

    def _read(self) -> None:
        """Who is in office when, as the log says by now."""
        session, pact = self.asked.session, self.asked.pact
        people, held = {}, {}
        for state, name, *rest in session.rows(_PEOPLE, pact=pact.id):
            if self.asked.counts(state):
                people[name] = (name, *rest)
        for state, *key, ended_on, why in session.rows(_HELD, pact=pact.id):
            if self.asked.counts(state):
                held[tuple(key)] = (*key, ended_on, why)
        signatories = pd.DataFrame(
            people.values(), columns=["signatory_id", "outcome", "signed_on"], dtype=object
        )
        mandates = pd.DataFrame(
            held.values(), dtype=object,
            columns=["signatory_id", "office", "started_on", "ended_on", "end_reason"],
        )  # fmt: skip
        starts, ends, _ = terms(signatories, mandates, pact)
        # One more than there are: somebody of whom the log knows nothing that counts.
        self._people = pd.Index(signatories["signatory_id"])
        self._starts = np.pad(starts, ((0, 0), (0, 1)), constant_values=EMPTY_START)
        self._ends = np.pad(ends, ((0, 0), (0, 1)), constant_values=EMPTY_END)
        signed = days(signatories["signed_on"], first=True, missing=EMPTY_END)
        self._signed = np.pad(signed, (0, 1), constant_values=EMPTY_END)

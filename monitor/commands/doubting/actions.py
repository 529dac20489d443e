"""What is odd of actions: days far from the pact, the same fact twice, facts that do not count."""

from monitor import dates
from monitor.commands.doubting.base import Weighing, written
from monitor.commands.doubting.repeated import Repeated, fact_of
from monitor.commands.kinds import STATE
from monitor.models import EndReason, Kind, Outcome, Status, Uncounted

#: A fact so many years before the election is of another time.
YEARS = 10
_PEOPLE = f"""
    SELECT {STATE}, t.signatory_id, t.outcome, t.signed_on
    FROM signatory t JOIN entry e ON e.seq = t.seq WHERE t.pact_id = :pact ORDER BY t.seq
"""
_HELD = f"""
    SELECT {STATE}, t.signatory_id, t.office, t.started_on, t.ended_on, t.end_reason
    FROM mandate t JOIN entry e ON e.seq = t.seq WHERE t.pact_id = :pact ORDER BY t.seq
"""


class WeighingActions(Weighing):
    """The same commitment, day and source twice are looked for in the file and in the log."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._facts: dict[tuple, tuple[str, int]] = {}
        self._bound: dict[str, tuple[int, list[tuple[int, int]]]] | None = None
        self._today = dates.to_day(self.asked.context.today)
        self._repeated = Repeated(self.asked)

    def weigh(self, kept):
        super().weigh(kept)
        if self._bound is None:
            self._bound = self._read()
        new: dict[tuple, list] = {}
        for found in written(kept):
            row, values = found.row, found.row.values
            self.far(row, "happened_on", YEARS)
            if fact := fact_of(values):
                first = self._facts.setdefault(fact, (values[0], row.line))
                if first[1] != row.line:
                    self.doubt(row, "source_url", "same_fact", id=first[0], first=first[1])
                else:
                    new.setdefault(fact, []).append(found)
            if values[4] == Kind.ASSESSMENT and (why := self._why(values)):
                self.doubt(row, "happened_on", f"fact_{why}", term_start=self.asked.pact.term_start)
        for found, name in self._repeated.facts(new):
            self.doubt(found.row, "source_url", "same_fact_in_log", id=name)
        self._repeated.look_for_withdrawn(found for found, _ in kept)

    def finish(self):
        super().finish()
        for row, column, code, by in self._repeated.withdrawn:
            if (by,) not in self.seen:
                self.doubt(row, column, code, by=by)

    def _why(self, values) -> Uncounted | None:
        """Why the fact moves no status (the rule of `status.office.why_fact_uncounted`)."""
        first, last = dates.day_interval(values[3])
        latest = max(first, min(last, self._today))
        signed, held = self._bound.get(values[1], (0, []))
        if values[5] == Status.NO_EVIDENCE:
            first = -(2**30)
        if any(first <= end and max(start, signed) <= min(latest, end) for start, end in held):
            return None
        if latest < dates.to_day(self.asked.pact.term_start):
            return Uncounted.BEFORE_TERM
        return Uncounted.BEFORE_SIGNATURE if latest < signed else Uncounted.OUTSIDE_OFFICE

    def _read(self):
        session, pact = self.asked.session, self.asked.pact
        begins, ends = dates.to_day(pact.term_start), dates.to_day(pact.term_end)
        people, held = {}, {}
        for state, name, outcome, signed_on in session.rows(_PEOPLE, pact=pact.id):
            if self.asked.counts(state):
                people[name] = (outcome, signed_on)
        for state, name, office, start, *rest in session.rows(_HELD, pact=pact.id):
            if self.asked.counts(state):
                held.setdefault(name, {})[office, start] = rest
        found = {}
        for name, (outcome, signed_on) in people.items():
            signed = dates.to_day(dates.interval(signed_on)[0]) if signed_on else -(2**30)
            spans = []
            for (office, start), (end, why) in held.get(name, {}).items():
                if office in pact.binding_offices:
                    last = ends
                    if end and why != EndReason.TERM_END:
                        last = min(ends, dates.to_day(dates.interval(end)[1]))
                    spans.append((max(begins, dates.to_day(dates.interval(start)[0])), last))
            if name not in held and outcome == Outcome.ELECTED:
                spans = [(begins, ends)]
            found[name] = (signed, spans)
        return found

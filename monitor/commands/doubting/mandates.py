"""What is odd of mandates: days far from the pact, those that do not count, two holders at once, a
result of the election that says otherwise."""

from collections import defaultdict

from monitor.commands.doubting.base import Weighing, written
from monitor.commands.kinds import STATES
from monitor.commands.mandates import overlap
from monitor.dates import interval
from monitor.models import EndReason, Office, Outcome
from monitor.status.office import why_mandate_uncounted

#: A mandate that begins so many years before the election is of another time.
YEARS = 10
#: A full term that ends so many days before the pact's is another one; a mandate that begins so many
#: days before the end is one of the next term.
EARLY, LATE = 366, 62
#: Offices that one person holds at a time.
OF_ONE = (Office.MAYOR,)
PEOPLE = f"""
    SELECT {STATES["signatory"]}, t.signatory_id, x.name, t.commune, t.outcome, t.signed_on
    FROM signatory t JOIN entry e ON e.seq = t.seq JOIN signatory_text x ON x.seq = t.seq
    WHERE t.pact_id = :pact ORDER BY t.seq
"""
HELD = f"""
    SELECT {STATES["mandate"]}, t.signatory_id, t.office, t.started_on, t.ended_on, t.end_reason
    FROM mandate t JOIN entry e ON e.seq = t.seq WHERE t.pact_id = :pact ORDER BY t.seq
"""


class WeighingMandates(Weighing):
    """What the file adds is told once all of it is in the log."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._rows = []

    def weigh(self, kept):
        super().weigh(kept)
        self._rows += [found.row for found in written(kept)]

    def finish(self):
        super().finish()
        if not self._rows:
            return
        session, pact = self.asked.session, self.asked.pact
        people = {
            name: rest
            for state, name, *rest in session.rows(PEOPLE, pact=pact.id)
            if self.asked.counts(state)
        }
        held = {
            (name, office, start): end
            for state, name, office, start, end, _ in session.rows(HELD, pact=pact.id)
            if self.asked.counts(state)
        }
        offices, holders = defaultdict(set), defaultdict(list)
        for (name, office, start), end in held.items():
            offices[name].add(office)
            if office in OF_ONE and name in people:
                holders[people[name][1], office].append((name, start, end))
        told = set()
        for row in self._rows:
            name, office, start, end, why, _ = row.values
            who, commune, outcome, signed_on = people.get(name, ("", "", "", None))
            self.far(row, "started_on", YEARS)
            if office in pact.binding_offices:
                reason = why_mandate_uncounted(pact, start, end, why, signed_on)
                if reason:
                    self.doubt(row, "started_on", f"mandate_{reason}", term_start=pact.term_start)
                else:
                    self._weigh_edges(row, start, end, why)
                if not reason and outcome != Outcome.ELECTED and name not in told:
                    self.doubt(row, "office", f"mandate_of_{outcome or 'unknown'}", name=who)
            elif (
                outcome == Outcome.ELECTED
                and name not in told
                and offices[name].isdisjoint(pact.binding_offices)
            ):
                self.doubt(row, "office", "elected_to_no_office", name=who)
            told.add(name)
            if office in OF_ONE:
                for other, begun, ended in holders[commune, office]:
                    if other != name and overlap((start, end), (begun, ended)):
                        self.doubt(row, "started_on", "two_holders", name=people[other][0],
                                   id=other, start=begun, end=ended or "…")  # fmt: skip
                        break

    def _weigh_edges(self, row, start: str, end: str | None, why: str | None) -> None:
        """A mandate in office that the end of the pact's term stretches or cuts."""
        term_end = self.asked.pact.term_end
        if why == EndReason.TERM_END and (term_end - interval(end)[1]).days > EARLY:
            self.doubt(row, "ended_on", "term_ended_early", term_end=term_end)
        if (term_end - interval(start)[0]).days < LATE and (not end or interval(end)[1] > term_end):
            self.doubt(row, "started_on", "mandate_of_next_term", term_end=term_end)

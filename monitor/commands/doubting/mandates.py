"""What is odd of mandates: days far from the pact, those that do not count, two holders at once, a
result of the election that says otherwise, facts of the log that count no more."""

from collections import defaultdict
from datetime import date
from functools import cache, partial

from monitor.commands.deciding import RowHistory
from monitor.commands.doubting.base import Weighing, changed_rows
from monitor.commands.doubting.log_reading import MandateEnd, MandateKey, Mandates, Person
from monitor.commands.doubting.persons import OF_A_PERSON
from monitor.commands.mandates import surely_overlap
from monitor.dates import date_interval
from monitor.intake import Row
from monitor.models import EndReason, Office, Outcome
from monitor.status.office import why_mandate_uncounted

#: A full term that ends so many days before the pact's is another one; a mandate that begins so many
#: days before the end is one of the next term.
EARLY, LATE = 366, 62
#: Offices that one person holds at a time.
OF_ONE = (Office.MAYOR,)


class WeighingMandates(Weighing):
    """What the file adds is told once all of it is known."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._rows: list[Row] = []
        #: The row that says something new of a person first, and its column.
        self._changed: dict[str, tuple[Row, str]] = {}

    def weigh(self, kept):
        super().weigh(kept)
        for found in changed_rows(kept):
            self._rows.append(found.row)
            changed = (found.row, _changed_column(found))
            self._changed.setdefault(found.row.values.signatory_id, changed)

    def finish(self):
        super().finish()
        if not self._rows:
            return
        pact = self.asked.pact
        people, offices, holders = self._in_office()
        why_uncounted = cache(partial(why_mandate_uncounted, pact))
        told = set()
        for row in self._rows:
            said, name, office = row.values, row.values.signatory_id, row.values.office
            person = people.get(name, _NOBODY)
            self.doubt_far_date(row, "started_on")
            if person.kind and office in OF_A_PERSON:
                who = {"signer": person.kind, "name": self.name_of(name)}
                self.doubt(row, "office", "office_of_a_person", **who)
            if office in pact.binding_offices:
                reason = why_uncounted(
                    said.started_on,
                    said.ended_on,
                    said.end_reason,
                    person.signed_on,
                    person.withdrawn_on,
                )
                if reason:
                    self.doubt(row, "started_on", f"mandate_{reason}", term_start=pact.term_start)
                else:
                    self._weigh_edges(row)
                if not reason and person.outcome != Outcome.ELECTED and name not in told:
                    code = f"mandate_of_{person.outcome or 'unknown'}"
                    self.doubt(row, "office", code, name=self.name_of(name))
            elif (
                person.outcome == Outcome.ELECTED
                and name not in told
                and offices[name].isdisjoint(pact.binding_offices)
            ):
                self.doubt(row, "office", "elected_to_no_office", name=self.name_of(name))
            told.add(name)
            if office in OF_ONE and len(holders[person.commune, office]) > 1:
                self._tell_other_holder(row, holders[person.commune, office])
        after = self.log._replace(mandates_said=self._mandates())
        self.tell_stopped(self._changed, after)

    def _mandates(self) -> Mandates:
        """Those of the file."""
        return {
            MandateKey(said.signatory_id, said.office, said.started_on): MandateEnd(
                said.ended_on, said.end_reason
            )
            for said in (row.values for row in self._rows)
        }

    def _in_office(self) -> tuple[dict[str, Person], dict, dict]:
        """Everybody with a mandate, in the log or in the file; the offices of those to whom the file
        gives one that does not bind; and of each commune and office that one person holds, who held it
        when: as the file says, or else as the log did before it."""
        held = self.before.mandates() if self.before.any_of("mandate") else {}
        held |= self._mandates()
        people = self.log.holders()
        said = [row.values for row in self._rows]
        people |= self.log.people({one.signatory_id for one in said} - people.keys())
        binding = self.asked.pact.binding_offices
        others = {one.signatory_id for one in said if one.office not in binding}
        offices, holders = defaultdict(set), defaultdict(list)
        for (name, office, start), (end, _) in held.items():
            if name in others:
                offices[name].add(office)
            if office in OF_ONE and name in people:
                holders[people[name].commune, office].append((name, start, end))
        return people, offices, holders

    def _tell_other_holder(self, row: Row, holders: list[tuple]) -> None:
        said = row.values
        own = (said.started_on, said.ended_on)
        for other, begun, ended in holders:
            if other != said.signatory_id and surely_overlap(own, (begun, ended)):
                self.doubt(
                    row,
                    "started_on",
                    "two_holders",
                    name=self.name_of(other),
                    id=other,
                    held=f"{begun}/{ended or '..'}",
                )
                return

    def _weigh_edges(self, row: Row) -> None:
        """A mandate in office that the end of the pact's term stretches or cuts."""
        term_end, said = self.asked.pact.term_end, row.values
        if term_end is None:
            return
        end = date_interval(said.ended_on).last if said.ended_on else date.max
        if said.end_reason == EndReason.TERM_END and (term_end - end).days > EARLY:
            self.doubt(row, "ended_on", "term_ended_early", term_end=term_end)
        if (term_end - date_interval(said.started_on).first).days < LATE and end > term_end:
            self.doubt(row, "started_on", "mandate_of_next_term", term_end=term_end)


#: Of whom the log says nothing that counts.
_NOBODY = Person("", "", None, None, None)


def _changed_column(found: RowHistory) -> str:
    """Where a mandate is another than in the log: its end, or all of it."""
    before, values = found.before and found.before.values, found.row.values
    if before is None:
        return "started_on"
    same = (before.ended_on, before.end_reason) == (values.ended_on, values.end_reason)
    return "started_on" if same else "ended_on"

"""What is odd of mandates: days far from the pact, those that do not count, two holders at once, a
result of the election that says otherwise, facts of the log that count no more."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from monitor.commands.doubting.base import Weighing, changed_rows
from monitor.commands.doubting.log_reading import MandateEnd, MandateKey, Mandates, Person
from monitor.commands.doubting.persons import OF_A_PERSON
from monitor.commands.mandates import surely_overlap
from monitor.commands.row_history import RowHistory
from monitor.dates import date_interval
from monitor.intake import Row
from monitor.models import EndReason, Office, Outcome
from monitor.schema import Values
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
        self._found: list[RowHistory] = []
        #: Of whom it is reported already that their mandate and the result do not agree.
        self._reported: set[str] = set()
        pact = self.asked.pact
        self._why_uncounted = cache(partial(why_mandate_uncounted, pact))
        self._edges = cache(partial(_edges, pact.term_end))
        self._agreed = {Outcome.ELECTED, *([Outcome.UNKNOWN] if self.before_vote else [])}

    def weigh(self, kept):
        super().weigh(kept)
        self._found += changed_rows(kept)

    def finish(self):
        super().finish()
        if not self._found:
            return
        rows = [found.row for found in self._found]
        mandates = self._mandates(rows)
        who = self._in_office(mandates)
        odd = [(row, [*self._oddities(row, who)]) for row in rows]
        names = self.log.names({one.of for _, some in odd for one in some if one.of})
        for row, some in odd:
            self.doubt_far_date(row, "started_on")
            for column, code, values, of in some:
                named = {"name": names.get(of) or ""} if of else {}
                self.doubt(row, column, code, **values, **named)
        #: The row that says something new of a person first, and its column.
        changed: dict[str, tuple[Row, str]] = {}
        for found in self._found if self.before.any_of("action") else ():
            changed.setdefault(found.row.values.signatory_id, (found.row, _changed_column(found)))
        self.tell_stopped(changed, self.log._replace(mandates_said=mandates))

    def _mandates(self, rows: Sequence[Row]) -> Mandates:
        """Those of the file."""
        return {
            MandateKey(values.signatory_id, values.office, values.started_on): MandateEnd(
                values.ended_on, values.end_reason
            )
            for values in (row.values for row in rows)
        }

    def _in_office(self, mandates: Mandates) -> "_InOffice":
        """Who is in office, in the log or by these mandates of the file."""
        held = {**self.before.mandates(), **mandates} if self.before.any_of("mandate") else mandates
        people = self.log.holders()
        people |= self.log.people({key.signatory_id for key in mandates} - people.keys())
        binding = self.asked.pact.binding_offices
        others = {key.signatory_id for key in mandates if key.office not in binding}
        offices, holders = defaultdict(set), defaultdict(list)
        for (name, office, start), (end, _) in held.items():
            if name in others:
                offices[name].add(office)
            if office in OF_ONE and name in people:
                holders[people[name].commune, office].append((name, start, end))
        return _InOffice(people, offices, holders)

    def _oddities(self, row: Row, who: "_InOffice") -> Iterator["_Oddity"]:
        pact, values = self.asked.pact, row.values
        name, office = values.signatory_id, values.office
        person = who.people.get(name, _NOBODY)
        if person.kind and office in OF_A_PERSON:
            yield _Oddity("office", "office_of_a_person", {"signer": person.kind}, name)
        if office in pact.binding_offices:
            reason = self._why_uncounted(
                values.started_on,
                values.ended_on,
                values.end_reason,
                person.signed_on,
                person.withdrawn_on,
            )
            if reason:
                start = {"term_start": pact.term_start}
                yield _Oddity("started_on", f"mandate_{reason}", start)
            else:
                yield from self._edges(values.started_on, values.ended_on, values.end_reason)
            outcome = person.outcome or Outcome.UNKNOWN.value
            if not reason and outcome not in self._agreed and name not in self._reported:
                yield _Oddity("office", f"mandate_of_{outcome}", {}, name)
        elif (
            person.outcome == Outcome.ELECTED
            and name not in self._reported
            and who.offices[name].isdisjoint(pact.binding_offices)
        ):
            yield _Oddity("office", "elected_to_no_office", {}, name)
        self._reported.add(name)
        if office in OF_ONE and len(holders := who.holders[person.commune, office]) > 1:
            yield from _other_holder(values, holders)


class _InOffice(NamedTuple):
    """Everybody with a mandate; the offices of those to whom the file gives one that does not bind; and
    of each commune and office that one person holds, who held it when (name, start, end): as the file
    says, or else as the log did before it."""

    people: dict[str, Person]
    offices: dict[str, set[str]]
    holders: dict[tuple[str, str], list[tuple]]


class _Oddity(NamedTuple):
    """A doubt of a row. `of`: whose name is part of the sentence."""

    column: str
    code: str
    values: Mapping[str, object]
    of: str = ""


def _edges(
    term_end: date | None, started_on: str, ended_on: str | None, end_reason: str | None
) -> list[_Oddity]:
    """What is odd of a mandate in office that the end of the pact's term stretches or cuts."""
    if term_end is None:
        return []
    found, values = [], {"term_end": term_end}
    end = date_interval(ended_on).last if ended_on else date.max
    if end_reason == EndReason.TERM_END and (term_end - end).days > EARLY:
        found.append(_Oddity("ended_on", "term_ended_early", values))
    if (term_end - date_interval(started_on).first).days < LATE and end > term_end:
        found.append(_Oddity("started_on", "mandate_of_next_term", values))
    return found


def _other_holder(values: Values, holders: Sequence[tuple]) -> Iterator[_Oddity]:
    """The first of those who hold the office at the same time."""
    own = (values.started_on, values.ended_on)
    for other, begun, ended in holders:
        if other != values.signatory_id and surely_overlap(own, (begun, ended)):
            where = {"id": other, "held": f"{begun}/{ended or '..'}"}
            yield _Oddity("started_on", "two_holders", where, other)
            return


#: Of whom the log says nothing that counts.
_NOBODY = Person("", "", None, None, None)


def _changed_column(found: RowHistory) -> str:
    """Where a mandate is another than in the log: its end, or all of it."""
    before, values = found.before and found.before.values, found.row.values
    if before is None:
        return "started_on"
    same = (before.ended_on, before.end_reason) == (values.ended_on, values.end_reason)
    return "started_on" if same else "ended_on"

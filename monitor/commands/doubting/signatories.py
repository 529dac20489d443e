"""What is odd of signatories: people who may be one and the same."""

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from monitor.commands.doubting import log_reading
from monitor.commands.doubting.base import Weighing
from monitor.commands.doubting.elected import (
    Person,
    list_names,
    tell_against_mandates,
    tell_before_vote,
    tell_presumed,
    tell_signed_above,
    tell_two_elected,
)
from monitor.commands.doubting.persons import (
    tell_in_two_places,
    tell_offices_of_a_person,
    tell_persons,
    tell_removed,
    tell_signed_unanswered,
    tell_two_names,
    tell_undated,
    tell_withdrawn,
)
from monitor.commands.doubting.promises import (
    promises_gained,
    read_promises,
    words_of_gains,
)
from monitor.commands.files import STATES
from monitor.dates import date_interval
from monitor.intake import Row
from monitor.intake.person_names import name_key, same_name, tokens_of
from monitor.models import RowOutcome

#: In a commune with more signatories than this, and in all those that would have more pairs compared
#: than this together, only the same words in another order are told.
MANY, PAIRS = 300, 300_000
#: What stands between the marks of an id.
_WORD = re.compile("[a-z0-9]{3,}")
_THERE = f"""
    SELECT {STATES["signatory"]}, t.signatory_id,
           x.name, t.commune, t.outcome, t.signed_on, t.withdrawn_on
    FROM signatory t JOIN entry e ON e.seq = t.seq JOIN signatory_text x ON x.seq = t.seq
    WHERE t.pact_id = :pact AND t.seq <= :until AND t.commune IN (:keys) ORDER BY t.seq
"""


class WeighingSignatories(Weighing):
    """The people of the file are compared with those of the same commune, in the file and the log."""

    YEARS = 2

    def __init__(self, *arguments):
        super().__init__(*arguments)
        #: commune -> its rows; and who of them is new, or has another name or commune.
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._new: dict[str, str] = {}
        #: Rows that say anew whether somebody was elected, and those of them to another commune.
        self._outcomes: list[Row] = []
        self._elsewhere: list[Row] = []
        #: New people; where the log has nobody yet, those whose id has a word of their name in it.
        self._newcomers: list[Row] = []
        self._named: list[Row] = []
        self._any_before = self.before.any_of("signatory")
        #: The last day by which each measure that has one is due, with its id.
        self._due = [
            (date_interval(measure.due_on).last, measure.id)
            for measure in self.asked.pact.measures
            if measure.due_on
        ]
        #: Rows that say something new, and all that name a person.
        self._news: list[Row] = []
        self._persons: list[Row] = []
        #: Whose signature or result is another, with the row and the column.
        self._changed: dict[str, tuple[Row, str]] = {}
        #: Who lists other measures, or signed on another day: so too, and what the file says of them.
        self._listing: dict[str, tuple[Row, str]] = {}
        self._signatures: dict[str, log_reading.Signature] = {}
        #: When the others of these communes signed, and withdrew that, as the log has it.
        self._signed_before: dict[str, tuple[str | None, str | None]] = {}
        #: What the file says of those.
        self._people: dict[str, log_reading.Person] = {}

    def weigh(self, kept):
        super().weigh(kept)
        for found, outcome in kept:
            row, before, values = found.row, found.before, found.row.values
            self._rows[values.commune].append(row)
            if values.person_id:
                self._persons.append(row)
            if outcome is RowOutcome.UNCHANGED:
                continue
            self._news.append(row)
            self.doubt_far_date(row, "signed_on")
            self._weigh_due(row)
            if before is None:
                self._newcomers.append(row)
                if not self._any_before and _names_in_id(row):
                    self._named.append(row)
                self._outcomes.append(row)
                self._new[values.signatory_id] = values.commune
                continue
            was = before.values
            if was.outcome != values.outcome:
                self._outcomes.append(row)
                self._changed[values.signatory_id] = (row, "outcome")
            elif was.commune != values.commune:
                self._elsewhere.append(row)
            for column in ("signed_on", "withdrawn_on"):
                if getattr(was, column) != getattr(values, column):
                    self._changed[values.signatory_id] = (row, column)
            if was.withdrawn_on and values.signed_on and values.signed_on > was.withdrawn_on:
                former = {"before": was.signed_on or log_reading.NONE, "wanted": was.withdrawn_on}
                self.doubt(row, "signed_on", "signed_again", **former)
            self.doubt_moved_due(row, was.due_on)
            for column in ("signed_on", "measures"):
                if getattr(was, column) != getattr(values, column):
                    self._listing[values.signatory_id] = (row, column)
                    self._signatures[values.signatory_id] = log_reading.Signature(
                        values.measures, values.signed_on
                    )
            person = log_reading.Person(
                values.commune, values.outcome, values.signed_on, values.withdrawn_on, values.kind
            )
            self._people[values.signatory_id] = person
            if (was.name, was.commune) != (values.name, values.commune):
                self._new[values.signatory_id] = values.commune

    def finish(self):
        super().finish()
        if self._named:
            n = len(self._named)
            self.doubt(self._named[0], "signatory_id", "id_names_person", n=n)
        tell_removed(self, self._newcomers)
        tell_withdrawn(self, self._news)
        tell_two_names(self, self._news)
        tell_in_two_places(self, self._newcomers)
        tell_signed_unanswered(self, self._news)
        tell_undated(self, self._news)
        tell_offices_of_a_person(self, self._news)
        if any(row.values.person_id for row in self._news):
            tell_persons(self, self._persons)
        tell_against_mandates(self, self._outcomes)
        concerned = {*self._new.values(), *(row.values.commune for row in self._outcomes)}
        people = self._people_of(concerned)
        tell_presumed(self, self._outcomes)
        tell_before_vote(self, self._outcomes)
        tell_signed_above(self, people)
        tell_two_elected(self, [*self._outcomes, *self._elsewhere], people)
        pairs = 0
        for everybody in sorted(people.values(), key=len):
            pairs += len(everybody) * (len(everybody) - 1) // 2
            by_line = sorted(everybody, key=lambda one: one.row.line if one.row else 0)
            if len(by_line) > MANY or pairs > PAIRS:
                self._tell_same_words(by_line)
            else:
                self._tell_alike(by_line)
        self.tell_stopped(self._changed, self.log._replace(people_said=self._people))
        self._tell_promises()

    def _tell_promises(self) -> None:
        """What people with another list of measures would promise no more, though it is followed up, and
        what they would promise by listing nothing."""
        if not self._listing:
            return
        pact, of = self.asked.pact, [*self._listing]
        before = read_promises(self.before, pact, of)
        after = read_promises(self.log, pact, of, signatures_said=self._signatures)
        if self.before.any_of("action"):
            facts = self.before.entries(of)
            self.tell_unpromised(self._listing, "measures", facts, before, after)
        emptied = [name for name, (_, column) in self._listing.items() if column == "measures"]
        gained = promises_gained(before, after)
        names = self.log.names(gained.keys() & emptied)
        for name in filter(gained.get, emptied):
            words = words_of_gains({name: gained[name]}, names)
            self.doubt(*self._listing[name], "promises_gained", **words)

    def _people_of(self, communes: Collection[str]) -> dict[str, list[Person]]:
        """Those of these communes, as the file says, or else as the log did before it; where there
        are several."""
        there: dict[str, tuple[str | None, ...]] = {}
        if self._any_before:
            for state, signatory_id, *who in self.look_up(_THERE, sorted(communes)):
                if self.asked.counts(state):
                    there[signatory_id] = tuple(who)
            for rows in self._rows.values():
                for row in rows:
                    there.pop(row.values.signatory_id, None)
        others: dict[str, list[Person]] = defaultdict(list)
        for signatory_id, (name, commune, outcome, signed, withdrawn) in there.items():
            if name and commune and outcome:
                self._signed_before[signatory_id] = signed, withdrawn
                others[commune].append(Person(signatory_id, name, outcome, None))
        return {
            commune: [
                *(
                    Person(values.signatory_id, values.name, values.outcome, row)
                    for row in self._rows[commune]
                    for values in (row.values,)
                ),
                *others[commune],
            ]
            for commune in communes
            if len(self._rows[commune]) + len(others[commune]) > 1
        }

    def _weigh_due(self, row: Row) -> None:
        """Who signs after a due date is late from the first day on."""
        values = row.values
        if not values.signed_on or values.due_on:
            return
        signed = date_interval(values.signed_on).first
        own = set((values.measures or "").split(";")) - {""}
        late = [name for last, name in self._due if last < signed and (not own or name in own)]
        if late and signed <= (self.asked.pact.term_end or date.max):
            self.doubt(row, "signed_on", "signed_after_due", known=list_names(late))

    def _tell_alike(self, people: list[Person]) -> None:
        """Each person of the file who is new, and the first other one who may be the same."""
        for place, person in enumerate(people):
            if person.row is None:
                continue
            for other in people[:place]:
                if (
                    person.signatory_id in self._new or other.signatory_id in self._new
                ) and same_name(person.name, other.name):
                    self._tell(person, other)
                    break

    def _tell_same_words(self, people: list[Person]) -> None:
        """The same of those with the same words alone, in a time that grows as their number does."""
        first: dict[str, Person] = {}
        first_new: dict[str, Person] = {}
        for person in people:
            key, is_new = name_key(person.name), person.signatory_id in self._new
            other = (first if is_new else first_new).get(key)
            if person.row is not None and other:
                self._tell(person, other)
            first.setdefault(key, person)
            if is_new:
                first_new.setdefault(key, person)

    def _tell(self, person: Person, other: Person) -> None:
        where = {"name": other.name, "id": other.signatory_id}
        assert person.row is not None
        signed = person.row.values.signed_on
        if other.row is not None:
            days = {signed, other.row.values.signed_on} - {None}
            if len(days) > 1:
                where |= {"before": min(days), "wanted": max(days)}
            code = "same_person_signed_twice" if len(days) > 1 else "same_person_in_file"
            self.doubt(person.row, "name", code, **where, first=other.row.line)
            return
        before, withdrawn = self._signed_before[other.signatory_id]
        code = "same_person_in_log"
        if signed and withdrawn and signed > withdrawn:
            where |= {"before": before or log_reading.NONE, "wanted": withdrawn}
            code = "same_person_signed_again"
        elif signed and before and not withdrawn and signed > before:
            where |= {"before": before}
            code = "same_person_signed_before"
        self.doubt(person.row, "name", code, **where)


def _names_in_id(row: Row) -> bool:
    """Whether a word of the name, three letters at least, stands in the id: what a court has removed
    of a name would stay there."""
    words = {word for word in tokens_of(row.values.name) if len(word) > 2 and not word.isdecimal()}
    return not words.isdisjoint(_WORD.findall(row.values.signatory_id.lower()))

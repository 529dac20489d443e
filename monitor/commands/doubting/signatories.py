"""What is odd of signatories: people who may be one and the same."""

from collections import defaultdict
from typing import NamedTuple

from monitor.commands.doubting.base import Weighing, written
from monitor.commands.doubting.elected import tell_outcomes
from monitor.commands.kinds import STATES
from monitor.commands.names import name_key, same_name
from monitor.intake import Row

#: In a commune with more signatories than this, only the same words in another order are told.
MANY = 300
#: A signature so many years before the election is of another time.
YEARS = 2
_THERE = f"""
    SELECT {STATES["signatory"]}, t.signatory_id, x.name, t.commune
    FROM signatory t JOIN entry e ON e.seq = t.seq JOIN signatory_text x ON x.seq = t.seq
    WHERE t.pact_id = :pact AND t.commune IN (:keys) ORDER BY t.seq
"""


class Person(NamedTuple):
    """Somebody in a commune; `row` is that of the file, None if only the log has it."""

    signatory_id: str
    name: str
    row: Row | None


class WeighingSignatories(Weighing):
    """The people of the file are compared with those of the same commune, in the file and the log."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        #: commune -> signatory_id -> who; and who of them is new, or has another name or commune.
        self._people: dict[str, dict[str, Person]] = defaultdict(dict)
        self._new: set[str] = set()
        #: Rows that say anew whether somebody was elected.
        self._said: list[Row] = []

    def weigh(self, kept):
        super().weigh(kept)
        for found, _ in kept:
            signatory_id, name, commune, *_ = found.row.values
            self._people[commune][signatory_id] = Person(signatory_id, name, found.row)
        for found in written(kept):
            self.far(found.row, "signed_on", YEARS)
            before = found.before
            if before is None or (before.values[2], before.values[5]) != (
                found.row.values[2], found.row.values[5],
            ):  # fmt: skip
                self._said.append(found.row)
            if before is None or before.values[1:3] != found.row.values[1:3]:
                self._new.add(found.row.values[0])

    def finish(self):
        super().finish()
        tell_outcomes(self, self._said)
        concerned = [
            commune for commune, people in self._people.items() if self._new.intersection(people)
        ]
        there: dict[str, tuple[str, str]] = {}
        for state, signatory_id, name, commune in self.looked_up(_THERE, concerned):
            if self.asked.counts(state) and name:
                there[signatory_id] = (name, commune)
        for signatory_id, (name, commune) in there.items():
            self._people[commune].setdefault(signatory_id, Person(signatory_id, name, None))
        for commune in concerned:
            self._tell_alike(list(self._people[commune].values()))

    def _tell_alike(self, people: list[Person]) -> None:
        """Each person of the file who is new, and the first other one who may be the same."""
        if len(people) < 2:
            return
        alike = same_name if len(people) <= MANY else _same_words
        told = sorted(people, key=lambda one: one.row.line if one.row else 0)
        for place, person in enumerate(told):
            if person.row is None:
                continue
            for other in told[:place]:
                if not self._new.isdisjoint((person.signatory_id, other.signatory_id)) and alike(
                    person.name, other.name
                ):
                    self._tell(person, other)
                    break

    def _tell(self, person: Person, other: Person) -> None:
        where = {"name": other.name, "id": other.signatory_id}
        if other.row is None:
            self.doubt(person.row, "name", "same_person_in_log", **where)
        else:
            self.doubt(person.row, "name", "same_person_in_file", **where, first=other.row.line)


def _same_words(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)

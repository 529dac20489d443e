"""Whom of the signatories of a pact a cell means."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from monitor.errors import InvalidValue
from monitor.intake.communes import Communes
from monitor.intake.people import People, Person
from monitor.intake.rows import Context
from monitor.models import Outcome

#: (position of the column, code, what fills the sentence)
Problem = tuple[int, str, tuple[tuple[str, str], ...]]
RowValues = list[str | None]


class PersonRules:
    """A part of `Rules`, which has the others."""

    content: str
    context: Context
    place: Mapping[str, int]
    communes: Communes

    def doubt_once(self, about: tuple, doubt: Problem) -> None:
        raise NotImplementedError

    def known_signatory(self, values: RowValues) -> Iterator[Problem]:
        """A signatory of the pact: by their id, their name, or their name and where they signed. Of
        what a row says of a measure, by the place alone as well, where one signed, or of a fact, where
        one of them was elected; that is said."""
        place = self.place["signatory_id"]
        if (text := values[place]) and text not in self.context.signatories:
            try:
                values[place] = self.people.find(text)
            except InvalidValue as error:
                there = self._people_at(text)
                if other := self._other_elected(there):
                    details = (("name", other), ("near", self.people.list_people(there)))
                    yield place, "other_elected_there", details
                elif one := self._one_meant(there):
                    code = "elected_of_place" if len(there) > 1 else "signatory_of_place"
                    self._take_person(values, place, one, code)
                elif one := self._one_of_surname(text):
                    self._take_person(values, place, one, "signatory_by_surname")
                elif there and error.code == "unknown_signatory":
                    details = (("n", str(len(there))), ("near", self.people.list_people(there)))
                    is_won = any(one.outcome == Outcome.ELECTED for one in there)
                    is_lost = self.content == "actions" and not is_won
                    yield place, "nobody_elected_there" if is_lost else "several_at_place", details
                elif len(several := self.people.find_several(text)) > 1:
                    details = (("near", self.people.list_people(several)),)
                    yield place, "signatories_in_cell", details
                elif error.code == "unknown_signatory" and (near := self._begun_at(text)):
                    yield place, "near_signatory", (("near", self.people.list_people(near)),)
                else:
                    yield place, error.code, tuple(error.values.items())

    def _begun_at(self, text: str) -> list[Person]:
        """Who signed in the one place that a text may begin, where a row may call them so."""
        return self.people.begun_at(text) if "measure" in self.place else []

    def _take_person(self, values: RowValues, place: int, one: Person, code: str) -> None:
        """Read a cell as somebody whom it does not name in full; that is said once of each text."""
        text = values[place] or ""
        values[place] = one.signatory_id
        self.doubt_once(("person", text), (place, code, (("name", one.name),)))

    def _one_of_surname(self, text: str) -> Person | None:
        """The one signatory of a place whose surname a text says beside it, of what a row says of a
        measure."""
        found = self.people.with_surname_at(text) if "measure" in self.place else []
        return found[0] if len(found) == 1 else None

    def _people_at(self, text: str) -> list[Person]:
        """Who signed in the place that a text means, where a row may call them so. A mandate may be
        that of somebody else."""
        if "measure" not in self.place or self.context.areas is None:
            return []
        return self.people.at_place(text)

    def _one_meant(self, there: Sequence[Person]) -> Person | None:
        """Whom a row about a place means: the one who signed there; of a fact, who was elected, not who
        lost. What one of several answered may be anybody's."""
        if self.content == "actions":
            if len(there) > 1:
                there = [one for one in there if one.outcome == Outcome.ELECTED]
            else:
                there = [one for one in there if one.outcome != Outcome.DEFEATED]
        return there[0] if len(there) == 1 else None

    def _other_elected(self, there: Sequence[Person]) -> str | None:
        """Who was elected, by a table that was brought, in the place of some signatories, who are none
        of them: what is done there is not theirs."""
        if not there or self.content != "actions":
            return None
        is_known = any(one.outcome == Outcome.ELECTED for one in there)
        return None if is_known else self.context.others_elected.get(there[0].commune)

    def several_named(self, text: str) -> str:
        """The signatories whom a text may mean, as a sentence lists them; "" unless they are several."""
        found = self.people.people_named(text) or self.people.at_place(text)
        return self.people.list_people(found) if len(found) > 1 else ""

    def near_named(self, text: str) -> str:
        """The signatories of whom a text may be the name, as a sentence lists them; "" if of none."""
        try:
            self.people.find(text)
        except InvalidValue as error:
            near = str(error.values.get("near", "")) if error.code == "near_signatory" else ""
            return near or self.people.list_people(self._begun_at(text))
        return ""

    def only_signatory(self) -> Person | None:
        """The one signatory that the pact has, if it has one alone."""
        first, *others = [*islice(self.context.people(), 2)] or [None]
        return None if others else first

    def names_signatory(self, text: str) -> bool:
        """Whether a text means one signatory of the pact."""
        if text in self.context.signatories or len(self.people.people_named(text)) == 1:
            return True
        one = self._one_meant(self._people_at(text)) or self._one_of_surname(text)
        return one is not None

    @cached_property
    def people(self) -> People:
        return People(self.context.people(), self.communes, self.context.id_key)

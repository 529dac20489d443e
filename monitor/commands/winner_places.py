"""Who is elected in each place, by tables of the elected and by those who signed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from monitor.commands.winner_doubts import MANY, FoundWinners, tell_names
from monitor.findings import Doubt
from monitor.intake import Part
from monitor.intake.communes import Communes
from monitor.intake.name_words import CIVILITIES
from monitor.intake.people import Person
from monitor.intake.person_names import tokens_of
from monitor.intake.winners import Winner
from monitor.models import Outcome

WON = (Outcome.ELECTED,)


class WinnerPlaces:
    """Who is said to be elected in each place, by all the tables and by those who signed."""

    def __init__(
        self, known: Mapping[str, Person], communes: Communes, every: Sequence[FoundWinners]
    ):
        self._known, self._communes = known, communes
        self._signed = {one.commune for one in known.values()}
        self._elected: dict[str, set[object]] = {}
        for one in known.values():
            if one.outcome in WON:
                self._elected.setdefault(one.commune, set()).add(one.signatory_id)
        for found in every:
            for name in found.elected:
                self._elected.setdefault(known[name].commune, set()).add(name)
            for one in (*found.others, *(near for near, _ in found.near)):
                for code in self.codes_of(one):
                    self._elected.setdefault(code, set()).add(_name_of(one))

    def codes_of(self, one: Winner) -> Collection[str]:
        """The places that are meant: of several with one name, those where somebody signed."""
        codes = self._communes.codes_meant(one.place)
        return codes & self._signed if len(codes) > 1 else codes

    def without_rivals(self, found: FoundWinners) -> FoundWinners:
        """The same, where one alone is elected in each place. Whom their own list or the log calls
        elected stays so."""
        names = [
            name
            for name in found.elected
            if len(self._elected[self._known[name].commune]) > 1
            and self._known[name].outcome not in WON
        ]
        strangers = [
            one
            for one in found.others
            if any(len(self._elected[code]) > 1 for code in self.codes_of(one))
        ]
        return found._replace(
            elected={name: one for name, one in found.elected.items() if name not in names},
            others=[one for one in found.others if one not in strangers],
            rivals=[*(found.elected[name] for name in names), *strangers],
        )

    def winners_alone(
        self, every: Iterable[FoundWinners], logged: Iterable[Person]
    ) -> Mapping[str, Winner]:
        """By the places that nothing else can mean, who is elected there alone, whether they signed or
        not."""
        every = [*every]
        unsure = {code for found in every for one in found.denied for code in self.codes_of(one)}
        holders: dict[str, set[str]] = {}
        for one in logged:
            if one.outcome in WON:
                holders.setdefault(one.commune, set()).add(one.signatory_id)
        found = {}
        for one in (one for who in every for one in who.others):
            codes = self._communes.codes_meant(one.place)
            if len(codes) == 1 and not codes & (unsure | holders.keys()):
                found |= {code: one for code in codes if len(self._elected[code]) == 1}
        for name, one in (item for who in every for item in who.elected.items()):
            code = self._known[name].commune
            is_alone = len(self._elected[code]) == 1 and holders.get(code, {name}) == {name}
            if code and code not in unsure and is_alone:
                found[code] = one
        return found

    def doubt_unnoted(
        self, part: Part, found: FoundWinners, unsaid: Iterable[Person]
    ) -> Iterator[Doubt]:
        """Who signed where somebody else was elected. `unsaid`: those of whom nobody says a result."""
        there = {code for one in found.others for code in self.codes_of(one)}
        there |= {self._known[name].commune for name in found.elected}
        left = [
            f"{one.name} ({self._communes.name_of(one.commune) or one.commune})"
            for one in unsaid
            if one.commune in there and one.signatory_id not in found.elected
        ]
        if left:
            about = (("sheet", part.sheet or part.name),)
            yield tell_names("winners_elsewhere", about, left, MANY)


def _name_of(one: Winner) -> object:
    return frozenset(tokens_of(one.name)) - CIVILITIES

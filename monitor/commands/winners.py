"""Tables of who was elected, brought with those who signed: the elected among these have their result
from them, and no row is made for anybody else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from monitor import dates
from monitor.areas import search_key
from monitor.commands.loading import file_context, people_of
from monitor.errors import InvalidValue
from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake import Part, read_file_as, shape_of
from monitor.intake.people import People, Person
from monitor.intake.vocabulary import code_of
from monitor.intake.winners import Winner, Winners, find_winners
from monitor.models import Outcome
from monitor.pacts import Pact
from monitor.store import Session

#: People whom a sentence names.
_NAMED = 8
_UNTOLD = (None, "", Outcome.UNKNOWN)
#: A first round may be as long before the day of an election, its second round; offices are taken as
#: long after it, or after the start of the term.
_BEFORE, _AFTER = timedelta(days=130), timedelta(days=60)


@dataclass
class ElectionSaid:
    """The parts, with the results; by the names of the parts, what is told of them; `read`: the names of
    tables that are read for nothing else; `others`: by their places, who was elected and is no
    signatory."""

    parts: list[Part]
    doubts: dict[str, list[Doubt]] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)


def put_winners(
    session: Session, pact: Pact, parts: Sequence[Part], unnamed: Iterable[Part], today: date
) -> ElectionSaid:
    """What tables of the elected say of those who signed, in the tables of these. `unnamed`: the tables
    that nothing else is read of."""
    election = ElectionSaid([*parts])
    tables = [
        (part, found)
        for part in (*unnamed, *(part for part in parts if part.content == "mandates"))
        if (found := find_winners(part)) and found.people and _is_of_pact(found, pact)
    ]
    signed = [n for n, part in enumerate(parts) if part.content == "signatories"]
    if not tables or not signed:
        return election
    shape = shape_of("signatories", file_context(session, pact, "signatories", today))
    rows = {
        n: [row for row in read_file_as(parts[n].open_table(), shape) if not row.errors]
        for n in signed
    }
    brought = [row.values for some in rows.values() for row in some]
    named = (Person(one.signatory_id, one.name or "", one.commune or "") for one in brought)
    people = People([*people_of(session, pact), *named], shape.rules.communes)
    outcomes = {one.signatory_id: one.outcome for one in brought}
    elected: set[str] = set()
    for part, found in tables:
        mine = _find_people(found.people, people, outcomes, pact)
        elected |= mine.elected.keys()
        election.others |= {
            code: one.name
            for one in mine.others
            for code in shape.rules.communes.codes_meant(one.place)
        }
        doubts = election.doubts.setdefault(parts[signed[0]].name, [])
        doubts += mine.doubts(part, found)
        if part not in parts:
            election.read.append(part.name)
            continue
        mending = replace(part.mending, is_of_winners=True)
        election.parts[parts.index(part)] = replace(part, mending=mending)
    for n in signed:
        results = {
            row.line: Outcome.ELECTED.value
            for row in rows[n]
            if row.values.signatory_id in elected and row.values.outcome in _UNTOLD
        }
        if results:
            mending = replace(parts[n].mending, results=results)
            election.parts[n] = replace(parts[n], mending=mending)
    return election


def _is_of_pact(found: Winners, pact: Pact) -> bool:
    """Whether a table says who has the office that the pact is put to."""
    if not found.office or code_of("office", found.office) in pact.binding_offices:
        return True
    own = [one for one in pact.offices if one.code in pact.binding_offices]
    return any(
        search_key(title).startswith(found.office) for one in own for title in one.titles("fr")
    )


def _is_of_election(one: Winner, pact: Pact) -> bool:
    """Whether a table can mean the election of the pact; of another, it says nothing of this one."""
    if not one.when:
        return True
    when, begins = dates.date_interval(one.when), max(pact.election_on, pact.term_start)
    return pact.election_on - _BEFORE <= when.last and when.first <= begins + _AFTER


class _Found(NamedTuple):
    """Who of some elected signed, by their ids; who may have, with who that is; who has not; of whom the
    signatories' own table says that they were not elected; and who was elected at another time."""

    elected: Mapping[str, Winner]
    near: Sequence[tuple[Winner, str]]
    others: Sequence[Winner]
    denied: Sequence[Winner]
    at_other_times: Sequence[Winner]

    def doubts(self, part: Part, found: Winners) -> Iterator[Doubt]:
        about = (("sheet", part.sheet or part.name), ("title", found.title))
        if self.elected:
            yield self._doubt("winners_read", about, [*self.elected.values()])
        if self.near and part.content != "mandates":  # where they are refused
            near = [f"{one.in_words} → {who}" for one, who in self.near]
            yield Doubt(
                None, "", "", "winners_near", (*about, ("near", join_first(near, _NAMED, " | ")))
            )
        if self.denied:
            yield self._doubt("winners_denied", about, self.denied)
        if self.at_other_times:
            yield self._doubt("winners_at_other_times", about, self.at_other_times)
        if self.others:
            yield self._doubt("winners_unsigned", about, self.others)

    @staticmethod
    def _doubt(code: str, about: tuple, people: Sequence[Winner]) -> Doubt:
        names = join_first([one.in_words for one in people], _NAMED, ", ")
        values = (("n", str(len(people))), ("near", names))
        return Doubt(None, "", "", code, (*about, *values))


def _find_people(
    winners: Iterable[Winner], people: People, outcomes: Mapping[str | None, object], pact: Pact
) -> _Found:
    elected, near, others, denied, at_other_times = {}, [], [], [], []
    for one in winners:
        if not _is_of_election(one, pact):
            at_other_times.append(one)
            continue
        try:
            who = people.find(one.in_words)
        except InvalidValue as error:
            if alike := str(error.values.get("near", "")):
                near.append((one, alike))
            else:
                others.append(one)
            continue
        if outcomes.get(who) in (*_UNTOLD, Outcome.ELECTED):
            elected[who] = one
        else:
            denied.append(one)
    return _Found(elected, near, others, denied, at_other_times)

"""Tables of who was elected, brought with those who signed: the elected among these have their result
from them, and no row is made for anybody else."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from monitor import dates
from monitor.areas import search_key
from monitor.commands.defeats import (
    can_tell_defeats,
    doubt_defeats,
    find_defeats,
    find_not_lost,
)
from monitor.commands.doubting.mandates import OF_ONE
from monitor.commands.load_options import NO_NAMES
from monitor.commands.loading import people_of
from monitor.commands.signed_lists import UNTOLD, SignedLists, read_signed_lists
from monitor.commands.winner_doubts import FoundWinners, tell_day, tell_names
from monitor.commands.winner_places import WON, WinnerPlaces
from monitor.errors import InvalidValue
from monitor.findings import Doubt, RowError
from monitor.intake import Part
from monitor.intake.people import People, Person
from monitor.intake.vocabulary import code_of
from monitor.intake.winners import Winner, Winners, find_winners
from monitor.models import AreaCodes, Outcome
from monitor.pacts import Pact
from monitor.store import Session

#: Parts that rest on who signed, and on whether they were elected.
_AFTER_PEOPLE = ("answers", "mandates", "actions", "details", "sources")
#: A first round may be as long before the day of an election, its second round; offices are taken as
#: long after it, or after the start of the term.
_BEFORE, _AFTER = timedelta(days=130), timedelta(days=60)


@dataclass
class ElectionSaid:
    """The parts, with the results; by the names of the parts, what is told of them; `read`: the names of
    tables that are read for nothing else; `others`: by their places, who was elected and is no
    signatory; `errors`: by the names of tables that are said to hold the elected, why nothing is read
    of them."""

    parts: list[Part]
    doubts: dict[str, list[Doubt]] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)
    errors: dict[str, RowError] = field(default_factory=dict)

    def take(self, part: Part) -> None:
        """A table of the elected is read for that alone, or, among the parts, for that too."""
        if part not in self.parts:
            self.read.append(part.name)
            return
        mending = replace(part.mending, is_of_winners=True)
        self.parts[self.parts.index(part)] = replace(part, mending=mending)

    def note(self, signed: SignedLists, results: Mapping[str, str]) -> None:
        """Put results, by the ids of people, into the rows of their lists that say none."""
        for n, rows in signed.rows.items():
            noted = {
                row.line: results[row.values.signatory_id]
                for row in rows
                if row.values.signatory_id in results and row.values.outcome in UNTOLD
            }
            if noted:
                mending = replace(self.parts[n].mending, results=noted)
                self.parts[n] = replace(self.parts[n], mending=mending)

    def insert(self, results: Part) -> None:
        """A list of results, before the parts that rest on these."""
        after = (n for n, one in enumerate(self.parts) if one.content in _AFTER_PEOPLE)
        self.parts.insert(next(after, len(self.parts)), results)


def put_winners(
    session: Session,
    pact: Pact,
    parts: Sequence[Part],
    unnamed: Sequence[Part],
    today: date,
    notes_defeats: bool = False,
    agreed_names: Mapping[str, str] = NO_NAMES,
) -> ElectionSaid:
    """What tables of the elected say of those who signed, in the tables of these. `unnamed`: the tables
    that nothing else is read of. `notes_defeats`: who signed where another person alone was elected
    lost. `agreed_names`: by how these tables write somebody with their place, which signatory that
    is."""
    election = ElectionSaid([*parts])
    tables = _find_tables(parts, unnamed, pact)
    lists = [part for part in parts if part.content == "signatories"]
    logged = {one.signatory_id: one for one in people_of(session, pact)}
    election.errors |= _refuse_tables(unnamed, tables, has_people=bool(lists or logged))
    if not lists:  # mandates alone elect nobody whom the log knows
        tables = [one for one in tables if one[0] not in parts] if logged else []
    if not tables:
        return election
    signed = read_signed_lists(session, pact, parts, logged, today)
    people = People(signed.known.values(), signed.communes)
    every = [
        _Table(part, found, _find_people(found.people, people, signed, pact, agreed_names))
        for part, found in tables
    ]
    places = WinnerPlaces(signed.known, signed.communes, [one.who for one in every])
    told = election.doubts.setdefault((lists or [tables[0][0]])[0].name, [])
    lost: set[str] = set()
    if signed.is_whole and can_tell_defeats(pact, today):
        single = [one for one in every if _is_of_one(one.found, pact)]
        not_lost = find_not_lost(session, pact, parts, signed, people)
        not_lost |= {name for one in single for name in one.who.elected}
        winners = places.winners_alone([one.who for one in single], logged.values())
        defeats = find_defeats(signed, not_lost, winners, today, notes_defeats)
        if defeats:
            sheets = [one.part.sheet or one.part.name for one in single]
            told.append(doubt_defeats(defeats, sheets, notes_defeats))
        lost = {one.person.signatory_id for one in defeats}
    unsaid = [one for one in signed.unsaid if one.signatory_id not in lost]
    results = {name: Outcome.DEFEATED.value for name in lost if notes_defeats}
    for table in every:
        who = _elect(table, signed, places, pact)
        results |= dict.fromkeys(who.elected, Outcome.ELECTED.value)
        election.others |= {code: one.name for one in who.others for code in places.codes_of(one)}
        if signed.is_whole:
            told += _doubt_table(table, who, signed, pact, is_part=table.part in parts)
            if _is_of_one(table.found, pact):
                told += places.doubt_unnoted(table.part, who, unsaid)
        election.take(table.part)
    election.note(signed, results)
    if not lists:
        election.insert(_list_results(tables[0][0].name, logged, results))
    return election


class _Table(NamedTuple):
    """A table that says who was elected, what it says, and who of these signed."""

    part: Part
    found: Winners
    who: FoundWinners


def _find_tables(
    parts: Sequence[Part], unnamed: Sequence[Part], pact: Pact
) -> list[tuple[Part, Winners]]:
    """The tables that say who has the office that the pact is put to, with what they say."""
    mandates = (part for part in parts if part.content == "mandates")
    return [
        (part, found)
        for part in (*unnamed, *mandates)
        if (found := find_winners(part)) and found.people and _is_of_pact(found, pact)
    ]


def _refuse_tables(
    unnamed: Sequence[Part], tables: Sequence[tuple[Part, Winners]], has_people: bool
) -> dict[str, RowError]:
    """By their names, why nothing is read of tables that somebody says to hold the elected: they name
    none, or there is nobody (`has_people`) of whom they could say it."""
    named = {part.name for part, _ in tables}
    return {
        part.name: RowError(None, "", "", "winners_alone" if part.name in named else "no_winners")
        for part in unnamed
        if part.is_said and not (has_people and part.name in named)
    }


def _elect(table: _Table, signed: SignedLists, places: WinnerPlaces, pact: Pact) -> FoundWinners:
    """Who a table elects: of several of a place where one can be nobody, and nobody whose result no row
    would get."""
    who = places.without_rivals(table.who) if _is_of_one(table.found, pact) else table.who
    return who.without(
        lambda one: one not in signed.outcomes and signed.known[one].outcome not in WON
    )


def _doubt_table(
    table: _Table, who: FoundWinners, signed: SignedLists, pact: Pact, is_part: bool
) -> Iterator[Doubt]:
    """What a person must know of whom a table elects. `is_part`: it is read as mandates too."""
    part = table.part
    yield from who.doubts(part, table.found)
    if not is_part and who.elected:
        yield from tell_day(part, table.found, pact)
    if mute := [who.elected[one].in_words for one in who.elected.keys() & signed.silent]:
        about = (("sheet", part.sheet or part.name),)
        yield tell_names("winners_silent", about, sorted(mute))


def _list_results(name: str, logged: Mapping[str, Person], noted: Mapping[str, str]) -> Part:
    """A list of people whom the log knows, with their results; of the rest it says nothing."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("signatory_id", "name", "commune", "outcome"))
    for name_of, result in sorted(noted.items()):
        one = logged[name_of]
        rows.writerow((one.signatory_id, one.name, one.commune, result))
    return Part("signatories", name, io.BytesIO(text.getvalue().encode()))


def _is_of_pact(found: Winners, pact: Pact) -> bool:
    """Whether a table says who has the office that the pact is put to."""
    if not found.office or code_of("office", found.office) in pact.binding_offices:
        return True
    own = [one for one in pact.offices if one.code in pact.binding_offices]
    return any(
        search_key(title).startswith(found.office) for one in own for title in one.titles("fr")
    )


def _is_of_one(found: Winners, pact: Pact) -> bool:
    """Whether one person at a time holds what a table says who was elected to, in each place."""
    is_of_one = set(pact.binding_offices) <= set(OF_ONE) and pact.areas is not AreaCodes.OWN
    return bool(found.office) or is_of_one


def _is_of_election(one: Winner, pact: Pact) -> bool:
    """Whether a table can mean the election of the pact; of another, it says nothing of this one."""
    if not one.when:
        return True
    when, begins = dates.date_interval(one.when), max(pact.election_on, pact.term_start)
    return pact.election_on - _BEFORE <= when.last and when.first <= begins + _AFTER


def _find_people(
    winners: Iterable[Winner],
    people: People,
    signed: SignedLists,
    pact: Pact,
    agreed_names: Mapping[str, str],
) -> FoundWinners:
    elected, near, others, denied, at_other_times = {}, [], [], [], []
    agreed = []
    for one in winners:
        if not _is_of_election(one, pact):
            at_other_times.append(one)
            continue
        try:
            called = agreed_names.get(one.in_words)
            who = people.find(called or one.in_words)
            agreed += [(one, called)] if called else []
        except InvalidValue as error:
            alike = str(error.values.get("near", ""))
            who = _find_elected(alike, people, signed) if alike else None
            if who is None:
                near += [(one, alike)] if alike else []
                others += [] if alike else [one]
                continue
        if signed.outcomes.get(who) in (*UNTOLD, Outcome.ELECTED):
            elected[who] = one
        else:
            denied.append(one)
    return FoundWinners(elected, near, others, denied, at_other_times, agreed=agreed)


def _find_elected(alike: str, people: People, signed: SignedLists) -> str | None:
    """The one signatory of a name that is near, if they are known as elected already."""
    try:
        who = people.find(alike)
    except InvalidValue:  # several
        return None
    known = signed.logged.get(who) or signed.known.get(who)
    return who if known and known.outcome in WON else None

"""Tables of who was elected, brought with those who signed: the elected among these have their result
from them, and no row is made for anybody else."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from monitor import dates
from monitor.areas import search_key
from monitor.commands.defeats import (
    bodies_of,
    can_tell_defeats,
    doubt_defeats,
    find_defeats,
    list_holders,
)
from monitor.commands.doubting.mandates import OF_ONE
from monitor.commands.loading import file_context, people_of
from monitor.commands.winner_doubts import FoundWinners, tell_day, tell_names
from monitor.commands.winner_places import WON, WinnerPlaces
from monitor.errors import InvalidValue
from monitor.findings import Doubt, RowError
from monitor.intake import Part, read_file_as, shape_of
from monitor.intake.people import People, Person
from monitor.intake.vocabulary import code_of
from monitor.intake.winners import Winner, Winners, find_winners
from monitor.models import AreaCodes, Outcome, SignatoryKind
from monitor.pacts import Pact
from monitor.schema import Values
from monitor.store import Session

_UNTOLD = (None, "", Outcome.UNKNOWN)
#: What the log says of the election itself, the last version last.
_OUTCOMES = "SELECT signatory_id, outcome FROM signatory WHERE pact_id = :pact ORDER BY seq"
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


def put_winners(
    session: Session,
    pact: Pact,
    parts: Sequence[Part],
    unnamed: Sequence[Part],
    today: date,
    notes_defeats: bool = False,
) -> ElectionSaid:
    """What tables of the elected say of those who signed, in the tables of these. `unnamed`: the tables
    that nothing else is read of. `notes_defeats`: who signed where another person alone was elected
    lost."""
    election = ElectionSaid([*parts])
    tables = [
        (part, found)
        for part in (*unnamed, *(part for part in parts if part.content == "mandates"))
        if (found := find_winners(part)) and found.people and _is_of_pact(found, pact)
    ]
    signed = [n for n, part in enumerate(parts) if part.content == "signatories"]
    logged = {one.signatory_id: one for one in people_of(session, pact)}
    alone = [one for one in tables if one[0] not in parts] if logged and not signed else []
    named = {part.name: found for part, found in tables}
    for part in unnamed:
        if part.is_said and not ((signed or logged) and part.name in named):
            code = "winners_alone" if part.name in named else "no_winners"
            election.errors[part.name] = RowError(None, "", "", code)
    tables = tables if signed else alone
    if not tables:
        return election
    shape = shape_of("signatories", file_context(session, pact, "signatories", today))
    every = {n: [*read_file_as(parts[n].open_table(), shape)] for n in signed}
    rows = {n: [row for row in some if not row.errors] for n, some in every.items()}
    is_whole = rows == every  # who is not read yet may have signed
    brought = [row.values for some in rows.values() for row in some]
    silent = {
        row.values.signatory_id
        for n, some in rows.items()
        for row in some
        if row.line in parts[n].mending.unsigned
    }
    known = logged | {one.signatory_id: _person_of(one) for one in brought}
    people = People(known.values(), shape.rules.communes)
    outcomes: dict[str | None, object] = {one.signatory_id: one.outcome for one in brought}
    if alone:
        outcomes |= dict(session.rows(_OUTCOMES, pact=pact.id))
    told_of = parts[signed[0]].name if signed else tables[0][0].name
    unsaid = [
        one
        for name, one in known.items()
        if name in outcomes and {one.outcome, logged.get(str(name), one).outcome} <= {*_UNTOLD}
    ]
    mine = [
        (part, found, _find_people(found.people, people, outcomes, pact)) for part, found in tables
    ]
    places = WinnerPlaces(known, shape.rules.communes, [found for _, _, found in mine])
    elected: set[str] = set()
    lost: list[str] = []
    if is_whole and can_tell_defeats(pact, today):
        single = [(part, who) for part, found, who in mine if _is_of_one(found, pact)]
        bodies = bodies_of(session, pact) | {
            one.signatory_id for one in brought if one.kind not in (None, "", SignatoryKind.PERSON)
        }
        told = {one.signatory_id for one in brought if one.outcome not in _UNTOLD}
        not_lost = bodies | told | list_holders(parts, people)
        not_lost |= {name for _, who in single for name in who.elected}
        eligible = [
            one
            for name, one in known.items()
            if name in outcomes and name not in not_lost and _may_have_lost(one, logged)
        ]
        winners = places.winners_alone([who for _, who in single], logged.values())
        defeats = find_defeats(eligible, winners, today)
        if not notes_defeats:
            defeats = [one for one in defeats if one.person in unsaid]
        if defeats:
            sheets = [part.sheet or part.name for part, _ in single]
            doubt = doubt_defeats(defeats, sheets, notes_defeats)
            election.doubts.setdefault(told_of, []).append(doubt)
            lost = [one.person.signatory_id for one in defeats]
    unsaid = [one for one in unsaid if one.signatory_id not in lost]
    for part, found, who in mine:
        if _is_of_one(found, pact):
            who = places.without_rivals(who)
        who = who.without(lambda one: one not in outcomes and known[one].outcome not in WON)
        elected |= who.elected.keys()
        election.others |= {code: one.name for one in who.others for code in places.codes_of(one)}
        doubts = election.doubts.setdefault(told_of, [])
        doubts += who.doubts(part, found) if is_whole else ()
        if is_whole and part not in parts and who.elected:
            doubts += tell_day(part, found, pact)
        if is_whole and (
            mute := [who.elected[one].in_words for one in who.elected.keys() & silent]
        ):
            doubts.append(
                tell_names("winners_silent", (("sheet", part.sheet or part.name),), sorted(mute))
            )
        if is_whole and _is_of_one(found, pact):
            doubts += places.doubt_unnoted(part, who, unsaid)
        if part not in parts:
            election.read.append(part.name)
            continue
        mending = replace(part.mending, is_of_winners=True)
        election.parts[parts.index(part)] = replace(part, mending=mending)
    noted = {name: Outcome.ELECTED.value for name in elected}
    noted |= {name: Outcome.DEFEATED.value for name in lost if notes_defeats}
    for n in signed:
        results = {
            row.line: noted[row.values.signatory_id]
            for row in rows[n]
            if row.values.signatory_id in noted and row.values.outcome in _UNTOLD
        }
        if results:
            mending = replace(parts[n].mending, results=results)
            election.parts[n] = replace(parts[n], mending=mending)
    if alone:
        at = next((n for n, one in enumerate(parts) if one.content in _AFTER_PEOPLE), len(parts))
        election.parts.insert(at, _list_results(told_of, logged, noted))
    return election


def _list_results(name: str, logged: Mapping[str, Person], noted: Mapping[str, str]) -> Part:
    """A list of people whom the log knows, with their results; of the rest it says nothing."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("signatory_id", "name", "commune", "outcome"))
    for name_of, result in sorted(noted.items()):
        one = logged[name_of]
        rows.writerow((one.signatory_id, one.name, one.commune, result))
    return Part("signatories", name, io.BytesIO(text.getvalue().encode()))


def _may_have_lost(one: Person, logged: Mapping[str, Person]) -> bool:
    """Whether neither their list nor the log says of somebody more than that they lost."""
    return {one.outcome, logged.get(one.signatory_id, one).outcome} <= {
        *_UNTOLD,
        Outcome.DEFEATED,
    }


def _person_of(row: Values) -> Person:
    return Person(row.signatory_id, row.name or "", row.commune or "", str(row.outcome or ""))


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
    winners: Iterable[Winner], people: People, outcomes: Mapping[str | None, object], pact: Pact
) -> FoundWinners:
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
    return FoundWinners(elected, near, others, denied, at_other_times)

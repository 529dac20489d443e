"""Which signatories held office, by the states of a register: proposals, which a person confirms.

Nothing here says that somebody lost: « defeated » is proposed only where another held the office from
the election on, and no name comes near.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from monitor.matching.names import RANK, Level, compare_names
from monitor.matching.register import Person, Register
from monitor.models import Outcome

#: A council elects its mayor within days of its election; whoever takes office later than this after
#: the election of the pact was elected at another.
AT_THE_ELECTION = timedelta(days=92)


class Signatory(NamedTuple):
    """Who signed: `commune` is an INSEE code of today."""

    id: str
    name: str
    commune: str


class Match(NamedTuple):
    """What one state of the register says of one signatory. `person`: the nearest, whoever held the
    office where the level is NONE, None where nobody did."""

    signatory: Signatory
    register: Register
    level: Level
    person: Person | None


class Mandate(NamedTuple):
    """A time in office, as a register lets it be seen. `ended_on`: the month of the day before the next
    beginning, None while the last state still shows it. `gap`: it ended before that, unknown when."""

    started_on: str | None
    ended_on: str | None
    gap: bool
    register: Register


@dataclass(frozen=True)
class Proposal:
    """What is proposed of one signatory: nothing is written before a person has confirmed it."""

    signatory: Signatory
    #: That of the best match of all states.
    level: Level
    #: One a state, in their order.
    matches: tuple[Match, ...]
    #: None where no state tells.
    outcome: Outcome | None
    mandates: tuple[Mandate, ...]


def match_signatories(signatories: Iterable[Signatory], register: Register) -> list[Match]:
    """One match each, in their order. Where two of one commune would both be certain of one person,
    neither is: both are probable."""
    found = [_nearest(one, register) for one in signatories]
    certain = Counter(_line_of(one) for one in found if one.level is Level.CERTAIN)
    return [
        one._replace(level=Level.PROBABLE)
        if one.level is Level.CERTAIN and certain[_line_of(one)] > 1
        else one
        for one in found
    ]


def _line_of(match: Match) -> tuple[str, int] | None:
    """What tells the person of a match from the others of the register."""
    person = match.person
    return (person.commune, person.line) if person is not None else None


def _nearest(signatory: Signatory, register: Register) -> Match:
    levels = [
        (
            compare_names(signatory.name, person.family, person.given, woman=person.woman is True),
            person,
        )
        for person in register.by_commune.get(signatory.commune, ())
    ]
    if not levels:
        return Match(signatory, register, Level.NONE, None)
    level, person = min(levels, key=lambda one: RANK[one[0]])
    rivals = sum(other is Level.CERTAIN for other, _ in levels) > 1
    if level is Level.CERTAIN and (rivals or person.disputed):
        level = Level.PROBABLE
    return Match(signatory, register, level, person)


def propose(
    signatories: Sequence[Signatory], registers: Iterable[Register], election_on: date
) -> list[Proposal]:
    """What the states say together, one proposal a signatory, in their order."""
    states = sorted(registers, key=lambda one: one.day)
    matched = zip(*(match_signatories(signatories, state) for state in states), strict=True)
    return [_proposal(tuple(matches), election_on) for matches in matched]


def _proposal(matches: tuple[Match, ...], election_on: date) -> Proposal:
    level = min((one.level for one in matches), key=RANK.__getitem__)
    return Proposal(
        matches[0].signatory,
        level,
        matches,
        _outcome(matches, election_on),
        _mandates(matches, election_on),
    )


def _in_office(match: Match) -> bool:
    return match.level in (Level.CERTAIN, Level.PROBABLE)


def _outcome(matches: Sequence[Match], election_on: date) -> Outcome | None:
    """What the first state after the election says of it: nothing, where its mayor, whoever it is, took
    office later than at the election, or nobody knows when."""
    first = next((one for one in matches if one.register.day >= election_on), None)
    if first is None or first.person is None:
        return None
    limit = election_on + AT_THE_ELECTION
    if first.person.disputed or (first.person.started_on or first.register.day) > limit:
        return None
    if _in_office(first):
        return Outcome.ELECTED
    return Outcome.DEFEATED if first.level is Level.NONE else None


def _mandates(matches: Sequence[Match], election_on: date) -> tuple[Mandate, ...]:
    """The times in office since the election. Each ends where the next person, or the next time of the
    same one, begins; of one that began anew within the term of a council nobody knows when the one
    before ended."""
    found: list[Mandate] = []
    for match in (one for one in matches if one.register.day >= election_on):
        began = match.person.started_on if match.person else None
        last = found[-1] if found and found[-1].ended_on is None and not found[-1].gap else None
        if not _in_office(match):
            if last is not None and match.person is not None:
                found[-1] = _ended(last, began)
            continue
        if last is not None:
            if began is None or began <= last.register.day:
                found[-1] = last._replace(
                    register=match.register, started_on=last.started_on or _iso(began)
                )
                continue
            term = match.person.term_started_on if match.person is not None else None
            anew = term is not None and term > last.register.day
            found[-1] = _ended(last, began) if anew else last._replace(gap=True)
        found.append(Mandate(_iso(began), None, False, match.register))
    return tuple(found)


def _ended(mandate: Mandate, successor: date | None) -> Mandate:
    if successor is None or successor <= mandate.register.day:
        return mandate._replace(gap=True)
    return mandate._replace(ended_on=f"{successor - timedelta(days=1):%Y-%m}")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

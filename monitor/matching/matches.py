"""Which signatories held office, by the states of a register: proposals, which a person confirms.

Nothing here says that somebody lost: « defeated » is proposed only where another held the office from
the election on, and no name comes near.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from monitor.matching.name_levels import RANK, Level, compare_names
from monitor.matching.register import Person, Register
from monitor.models import EndReason, Outcome

#: A council elects its mayor within days of its election; whoever takes office later than this after
#: the election of the pact was elected at another.
AT_THE_ELECTION = timedelta(days=92)
#: Of an election whose second round was put off (2020: from March to June), some councils began so long
#: after the first, and elected their mayors within a month.
PUT_OFF, WITHIN = timedelta(days=110), timedelta(days=31)
#: A state without any day shows the new councils so long after their election.
INSTALLED = timedelta(days=14)
#: A council that began so long before the election of a pact, or before the end of its term, is that of
#: the election before, or of the next: by-elections are rare then. From January of the year before, only
#: a council that lost half of its members has one (Code électoral, L. 258, version of 2019-12-29).
NEW_COUNCIL = timedelta(days=183)


class Judgement(StrEnum):
    """What a person said of a signatory and somebody of a register: the same, another; or another, and
    the signatory was not elected."""

    SAME = "same"
    OTHER = "other"
    DEFEATED = "defeated"


#: By the id of a signatory, then by the key of a person of a register.
Judgements = Mapping[str, Mapping[str, Judgement]]


class Signatory(NamedTuple):
    """Who signed: `commune` is an INSEE code of today."""

    id: str
    name: str
    commune: str


class Match(NamedTuple):
    """What one state of the register says of one signatory. `person`: the nearest, whoever held the
    office where the level is NONE, None where nobody did. `judgement`: what a person said of the two,
    before which the level gives way."""

    signatory: Signatory
    register: Register
    level: Level
    person: Person | None
    judgement: Judgement | None = None


class Mandate(NamedTuple):
    """A time in office, as a register lets it be seen. `ended_on`: the month of the day before the next
    beginning, None while the last state still shows it. `gap`: it ended before that, unknown when."""

    started_on: str | None
    ended_on: str | None
    gap: bool
    register: Register
    end_reason: EndReason | None = None


@dataclass(frozen=True)
class Proposal:
    """What is proposed of one signatory: nothing is written before a person has confirmed it."""

    signatory: Signatory
    #: That of the least sure name which the proposal rests on, or which may change it.
    level: Level
    #: One a state, in their order.
    matches: tuple[Match, ...]
    #: None where no state tells.
    outcome: Outcome | None
    mandates: tuple[Mandate, ...]
    #: What the level comes from: a match each of those whose names come near, in their order; where
    #: none does, of whoever held the office in their place.
    shown: tuple[Match, ...]


def match_signatories(
    signatories: Iterable[Signatory], register: Register, judgements: Judgements | None = None
) -> list[Match]:
    """One match each, in their order. Where two of one commune would both be certain of one person,
    neither is: both are probable, but for whom a person has judged."""
    found = [_nearest(one, register, (judgements or {}).get(one.id, {})) for one in signatories]
    certain = Counter(_line_of(one) for one in found if one.level is Level.CERTAIN)
    return [
        one._replace(level=Level.PROBABLE)
        if one.level is Level.CERTAIN and certain[_line_of(one)] > 1 and not one.judgement
        else one
        for one in found
    ]


def _line_of(match: Match) -> tuple[str, int] | None:
    """What tells the person of a match from the others of the register."""
    person = match.person
    return (person.commune, person.line) if person is not None else None


def _nearest(
    signatory: Signatory, register: Register, judgements: Mapping[str, Judgement]
) -> Match:
    found = []
    for person in register.by_commune.get(signatory.commune, ()):
        judged = judgements.get(person.key) if judgements else None
        if judged is not None:
            level = Level.CERTAIN if judged is Judgement.SAME else Level.NONE
        else:
            woman = person.woman is True
            level = compare_names(signatory.name, person.family, person.given, woman=woman)
        found.append(Match(signatory, register, level, person, judged))
    if not found:
        return Match(signatory, register, Level.NONE, None)
    match = min(found, key=lambda one: (RANK[one.level], one.judgement is None))
    rivals = sum(one.level is Level.CERTAIN for one in found) > 1
    disputed = match.person is not None and match.person.disputed
    if match.level is Level.CERTAIN and not match.judgement and (rivals or disputed):
        return match._replace(level=Level.PROBABLE)
    return match


def propose_matches(
    signatories: Sequence[Signatory],
    registers: Iterable[Register],
    election_on: date,
    term_end: date | None = None,
    judgements: Judgements | None = None,
) -> list[Proposal]:
    """What the states say together, one proposal a signatory, in their order. `term_end`: that of the
    pact; nothing is proposed of a council elected then, but the end of the mandates before it."""
    states = sorted(registers, key=lambda one: one.day)
    matched = zip(*(match_signatories(signatories, one, judgements) for one in states), strict=True)
    return [_proposal(tuple(matches), election_on, term_end) for matches in matched]


def _proposal(matches: tuple[Match, ...], election_on: date, term_end: date | None) -> Proposal:
    since = [one for one in matches if not _of_former_council(one, election_on)]
    first_of_next = next(
        (n for n, one in enumerate(since) if _of_next_council(one, term_end)), len(since)
    )
    within, after = since[:first_of_next], since[first_of_next:]
    near = [one for one in within or matches if one.level is not Level.NONE]
    others = [one for one in within or matches if one.person is not None]
    return Proposal(
        matches[0].signatory,
        max((one.level for one in near), key=RANK.__getitem__, default=Level.NONE),
        matches,
        _outcome(within, election_on),
        _mandates(within, after),
        _first_of_each_person(near or others),
    )


def _of_former_council(match: Match, election_on: date) -> bool:
    """Whether the state shows the council of before the election."""
    if match.register.day < election_on:
        return True
    began = _council_began(match.person)
    if began is None:
        return match.person is not None and match.register.day < election_on + INSTALLED
    return began <= election_on - NEW_COUNCIL


def _of_next_council(match: Match, term_end: date | None) -> bool:
    """Whether the state shows the council that was elected when the term of the pact ended."""
    if term_end is None or match.person is None:
        return False
    began = _council_began(match.person)
    return match.register.day > term_end if began is None else began > term_end - NEW_COUNCIL


def _council_began(person: Person | None) -> date | None:
    return None if person is None else person.term_started_on or person.started_on


def _first_of_each_person(matches: Iterable[Match]) -> tuple[Match, ...]:
    found: dict[str, Match] = {}
    for match in matches:
        if match.person is not None:
            found.setdefault(match.person.key, match)
    return tuple(found.values())


def _in_office(match: Match) -> bool:
    return match.level in (Level.CERTAIN, Level.PROBABLE)


def _outcome(within: Sequence[Match], election_on: date) -> Outcome | None:
    """What the first state after the election that knows a mayor says of it: nothing, where that mayor,
    whoever it is, took office later than at the election, or nobody knows when."""
    first = next((one for one in within if one.person is not None), None)
    if first is None or first.person is None:
        return None
    limit = election_on + AT_THE_ELECTION
    council = first.person.term_started_on
    if council is not None and council <= election_on + PUT_OFF:
        limit = max(limit, council + WITHIN)
    disputed = first.person.disputed and not first.judgement
    if disputed or (first.person.started_on or first.register.day) > limit:
        return None
    if _in_office(first):
        return Outcome.ELECTED
    unlike = first.level is Level.NONE and first.judgement is not Judgement.OTHER
    return Outcome.DEFEATED if unlike else None


def _mandates(within: Sequence[Match], after: Sequence[Match]) -> tuple[Mandate, ...]:
    """The times in office within the term of a pact. Each ends where the next person, or the next time
    of the same one, begins; of one that began anew within the term of a council nobody knows when the
    one before ended. What begins `after`, with the next council, ends the last of them."""
    found: list[Mandate] = []
    for match in within:
        began = match.person.started_on if match.person else None
        last = found[-1] if found and found[-1].ended_on is None and not found[-1].gap else None
        if not _in_office(match):
            if last is not None and match.person is not None:
                found[-1] = _ended(last, began, EndReason.OTHER)
            continue
        if last is not None:
            if began is None or began <= last.register.day:
                found[-1] = last._replace(
                    register=match.register, started_on=last.started_on or _iso(began)
                )
                continue
            term = match.person.term_started_on if match.person is not None else None
            anew = term is not None and term > last.register.day
            found[-1] = _ended(last, began if anew else None, EndReason.OTHER)
        found.append(Mandate(_iso(began), None, False, match.register))
    if found and after and found[-1].ended_on is None and not found[-1].gap:
        person = after[0].person
        found[-1] = _ended(found[-1], person and person.started_on, EndReason.TERM_END)
    return tuple(found)


def _ended(mandate: Mandate, successor: date | None, reason: EndReason) -> Mandate:
    """As the beginning of whoever came next lets it be seen."""
    mandate = mandate._replace(end_reason=reason)
    if successor is None or successor <= mandate.register.day:
        return mandate._replace(gap=True)
    return mandate._replace(ended_on=f"{successor - timedelta(days=1):%Y-%m}")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

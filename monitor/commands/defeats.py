"""Who lost, where tables of the elected name somebody else: noted only where a person says so."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from monitor import dates
from monitor.commands.doubting.mandates import OF_ONE
from monitor.commands.signed_lists import UNTOLD, SignedLists
from monitor.findings import Doubt
from monitor.intake import Part
from monitor.intake.cells import clean_cell
from monitor.intake.name_words import CIVILITIES, PARTICLES
from monitor.intake.people import People, Person
from monitor.intake.person_names import tokens_of
from monitor.intake.unreadable import Unreadable
from monitor.intake.winners import Winner, find_winners
from monitor.models import AreaCodes, SignatoryKind
from monitor.pacts import Pact
from monitor.store import Session

_KINDS = "SELECT signatory_id, kind FROM signatory WHERE pact_id = :pact"
#: Words of what is no name of a person: a list, or a vote that is not over.
_NOBODY = frozenset(
    (
        *("liste", "list", "union", "parti", "party", "gauche", "droite", "ensemble", "tour"),
        *("round", "ballottage", "ballotage", "runoff", "inconnu", "inconnue", "unknown", "vacant"),
        *("attente", "pending", "venir", "elu", "elue", "elected", "aucun", "aucune", "collectif"),
        *("rassemblement", "divers", "sans", "non", "not", "delegation", "annule", "annulee"),
    )
)


class Defeat(NamedTuple):
    """Who signed in a place, and who was elected there."""

    person: Person
    winner: Winner

    @property
    def in_words(self) -> str:
        """Both as a question names them: who signed, where, and who was elected."""
        return f"{self.person.name} ({self.winner.place}, {self.winner.name})"


def can_tell_defeats(pact: Pact, today: date) -> bool:
    """Whether who is not elected in a place lost there: after the vote, of a pact that binds nobody
    but mayors."""
    is_of_one = {*pact.binding_offices} <= {*OF_ONE} and pact.areas is not AreaCodes.OWN
    return is_of_one and today > pact.election_on


def find_defeats(
    signed: SignedLists,
    not_lost: Collection[str],
    winners: Mapping[str, Winner],
    today: date,
    notes_defeats: bool,
) -> list[Defeat]:
    """Those who signed where one person alone is elected, and is surely another. `not_lost`: those who
    did not lose by that; `winners`: by their places. Unless somebody says so (`notes_defeats`), only
    those of whom nobody says a result."""
    found = signed.perhaps_lost if notes_defeats else signed.unsaid
    return [
        Defeat(one, winner)
        for one in found
        if one.signatory_id not in not_lost
        and (winner := winners.get(one.commune))
        and _is_person(winner.name)
        and not _is_to_come(winner, today)
        and _is_person(one.name)
        and not _words_of(one.name) & _words_of(winner.name)
    ]


def find_not_lost(
    session: Session, pact: Pact, parts: Iterable[Part], signed: SignedLists, people: People
) -> set[str]:
    """The signatories of whom a table of the elected says no defeat: bodies, those whose list says their
    result, and whom tables of mandates may name."""
    brought = signed.brought
    bodies = {
        one.signatory_id for one in brought if one.kind not in (None, "", SignatoryKind.PERSON)
    }
    told = {one.signatory_id for one in brought if one.outcome not in UNTOLD}
    return bodies | told | _bodies_of(session, pact) | _list_holders(parts, people)


def _bodies_of(session: Session, pact: Pact) -> set[str]:
    """The signatories whom the log calls anything but persons."""
    rows = session.rows(_KINDS, pact=pact.id)
    return {name for name, kind in rows if kind not in (None, "", SignatoryKind.PERSON)}


def _list_holders(parts: Iterable[Part], people: People) -> set[str]:
    """The signatories whom tables of mandates may name, by their names or where they signed."""
    found: set[str] = set()
    for part in parts:
        if part.content == "mandates":
            named = _named_in(part, people, by_place=find_winners(part) is None)
            found |= {one.signatory_id for one in named}
    return found


def doubt_defeats(defeats: Sequence[Defeat], sheets: Collection[str], noted: bool) -> Doubt:
    """Say all of them, since somebody has to agree to each."""
    values = (
        ("sheet", ", ".join(sheets)),
        ("n", str(len(defeats))),
        ("near", ", ".join(one.in_words for one in defeats)),
    )
    return Doubt(None, "", "", "winners_defeat" if noted else "winners_instead", values)


def _named_in(part: Part, people: People, by_place: bool) -> Iterator[Person]:
    try:
        cells = {clean_cell(cell) for _, _, row in part.open_table() for cell in row}
    except Unreadable:  # and refused for it
        return
    for cell in filter(None, cells):
        yield from people.people_named(cell)
        if by_place:
            yield from people.at_place(cell)


def _is_person(name: str) -> bool:
    """Whether a name is surely that of one person, with a first name."""
    words = _words_of(name)
    is_plain = len(words) > 1 and not any(map(str.isdigit, name)) and "/" not in name
    tokens = [*tokens_of(name)]
    surnames = {"tour"} if ("la", "tour") in pairwise(tokens) else set()
    return is_plain and not ({*tokens} & _NOBODY) - surnames


def _words_of(name: str) -> set[str]:
    return {*tokens_of(name)} - CIVILITIES - PARTICLES


def _is_to_come(winner: Winner, today: date) -> bool:
    return bool(winner.when) and dates.date_interval(winner.when).first > today

"""What is odd of who signs: a person under two names, or twice in a pact; a signature that is withdrawn
before it is given; an office of one person that a list, a party or a body would hold."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from monitor.commands.doubting.base import Weighing
from monitor.commands.files import STATES
from monitor.dates import date_interval
from monitor.i18n import join_first
from monitor.intake import Row
from monitor.intake.person_names import same_name, tokens_of
from monitor.models import Office
from monitor.snapshot.rows import NAMELESS
from monitor.store.base import in_lists

#: Offices that only a person can hold.
OF_A_PERSON = (Office.MAYOR, Office.DEPUTY_MAYOR)
_ALSO = f"""
    SELECT {STATES["signatory"]}, t.pact_id, t.signatory_id, t.person_id, x.name
    FROM signatory t JOIN entry e ON e.seq = t.seq JOIN signatory_text x ON x.seq = t.seq
    WHERE t.seq <= :until AND EXISTS (
        SELECT 1 FROM signatory o WHERE o.pact_id = t.pact_id AND o.signatory_id = t.signatory_id
        AND o.person_id IN (:keys)) ORDER BY t.seq
"""
#: Of whom a court had the name removed, here or in the database from which an export brought them: their
#: texts are few, and found first.
_REMOVED = f"""
    SELECT DISTINCT t.commune, t.signatory_id FROM signatory_text x CROSS JOIN signatory t
    WHERE coalesce(x.name, '{NAMELESS}') = '{NAMELESS}' AND t.seq = x.seq
    AND t.pact_id = :pact AND t.seq <= :until ORDER BY t.signatory_id
"""


#: Letters of a name that are looked at.
_LOOKED = 200
_ANSWERED = (
    "SELECT DISTINCT t.signatory_id FROM answer t WHERE t.pact_id = :pact AND :until >= 0 "
    "AND t.signatory_id IN (:keys)"
)
#: Names of people that a sentence lists.
_NAMED = 5
#: What no name has.
_MORE = re.compile(r"[()\[\],:@*†‡¹²³⁴-⁹]")
#: What stands between two names in one cell.
_AND = re.compile(r"\S\s+(?:et|and|avec|with|&|\+|/|\|)\s+\S|\S\s*[;|]\s*\S", re.IGNORECASE)
#: « DUPONT Jean, MARTIN Léa », « Jean Dupont – Léa Martin »: two words or more on either side.
_TWICE = re.compile(
    r"[^\W\d_]\S+(?: \S+)+(?:,| [-–—]) [^\W\da-zà-ÿ_]\S+(?: \S+)* [^\W\da-zà-ÿ_]\S+"
)


class _Also(NamedTuple):
    """A signatory of that person: of which pact, with the row of the file, None if the log has it."""

    pact: str
    signatory_id: str
    name: str
    row: Row | None


def tell_withdrawn(weighing: Weighing, rows: Iterable[Row]) -> None:
    """Signatures that were withdrawn before they were given: they bind on no day."""
    for row in rows:
        signed, withdrawn = row.values.signed_on, row.values.withdrawn_on
        if signed and withdrawn and date_interval(withdrawn).last < date_interval(signed).first:
            weighing.doubt(row, "withdrawn_on", "withdrawn_before_signature", signed=signed)


def tell_two_names(weighing: Weighing, rows: Iterable[Row]) -> None:
    """Names that seem to be those of two people, or to hold more than a name, where nobody says that it
    is a list or a party."""
    for row in rows:
        name = (row.values.name or "")[:_LOOKED]
        if row.values.kind is None and (_AND.search(name) or _TWICE.search(name)):
            weighing.doubt(row, "name", "two_names")
        elif row.values.kind is None and _MORE.search(name):
            weighing.doubt(row, "name", "more_than_name")


def tell_in_two_places(weighing: Weighing, rows: Iterable[Row]) -> None:
    """People of one name, of two words at least, in two places: two people, or one who is said to have
    signed where they did not stand."""
    places: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows:
        if row.values.kind is None and not row.values.person_id:
            key = tuple(sorted(tokens_of(row.values.name or "")))
            if len(key) > 1:
                places.setdefault(key, {}).setdefault(row.values.commune, row)
    several = [[*there.values()] for there in places.values() if len(there) > 1]
    if several:
        lines = [
            f"{some[0].values.name} ({', '.join(str(row.line) for row in some)})"
            for some in several
        ]
        known = join_first(lines, _NAMED, ", ")
        weighing.doubt(None, "name", "name_in_two_places", n=len(several), known=known)


def tell_signed_unanswered(weighing: Weighing, rows: Iterable[Row]) -> None:
    """Who has a day of signature, where others answered measure by measure: they are taken to have
    signed all measures, which the day of an answer would not mean."""
    signed = {
        row.values.signatory_id: row.values.name or row.values.signatory_id
        for row in rows
        if row.values.signed_on and not row.values.measures
    }
    if not signed or not weighing.log.any_of("answer"):
        return
    answered = {name for (name,) in weighing.look_up(_ANSWERED, [*signed])}
    names = [name for one, name in signed.items() if one not in answered]
    if names:
        known = join_first(names, _NAMED, ", ")
        weighing.doubt(None, "signed_on", "signed_unanswered", n=len(names), known=known)


def tell_undated(weighing: Weighing, rows: Iterable[Row]) -> None:
    """Who has no day of signature where others of the file have one, and neither measures nor answers: a
    list of candidates says so of those who did not sign, and they are taken to have signed it all."""
    bare, is_dated = {}, False
    for row in rows:
        values = row.values
        is_dated = is_dated or bool(values.signed_on)
        if not (values.signed_on or values.measures or values.withdrawn_on):
            bare[values.signatory_id] = values.name or values.signatory_id
    if not bare or not is_dated:
        return
    answered = set()
    if weighing.log.any_of("answer"):
        answered = {name for (name,) in weighing.look_up(_ANSWERED, [*bare])}
    names = [name for one, name in bare.items() if one not in answered]
    if names:
        known = join_first(names, _NAMED, ", ")
        weighing.doubt(None, "signed_on", "undated_signature", n=len(names), known=known)


def tell_removed(weighing: Weighing, newcomers: Sequence[Row]) -> None:
    """Somebody new where a name was removed: it may be the same one, under another id or spelling."""
    before = weighing.before
    gone = {}
    if newcomers and before.any_of("signatory"):
        gone = dict(before.session.rows(_REMOVED, pact=weighing.asked.pact.id, until=before.until))
    for row in newcomers if gone else ():
        if removed := gone.get(row.values.commune):
            weighing.doubt(row, "name", "name_removed_there", id=removed)


def tell_persons(weighing: Weighing, rows: Sequence[Row]) -> None:
    """The same person under another name, in any pact of the log or in the file; or a second time in
    the pact. `rows`: those of the file that name a person."""
    own = weighing.asked.pact.id
    here = {row.values.signatory_id for row in rows}
    every: dict[str, list[_Also]] = {}
    for also, person in _in_log(weighing, sorted({row.values.person_id for row in rows})):
        if also.pact != own or also.signatory_id not in here:
            every.setdefault(person, []).append(also)
    for row in rows:
        values = row.values
        others = every.setdefault(values.person_id, [])
        for other in others:
            where = {"name": other.name, "id": other.signatory_id}
            if not same_name(values.name, other.name):
                weighing.doubt(row, "person_id", "person_named_otherwise", **where, pact=other.pact)
                break
            if other.pact == own:
                weighing.doubt(row, "person_id", "person_twice", **where)
                break
        others.append(_Also(own, values.signatory_id, values.name, row))


def _in_log(weighing: Weighing, persons: Sequence[str]) -> Iterable[tuple[_Also, str]]:
    """The signatories of these persons, of every pact, by the versions that count."""
    found: dict[tuple[str, str], tuple[str | None, str | None]] = {}
    for inside, params in in_lists(persons):
        rows = weighing.asked.session.rows(
            _ALSO.replace("(:keys)", inside), until=weighing.before.until, **params
        )
        for state, pact, signatory_id, person, name in rows:
            if weighing.asked.counts(state):
                found[pact, signatory_id] = person, name
    for (pact, signatory_id), (person, name) in found.items():
        if person is not None and person in persons and name:
            yield _Also(pact, signatory_id, name, None), person


def tell_offices_of_a_person(weighing: Weighing, rows: Sequence[Row]) -> None:
    """Lists, parties and bodies of whom the log has a mandate that only a person can hold."""
    groups = {row.values.signatory_id: row for row in rows if row.values.kind}
    if not groups or not weighing.before.any_of("mandate"):
        return
    for mandate in weighing.log.mandates(groups):
        if mandate.office in OF_A_PERSON:
            row = groups.pop(mandate.signatory_id, None)
            if row:
                weighing.doubt(row, "kind", "kind_against_mandate", office=mandate.office)

"""Results of an election beside the mandates of the log, and beside one another."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from monitor.commands.doubting.base import Weighing
from monitor.commands.doubting.log_reading import MandateEnd, MandateKey
from monitor.commands.doubting.mandates import OF_ONE
from monitor.intake import Row
from monitor.models import AreaCodes, Outcome
from monitor.schema import Values
from monitor.status.office import why_mandate_uncounted

#: Signatories, or measures, that a sentence names.
NAMED = 5


class Person(NamedTuple):
    """Somebody in a commune; `row` is that of the file, None if only the log has it."""

    signatory_id: str
    name: str
    outcome: str
    row: Row | None


def tell_against_mandates(weighing: Weighing, rows: Sequence[Row]) -> None:
    """What the log's mandates say against these results: a binding one of who was not elected, or
    whose result is not known; none that binds of who was elected."""
    mandates: dict[str, list[tuple[MandateKey, MandateEnd]]] = {}
    if weighing.before.any_of("mandate"):
        held = weighing.log.mandates([row.values.signatory_id for row in rows])
        for mandate, end in held.items():
            mandates.setdefault(mandate.signatory_id, []).append((mandate, end))
    pact = weighing.asked.pact
    for row in rows:
        name, outcome = row.values.signatory_id, row.values.outcome
        if name not in mandates:
            continue
        binding = [
            mandate.started_on
            for mandate, end in mandates[name]
            if mandate.office in pact.binding_offices
            and not why_mandate_uncounted(
                pact,
                mandate.started_on,
                end.ended_on,
                end.end_reason,
                row.values.signed_on,
                row.values.withdrawn_on,
            )
        ]
        if outcome == Outcome.DEFEATED and binding:
            weighing.doubt(row, "outcome", "outcome_against_mandate", since=min(binding))
        elif outcome == Outcome.UNKNOWN and binding and not weighing.before_vote:
            weighing.doubt(row, "outcome", "outcome_unknown_in_office", since=min(binding))
        elif outcome == Outcome.ELECTED and not binding:
            weighing.doubt(row, "outcome", "outcome_elected_unbound", known=len(mandates[name]))


def tell_two_elected(
    weighing: Weighing, rows: Sequence[Row], people: Mapping[str, Sequence[Person]]
) -> None:
    """Two who are elected to one office, neither with a mandate: both would be taken to be in office at
    once. Of a pact that has places of its own, several lists of one place may be elected. `people`: of
    each commune that has several."""
    has_own_places = weighing.asked.pact.areas is AreaCodes.OWN
    if not set(weighing.asked.pact.binding_offices) <= set(OF_ONE):
        return
    concerned = [
        row
        for row in rows
        if row.values.outcome == Outcome.ELECTED
        and row.values.commune in people
        and not (has_own_places and row.values.kind)
    ]
    elected = {
        commune: [one for one in people[commune] if one.outcome == Outcome.ELECTED]
        for commune in dict.fromkeys(row.values.commune for row in concerned)
    }
    names = [one.signatory_id for some in elected.values() if len(some) > 1 for one in some]
    held = {name for name, *_ in weighing.log.mandates(names)}
    for row in concerned:
        name = row.values.signatory_id
        for other in elected[row.values.commune]:
            if other.signatory_id != name and held.isdisjoint((name, other.signatory_id)):
                weighing.doubt(
                    row, "outcome", "two_elected", name=other.name, id=other.signatory_id
                )
                break


def tell_presumed(weighing: Weighing, rows: Sequence[Row]) -> None:
    """Who is elected and has no mandate: they are taken to be in office for the whole term, of several
    offices in one that is not known. A council or a party has none."""
    several = len(weighing.asked.pact.binding_offices) > 1
    names = {
        row.values.signatory_id: row.values.name or row.values.signatory_id
        for row in rows
        if row.values.outcome == Outcome.ELECTED and (several or row.values.kind is None)
    }
    if names and weighing.log.any_of("mandate"):
        held = {one for one, *_ in weighing.log.mandates([*names])}
        names = {one: name for one, name in names.items() if one not in held}
    if names:
        code = "office_presumed" if several else "elected_without_mandate"
        weighing.doubt(None, "outcome", code, n=len(names), known=list_names([*names.values()]))


def tell_before_vote(weighing: Weighing, rows: Sequence[Row]) -> None:
    """A result before anybody has voted."""
    if not weighing.before_vote:
        return
    known = [
        row.values.name or row.values.signatory_id
        for row in rows
        if row.values.outcome != Outcome.UNKNOWN
    ]
    if known:
        election = weighing.asked.pact.election_on
        weighing.doubt(
            None, "outcome", "outcome_before_vote", known=list_names(known), election=election
        )


def tell_signed_above(weighing: Weighing, people: Mapping[str, Sequence[Person]]) -> None:
    """Who holds an office that several hold, and signed measures one by one that the mayor of their
    commune signed too, each measure once: they may be in charge of the mayor's commitments, which would
    be counted twice. `people`: of each commune that has several."""
    offices = set(weighing.asked.pact.binding_offices)
    rows = [one.row.values for some in people.values() for one in some if one.row]
    listed = [one for one in rows if one.measures]
    if not offices.intersection(OF_ONE) or len(offices) < 2 or not listed:
        return
    held: dict[str, set[str]] = {}
    for name, office, *_ in weighing.log.mandates([one.signatory_id for one in rows]):
        held.setdefault(name, set()).add(office)
    heads = {
        one.commune: one for one in rows if held.get(one.signatory_id, set()).intersection(OF_ONE)
    }
    found: dict[str, list[Values]] = {}
    for one in listed:
        own, head = held.get(one.signatory_id, set()) & offices, heads.get(one.commune)
        if head and head is not one and len(own) == 1:
            signed = set((head.measures or "").split(";")) - {""}
            if not signed or signed.issuperset(one.measures.split(";")):
                found.setdefault(next(iter(own)), []).append(one)
    for office, some in found.items():
        measures = [name for one in some for name in one.measures.split(";")]
        if len(some) > 1 and len(set(measures)) == len(measures):
            known = list_names([one.name or one.signatory_id for one in some])
            weighing.doubt(
                None, "measures", "signed_above", n=len(measures), known=known, wanted=office
            )


def list_names(names: Sequence[str]) -> str:
    """The first of some names, as a sentence names them."""
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")

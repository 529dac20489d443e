"""A pact whose signatories include those in charge of what another one signed: a mayor, and deputies who
each carry out part of the mayor's commitments."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.commands.loading import file_context
from monitor.dates import date_interval
from monitor.errors import NotFound
from monitor.i18n import interface_language
from monitor.intake import Context, Row, read_file_as, shape_of
from monitor.intake.part_names import PARTS
from monitor.intake.parts import Part
from monitor.intake.people import Person
from monitor.models import EndReason
from monitor.offices import office_title
from monitor.pacts import Pact
from monitor.schema import Values
from monitor.store import Session

_DETAILS = ("signatory_id", "measure", "in_charge")


def put_in_charge(
    session: Session, pact: Pact, parts: Sequence[Part], office: str, today: date
) -> list[Part]:
    """The parts of a pact without the signatories who hold that office alone, under the one of their
    commune in another office that the pact binds, and signed nothing that this one did not sign: they
    are in charge of those commitments, as one more part says, and make none. Whoever left the office
    before, has withdrawn the signature or a due date of their own stays a signatory. Raises NotFound
    (`unknown_office`)."""
    if office not in pact.office_codes:
        raise NotFound("unknown_office", office=office, known=", ".join(pact.office_codes))
    people = _rows_of(parts, "signatories", file_context(session, pact, "signatories", today))
    known = [Person(one.values.signatory_id, one.values.name, one.values.commune) for one in people]
    context = replace(
        file_context(session, pact, "mandates", today),
        signatories={person.signatory_id for person in known},
        people=lambda: known,
    )
    mandates = _rows_of(parts, "mandates", context)
    held: dict[str, list[Values]] = defaultdict(list)
    for mandate in mandates:
        held[mandate.values.signatory_id].append(mandate.values)
    above = {*pact.binding_offices} - {office}
    heads: dict[str, list[Values]] = defaultdict(list)
    for one in people:
        if above.intersection(mandate.office for mandate in held[one.values.signatory_id]):
            heads[one.values.commune].append(one.values)
    in_charge: dict[tuple[str, str], list[str]] = defaultdict(list)
    gone: set[str] = set()
    title = office_title(pact, office, interface_language(pact.language))
    for one in people:
        name, signed = one.values.signatory_id, _signed(pact, one.values)
        there = heads[one.values.commune]
        if {mandate.office for mandate in held[name]} != {office} or len(there) != 1:
            continue
        (head,) = there
        over = [mandate for mandate in held[head.signatory_id] if mandate.office in above]
        if (
            {*signed} <= {*_signed(pact, head)}
            and not (one.values.withdrawn_on or head.withdrawn_on)
            and one.values.due_on in (None, head.due_on)
            and any(_serves_under(own, other) for own in held[name] for other in over)
        ):
            gone.add(name)
            for measure in signed:
                in_charge[head.signatory_id, measure].append(f"{one.values.name}, {title}")
    if not gone:
        return [*parts]
    unread = {
        content: frozenset(row.line for row in rows if row.values.signatory_id in gone)
        for content, rows in (("signatories", people), ("mandates", mandates))
    }
    kept = [
        replace(part, mending=replace(part.mending, unread=unread.get(part.content, frozenset())))
        for part in parts
    ]
    source = next(part for part in parts if part.content == "signatories")
    kept.append(Part("details", f"{source.name} · {office}", _details(in_charge)))
    return sorted(kept, key=lambda part: PARTS.index(part.content))


def _rows_of(parts: Sequence[Part], content: str, context: Context) -> list[Row]:
    """The rows of a part that can be read."""
    shape = shape_of(content, context)
    return [
        row
        for part in parts
        if part.content == content
        for row in read_file_as(part.open_table(), shape)
        if row.values and not row.errors
    ]


def _serves_under(own: Values, over: Values) -> bool:
    """Whether a mandate certainly was at the time of another one, and was not left before it ended."""
    begins = max(date_interval(one.started_on).last for one in (own, over))
    own_end, end = (
        date_interval(one.ended_on).first if one.ended_on else date.max for one in (own, over)
    )
    stayed = own.end_reason == EndReason.TERM_END or own_end >= end
    return begins <= min(own_end, end) and stayed


def _signed(pact: Pact, values: Values) -> list[str]:
    own = values.measures
    return own.split(";") if own else [measure.id for measure in pact.measures]


def _details(in_charge: Mapping[tuple[str, str], Sequence[str]]) -> io.BytesIO:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(_DETAILS)
    rows.writerows((*about, "; ".join(who)) for about, who in in_charge.items())
    return io.BytesIO(text.getvalue().encode())

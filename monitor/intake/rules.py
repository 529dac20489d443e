"""What each kind of row must obey, beside being readable. Values are normalised in place."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from monitor.dates import EDTF, date_interval
from monitor.errors import InvalidValue
from monitor.intake.cells import check_identifier, check_url
from monitor.intake.communes import Communes
from monitor.intake.days import Order, day_of, is_ambiguous
from monitor.intake.measures import Measures
from monitor.intake.numbers import check_number
from monitor.intake.vocabulary import code_of
from monitor.models import WITHOUT_EVIDENCE, WRITABLE, EndReason, Kind, Office, Outcome, SourceKind
from monitor.schema import COLUMNS, Field, Type, fields_of, later_fields

#: (position of the column, code, what fills the sentence)
Problem = tuple[int, str, tuple[tuple[str, str], ...]]
Cells = list[str | None]
#: An address as one says it.
WITHOUT_SCHEME = re.compile(r"www\.[^\s./]+\.[^\s]", re.IGNORECASE)
#: So many times fewer or more inhabitants than the reference has is no other year's census.
FAR = 2
#: What the other cells of the column at a place say of the order of day and month.
Orders = Callable[[int], Order]


class Rules:
    """Helpers that every kind shares. `place`: position of each column of the kind."""

    kind: str

    def __init__(self, context, names=None):
        self.context = context
        self.today = context.today.isoformat()
        names = names or COLUMNS[self.kind]
        self.place = {name: position for position, name in enumerate(names)}
        self._measures = frozenset(context.measures)
        self._later = later_fields(self.kind)
        #: What is odd of the row that was checked last.
        self.odd: list[Problem] = []

    def identifier(self, values: Cells, name: str) -> Iterator[Problem]:
        place = self.place[name]
        if values[place] and (code := check_identifier(values[place])):
            yield place, code, ()

    def url(self, values: Cells, name: str) -> Iterator[Problem]:
        """An address; one that begins with www. is taken for one of https, and that is said."""
        place = self.place[name]
        if values[place] and (code := check_url(values[place])):
            whole = f"https://{values[place]}"
            if WITHOUT_SCHEME.match(values[place]) and check_url(whole) is None:
                values[place] = whole
                self.odd.append((place, "address_completed", (("wanted", whole),)))
            else:
                yield place, code, ()

    def one_of(self, values: Cells, name: str, codes, code="unknown_code") -> Iterator[Problem]:
        """A code, or a word that means one."""
        place = self.place[name]
        if values[place] and values[place] not in codes:
            if meant := code_of(name, values[place]):
                values[place] = meant
            else:
                yield place, code, (("known", ", ".join(codes)), ("family", name))

    def happened(self, values: Cells, name: str, orders: Orders) -> Iterator[Problem]:
        """A past date, as precise as it is known; in the future only if its first day is."""
        place = self.place[name]
        wrong = [*self.date(values, place, orders)]
        yield from wrong
        if values[place] and not wrong and values[place] > self.today:
            yield place, "future_date", (("today", self.today),)

    def date(self, values: Cells, place: int, orders: Orders) -> Iterator[Problem]:
        """A date as people write it, put into EDTF."""
        text = values[place]
        if text:
            try:
                settled = EDTF.fullmatch(text) or not is_ambiguous(text)
                values[place] = day_of(text, Order.UNSAID if settled else orders(place))
            except InvalidValue as error:
                said = error.values.items()
                yield place, error.code, tuple((n, str(v)) for n, v in said if n != "value")

    def day(self, values: Cells, place: int, orders: Orders) -> Iterator[Problem]:
        """A date that is a whole day."""
        wrong = [*self.date(values, place, orders)]
        yield from wrong
        if values[place] and not wrong and len(values[place]) < 10:
            yield place, "day_needed", ()

    def number(self, values: Cells, field: Field) -> Iterator[Problem]:
        place = self.place[field.name]
        if values[place] is not None:
            values[place], code, details = check_number(values[place], field)
            if code:
                yield place, code, details

    def later(self, values: Cells, orders: Orders) -> Iterator[Problem]:
        """The columns that came to the file after its beginning, each by its type alone."""
        for field in self._later:
            if field.type is Type.CODE:
                yield from self.one_of(values, field.name, field.codes)
            elif field.type is Type.DATE:
                yield from self.happened(values, field.name, orders)
            elif field.type is Type.DAY:
                yield from self.day(values, self.place[field.name], orders)
            elif field.type is Type.ADDRESS:
                yield from self.url(values, field.name)
            elif field.type is Type.IDENTIFIER:
                yield from self.identifier(values, field.name)
            elif field.type in (Type.NUMBER, Type.WHOLE):
                yield from self.number(values, field)

    @cached_property
    def measures_of_pact(self) -> Measures:
        return Measures(self.context.measures, self.context.titles)

    def weigh_number(self, place: int, text: str) -> None:
        """Doubt a number that may have lost the zeros at its end, where it names a measure."""
        longer = next(
            (f"{text}{'0' * n}" for n in (1, 2) if f"{text}{'0' * n}" in self._measures), ""
        )
        if longer and place in (self.place.get("measure"), self.place.get("measures")):
            self.odd.append((place, "loose_number", (("first", text), ("last", longer))))

    def known_signatory(self, values: Cells) -> Iterator[Problem]:
        place = self.place["signatory_id"]
        if values[place] and values[place] not in self.context.signatories:
            yield place, "unknown_signatory", ()


class SignatoryRules(Rules):
    kind = "signatories"

    @cached_property
    def communes(self) -> Communes:
        return Communes(self.context.areas, self.context.retired)

    def check(self, values, orders):
        yield from self.identifier(values, "signatory_id")
        yield from self.commune(values)
        yield from self.happened(values, "signed_on", orders)
        yield from self.one_of(values, "outcome", list(Outcome))
        yield from self.due(values, orders)
        yield from self.measures(values)
        yield from self.url(values, "source_url")
        yield from self.later(values, orders)

    def commune(self, values) -> Iterator[Problem]:
        place = self.place["commune"]
        code = values[place]
        if not code:
            return
        if found := self.communes.found(code):
            values[place] = found
        else:
            yield place, *self.communes.explained(code)

    def due(self, values, orders) -> Iterator[Problem]:
        place = self.place["due_on"]
        wrong = [*self.day(values, place, orders)]
        yield from wrong
        if wrong or not values[place]:
            return
        first, last = self.context.election_on, self.context.term_end
        if (first and values[place] < first.isoformat()) or (
            last and values[place] > last.isoformat()
        ):
            yield place, "due_out_of_term", (("first", str(first)), ("last", str(last)))

    def measures(self, values) -> Iterator[Problem]:
        place = self.place["measures"]
        if not values[place]:
            return
        if not values[place].strip("; "):
            values[place] = None
            return
        measures = self.measures_of_pact
        try:
            values[place] = ";".join(measures.listed(values[place]))
        except InvalidValue as error:
            said = error.values or {"known": measures.known}
            yield place, error.code, tuple(said.items())


class MandateRules(Rules):
    kind = "mandates"

    def check(self, values, orders):
        yield from self.known_signatory(values)
        yield from self.one_of(values, "office", list(Office))
        dated = [
            *self.happened(values, "started_on", orders),
            *self.happened(values, "ended_on", orders),
        ]
        yield from dated
        yield from self.one_of(values, "end_reason", list(EndReason))
        start, end = values[self.place["started_on"]], values[self.place["ended_on"]]
        if not dated and start and end and date_interval(end)[1] < date_interval(start)[0]:
            yield self.place["ended_on"], "ends_before_start", (("start", start),)
        if values[self.place["end_reason"]] and not end:
            yield self.place["end_reason"], "end_reason_without_end", ()
        yield from self.url(values, "source_url")
        yield from self.later(values, orders)


class AreaRules(Rules):
    kind = "areas"
    _numbers = tuple(one for one in fields_of("areas") if one.type in (Type.NUMBER, Type.WHOLE))

    def check(self, values, orders):
        yield from self.identifier(values, "code")
        yield from self.packaged(values)
        for field in self._numbers:
            wrong = [*self.number(values, field)]
            yield from wrong
            if field.name == "population" and not wrong:
                self.weigh_population(values, self.place[field.name])
        yield from self.later(values, orders)

    def weigh_population(self, values, place: int) -> None:
        """Doubt a number of inhabitants far from that of the reference."""
        areas, code = self.context.areas, values[self.place["code"]]
        known = areas.at[code, "population"] if areas is not None and code in areas.index else 0
        if values[place] and known > 0 and not known / FAR <= float(values[place]) <= known * FAR:
            self.odd.append((place, "population_far", (("reference", str(int(known))),)))

    def packaged(self, values) -> Iterator[Problem]:
        """A real commune keeps its name: the same code is on every page that cites it. `areas` of the
        context are the packaged ones."""
        areas, (code, name) = self.context.areas, (values[self.place[n]] for n in ("code", "name"))
        real = areas.at[code, "name"] if areas is not None and code in areas.index else name
        if name and name != real:
            yield self.place["name"], "packaged_commune", (("code", code), ("name", real))


class ActionRules(Rules):
    kind = "actions"

    def __init__(self, context):
        super().__init__(context)
        self.statuses = {status.value for status in WRITABLE}
        self.kinds = {kind.value for kind in Kind}
        self.sources = {source.value for source in SourceKind}
        self.unsourced = {status.value for status in WITHOUT_EVIDENCE}

    def check(self, values, orders):
        (
            action_id,
            signatory,
            measure,
            _,
            kind,
            status,
            summary,
            source_kind,
            title,
            _,
            url,
            archive,
            _,
            supersedes,
            _reason,
            *_,
        ) = values
        if action_id:
            yield from self.identifier(values, "action_id")
        if signatory and signatory not in self.context.signatories:
            yield 1, "unknown_signatory", ()
        if measure and measure not in self._measures:
            if meant := self.measures_of_pact.read(measure):
                values[2] = meant
            else:
                yield 2, *self.measures_of_pact.why_not_one(measure)
        yield from self.happened(values, "happened_on", orders)
        if kind is None:
            kind = values[4] = "assessment" if status else "note"
        elif kind not in self.kinds:
            yield from self.one_of(values, "kind", list(Kind))
            kind = values[4]
        if status and status not in self.statuses:
            yield from self.one_of(values, "status", WRITABLE, "unknown_status")
            status = values[5]
        if source_kind and source_kind not in self.sources:
            yield from self.one_of(values, "source_kind", list(SourceKind))
        if url:
            yield from self.url(values, "source_url")
        if archive:
            yield from self.url(values, "archive_url")
        if kind == "assessment":
            if not status:
                yield 5, "status_needed", ()
            elif status == "no_evidence":
                if not summary:
                    yield 6, "search_needed", ()
            elif status not in self.unsourced and not (source_kind and (title or url)):
                yield (8 if source_kind else 7), "evidence_needed", ()
        elif status:
            yield 5, "status_not_allowed", ()
        if kind in ("note", "reply") and not summary:
            yield 6, "summary_needed", ()
        if supersedes or kind == "retraction":
            yield from self.superseding(values, kind)
        yield from self.later(values, orders)

    def superseding(self, values, kind) -> Iterator[Problem]:
        if not values[13]:
            yield 13, "target_needed", ()
        elif values[13] == values[0]:
            yield 13, "supersedes_itself", ()
        else:
            yield from self.identifier(values, "supersedes")
        if not values[14]:
            yield 14, "reason_needed", ()


RULES = {rules.kind: rules for rules in (SignatoryRules, MandateRules, ActionRules, AreaRules)}

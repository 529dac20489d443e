"""What each kind of row must obey: signatories, mandates, actions and areas."""

import re
from collections import Counter
from collections.abc import Iterator

from monitor.areas import search_key
from monitor.dates import date_interval
from monitor.errors import InvalidValue
from monitor.intake.name_and_place import read_name_and_place
from monitor.intake.pact_offices import known_offices
from monitor.intake.people import derive_action_id
from monitor.intake.rules import Cells, Problem, Rules
from monitor.intake.vocabulary import code_of
from monitor.models import WITHOUT_EVIDENCE, WRITABLE, EndReason, Kind, Office, Outcome, SourceKind
from monitor.schema import IDENTIFIER_LIMIT, POSITIONS, Type, fields_of

#: So many times fewer or more inhabitants than the reference has is no other year's census.
FAR = 2
#: As tuples: an enumeration is slow to look through, a million times.
_OUTCOMES, _END_REASONS, _OFFICES = tuple(Outcome), tuple(EndReason), tuple(Office)
#: A French telephone number, one of another country, an email address.
_WAY_TO_REACH = re.compile(
    r"(?<![\d/])(?:(?:\+|00)33[\s.-]?(?:\(0\)\s?)?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)"
    r"|(?<!\d)\+\d{9,14}(?!\d)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
#: What the code of a place has not that is made from its name.
_UNCODED = re.compile(r"[^a-z0-9]+")
#: Where an action has each of its cells.
_AT = POSITIONS["actions"]


class SignatoryRules(Rules):
    kind = "signatories"

    def check(self, values, orders):
        yield from self.identifier(values, "signatory_id")
        yield from self.commune(values)
        yield from self.identify(values)
        yield from self.past_date(values, "signed_on", orders)
        yield from self.one_of(values, "outcome", _OUTCOMES)
        yield from self.due(values, orders)
        yield from self.measures(values)
        yield from self.url(values, "source_url")
        yield from self.later(values, orders)

    def commune(self, values) -> Iterator[Problem]:
        place = self.place["commune"]
        if self.are_names_placed:
            at = self.place["name"]
            said = read_name_and_place(values[at] or "", self.communes)
            if said is None:
                if values[at]:
                    yield at, "place_in_name", ()
                return
            values[at], values[place] = said
        code = values[place]
        if not code:
            return
        if found := self.communes.code_in_reference(code):
            values[place] = found
        elif meant := self.communes.commune_meant(code):
            values[place] = meant.code
            if meant.doubt:
                self.odd.append((place, meant.doubt, meant.details))
        else:
            yield place, *self.communes.explain_unknown(code)
            return
        if self.names_by_place:
            values[self.place["name"]] = self.communes.name_of(values[place])

    def identify(self, values) -> Iterator[Problem]:
        """The id of who has none in the file: theirs in the log, where one person has that name there;
        else one that follows from both."""
        place, name, commune = (self.place[n] for n in ("signatory_id", "name", "commune"))
        if values[place] or not (values[name] and values[commune]):
            return
        known = self.people.at(values[name], values[commune])
        if len(known) > 1:
            yield place, "several_signatories", (("near", ", ".join(known)),)
            return
        values[place] = known[0] if known else self.people.derive_id(values[name], values[commune])
        self.derived.add(values[place])

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
    repeated = "duplicate_mandate"

    def check(self, values, orders):
        yield from self.known_signatory(values)
        yield from self.office(values)
        dated = [
            *self.past_date(values, "started_on", orders),
            *self.past_date(values, "ended_on", orders),
        ]
        yield from dated
        yield from self.one_of(values, "end_reason", _END_REASONS)
        start, end = values[self.place["started_on"]], values[self.place["ended_on"]]
        if not dated and start and end and date_interval(end).last < date_interval(start).first:
            yield self.place["ended_on"], "ends_before_start", (("start", start),)
        if values[self.place["end_reason"]] and not end:
            yield self.place["end_reason"], "end_reason_without_end", ()
        yield from self.url(values, "source_url")
        yield from self.later(values, orders)

    def office(self, values) -> Iterator[Problem]:
        """An office that every pact has, or one of the pact's own, by its code or its title."""
        place, own = self.place["office"], self.context.offices
        text = values[place]
        if not text or text in own or text in _OFFICES:
            return
        if meant := code_of("office", text, self.own_offices):
            values[place] = meant
            return
        yield place, "unknown_office", known_offices(own)


class AreaRules(Rules):
    kind = "areas"
    _numbers = tuple(one for one in fields_of("areas") if one.type in (Type.NUMBER, Type.WHOLE))

    def check(self, values, orders):
        yield from self.identify(values)
        yield from self.identifier(values, "code")
        yield from self.packaged_name(values)
        for field in self._numbers:
            wrong = [*self.number(values, field)]
            yield from wrong
            if field.name == "population" and not wrong:
                self.weigh_population(values, self.place[field.name])
        yield from self.later(values, orders)

    def identify(self, values) -> Iterator[Problem]:
        """The code of a place of the pact's own that has none in the file: it follows from its name."""
        place, name = self.place["code"], values[self.place["name"]]
        if values[place] or not name:
            return
        if self.context.own_places and (
            code := _UNCODED.sub("-", search_key(name))[:IDENTIFIER_LIMIT].strip("-")
        ):
            values[place] = code
        else:
            yield place, "required", ()

    def weigh_population(self, values, place: int) -> None:
        """Doubt a number of inhabitants far from that of the reference."""
        areas, code = self.context.areas, values[self.place["code"]]
        known = areas.at[code, "population"] if areas is not None and code in areas.index else 0
        if values[place] and known > 0 and not known / FAR <= float(values[place]) <= known * FAR:
            self.odd.append((place, "population_far", (("reference", str(int(known))),)))

    def packaged_name(self, values) -> Iterator[Problem]:
        """A real commune keeps its name, whatever the case and the accents of the file: the same code is
        on every page that cites it. `areas` of the context are the packaged ones."""
        areas, (code, name) = self.context.areas, (values[self.place[n]] for n in ("code", "name"))
        real = areas.at[code, "name"] if areas is not None and code in areas.index else name
        if name and name != real and search_key(name) == search_key(real):
            values[self.place["name"]] = real
        elif name and name != real:
            yield self.place["name"], "packaged_commune", (("code", code), ("name", real))


class ActionRules(Rules):
    kind = "actions"

    def __init__(self, context):
        super().__init__(context)
        self.statuses = {status.value for status in WRITABLE}
        self.kinds = {kind.value for kind in Kind}
        self.sources = {source.value for source in SourceKind}
        #: Entries without an id of their own, by what identifies them.
        self.alike: Counter[tuple[str, ...]] = Counter()
        self.unsourced = {status.value for status in WITHOUT_EVIDENCE}

    def check(self, values, orders):
        """A million rows are checked so: no rule is called for a cell that has nothing for it."""
        if values[_AT.action_id]:
            yield from self.identifier(values, "action_id")
        if values[_AT.signatory_id] not in self.context.signatories:
            yield from self.known_signatory(values)
        if values[_AT.measure] not in self._measures:
            yield from self.measure(values)
        yield from self.past_date(values, "happened_on", orders)
        if values[_AT.kind] is None:
            values[_AT.kind] = "assessment" if values[_AT.status] else "note"
        elif values[_AT.kind] not in self.kinds:
            yield from self.one_of(values, "kind", list(Kind))
        if not values[_AT.action_id]:
            self.identify(values)
        if values[_AT.status] and values[_AT.status] not in self.statuses:
            yield from self.one_of(values, "status", WRITABLE, "unknown_status")
        if values[_AT.source_kind] and values[_AT.source_kind] not in self.sources:
            yield from self.one_of(values, "source_kind", list(SourceKind))
        if values[_AT.source_url]:
            yield from self.url(values, "source_url")
        if values[_AT.archive_url]:
            yield from self.url(values, "archive_url")
        yield from self.evidence(values)
        yield from self.later(values, orders)

    def identify(self, values: Cells) -> None:
        """The id of an entry that has none in the file: it follows from whom and what it is about, its
        day and its kind; of several such, from their order."""
        identity = (
            values[_AT.signatory_id] or "",
            values[_AT.measure] or "",
            values[_AT.happened_on] or "",
            values[_AT.kind] or "",
        )
        self.alike[identity] += 1
        values[_AT.action_id] = derive_action_id(*identity, str(self.alike[identity]))

    def evidence(self, values: Cells) -> Iterator[Problem]:
        """What each kind of entry must say, and rest on."""
        kind, status, summary = values[_AT.kind], values[_AT.status], values[_AT.summary]
        if kind == "assessment":
            if not status:
                yield _AT.status, "status_needed", ()
            elif status == "no_evidence":
                if not summary:
                    yield _AT.summary, "search_needed", ()
            elif status not in self.unsourced:
                yield from self.source(values)
        elif status:
            yield _AT.status, "status_not_allowed", ()
        if kind in ("note", "reply") and not summary:
            yield _AT.summary, "summary_needed", ()
        if values[_AT.supersedes] or kind == "retraction":
            yield from self.superseded_entry(values)

    def source(self, values: Cells) -> Iterator[Problem]:
        """A kind, and a title or an address. Of a file that has no kinds at all, « other »."""
        named = values[_AT.source_title] or values[_AT.source_url]
        if named and not values[_AT.source_kind] and _AT.source_kind in self.absent:
            values[_AT.source_kind] = SourceKind.OTHER.value
            self.odd.append((_AT.source_kind, "source_kind_unsaid", ()))
        elif not (named and values[_AT.source_kind]):
            lacking = _AT.source_title if values[_AT.source_kind] else _AT.source_kind
            yield lacking, "evidence_needed", ()

    def superseded_entry(self, values: Cells) -> Iterator[Problem]:
        if not values[_AT.supersedes]:
            yield _AT.supersedes, "target_needed", ()
        elif values[_AT.supersedes] == values[_AT.action_id]:
            yield _AT.supersedes, "supersedes_itself", ()
        else:
            yield from self.identifier(values, "supersedes")
        if not values[_AT.reason]:
            yield _AT.reason, "reason_needed", ()


class AnswerRules(Rules):
    kind = "answers"

    def check(self, values, orders):
        yield from super().check(values, orders)
        place = self.place["comment"]
        if found := _WAY_TO_REACH.search(values[place] or ""):
            yield place, "private_contact", (("found", found[0].strip()),)


class DetailRules(Rules):
    kind = "details"

    def check(self, values, orders):
        yield from self.known_signatory(values)
        yield from self.measure(values)
        yield from self.due(values, orders)
        said = (values[self.place[name]] for name in ("wording", "due_on", "in_charge", "note"))
        if not any(said):
            yield self.place["wording"], "nothing_said", ()
        yield from self.later(values, orders)


class SourceRules(Rules):
    kind = "sources"

    def check(self, values, orders):
        yield from super().check(values, orders)
        if not (values[self.place["source_title"]] or values[self.place["source_url"]]):
            yield self.place["source_title"], "source_needed", ()


RULES = {
    rules.kind: rules
    for rules in (
        SignatoryRules,
        MandateRules,
        ActionRules,
        AreaRules,
        AnswerRules,
        DetailRules,
        SourceRules,
    )
}

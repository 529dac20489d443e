"""What each kind of row must obey; of actions, see `action_rules`."""

import re
from collections.abc import Iterator

from monitor.areas import search_key
from monitor.dates import date_interval
from monitor.errors import InvalidValue
from monitor.intake.action_rules import ActionRules
from monitor.intake.kind_of_name import kind_of_name
from monitor.intake.name_and_place import read_name_and_place
from monitor.intake.pact_offices import known_offices
from monitor.intake.person_names import without_civility
from monitor.intake.results import Offices, read_result
from monitor.intake.rules import Problem, Rules
from monitor.intake.vocabulary import code_of, word_key
from monitor.models import COMMITTING, EndReason, Office, Outcome, SignatoryKind
from monitor.schema import ANSWER_COLUMNS, IDENTIFIER_LIMIT, Type, fields_of

#: So many times fewer or more inhabitants than the reference has is no other year's census.
FAR = 2
#: As tuples: an enumeration is slow to look through, a million times.
_OUTCOMES, _END_REASONS, _OFFICES = tuple(Outcome), tuple(EndReason), tuple(Office)
#: Doubts of results that are the same in every row of a file.
_TOLD_ONCE = ("outcome_asked", "outcome_score", "outcome_by_office", "outcome_of_head")
#: « Valérie LAMANDÉ », « LE GOFF Jeanne »: a word in capitals beside one that is not.
_SHOUTED = re.compile(r"(?=.*\b[^\W\d_a-zà-öø-ÿœ]{3,}\b)(?=.*\b[^\W\d_][a-zà-öø-ÿœ]{2,}).+")
#: What stands in place of the end of a mandate that has none yet, as search keys.
_NOT_OVER = frozenset(
    (
        "en cours",
        "en poste",
        "en fonction",
        "a ce jour",
        "aujourd hui",
        "ongoing",
        "current",
        "present",
    )
)
#: What the code of a place has not that is made from its name.
_UNCODED = re.compile(r"[^a-z0-9]+")


class SignatoryRules(Rules):
    content = "signatories"

    def check(self, values, orders):
        yield from self.identifier(values, "signatory_id")
        yield from self.commune(values)
        self.kind(values)
        self.bare_name(values)
        yield from self.identify(values)
        yield from self.past_date(values, "signed_on", orders)
        yield from self.outcome(values)
        yield from self.due(values, orders)
        yield from self.measures(values)
        yield from self.url(values, "source_url")
        yield from self.later(values, orders)

    def commune(self, values) -> Iterator[Problem]:
        place = self.place["commune"]
        if self.are_names_placed:
            at = self.place["name"]
            both = read_name_and_place(values[at] or "", self.communes)
            if both is None:
                if values[at]:
                    yield at, "place_in_name", ()
                return
            values[at], values[place] = both
        code = values[place]
        if not code:
            return
        if found := self.communes.code_in_reference(code):
            values[place] = found
        elif meant := self.communes.commune_meant(code) or self.communes.part_meant(code):
            values[place] = meant.code
            if meant.doubt:
                self.odd.append((place, meant.doubt, meant.details))
        else:
            yield place, *self.communes.explain_unknown(code)
            return
        if self.names_by_place:
            values[self.place["name"]] = self.communes.name_of(values[place])

    def kind(self, values) -> None:
        """What a name says that it is, if no person, where nothing else does: once of each kind."""
        name, place = values[self.place["name"]], self.place["kind"]
        if name and not values[place] and (kind := kind_of_name(name)):
            values[place] = kind.value
            details = ("name", name), ("signer", kind.value)
            self.doubt_once(("kind", kind), (place, "kind_of_name", details))

    def bare_name(self, values) -> None:
        """The name of a person without « Mme » or « M. » before it, which is said once in a file."""
        place, kind = self.place["name"], values[self.place["kind"]]
        if not (name := values[place]) or (kind and code_of("kind", kind) != SignatoryKind.PERSON):
            return
        if _SHOUTED.fullmatch(name):
            self.doubt_once(("capitals",), (place, "name_in_capitals", (("name", name),)))
        bare = without_civility(name, self.context.language)
        if bare == name:
            return
        values[place] = bare
        self.doubt_once(("civility",), (place, "civility_left_out", (("name", bare),)))

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

    def outcome(self, values) -> Iterator[Problem]:
        """A result, or the office that somebody was elected to, one that the pact binds."""
        place, election = self.place["outcome"], self.context.election_on
        if not (text := values[place]):
            return
        before_vote = election is not None and self.context.today < election
        offices = Offices(self.own_offices, self.context.binding_offices)
        found = read_result(text, offices, before_vote)
        if found.outcome is not None:
            values[place] = found.outcome.value
            if found.doubt in _TOLD_ONCE:
                self.doubt_once((found.doubt,), (place, found.doubt, ()))
            elif found.doubt:
                self.odd.append((place, found.doubt, ()))
        elif found.is_of_office:
            yield place, "elected_elsewhere", ()
        else:
            yield from self.one_of(values, "outcome", _OUTCOMES)

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
            details = error.values or {"known": measures.known}
            yield place, error.code, tuple(details.items())


class MandateRules(Rules):
    content = "mandates"
    repeated = "duplicate_mandate"

    def check(self, values, orders):
        yield from self.known_signatory(values)
        yield from self.office(values)
        if word_key(values[self.place["ended_on"]] or "") in _NOT_OVER:
            values[self.place["ended_on"]] = None
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
    content = "areas"
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
        """The code of a place that has none in the file, and is no commune: it follows from its name."""
        place, name = self.place["code"], values[self.place["name"]]
        if values[place] or not name:
            return
        is_own = self.context.own_places or not self.communes.codes_meant(name)
        if is_own and (code := _UNCODED.sub("-", search_key(name))[:IDENTIFIER_LIMIT].strip("-")):
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


class AnswerRules(Rules):
    content = "answers"
    repeated = "answered_twice"

    def may_repeat(self, values):
        day, former = (values[self.place[n]] for n in ("answered_on", "former_answer"))
        return bool(day) and not former

    def check(self, values, orders):
        wrong = [*super().check(values, orders)]
        yield from wrong
        if not wrong:
            yield from self.former_answer(values)
        if self.words_under and values[self.place["comment"]]:
            details = (("title", self.words_under),)
            self.odd.append((self.place["comment"], "words_published", details))
            self.words_under = ""  # once for all

    def former_answer(self, values) -> Iterator[Problem]:
        """What was answered before: an answer, and not after the one that replaced it. A promise that
        was taken back after the vote is doubted: votes were cast on it."""
        former, since = (values[self.place[n]] for n in ("former_answer", "former_answered_on"))
        if not former:
            more = (self.place[f"former_{name}"] for name in ANSWER_COLUMNS[1:])
            yield from ((place, "former_answer_unsaid", ()) for place in more if values[place])
            return
        place = self.place["answered_on"]
        answer, day = values[self.place["answer"]], values[place]
        if since and day and date_interval(since).first > date_interval(day).first:
            details = (("first", day),)
            yield self.place["former_answered_on"], "former_answer_later", details
        elif former in COMMITTING and answer not in COMMITTING and day:
            election = self.context.election_on
            if election and date_interval(day).first >= election:
                self.odd.append((place, "taken_back_after_vote", (("election", str(election)),)))


class DetailRules(Rules):
    content = "details"

    def check(self, values, orders):
        yield from self.known_signatory(values)
        yield from self.measure(values)
        yield from self.due(values, orders)
        facts = (values[self.place[name]] for name in ("wording", "due_on", "in_charge", "note"))
        if not any(facts):
            yield self.place["wording"], "nothing_said", ()
        yield from self.later(values, orders)


class SourceRules(Rules):
    content = "sources"

    def check(self, values, orders):
        yield from super().check(values, orders)
        if not (values[self.place["source_title"]] or values[self.place["source_url"]]):
            yield self.place["source_title"], "source_needed", ()


RULES = {
    rules.content: rules
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

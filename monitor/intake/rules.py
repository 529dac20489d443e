"""What rows of every kind must obey, beside being readable. Values are normalised in place."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from monitor.dates import EDTF, date_interval
from monitor.errors import InvalidValue
from monitor.intake.answer_words import refers_to_note
from monitor.intake.cells import abbreviate_cell, check_identifier, check_url
from monitor.intake.communes import Communes
from monitor.intake.days import Order, day_of, is_ambiguous, with_century
from monitor.intake.marks import is_unticked
from monitor.intake.measures import Measures
from monitor.intake.misplaced import name_column
from monitor.intake.numbers import check_number
from monitor.intake.own_places import OwnPlaces
from monitor.intake.person_rules import PersonRules, Problem, RowValues
from monitor.intake.vocabulary import code_of, index_words
from monitor.schema import COLUMNS, Field, Type, fields_of, later_fields

#: An address, and where to look in what stands there: « https://… (p. 14) ».
_PAGED = re.compile(
    r"(?P<address>https?://\S+?)[\s,;]+[(\[]?(?:pp?|pages?|diapos?|slides?|art|articles?|annexes?|annex"
    r"|sections?|chap|chapitre|chapter|tableau|table|§)[.\s]*[0-9][\w.–-]{0,11}[)\]]?",
    re.IGNORECASE,
)
#: An address as one says it.
WITHOUT_SCHEME = re.compile(r"www\.[^\s./]+\.[^\s]", re.IGNORECASE)
#: « Ouest-France du 23 mars 2026 »: words, and no address that was cut or miswritten.
_IN_WORDS = re.compile(r"(?=.*[^\W\d_]{2})(?!.*(?:\w\.\w|://|@|\bwww\b)).*\s.*", re.DOTALL)
#: What the other cells of the column at a place say of the order of day and month.
Orders = Callable[[int], Order]
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: A French telephone number, one of another country, an email address.
_WAY_TO_REACH = re.compile(
    r"(?<![\d/])(?:(?:\+|00)33[\s.-]?(?:\(0\)\s?)?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)"
    rf"|(?<!\d)\+\d{{9,14}}(?!\d)|{_EMAIL.pattern}"
)
#: How a number begins, and what the others have: looked for in each of a million rows.
_NUMBER_BEGUN = re.compile(r"0[1-9][\s.-]?\d{2}[\s.-]?\d{2}[\s.-]?\d{2}")
#: Texts that somebody wrote elsewhere: a way to reach a service may stand in what is quoted.
_QUOTED = ("quote", "source_title", "wording")


class Rules(PersonRules):
    """Helpers that the rules of every file share. `place`: position of each column of the file."""

    content: str
    #: What is said of a row that an earlier one of the file repeats, where several cells identify it.
    repeated = "duplicate_row"

    def may_repeat(self, values: RowValues) -> bool:
        """Whether a row may have the key of an earlier one, as it says what is known of another day."""
        return False

    def __init__(self, context, names=None):
        self.context = context
        self.today = context.today.isoformat()
        names = names or COLUMNS[self.content]
        self._names = tuple(names)
        self.place = {name: position for position, name in enumerate(names)}
        self._measures = frozenset(context.measures)
        self._later = later_fields(self.content)
        #: The places of the columns that the file does not have.
        self.absent: frozenset[int] = frozenset()
        #: Whether what the file calls signatories are places: councils by the names of their towns.
        self.names_by_place = False
        #: Whether the names of signatories say where they signed as well.
        self.are_names_placed = False
        self.words_under = ""
        #: The ids of rows that had none of their own.
        self.derived: set[str] = set()
        #: Of what a doubt was reported already: see `doubt_once`.
        self._reported: set[tuple] = set()
        #: What is odd of the row that was checked last.
        self.odd: list[Problem] = []

    def identifier(self, values: RowValues, name: str) -> Iterator[Problem]:
        place = self.place[name]
        if (text := values[place]) and (code := check_identifier(text)):
            yield place, code, ()

    def url(self, values: RowValues, name: str) -> Iterator[Problem]:
        """An address; one that begins with www. is taken for one of https, and that is said."""
        place = self.place[name]
        if (text := values[place]) and (code := check_url(text)):
            whole = f"https://{text}"
            if WITHOUT_SCHEME.match(text) and check_url(whole) is None:
                values[place] = whole
                self.odd.append((place, "address_completed", (("wanted", whole),)))
            elif (noted := _PAGED.fullmatch(text)) and check_url(noted["address"]) is None:
                values[place] = noted["address"]
                self.odd.append((place, "address_paged", (("wanted", noted["address"]),)))
            elif "source_title" not in self.place and _IN_WORDS.fullmatch(text):
                values[place] = None
                self.odd.append((place, "source_in_words", ()))
            else:
                yield place, code, ()

    def contacts(self, values: RowValues, joined: str) -> Iterator[Problem]:
        """Of what is published, what says how to reach somebody: doubted in what is quoted. `joined`:
        all the cells of the row."""
        has_mark = "@" in joined or "+" in joined or "0033" in joined
        if not has_mark and not _NUMBER_BEGUN.search(joined):
            return
        for place, pattern in self._published.items():
            if not (found := pattern.search(values[place] or "")):
                continue
            details = (("found", found[0].strip()),)
            if self._names[place] in _QUOTED:
                self.odd.append((place, "contact_quoted", details))
            else:
                yield place, "private_contact", details

    @cached_property
    def _published(self) -> dict[int, re.Pattern[str]]:
        """The places of the texts that are published, and what may say there how to reach somebody. An
        address has numbers that are no telephone's."""
        return {
            self.place[field.name]: _EMAIL if field.type is Type.ADDRESS else _WAY_TO_REACH
            for field in fields_of(self.content)
            if field.text and not field.private and field.name in self.place
        }

    def words_of_source(self, values: RowValues) -> None:
        """What stands in words in place of a source's address is its title, and that is said."""
        place, title = self.place["source_url"], self.place["source_title"]
        text = values[place]
        if not text or " " not in text or values[title]:
            return
        if check_url(text) and _IN_WORDS.fullmatch(text):
            values[place], values[title] = None, text
            self.odd.append((place, "source_to_title", (("title", text),)))

    def one_of(self, values: RowValues, name: str, codes, code="unknown_code") -> Iterator[Problem]:
        """A code, or a word that means one."""
        place = self.place[name]
        if (text := values[place]) and text not in codes:
            if (meant := code_of(name, text)) in codes:
                values[place] = meant
            elif name == "answer" and is_unticked(text):
                yield place, "unticked_box", ()
            elif name == "answer" and refers_to_note(text):
                yield place, "answer_with_note", ()
            else:
                yield place, code, (("known", ", ".join(codes)), ("family", name))

    def past_date(self, values: RowValues, name: str, orders: Orders) -> Iterator[Problem]:
        """A past date, as precise as it is known; in the future only if its first day is."""
        place = self.place[name]
        wrong = [*self.date(values, place, orders)]
        yield from wrong
        if values[place] and not wrong and values[place] > self.today:
            yield place, "future_date", (("today", self.today),)

    def date(self, values: RowValues, place: int, orders: Orders) -> Iterator[Problem]:
        """A date as people write it, put into EDTF."""
        text = values[place]
        if text:
            whole = with_century(text, self.context.election_on)
            if whole:
                doubt = place, "two_digit_year_read", (("year", whole[-4:]),)
                self.doubt_once(("century", place), doubt)
            text = whole or text
            try:
                settled = EDTF.fullmatch(text) or not is_ambiguous(text)
                values[place] = day_of(text, Order.UNSAID if settled else orders(place))
            except InvalidValue as error:
                details = error.values.items()
                yield place, error.code, tuple((n, str(v)) for n, v in details if n != "value")

    def due(self, values: RowValues, orders: Orders) -> Iterator[Problem]:
        """The day by which something is due, as precise as it is known: not before the election."""
        place = self.place["due_on"]
        wrong = [*self.date(values, place, orders)]
        yield from wrong
        first, text = self.context.election_on, values[place]
        if text and not wrong and first and date_interval(text).last < first:
            yield place, "due_out_of_term", (("first", str(first)),)

    def number(self, values: RowValues, field: Field) -> Iterator[Problem]:
        place = self.place[field.name]
        if (text := values[place]) is not None:
            values[place], code, details = check_number(text, field, self.context.language)
            if code:
                yield place, code, details

    def later(self, values: RowValues, orders: Orders) -> Iterator[Problem]:
        """The columns that came to the file after its beginning, each by its type alone."""
        return self._by_type(self._later, values, orders)

    def _by_type(
        self, fields: Iterable[Field], values: RowValues, orders: Orders
    ) -> Iterator[Problem]:
        for field in fields:
            if not values[self.place[field.name]]:
                continue
            if field.type is Type.SIGNATORY:
                yield from self.known_signatory(values)
            elif field.type is Type.MEASURE:
                yield from self.measure(values)
            elif field.type is Type.CODE:
                yield from self.one_of(values, field.name, field.codes)
            elif field.type is Type.DATE:
                yield from self.past_date(values, field.name, orders)
            elif field.type is Type.DAY:
                yield from self.date(values, self.place[field.name], orders)
            elif field.type is Type.ADDRESS:
                yield from self.url(values, field.name)
            elif field.type in (Type.IDENTIFIER, Type.ACTION):
                yield from self.identifier(values, field.name)
            elif field.type in (Type.NUMBER, Type.WHOLE):
                yield from self.number(values, field)

    def check(self, values: RowValues, orders: Orders) -> Iterator[Problem]:
        """What is wrong with a row; what is odd goes into `odd`. Where a file has no rules of its own,
        each cell is checked by the type of its column."""
        return self._by_type(fields_of(self.content), values, orders)

    @cached_property
    def measures_of_pact(self) -> Measures:
        return Measures(self.context.measures, self.context.titles)

    def doubt_once(self, about: tuple, doubt: Problem) -> None:
        """Say what is odd of a row, once in a file for all that is `about` the same."""
        if about not in self._reported:
            self._reported.add(about)
            self.odd.append(doubt)

    def weigh_number(self, place: int, text: str) -> None:
        """Doubt a number that may have lost the zeros at its end, where it names a measure."""
        longer = next(
            (f"{text}{'0' * n}" for n in (1, 2) if f"{text}{'0' * n}" in self._measures), ""
        )
        if longer and place in (self.place.get("measure"), self.place.get("measures")):
            self.odd.append((place, "loose_number", (("first", text), ("last", longer))))

    def measure(self, values: RowValues) -> Iterator[Problem]:
        """A measure of the pact, by its id or its title."""
        place = self.place["measure"]
        if (text := values[place]) and text not in self._measures:
            if meant := self.measures_of_pact.read(text):
                values[place] = meant
            elif meant := self.measures_of_pact.read_reworded(text):
                values[place] = meant
                title = abbreviate_cell(self.measures_of_pact.title_of(meant))
                self.odd.append((place, "measure_in_other_words", (("near", f"{meant}. {title}"),)))
            else:
                yield place, *self.measures_of_pact.why_not_one(text)

    def only_place(self) -> str | None:
        """The code of the one place that the pact has of its own, if it has one alone."""
        places = self.context.areas if self.context.own_places else None
        return str(places.index[0]) if places is not None and len(places) == 1 else None

    def name_column(self, place: int, text: str, code: str) -> tuple[tuple[str, str], ...]:
        """What the sentence of a refused cell says of the column to which its value belongs."""
        return name_column(self.content, self._names[place], text, code, self.own_offices)

    @cached_property
    def own_offices(self) -> dict[str, str]:
        return index_words(self.context.offices)

    @cached_property
    def communes(self) -> Communes:
        if self.context.own_places:
            return OwnPlaces(self.context.areas)
        return Communes(self.context.areas, self.context.retired)

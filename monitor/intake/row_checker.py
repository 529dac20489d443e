"""The cells of a row, checked against what its columns hold and what the rows before it said."""

import unicodedata
from collections.abc import Iterator

from monitor.findings import Doubt, RowError
from monitor.intake.answer_words import without_source_marks
from monitor.intake.asides import code_of_aside
from monitor.intake.beside import join_beside
from monitor.intake.cells import (
    DIRECTION,
    ERROR,
    EXAMPLE,
    FORBIDDEN,
    DayCell,
    FaultyCell,
    LooseNumber,
    abbreviate_cell,
    clean_cell,
    is_filled,
    may_have_addresses,
    named_character,
    says_nothing,
    split_addresses,
)
from monitor.intake.columns import ADDRESSES, DATES, DAYS, MULTILINE, NUMBERS, TEXTS
from monitor.intake.days import Order, order_of
from monitor.intake.encoding import is_misdecoded
from monitor.intake.files import Table
from monitor.intake.formats import CutNumber
from monitor.intake.header_row import Header, Shape
from monitor.intake.markup import (
    has_markup,
    linked_addresses,
    may_have_markup,
    plain_text,
)
from monitor.intake.rows import Row
from monitor.intake.rules import Problem
from monitor.schema import TEXT_LIMIT

#: What identifies a fact, and where its source is.
_FACT, _ADDRESS, _TITLE = "action_id", "source_url", "source_title"
#: Columns of which merged cells say the same of every row beside them.
_GROUPING = {"measures": "theme", "signatories": "commune"}


class RowChecker:
    """Checks rows one after the other: remembers the ids, and the order of each dates column."""

    def __init__(self, shape: Shape, header: Header, table: Table | None = None):
        """`table`: the file that the rows are of, if there is one."""
        self._table = table
        self._guessed = table is not None and table.guessed
        self._sure = table is not None and table.sure
        self._names = shape.names
        self._positions = header.places
        self._width = header.width
        self._same = [(self._names.index(name), value) for name, value in header.same]
        lacking = (n for n, place in enumerate(header.places) if place < 0)
        self._absent = frozenset(lacking) - {n for n, _ in self._same}
        self._rules = shape.rules
        self._rules.absent = self._absent
        self._rules.names_by_place = header.is_of_places
        self._rules.are_names_placed = header.are_names_placed
        self._rules.words_under = header.words_under
        self._row = shape.row
        self._beside, self._places = header.beside, {n: at for at, n in enumerate(shape.names)}
        self._key = [self._names.index(name) for name in shape.key]
        self._required = [n for n, name in enumerate(self._names) if name in shape.required]
        self._dates = [n for n, name in enumerate(self._names) if name in DATES | DAYS]
        self._numbers = [n for n, name in enumerate(self._names) if name in NUMBERS]
        self._texts = [n for n, name in enumerate(self._names) if name in TEXTS]
        self._multiline = {n for n, name in enumerate(self._names) if name in MULTILINE}
        self._links = {n for n, name in enumerate(self._names) if name in ADDRESSES}
        self._orders: dict[int, Order] = {}
        self._lines: dict[str, int] = {}
        #: The line whose key the row that was checked last has as well, where it may: see `Row`.
        self._repeats = 0
        grouped = _GROUPING.get(shape.rules.content)
        self._grouped = self._names.index(grouped) if grouped else -1
        self._address = self._places[_ADDRESS] if shape.rules.content == "actions" else -1

    def check(self, line: int, cells: list[str], number: int | None = None) -> Row:
        """The row at this line, which a spreadsheet shows at `number`."""
        if len(cells) < self._width or is_filled(cells[self._width :]):
            return self._ragged(line, cells, number)
        return self.check_filled(line, cells, number)

    def check_filled(self, line: int, cells: list[str], number: int | None = None) -> Row:
        """`check`, of a row that is known to have the cells of the header."""
        taken = [cells[place] if place >= 0 else "" for place in self._positions]
        is_merged = self._grouped >= 0 and self._read_merged(taken)
        if self._beside:
            join_beside(self._beside, taken, cells, self._places)
        for place, value in self._same:
            taken[place] = value
        values = [(clean_cell(cell) or None) if cell else None for cell in taken]
        joined, page = "".join(filter(None, values)), None
        if may_have_markup(joined) and (page := self._read_markup(values)) is not None:
            joined = "".join(filter(None, values))
        at, addresses, count_values = self._address, [], ()
        if at >= 0 and (cell := values[at]) and may_have_addresses(cell):
            if addresses := split_addresses(cell):
                values[at] = addresses[0]
            count_values = (("n", str(len(addresses))),)
        noted = self._leave_source_marks(values) if "]" in joined else -1
        problems = [*self._characters(values, joined)]
        several = len(addresses) > 1
        if several and not (self._table and self._table.splits_addresses):
            problems.append((at, "several_addresses", count_values))
        special = [(place, cell) for place, cell in enumerate(taken) if type(cell) is not str]
        for place, cell in special:
            if type(cell) is FaultyCell:
                if (problem := (place, cell.code, cell.values)) not in problems:
                    problems.append(problem)
            elif type(cell) is DayCell and place not in self._dates:
                problems.append((place, "date_cell", ()))
            elif type(cell) is CutNumber and place not in self._numbers:
                problems.append((place, "number_rounded", (("wanted", str(cell)),)))
        if not problems:
            self._rules.odd.clear()
            problems += [(place, "required", ()) for place in self._required if not values[place]]
            problems += self._rules.check(values, self._order)
            problems += self._rules.contacts(values, joined)
            problems += self._seen(line, values)
            for place, cell in special:
                if type(cell) is LooseNumber:
                    self._rules.weigh_number(place, cell)
        if not problems:
            if page is not None:
                self._rules.doubt_once(("markup",), (page, "markup_read", ()))
            if noted >= 0:
                self._rules.doubt_once(("noted",), (noted, "source_marks", ()))
            if is_merged:
                self._rules.doubt_once(("merged",), (self._grouped, "merged_read", ()))
            self._rules.odd += [
                (place, "says_nothing", ())
                for place in self._texts
                if (text := values[place]) and says_nothing(text)
            ]
            if several and self._table:
                self._rules.odd.append((at, "several_addresses", count_values))
                fact = values[self._places[_FACT]] or ""
                self._table.more_addresses += [(fact, one) for one in addresses[1:]]
            raw = tuple(taken) if self._absent else None
            odd = tuple(
                Doubt(
                    line,
                    self._names[place],
                    abbreviate_cell(taken[place]),
                    code,
                    (*details, *self._where(place)),
                    number,
                )
                for place, code, details in self._rules.odd
            )
            absent, repeats = self._absent, self._repeats
            return Row(
                line,
                self._row(values),
                (),
                raw,
                row=number,
                absent=absent,
                doubts=odd,
                repeats=repeats,
            )
        first = next(filter(str.strip, cells), "")
        named = {*self._required, *self._key}
        if any(not taken[n].strip() for n in named) and (code := code_of_aside(first, cells)):
            errors = (RowError(line, "", abbreviate_cell(first), code, (), number),)
        else:
            errors = tuple(
                RowError(
                    line,
                    self._names[place],
                    abbreviate_cell(taken[place]),
                    code,
                    (
                        *details,
                        *self._rules.name_column(place, taken[place], code),
                        *self._where(place),
                    ),
                    number,
                )
                for place, code, details in problems
            )
        return Row(line, self._row(values), errors, tuple(taken), row=number, absent=self._absent)

    def _where(self, place: int) -> tuple[tuple[str, str], ...]:
        """What a sentence says of a column that the file does not have."""
        return (("absent_from", self._rules.content),) if place in self._absent else ()

    def _read_merged(self, taken: list[str]) -> bool:
        """Whether what groups a row stands in a merged cell of its column, and is put into the row."""
        if type(cell := taken[self._grouped]) is not FaultyCell:
            return False
        taken[self._grouped] = dict(cell.values).get("first", cell)
        return taken[self._grouped] is not cell

    def _read_markup(self, values: list[str | None]) -> int | None:
        """Put the text of the cells that a website has marked up in place of them; the first of them,
        None where there is none. A link is its address, and its words what the source is called."""
        first = None
        for place, cell in enumerate(values):
            if not cell or not has_markup(cell):
                continue
            first = place if first is None else first
            addresses, words = linked_addresses(cell) if place in self._links else ([], "")
            is_one_line = place not in self._multiline
            values[place] = "\n".join(addresses) or plain_text(cell, is_one_line) or None
            title = self._places.get(_TITLE, -1)
            if words and place == self._places.get(_ADDRESS) and title >= 0 and not values[title]:
                values[title] = words
        return first

    def _leave_source_marks(self, values: list[str | None]) -> int:
        """Take the numbers of sources off the ends of the cells: « Lille[2] ». The place of the first
        that had any, else -1."""
        first = -1
        for place, cell in enumerate(values):
            if cell and cell[-1] == "]" and place not in self._multiline:
                values[place] = without_source_marks(cell)
                first = place if first < 0 and values[place] != cell else first
        return first

    def _ragged(self, line: int, cells: list[str], number: int | None) -> Row:
        """A row that has not the cells of the header, refused with all that it has."""
        count = max(place for place, cell in enumerate(cells, 1) if place == 1 or cell.strip())
        count = count if len(cells) > self._width else len(cells)
        counts = (("cells", str(count)), ("columns", str(self._width)))
        error = RowError(line, "", abbreviate_cell(cells[0]), "ragged_row", counts, number)
        raw = tuple(cells[place] if 0 <= place < len(cells) else "" for place in self._positions)
        surplus = tuple(cells[self._width : count])
        return Row(line, (), (error,), raw, surplus, number, absent=self._absent)

    def _order(self, place: int) -> Order:
        """What the whole column says of the order of day and month: the file is read once more, when
        a cell asks for the first time."""
        if not self._orders:
            texts: dict[int, set[str]] = {place: set() for place in self._dates}
            for cells in self._table.again() if self._table else ():
                for one in self._dates:
                    at = self._positions[one]
                    if 0 <= at < len(cells):
                        texts[one].add(clean_cell(cells[at]))
            for one, found in texts.items():
                self._orders[one] = order_of(found)
                if self._table and self._orders[one] is Order.MONTH_FIRST:
                    self._table.doubts.append(Doubt(None, self._names[one], "", "month_first"))
        return self._orders[place]

    def _characters(self, values: list[str | None], joined: str) -> Iterator[Problem]:
        """Characters and lengths; texts are brought to Unicode's composed form (NFC) in place.
        `joined`: all of them."""
        plain = joined.isascii() or unicodedata.is_normalized("NFC", joined)
        strange = FORBIDDEN.search(joined) or "\t" in joined or "\n" in joined or "\r" in joined
        broken = self._guessed and is_misdecoded("\n".join(filter(None, values)), sure=self._sure)
        if "#" in joined:
            yield from (
                (place, "error_cell", ())
                for place, value in enumerate(values)
                if value and ERROR.fullmatch(value)
            )
        if "xemple" in joined or "xample" in joined:
            yield from (
                (place, "example_cell", ())
                for place, value in enumerate(values)
                if value and EXAMPLE.match(value)
            )
        if plain and not strange and not broken and len(joined) <= TEXT_LIMIT:
            return
        for place, value in enumerate(values):
            if not value:
                continue
            value = unicodedata.normalize("NFC", value).replace("\t", " ")
            value = value.replace("\r\n", "\n").replace("\r", "\n")
            values[place] = value
            if len(value) > TEXT_LIMIT:
                counts = (("length", str(len(value))), ("limit", str(TEXT_LIMIT)))
                yield place, "too_long", counts
            elif character := named_character(value):
                wrong = "direction" if chr(int(character[2:], 16)) in DIRECTION else "control"
                yield place, f"{wrong}_character", (("character", character),)
            elif "\n" in value and place not in self._multiline:
                yield place, "line_break", ()
            elif self._guessed and is_misdecoded(value, sure=self._sure):
                yield place, "mojibake", ()

    def _seen(self, line: int, values: list[str | None]) -> Iterator[Problem]:
        """A row whose key an earlier row of the file has."""
        if not self._key:
            return
        key = values[self._key[0]] if len(self._key) == 1 else repr([values[n] for n in self._key])
        if key is None or any(values[n] is None for n in self._key):
            return
        first = self._lines.setdefault(key, line)
        self._repeats = first if first != line and self._rules.may_repeat(values) else 0
        if first not in (line, self._repeats):
            code = "duplicate_id" if len(self._key) == 1 else self._rules.repeated
            code = "duplicate_person" if key in self._rules.derived else code
            yield self._key[0], code, (("first", str(first)),)

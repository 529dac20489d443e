"""A file to checked rows: every cell that cannot be taken is reported, and stops no other row."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

import pandas as pd

from monitor.columns import COLUMNS, KEYS, REQUIRED
from monitor.intake import files
from monitor.intake.cells import (
    DIRECTION,
    FORBIDDEN,
    TEXT_LIMIT,
    cleaned,
    is_french_date,
    named_character,
    shortened,
)
from monitor.intake.columns import DATES, DAYS, IGNORED, MULTILINE
from monitor.intake.rules import RULES, Problem, Rules
from monitor.models import RowError

Values = tuple[str | None, ...]


@dataclass(frozen=True)
class Context:
    """What cells are checked against. `areas`: index = code, columns name and department.

    `retired`: retired INSEE code -> the code that replaced it. Dates are facts until `today`.
    """

    today: date
    signatories: Collection[str] = ()
    measures: Collection[str] = ()
    areas: pd.DataFrame | None = None
    retired: Mapping[str, str] = field(default_factory=dict)
    election_on: date | None = None
    term_end: date | None = None


@dataclass(slots=True)
class Row:
    """One row. `values`: in the order of COLUMNS, None = empty, dates in EDTF; empty when `errors`
    is about the file. `absent`: the places of the columns that the file does not have. `raw`: the
    cells as they were given, kept where there are errors or absent columns."""

    line: int
    values: Values
    errors: tuple[RowError, ...] = ()
    raw: tuple[str, ...] | None = None
    absent: frozenset[int] = frozenset()


def read(file: BinaryIO, kind: str, context: Context, name: str = "") -> Iterator[Row]:
    """Every row of a signatories, mandates, actions or areas file, checked.

    Takes CSV (UTF-8, UTF-16 or cp1252; `,` or `;`) and XLSX. Never raises for what the file holds:
    a problem of the whole file is a row without values that ends the reading. Memory is bounded by
    the ids, whatever the length. `name` serves the reports only.
    """
    yield from rows(file, shape_of(kind, context), _header)


def check_one(kind: str, cells: Sequence[str], context: Context) -> Row:
    """One row, its cells in the order of COLUMNS, checked as a row of a file is."""
    places = tuple(range(len(COLUMNS[kind])))
    return _Checker(shape_of(kind, context), Header(places, len(places))).check(1, list(cells))


@dataclass(frozen=True)
class Shape:
    """A kind of file: its columns in order, those that are required, those that identify a row
    (none: a row may come again), and what its cells must obey."""

    names: tuple[str, ...]
    required: Collection[str]
    key: tuple[str, ...]
    rules: Rules


def shape_of(kind: str, context: Context) -> Shape:
    return Shape(COLUMNS[kind], REQUIRED[kind], KEYS[kind], RULES[kind](context))


@dataclass(frozen=True)
class Header:
    """Where a file has each column of its shape (-1: nowhere), and how many cells its rows have."""

    places: tuple[int, ...]
    width: int
    errors: tuple[RowError, ...] = ()


def rows(
    file: BinaryIO, shape: Shape, header: Callable[[list[str], Shape, int], Header]
) -> Iterator[Row]:
    """`read`, of a file of any shape; `header` finds its columns in the first row (cells, shape,
    line)."""
    try:
        yield from _rows(files.cells(file), shape, header)
    except files.Unreadable as problem:
        yield Row(problem.error.line or 1, (), (problem.error,))


def check_text(value: str) -> tuple[str | None, str | None, tuple]:
    """(the text as the log takes it, None if empty; code of what is wrong; what fills its sentence)."""
    text = unicodedata.normalize("NFC", cleaned(value))
    text = text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > TEXT_LIMIT:
        return None, "too_long", (("length", str(len(text))), ("limit", str(TEXT_LIMIT)))
    if character := named_character(text):
        wrong = "direction" if chr(int(character[2:], 16)) in DIRECTION else "control"
        return None, f"{wrong}_character", (("character", character),)
    return text or None, None, ()


def _rows(lines: Iterator[files.Cells], shape: Shape, header) -> Iterator[Row]:
    line, titles = next(lines)
    found = header(titles, shape, line)
    if found.errors:
        yield Row(line, (), found.errors)
        return
    checker = _Checker(shape, found)
    row = None
    for line, cells in lines:
        if any(cells):
            row = checker.check(line, cells)
            yield row
    if row is None:
        yield Row(line, (), (RowError(None, "", "", "no_rows"),))


def titles_of(header: list[str]) -> list[str]:
    """The titles of the columns, without the empty ones that end the row."""
    names = [cleaned(cell).removeprefix("\ufeff") for cell in header]
    while names and not names[-1]:
        names.pop()
    return names


def _header(header: list[str], shape: Shape, line: int) -> Header:
    """The columns by their exact names; no other may be there."""
    names, known = titles_of(header), shape.names
    listed = (("known", ", ".join(known)),)
    errors = []
    for position, name in enumerate(names):
        if any(mark in name for mark in files.MOJIBAKE):
            errors.append(RowError(line, shortened(name), "", "mojibake"))
        elif name not in known and name not in IGNORED:
            errors.append(
                RowError(line, shortened(name), shortened(name), "unknown_column", listed)
            )
        elif name in names[:position]:
            errors.append(RowError(line, name, name, "duplicate_column"))
    errors += [
        RowError(line, name, "", "missing_column", listed)
        for name in known
        if name in shape.required and name not in names
    ]
    places = tuple(names.index(name) if name in names else -1 for name in known)
    return Header(places, len(names), tuple(errors))


class _Checker:
    """Checks rows one after the other: remembers the ids and the form of each dates column."""

    def __init__(self, shape: Shape, header: Header):
        self._names = shape.names
        self._positions = header.places
        self._width = header.width
        self._absent = frozenset(n for n, place in enumerate(header.places) if place < 0)
        self._rules = shape.rules
        self._key = [self._names.index(name) for name in shape.key]
        self._required = [n for n, name in enumerate(self._names) if name in shape.required]
        self._dates = [n for n, name in enumerate(self._names) if name in DATES | DAYS]
        self._multiline = {n for n, name in enumerate(self._names) if name in MULTILINE}
        self._french: dict[int, bool] = {}
        self._lines: dict[str, int] = {}

    def check(self, line: int, cells: list[str]) -> Row:
        if len(cells) < self._width or any(cells[self._width :]):
            counts = (("cells", str(len(cells))), ("columns", str(self._width)))
            error = RowError(line, "", shortened(cells[0]), "ragged_row", counts)
            return Row(line, (), (error,), self._raw(cells), self._absent)
        taken = [cells[place] if place >= 0 else "" for place in self._positions]
        values = [cleaned(cell) or None for cell in taken]
        problems = [*self._characters(values)]
        for place in self._dates:
            if values[place] and place not in self._french:
                self._french[place] = is_french_date(values[place])
        if not problems:
            problems = [(place, "required", ()) for place in self._required if not values[place]]
            problems += self._rules.check(values, self._french)
            problems += self._seen(line, values)
        if not problems:
            raw = tuple(taken) if self._absent else None
            return Row(line, tuple(values), (), raw, self._absent)
        errors = tuple(
            RowError(line, self._names[place], shortened(taken[place]), code, details)
            for place, code, details in problems
        )
        return Row(line, tuple(values), errors, tuple(taken), self._absent)

    def _raw(self, cells: list[str]) -> tuple[str, ...]:
        return tuple(cells[place] if 0 <= place < len(cells) else "" for place in self._positions)

    def _characters(self, values: list[str | None]) -> Iterator[Problem]:
        """Characters and lengths; texts are brought to Unicode's composed form (NFC) in place."""
        joined = "".join(filter(None, values))
        plain = joined.isascii() or unicodedata.is_normalized("NFC", joined)
        strange = FORBIDDEN.search(joined) or "\t" in joined or "\n" in joined or "\r" in joined
        broken = "Ã" in joined or "â€" in joined or "Å" in joined
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
                yield place, "control_character", (("character", "U+000A"),)
            elif any(mark in value for mark in files.MOJIBAKE):
                yield place, "mojibake", ()

    def _seen(self, line: int, values: list[str | None]) -> Iterator[Problem]:
        """A row whose key an earlier row of the file has."""
        if not self._key:
            return
        key = values[self._key[0]] if len(self._key) == 1 else repr([values[n] for n in self._key])
        if key is None:
            return
        first = self._lines.setdefault(key, line)
        if first != line:
            yield self._key[0], "duplicate_id", (("first", str(first)),)

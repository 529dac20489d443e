"""A file to checked rows: every cell that cannot be taken is reported, and stops no other row."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
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
from monitor.intake.rules import RULES, Problem
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
    is about the file. `raw`: the cells as they were given, kept where there are errors."""

    line: int
    values: Values
    errors: tuple[RowError, ...] = ()
    raw: tuple[str, ...] | None = None


def read(file: BinaryIO, kind: str, context: Context, name: str = "") -> Iterator[Row]:
    """Every row of a signatories, mandates, actions or areas file, checked.

    Takes CSV (UTF-8, UTF-16 or cp1252; `,` or `;`) and XLSX. Never raises for what the file holds:
    a problem of the whole file is a row without values that ends the reading. Memory is bounded by
    the ids, whatever the length. `name` serves the reports only.
    """
    try:
        yield from _rows(files.cells(file), kind, context)
    except files.Unreadable as problem:
        yield Row(problem.error.line or 1, (), (problem.error,))


def check_one(kind: str, cells: Sequence[str], context: Context) -> Row:
    """One row, its cells in the order of COLUMNS, checked as a row of a file is."""
    names = COLUMNS[kind]
    checker = _Checker(kind, list(range(len(names))), len(names), context)
    return checker.check(1, list(cells))


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


def _rows(lines: Iterator[files.Cells], kind: str, context: Context) -> Iterator[Row]:
    line, header = next(lines)
    positions, width, errors = _header(header, kind, line)
    if errors:
        yield Row(line, (), tuple(errors))
        return
    checker = _Checker(kind, positions, width, context)
    row = None
    for line, cells in lines:
        if any(cells):
            row = checker.check(line, cells)
            yield row
    if row is None:
        yield Row(line, (), (RowError(None, "", "", "no_rows"),))


def _header(header: list[str], kind: str, line: int) -> tuple[list[int], int, list[RowError]]:
    """(place in the file of each column of the contract, -1 if absent; number of columns; errors)."""
    names = [cleaned(cell).removeprefix("\ufeff") for cell in header]
    while names and not names[-1]:
        names.pop()
    known = COLUMNS[kind]
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
        if name in REQUIRED[kind] and name not in names
    ]
    return [names.index(name) if name in names else -1 for name in known], len(names), errors


class _Checker:
    """Checks rows one after the other: remembers the ids and the form of each dates column."""

    def __init__(self, kind: str, positions: list[int], width: int, context: Context):
        self._names = COLUMNS[kind]
        self._positions = positions
        self._width = width
        self._rules = RULES[kind](context)
        self._key = [self._names.index(name) for name in KEYS[kind]]
        self._required = [n for n, name in enumerate(self._names) if name in REQUIRED[kind]]
        self._dates = [n for n, name in enumerate(self._names) if name in DATES | DAYS]
        self._multiline = {n for n, name in enumerate(self._names) if name in MULTILINE}
        self._french: dict[int, bool] = {}
        self._lines: dict[str, int] = {}

    def check(self, line: int, cells: list[str]) -> Row:
        if len(cells) < self._width or any(cells[self._width :]):
            counts = (("cells", str(len(cells))), ("columns", str(self._width)))
            error = RowError(line, "", shortened(cells[0]), "ragged_row", counts)
            return Row(line, (), (error,), self._raw(cells))
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
            return Row(line, tuple(values))
        errors = tuple(
            RowError(line, self._names[place], shortened(taken[place]), code, details)
            for place, code, details in problems
        )
        return Row(line, tuple(values), errors, tuple(taken))

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
        key = values[self._key[0]] if len(self._key) == 1 else repr([values[n] for n in self._key])
        if key is None:
            return
        first = self._lines.setdefault(key, line)
        if first != line:
            yield self._key[0], "duplicate_id", (("first", str(first)),)

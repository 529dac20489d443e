"""The keys and the measures of a pact as rows of tables: a sheet of keys and values, one of measures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import UnionType

from monitor.areas import search_key
from monitor.errors import InvalidValue
from monitor.intake import header_row, pact_measures
from monitor.intake.cells import Faulty, abbreviate_cell, clean_cell
from monitor.intake.days import day_of
from monitor.intake.files import Table
from monitor.intake.header_row import Shape
from monitor.intake.pact import OPTIONAL, REQUIRED, check_pact, parse_pact
from monitor.intake.parts import Part
from monitor.intake.reading import Context, Row
from monitor.intake.reading import rows as rows_of
from monitor.intake.rules import Rules
from monitor.intake.titles import TITLED, column_of, titles_in
from monitor.intake.unreadable import Unreadable
from monitor.intake.vocabulary import code_of
from monitor.models import Doubt, Pact, RowError

MEASURE_COLUMNS = (*pact_measures.REQUIRED, *pact_measures.OPTIONAL)
#: The keys of a pact that one cell can hold.
PACT_KEYS = {
    name: kind for name, kind in {**REQUIRED, **OPTIONAL}.items() if name in TITLED["pact"]
}
_YES = ("oui", "vrai", "yes", "true", "1", "x")
_NO = ("non", "faux", "no", "false", "0")
#: `measures[3].wording`: where a pact says that something is wrong with a measure.
_OF_MEASURE = re.compile(r"measures\[(\d+)\]\.?(.*)")


@dataclass
class AssembledPact:
    """A pact of several parts; None if any of them cannot be taken. `errors` and `doubts`: of each part,
    why. `main`: the part that says what the pact is, None if there is none."""

    main: Part | None
    pact: Pact | None = None
    errors: dict[Part, list[RowError]] = field(default_factory=dict)
    doubts: dict[Part, list[Doubt]] = field(default_factory=dict)


def assemble_pact(parts: Sequence[Part], today: date) -> AssembledPact:
    """The pact that a pact.toml, a sheet of keys and a table of measures make together."""
    toml = next((part for part in parts if part.content == "pact" and not part.sheet), None)
    sheet = next((part for part in parts if part.content == "pact" and part.sheet), None)
    rows = next((part for part in parts if part.content == "measures"), None)
    found = AssembledPact(toml or sheet, errors={part: [] for part in (toml, sheet, rows) if part})
    if found.main is None:
        if rows:
            found.errors[rows].append(RowError(None, "", "", "no_pact_here"))
        return found
    data: dict = {}
    lines: dict[str, int] = {}
    if toml:
        data, errors = parse_pact(toml.file.read())
        found.errors[toml] += errors
    if sheet:
        keys = _read_keys(sheet.open_table(), found.errors[sheet])
        for name, (line, value) in keys.items():
            if data.setdefault(name, value) != value:
                said = (("first", found.main.name), ("last", str(data[name])))
                found.errors[sheet].append(RowError(line, name, str(value), "key_twice", said))
            lines[name] = line
    measures: list[Row] = []
    if rows:
        measures = [*_read_measures(rows.open_table(), today)]
        found.errors[rows] += [error for row in measures for error in row.errors]
        found.doubts[rows] = [doubt for row in measures for doubt in row.doubts]
        if data.get("measures"):
            twice = (("first", found.main.name),)
            found.errors[rows].append(RowError(None, "", "", "measures_twice", twice))
        data["measures"] = [_measure(row) for row in measures if not row.errors]
    if not any(found.errors.values()):
        found.pact, errors = check_pact(data)
        for error in errors:
            named = _OF_MEASURE.fullmatch(error.column)
            if rows and named:
                line = measures[int(named[1]) - 1].line
                found.errors[rows].append(replace(error, line=line, column=named[2]))
            else:
                line = None if toml else lines.get(error.column)
                found.errors[found.main].append(replace(error, line=line))
    return found


class _MeasureRules(Rules):
    """What `check_pact` does not look at: how a cell is written."""

    kind = "measures"

    def check(self, values, orders):
        for name, kind in {**pact_measures.REQUIRED, **pact_measures.OPTIONAL}.items():
            if _is_date(kind):
                yield from self.date(values, self.place[name], orders)


def _read_measures(table: Table, today: date) -> Iterator[Row]:
    rules = _MeasureRules(Context(today), MEASURE_COLUMNS)
    shape = Shape(MEASURE_COLUMNS, frozenset(pact_measures.REQUIRED), ("id",), rules, tuple)
    return rows_of(table, shape, header_row.match_header)


def _measure(row: Row) -> dict:
    """A row of measures as `check_pact` takes it."""
    return {
        name: _of_type(pact_measures.OPTIONAL.get(name, str), value)
        for name, value in zip(MEASURE_COLUMNS, row.values, strict=True)
        if value is not None
    }


def _read_keys(table: Table, errors: list[RowError]) -> dict[str, tuple[int, object]]:
    """Key -> its line and its value, of a table whose rows begin with both; `errors` gets what is wrong
    with the others."""
    found: dict[str, tuple[int, object]] = {}
    try:
        for line, _, cells in table:
            title, value = [*map(_cleaned, cells), "", ""][:2]
            if not value or search_key(title) in titles_in("key"):
                continue
            name = column_of("pact", title)
            try:
                if name is None:
                    raise InvalidValue("unknown_key", known=", ".join(PACT_KEYS))
                if name in found:
                    raise InvalidValue("duplicate_column")
                if isinstance(value, Faulty):
                    raise InvalidValue(value.code, **dict(value.values))
                found[name] = line, _of_type(PACT_KEYS[name], value)
            except InvalidValue as error:
                said = tuple((n, str(v)) for n, v in error.values.items())
                column = name or abbreviate_cell(title)
                errors.append(RowError(line, column, abbreviate_cell(value), error.code, said))
    except Unreadable as problem:
        errors.append(problem.error)
    return found


def _cleaned(cell: str) -> str:
    return cell if isinstance(cell, Faulty) else clean_cell(cell)


def _is_date(kind) -> bool:
    return date in (kind.__args__ if isinstance(kind, UnionType) else (kind,))


def _of_type(kind, text: str):
    """What a cell says, as TOML would. Raises InvalidValue."""
    if _is_date(kind):
        day = day_of(text)
        return date.fromisoformat(day) if len(day) == 10 else day
    if kind is bool:
        said = search_key(text)
        if said not in (*_YES, *_NO):
            raise InvalidValue("unknown_code", known=f"{_YES[0]}, {_NO[0]}")
        return said in _YES
    if kind is list:
        parts = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
        return [code_of("office", part) or part for part in parts]
    return text

"""The keys, the measures and the offices of a pact as rows of tables: a sheet of keys and values, and
one of each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import UnionType

from monitor.areas import search_key
from monitor.errors import InvalidValue
from monitor.findings import Doubt, RowError
from monitor.i18n import interface_language
from monitor.intake.carried_themes import carry_themes
from monitor.intake.cells import FaultyCell, abbreviate_cell, clean_cell
from monitor.intake.days import day_of
from monitor.intake.files import MendedCell, Table
from monitor.intake.header_row import ANSWERING, Shape, say_headings
from monitor.intake.measure_numbers import (
    list_new_measures,
    number_measures,
    say_unnumbered,
)
from monitor.intake.mending import WHOLE_LINE
from monitor.intake.pact import OPTIONAL, REQUIRED, check_pact, parse_pact
from monitor.intake.pact_offices import name_binding
from monitor.intake.part_names import title_of_sheet
from monitor.intake.parts import Part
from monitor.intake.reading import Context, Row, read_file_as
from monitor.intake.rules import Rules
from monitor.intake.titles import TABLES_OF_PACT, TITLED, column_of, titles_in
from monitor.intake.unreadable import Unreadable
from monitor.intake.vocabulary import code_of
from monitor.intake.whole_table import find_requests, word_measures
from monitor.pacts import Pact

#: The keys of a pact that one cell can hold.
PACT_KEYS = {
    name: kind for name, kind in {**REQUIRED, **OPTIONAL}.items() if name in TITLED["pact"]
}
_YES = ("oui", "vrai", "yes", "true", "1", "x")
_NO = ("non", "faux", "no", "false", "0")
_YES_OR_NO = (("known", f"{_YES[0]}, {_NO[0]}"),)
#: `measures[3].wording`: where a pact says that something is wrong with a row of a table.
_OF_ROW = re.compile(r"(\w+)\[(\d+)\]\.?(.*)")


@dataclass
class AssembledPact:
    """A pact of several parts; None if any of them cannot be taken. `errors` and `doubts`: of each part,
    why; `mended`: the cells of it that were written anew. `main`: the part that says what the pact is,
    None if there is none."""

    main: Part | None
    pact: Pact | None = None
    errors: dict[Part, list[RowError]] = field(default_factory=dict)
    doubts: dict[Part, list[Doubt]] = field(default_factory=dict)
    mended: dict[Part, Sequence[MendedCell]] = field(default_factory=dict)


def assemble_pact(
    parts: Sequence[Part], today: date, former: Callable[[str], Pact | None] = lambda pact_id: None
) -> AssembledPact:
    """The pact that a pact.toml, a sheet of keys, and tables of measures and offices make together. What
    two of them say, both must say alike. `former`: the pact of an id as the log has it."""
    toml = next((part for part in parts if part.content == "pact" and not part.sheet), None)
    sheet = next((part for part in parts if part.content == "pact" and part.sheet), None)
    tables = {part.content: part for part in parts if part.content in TABLES_OF_PACT}
    every = [part for part in (toml, sheet, *tables.values()) if part]
    found = AssembledPact(toml or sheet, errors={part: [] for part in every})
    if found.main is None:
        for part in every:
            found.errors[part].append(RowError(None, "", "", "no_pact_here"))
        return found
    data: dict = {}
    #: Where each key stands in the sheet, and each row of a table.
    lines: dict[str, int] = {}
    rows: dict[str, list[Row]] = {}
    headings: dict[Part, Mapping[str, str]] = {}
    if toml:
        toml.file.seek(0)  # which an earlier check has read
        data, errors = parse_pact(toml.file.read())
        found.errors[toml] += errors
    if sheet:
        mended: list[MendedCell] = []
        titles = headings[sheet] = {}
        keys = _read_keys(sheet, found.errors[sheet], mended, titles)
        found.mended[sheet] = mended
        for name, (line, value) in keys.items():
            lines[name] = line
            if data.setdefault(name, value) != value:
                values = (("first", found.main.name), ("last", str(data[name])))
                found.errors[sheet].append(RowError(line, name, str(value), "key_twice", values))
    before = former(str(data.get("id", "")))
    for name, part in tables.items():
        table = part.open_table()
        rows[name] = [*_read_rows(name, table, today)]
        found.mended[part] = table.mended_cells
        headings[part] = table.headings
        found.errors[part] += [error for row in rows[name] for error in row.errors]
        doubts = [*(doubt for row in rows[name] for doubt in row.doubts), *table.doubts]
        found.doubts[part] = say_headings(doubts, table.headings)
        items = [_item(name, row) for row in rows[name] if not row.errors]
        if name == "measures":
            if carried := carry_themes(items):
                carried_values = (("n", str(carried)),)
                found.doubts[part].append(
                    Doubt(None, "theme", "", "themes_carried", carried_values)
                )
            found.doubts[part] += number_measures(part, items, before)
            found.errors[part] += say_unnumbered(rows[name], items)
        if items and data.get(name, items) != items:
            values = (("first", found.main.name),)
            found.errors[part].append(RowError(None, "", "", "table_twice", values))
        data[name] = items or data.get(name, [])
    if not data.get("measures") and not any(found.errors.values()):
        data["measures"] = _read_requests(found, parts, data.get("language"), today, before)
    if not any(found.errors.values()):
        if sheet and data.get("offices") and (binding := data.get("binding_offices")):
            data["binding_offices"] = name_binding(data["offices"], binding)
        found.pact, errors = check_pact(data)
        for error in errors:
            part, line, column = found.main, None, error.column
            if (named := _OF_ROW.fullmatch(column)) and named[1] in tables and rows[named[1]]:
                part, column = tables[named[1]], named[3]
                line = rows[named[1]][int(named[2]) - 1].line
            elif column in tables:
                part, column = tables[column], ""
            elif part is sheet:
                line = lines.get(column)
            found.errors[part].append(replace(error, line=line, column=column))
    for part, own in headings.items():
        if part not in found.errors:
            continue
        found.errors[part] = say_headings(found.errors[part], own)
    return found


def _read_requests(
    found: AssembledPact,
    parts: Sequence[Part],
    language: object,
    today: date,
    before: Pact | None,
) -> list[dict[str, str]]:
    """The measures of a pact that are worded by the titles of columns of answers alone, each once; none
    where there are no such columns. `before`: the pact as it was, of which each measure keeps its
    number."""
    titles: dict[str, str] = {}
    part_of: dict[Part, tuple[int, list[str]]] = {}
    for part in parts:
        asked = find_requests(part, today) if part.content in ANSWERING else None
        if asked is None:
            continue
        sheet = title_of_sheet("measures", interface_language(str(language or "")))
        own = replace(part, content="measures", name=f"{part.name} · {sheet}")
        keys = [*map(search_key, asked.titles.values())]
        for key, title in zip(keys, asked.titles.values(), strict=True):
            titles.setdefault(key, title)
        twice = [title for title in asked.titles.values() if keys.count(search_key(title)) > 1]
        found.errors[own] = [
            RowError(asked.line, abbreviate_cell(title), title, "duplicate_column")
            for title in dict.fromkeys(twice)
        ]
        part_of[own] = asked.line, keys
    if part_of:  # what stands in the sheet to fill in is not said twice
        for one in [one for one in found.errors if one.content == "measures" and one.is_unfilled]:
            del found.errors[one]
    former = before.measures if before else ()
    measures = word_measures([*titles.values()], former)
    known = {measure.id for measure in former}
    by_key = dict(zip(titles, measures, strict=True))
    for own, (line, keys) in part_of.items():
        asked = [by_key[key] for key in keys if by_key[key]["id"] not in known]
        code = "measures_added" if former else "measures_of_titles"
        found.doubts[own] = list_new_measures(code, line, asked)
    return measures


class _TableRules(Rules):
    """What `check_pact` does not look at: how a cell is written."""

    def __init__(self, content: str, context: Context):
        self.content = content
        super().__init__(context, TITLED[content])

    def check(self, values, orders):
        for name, kind in _types(self.content).items():
            place = self.place[name]
            text = values[place]
            if _is_date(kind):
                yield from self.date(values, place, orders)
            elif kind is bool and text and _truth(text) is None:
                yield place, "unknown_code", _YES_OR_NO


def _types(name: str) -> dict:
    needed, more = TABLES_OF_PACT[name]
    return {**needed, **more}


def shape_of_table(name: str, today: date) -> Shape:
    """The shape of a table of a pact."""
    needed, _ = TABLES_OF_PACT[name]
    columns = TITLED[name]
    return Shape(columns, frozenset(needed), columns[:1], _TableRules(name, Context(today)), tuple)


def _read_rows(name: str, table: Table, today: date) -> Iterator[Row]:
    """The rows of a table; measures may be without numbers."""
    shape = shape_of_table(name, today)
    required = {*shape.required} - ({"id"} if name == "measures" else set())
    return read_file_as(table, replace(shape, required=required))


def _item(name: str, row: Row) -> dict:
    """A row of a table as `check_pact` takes it."""
    types = _types(name)
    return {
        column: _of_type(types[column], value)
        for column, value in zip(TITLED[name], row.values, strict=True)
        if value is not None
    }


def _read_keys(
    part: Part, errors: list[RowError], mended: list[MendedCell], titles: dict[str, str]
) -> dict[str, tuple[int, object]]:
    """Key -> its line and its value, of a table whose rows begin with both; `errors` gets what is wrong
    with the others, `mended` what was written anew, and `titles` how the table calls each key, where not
    by its name."""
    found: dict[str, tuple[int, object]] = {}
    try:
        for line, _, cells in part.open_table():
            title, value = [*map(_cleaned, cells), "", ""][:2]
            name = column_of("pact", title)
            if (why := part.mending.cells.get((line, WHOLE_LINE))) is not None:
                mended.append(MendedCell(line, WHOLE_LINE, abbreviate_cell(title), why))
                continue
            anew = part.mending.cells.get((line, name or title), value)
            if anew != value and name:
                mended.append(MendedCell(line, name, value, anew))
                value = anew
            if not value or search_key(title) in titles_in("key"):
                continue
            if name and name != title:
                titles.setdefault(name, abbreviate_cell(title))
            try:
                if name is None:
                    raise InvalidValue("unknown_key", known=", ".join(PACT_KEYS))
                if name in found:
                    raise InvalidValue("duplicate_column")
                if isinstance(value, FaultyCell):
                    raise InvalidValue(value.code, **dict(value.values))
                found[name] = line, _of_type(PACT_KEYS[name], value)
            except InvalidValue as error:
                values = tuple((n, str(v)) for n, v in error.values.items())
                column = name or abbreviate_cell(title)
                errors.append(RowError(line, column, abbreviate_cell(value), error.code, values))
    except Unreadable as problem:
        errors.append(problem.error)
    return found


def _cleaned(cell: str) -> str:
    return cell if isinstance(cell, FaultyCell) else clean_cell(cell)


def _is_date(kind) -> bool:
    return date in (kind.__args__ if isinstance(kind, UnionType) else (kind,))


def _of_type(kind, text: str):
    """What a cell says, as TOML would. Raises InvalidValue."""
    if _is_date(kind):
        day = day_of(text)
        return date.fromisoformat(day) if len(day) == 10 else day
    if kind is bool:
        if (truth := _truth(text)) is None:
            raise InvalidValue("unknown_code", **dict(_YES_OR_NO))
        return truth
    if kind is list:
        parts = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
        return [code_of("office", part) or part for part in parts]
    return text


def _truth(text: str) -> bool | None:
    """What yes and no mean, None for another word."""
    key = search_key(text)
    return key in _YES if key in (*_YES, *_NO) else None

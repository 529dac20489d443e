"""A workbook to fill in: a sheet for each part of a pact, in the words of the interface, with lists to
choose from, a note on each title and a row as an example."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from monitor.export.example_rows import example_row, own_examples
from monitor.export.fields import describe_column
from monitor.export.file_reference import ColumnHelp, describe_file
from monitor.export.workbook_lists import LISTED_ROWS, WorkbookLists, columns_of
from monitor.i18n import catalogue, text
from monitor.intake.part_names import PARTS, title_of_sheet
from monitor.intake.titles import TABLES_OF_PACT, TITLED, title_of
from monitor.models import SignatoryKind
from monitor.schema import FIELDS, FILES, Field, Type

#: The sheets, in the order in which one fills them in; of the offices, only where a pact has its own.
SHEETS = (
    "pact",
    *TABLES_OF_PACT,
    *(part for part in PARTS if part in FILES and part != "areas"),
    "areas",
)
_NEEDED = PatternFill("solid", fgColor="234E70"), Font(bold=True, color="FFFFFF")
_OPTIONAL = PatternFill("solid", fgColor="DCE6EE"), Font(bold=True, color="1B2733")
_EXAMPLE = Font(italic=True, color="6B7680")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
#: Characters that a column shows, by what it holds; else as many as its title, and a little more.
_WIDTHS = {Type.PROSE: 48, Type.TEXT: 32, Type.ADDRESS: 36, Type.COMMUNE: 26, Type.SIGNATORY: 30}
_LONG = ("wording", "objective", "objective_en", "criterion_fr", "criterion_en", "explanation")


def pact_workbook(
    lang: str,
    *,
    keys: Mapping[str, object] | None = None,
    offices: Sequence[Mapping[str, object]] = (),
    own_areas: bool = False,
    places: Sequence[Mapping[str, str]] = (),
    sheets: Sequence[str] = SHEETS,
    kind: SignatoryKind | None = None,
) -> bytes:
    """The workbook, as XLSX. `keys`, `offices`: what the pact says already, as in pact.toml.
    `own_areas`: places are those of the sheet of places, and no communes; `places`: those of it that are
    known, as in areas.csv. `sheets`: of SHEETS, those
    that it has. `kind`: what those are who sign, where they are no persons."""
    book = Workbook()
    keys = keys or {}
    lists = WorkbookLists(book, lang, keys, offices, own_areas)
    own = own_examples(keys, offices, own_areas, lang, kind)
    for content in SHEETS:
        if content not in sheets or (content == "offices" and not offices):
            continue
        sheet = book.create_sheet(title_of_sheet(content, lang))
        if content == "pact":
            _fill_keys(sheet, lang, keys, lists)
        else:
            rows = {"offices": offices, "areas": places}.get(content, ())
            example = {} if rows else example_row(content, lang, own, kind)
            _fill_table(sheet, content, lang, lists, rows, example)
    lists.put_last()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_keys(
    sheet: Worksheet, lang: str, keys: Mapping[str, object], lists: WorkbookLists
) -> None:
    for place, (name, width) in enumerate((("key", 30), ("value", 44), ("meaning", 90)), start=1):
        cell = sheet.cell(1, place, text(f"sheet_column.{name}", lang))
        cell.fill, cell.font = _NEEDED
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row, name in enumerate(TITLED["pact"], start=2):
        sheet.cell(row, 1, _capitalised(title_of("pact", name, lang))).font = Font(bold=True)
        value = sheet.cell(row, 2, _cell(keys.get(name), lang))
        value.alignment = _WRAPPED
        if isinstance(keys.get(name), date):
            value.number_format = text("sheet.date_format", lang)
        meaning = sheet.cell(row, 3, describe_column("pact", name, lang))
        meaning.alignment, meaning.font = _WRAPPED, _EXAMPLE
        if words := lists.range_for("pact", name, None):
            _offer(sheet, words, f"B{row}")
    sheet.freeze_panes = "A2"
    _fit_to_pages(sheet)


def _fill_table(
    sheet: Worksheet,
    content: str,
    lang: str,
    lists: WorkbookLists,
    rows: Sequence[Mapping],
    example: Mapping[str, str],
) -> None:
    helps = describe_file(content, lang, **lists.words) if content in FILES else ()
    help_of = {help.name: help for help in helps}
    fields = {field.name: field for field in FIELDS if field.file == content}
    for place, name in enumerate(columns_of(content, lang), start=1):
        letter, field = get_column_letter(place), fields.get(name)
        title = _capitalised(title_of(content, name, lang, **lists.words))
        needed = field.required if field else name in TABLES_OF_PACT[content][0]
        cell = sheet.cell(1, place, title)
        cell.fill, cell.font = _NEEDED if needed else _OPTIONAL
        cell.alignment = _WRAPPED
        offices = lists.office_words() if name == "office" else None
        cell.comment = _note(content, name, needed, help_of.get(name), lang, offices)
        column = sheet.column_dimensions[letter]
        column.width = _width(name, title, field)
        column.number_format = "@" if _is_text(field) else "General"
        if name in example:
            shown = sheet.cell(2, place, example[name])
            shown.font, shown.alignment = _EXAMPLE, _WRAPPED
            shown.number_format = column.number_format
        for row, values in enumerate(rows, start=2):
            sheet.cell(row, place, _cell(values.get(name), lang))
        if words := lists.range_for(content, name, field):
            _offer(sheet, words, f"{letter}2:{letter}{LISTED_ROWS}")
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "B2"
    _fit_to_pages(sheet)


def _fit_to_pages(sheet: Worksheet) -> None:
    """Print all the columns on the width of a page, their titles on each."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def _offer(sheet: Worksheet, words: str, cells: str) -> None:
    """Words to choose from; another one may be typed, which the load takes or explains."""
    offered = DataValidation("list", words, allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(offered)
    offered.add(cells)


def _note(
    content: str,
    name: str,
    needed: bool,
    help: ColumnHelp | None,
    lang: str,
    offices: Sequence[str] | None,
) -> Comment:
    """What a column holds, whether it must be filled, how its cells are written. `offices`: those of
    a column of them."""
    if content == "offices":
        holds = text(f"office_help.{name}", lang)
    else:
        holds = help.holds if help else describe_column("measures", name, lang)
    # Of a place, how it is written says what it is: no code that one has to know.
    lines = [] if name == "commune" else [_capitalised(holds)]
    if help:
        lines.append(_capitalised(help.written))
    lines.append(text("sheet.needed" if needed else "sheet.optional", lang))
    if words := offices or [word for _, word in (help.codes if help else ())]:
        lines.append(", ".join(words))
    note = "\n".join(lines)
    return Comment(note, "monitor", width=320, height=24 * (2 + len(note) // 45 + len(lines)))


def _width(name: str, title: str, field: Field | None) -> int:
    own = _WIDTHS.get(field.type, 0) if field else 48 if name in _LONG else 0
    return max(own, min(len(title) + 4, 30), 14)


def _is_text(field: Field | None) -> bool:
    """Whether a spreadsheet must keep a column as it is typed: 1.10 is no number."""
    return field is None or field.type in (
        Type.IDENTIFIER,
        Type.SIGNATORY,
        Type.COMMUNE,
        Type.MEASURE,
        Type.MEASURES,
    )


def _cell(value: Any, lang: str) -> Any:
    """A value of pact.toml as a cell."""
    if isinstance(value, bool):
        return text("example.yes" if value else "example.no", lang)
    if isinstance(value, (list, tuple)):
        known = catalogue(lang)
        return " ; ".join(
            text(f"office.{one}", lang) if f"office.{one}" in known else str(one) for one in value
        )
    return value


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]

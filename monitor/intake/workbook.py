"""The first visible sheet of an XLSX workbook to rows of cells.

Openpyxl knows the format and reads its XML through defusedxml; what it would do without a limit (the
table of strings, the rows that a sheet leaves out, a row of millions of cells) is done here.
"""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import BinaryIO

from monitor.intake.cells import Faulty, shortened
from monitor.intake.unreadable import Unreadable

#: What the parts that are read may unpack to: 4 kB can hold 10 MB. A sheet of 100,000 rows by 15
#: columns has about 100 MB of XML.
SHEET_LIMIT = 200_000_000
STRINGS_LIMIT = 100_000_000
PART_LIMIT = 4_000_000
#: What a sheet has at most, and what a table of strings does with 100,000 rows by 15 columns.
ROWS, COLUMNS, STRINGS = 1_048_576, 16_384, 2_000_000
#: XML elements that one row, or one text of the table of strings, may hold.
ELEMENTS = 4 * COLUMNS
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
#: Workbooks of other sorts, by what their archive holds.
OTHERS = ("xl/workbook.bin", "Index/Document.iwa", "content.xml")
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: Of a number format: what stands in quotes, in brackets or after a backslash shows no date.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')

Cells = tuple[int, int, list[str]]


def rows_of(file: BinaryIO) -> tuple[Callable[[], Iterator[Cells]], list[str]]:
    """(what gives (row, row, cells) of every row of the first visible sheet that holds anything; the
    names of the other sheets that do). Raises Unreadable, from the iterator too."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except Exception:  # a bad archive makes zipfile raise errors of many classes
        raise Unreadable("xlsx_damaged") from None
    if any(name in names for name in OTHERS):
        raise Unreadable("other_workbook")
    if not names & NEEDED:
        raise Unreadable("not_text")
    if not names >= NEEDED:
        raise Unreadable("not_a_table")
    file.seek(0)
    try:
        return _opened(file)
    except Unreadable:
        raise
    except Exception:  # openpyxl raises what its parser meets, of any class
        raise Unreadable("xlsx_damaged") from None


def _opened(file: BinaryIO) -> tuple[Callable[[], Iterator[Cells]], list[str]]:
    from openpyxl.packaging.relationship import get_rels_path
    from openpyxl.reader.excel import ExcelReader, _find_workbook_part
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_STYLE, SHARED_STRINGS

    # What a sheet has beside its cells is left, and openpyxl says so on stderr.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    reader = ExcelReader(file, read_only=True, keep_links=False)
    _sized(reader.archive, ARC_CONTENT_TYPES, PART_LIMIT)
    reader.read_manifest()
    part = _find_workbook_part(reader.package).PartName[1:]
    for name in (part, get_rels_path(part), ARC_STYLE):
        if name in reader.valid_files:
            _sized(reader.archive, name, PART_LIMIT)
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    sheets = [
        (sheet.name, sheet.state, rel.target)
        for sheet, rel in reader.parser.find_sheets()
        if rel.target in reader.valid_files and "chartsheet" not in rel.Type
    ]
    chosen = next((one for one in sheets if one[1] == "visible"), sheets[0])
    left_out = [
        shortened(one[0]) for one in sheets if one is not chosen and _holds(reader.archive, one[2])
    ]
    _sized(reader.archive, chosen[2], SHEET_LIMIT)
    strings = []
    if (found := reader.package.find(SHARED_STRINGS)) is not None:
        strings = _strings(reader.archive, found.PartName[1:])
    return partial(_rows, reader, chosen[2], strings), left_out


def _sized(archive: zipfile.ZipFile, name: str, limit: int) -> None:
    size = archive.getinfo(name).file_size
    if size > limit:
        raise Unreadable("xlsx_too_large", size=str(size // 1_000_000), limit=str(limit // 10**6))


def _holds(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a sheet has a cell with a value, as far as its first 8 MB tell."""
    with archive.open(name) as source:
        return _VALUE.search(source.read(8_000_000)) is not None


def _elements(source, container: str, wanted: str) -> Iterator:
    """Each element of that tag in its container, whole, then forgotten. Raises Unreadable where one
    holds more than a workbook can have."""
    from openpyxl.xml.functions import iterparse

    parent, inside = None, 0
    for event, element in iterparse(source, ("start", "end")):
        if event == "start":
            inside += 1
            if inside > ELEMENTS:
                raise Unreadable("xlsx_damaged")
            if element.tag == container:
                parent = element
        elif element.tag == wanted and parent is not None:
            yield element
            parent.clear()
            inside = 0
        elif element.tag == container:
            return


def _strings(archive: zipfile.ZipFile, name: str) -> list[str]:
    _sized(archive, name, STRINGS_LIMIT)
    text, run = f"{NAMESPACE}t", f"{NAMESPACE}r/{NAMESPACE}t"
    strings = []
    with archive.open(name) as source:
        for element in _elements(source, f"{NAMESPACE}sst", f"{NAMESPACE}si"):
            plain = element.findtext(text) or ""
            runs = [one.text or "" for one in element.iterfind(run)] if len(element) else []
            strings.append("".join((plain, *runs)))
            if len(strings) > STRINGS:
                raise Unreadable("xlsx_too_many_texts", limit=str(STRINGS))
    return strings


def _rows(reader, name: str, strings: list[str]) -> Iterator[Cells]:
    from openpyxl.worksheet._reader import WorkSheetParser

    book = reader.wb
    formats = _Formats(book)
    width, last = 0, 0
    try:
        with reader.archive.open(name) as source:
            parser = WorkSheetParser(
                source,
                strings,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for element in _elements(source, f"{NAMESPACE}sheetData", f"{NAMESPACE}row"):
                number, found = parser.parse_row(element)
                # Out of their order, or where no sheet has any: nobody sees what a reader makes of it.
                if not last < number <= ROWS:
                    raise Unreadable("xlsx_damaged", number if number <= ROWS else None)
                last = number
                texts = _placed(number, found, formats, width)
                if any(texts):
                    width = width or len(texts)
                    yield number, number, texts
    except Unreadable:
        raise
    except Exception:  # as above
        raise Unreadable("xlsx_damaged") from None


def _placed(number: int, found: list[dict], formats: "_Formats", width: int) -> list[str]:
    """The texts of a row, each in its column; those beyond `width`, if it is known, follow."""
    texts: dict[int, str] = {}
    for cell in found:
        column, text = cell["column"], "" if cell["value"] is None else _text(cell, formats)
        if column > COLUMNS or (text and column in texts):
            raise Unreadable("xlsx_damaged", number)
        if text:
            texts[column] = text
    filled = sorted(column for column, text in texts.items() if text.strip())
    width = width or max(filled, default=0)
    more = [texts[column] for column in filled if column > width]
    return [texts.get(column, "") for column in range(1, width + 1)] + more


class _Formats:
    """How the styles of a workbook show a date: as a day, as a month or as a year."""

    def __init__(self, book):
        self._book = book
        self._known: dict[int, int] = {}

    def length(self, style: int) -> int:
        """How much of an ISO date the style shows: 10, 7 or 4 characters."""
        if style not in self._known:
            self._known[style] = _shown(self._format(style))
        return self._known[style]

    def _format(self, style: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        number = self._book._cell_styles[style].numFmtId
        if number < 164:
            return BUILTIN_FORMATS.get(number) or "yyyy-mm-dd"
        return self._book._number_formats[number - 164]


def _shown(form: str) -> int:
    """Characters of an ISO date that a number format shows; all of them if it shows a time."""
    shown = set(_QUOTED.sub("", form.split(";")[0]).casefold().replace("general", ""))
    # jj/mm/aaaa is what a French Excel may write.
    if shown & set("djhs") or not shown & set("mya"):
        return 10
    return 7 if "m" in shown else 4


def _text(cell: dict, formats: _Formats) -> str:
    """A cell as it would be typed, or as a Faulty one that says what it is instead."""
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        return Faulty(str(getattr(value, "text", None) or value), "formula_cell")
    if kind == "e":
        return Faulty(str(value), "error_cell")
    if isinstance(value, bool):
        return Faulty(str(value).upper(), "boolean_cell")
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return day.isoformat()[: formats.length(int(cell["style_id"]))]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text

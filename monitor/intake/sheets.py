"""One sheet of a workbook to rows of cells: each cell as the sheet shows it.

What a sheet can hide is looked for before its rows are read: hidden rows and columns, filters, and
merged cells, of which all but the first are empty.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from monitor.intake.cells import DayCell, Faulty, LooseNumber
from monitor.intake.formats import Rounded, Unfollowed, shown_number, shown_text
from monitor.intake.unreadable import Unreadable
from monitor.models import Doubt

#: What a sheet has at most.
ROWS, COLUMNS, MERGES = 1_048_576, 16_384, 10_000
#: XML elements that one row, or one text of the table of strings, may hold.
ELEMENTS = 4 * COLUMNS
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VALUE, _FORMULA, _INLINE = f"{NAMESPACE}v", f"{NAMESPACE}f", f"{NAMESPACE}is"
_TEXTS = (f"{NAMESPACE}t", f"{NAMESPACE}r/{NAMESPACE}t")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: Of a number format: what stands in quotes, in brackets or after a backslash shows no date.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_TAG = re.compile(rb"<(?:\w+:)?(?P<tag>row|col|mergeCell)\b(?P<attributes>[^>]{0,2000})>")
_ATTRIBUTE = re.compile(rb'\b(\w+)="([^"]*)"')
_BLOCK = 1 << 20
#: Hidden rows and merged cells that a doubt names.
NAMED = 5

Cells = tuple[int, int, list[str]]


@dataclass(frozen=True)
class Merge:
    """Cells that are shown as one: `ref`, as a spreadsheet says it."""

    ref: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass
class Layout:
    """Hidden rows that have cells, hidden columns as (first, last), merged cells from the top."""

    rows: list[int] = field(default_factory=list)
    columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """A sheet in an archive, and what its cells refer to."""

    archive: zipfile.ZipFile
    name: str
    strings: list[str]
    styles: "Styles"
    layout: Layout


def layout_of(source: BinaryIO) -> Layout:
    """What a sheet hides or merges. Raises Unreadable (`xlsx_damaged`)."""
    layout, left = Layout(), b""
    while block := source.read(_BLOCK):
        left += block
        cut = left.rfind(b"<")
        for found in _TAG.finditer(left, 0, max(cut, 0)):
            _note(layout, found)
        left = left[max(cut, len(left) - 10_000) :]
    for found in _TAG.finditer(left):
        _note(layout, found)
    layout.merges.sort(key=lambda merge: merge.top)
    return layout


def _note(layout: Layout, found: re.Match) -> None:
    tag, text = found["tag"], found["attributes"]
    if tag != b"mergeCell" and b"hidden" not in text:
        return
    said = {name: value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(text)}
    if tag == b"mergeCell":
        first, _, last = said.get(b"ref", "").partition(":")
        if len(layout.merges) >= MERGES:
            raise Unreadable("xlsx_damaged")
        (left, top), (right, bottom) = _place(first), _place(last or first)
        layout.merges.append(Merge(said[b"ref"], left, top, right, bottom))
    elif said.get(b"hidden") in ("1", "true"):
        if tag == b"row" and not text.endswith(b"/") and said.get(b"r", "").isdecimal():
            layout.rows.append(int(said[b"r"]))
        elif tag == b"col" and {b"min", b"max"} <= said.keys():
            layout.columns.append((int(said[b"min"]), int(said[b"max"])))


def layout_doubts(layout: Layout) -> Iterator[Doubt]:
    """What a reader of the sheet does not see, or sees as one."""
    if layout.rows:
        yield _doubt("hidden_rows", [str(row) for row in layout.rows])
    if layout.columns:
        names = [_span(*ends) for ends in layout.columns if ends[0] <= COLUMNS]
        if names:
            yield _doubt("hidden_columns", names)
    if layout.merges:
        yield _doubt("merged_cells", [merge.ref for merge in layout.merges])


def _doubt(code: str, names: list[str]) -> Doubt:
    more = ", …" if len(names) > NAMED else ""
    values = (("n", str(len(names))), ("known", ", ".join(names[:NAMED]) + more))
    return Doubt(None, "", "", code, values)


def _span(first: int, last: int) -> str:
    from openpyxl.utils import get_column_letter

    names = [get_column_letter(min(one, COLUMNS)) for one in (first, last)]
    return names[0] if first == last else "–".join(names)


def _place(ref: str) -> tuple[int, int]:
    """(column, row) of a cell as a spreadsheet names it. Raises Unreadable."""
    from openpyxl.utils import column_index_from_string

    match = _PLACE.fullmatch(ref)
    if not match:
        raise Unreadable("xlsx_damaged")
    return column_index_from_string(match[1]), int(match[2])


def elements(source, container: str, wanted: str) -> Iterator:
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


def read_rows(sheet: Sheet) -> Iterator[Cells]:
    """(row, row, cells) of every row that holds anything. Raises Unreadable."""
    width, last = 0, 0
    merged = _Merged(sheet.layout.merges)
    try:
        with sheet.archive.open(sheet.name) as source:
            for element in elements(source, f"{NAMESPACE}sheetData", f"{NAMESPACE}row"):
                number = int(float(element.get("r", last + 1)))
                # Out of their order, or where no sheet has any: nobody sees what a reader makes of it.
                if not last < number <= ROWS:
                    raise Unreadable("xlsx_damaged", number if number <= ROWS else None)
                last = number
                found = _texts(number, element, sheet)
                merged.cover(number, found)
                texts = _placed(found, width)
                if any(texts):
                    width = width or len(texts)
                    yield number, number, texts
    except Unreadable:
        raise
    except Exception:  # a parser raises what it meets, of any class
        raise Unreadable("xlsx_damaged") from None


class _Merged:
    """Merged cells, from the first row down."""

    def __init__(self, merges: list[Merge]):
        self._coming = merges[::-1]
        self._open: list[Merge] = []

    def cover(self, number: int, texts: dict[int, str]) -> None:
        """Put a fault into the empty cells of a row that belong to a cell with a text."""
        while self._coming and self._coming[-1].top <= number:
            merge = self._coming.pop()
            if merge.top == number and texts.get(merge.left, "").strip():
                self._open.append(merge)
        if not self._open:
            return
        self._open = [merge for merge in self._open if merge.bottom >= number]
        for merge in self._open:
            for column in range(merge.left, min(merge.right, COLUMNS) + 1):
                if not (number == merge.top and column == merge.left) and not texts.get(column):
                    texts[column] = Faulty("", "merged_cell", near=merge.ref)


def _texts(number: int, row, sheet: Sheet) -> dict[int, str]:
    """The texts of a row by their columns."""
    texts: dict[int, str] = {}
    column = 0
    for cell in row:
        ref = cell.get("r")
        column = _place(ref)[0] if ref else column + 1
        text = _text(cell, sheet)
        if column > COLUMNS or (text and column in texts):
            raise Unreadable("xlsx_damaged", number)
        if text:
            texts[column] = text
    return texts


def _placed(texts: dict[int, str], width: int) -> list[str]:
    """The texts of a row, each in its column; those beyond `width`, if it is known, follow."""
    filled = sorted(column for column, text in texts.items() if text.strip())
    width = width or max(filled, default=0)
    more = [texts[column] for column in filled if column > width]
    return [texts.get(column, "") for column in range(1, width + 1)] + more


def _text(cell, sheet: Sheet) -> str:
    """A cell as the sheet shows it, or as a Faulty one that says what it is instead."""
    kind, style = cell.get("t", "n"), int(cell.get("s", 0))
    if kind == "inlineStr":
        inside = cell.find(_INLINE)
        parts = () if inside is None else (one for path in _TEXTS for one in inside.iterfind(path))
        return sheet.styles.text(style, "".join(part.text or "" for part in parts))
    value = cell.findtext(_VALUE)
    formula = cell.find(_FORMULA)
    if formula is not None and (value is None or (not value and kind != "str")):
        return Faulty(f"={formula.text or ''}", "formula_cell")
    if not value:
        return ""
    if kind == "s":
        return sheet.styles.text(style, sheet.strings[int(value)])
    if kind == "str":
        return sheet.styles.text(style, value)
    if kind == "e":
        return Faulty(value, "error_cell")
    if kind == "b":
        return Faulty(str(bool(int(value))).upper(), "boolean_cell")
    return sheet.styles.day(style, value) if kind == "d" else sheet.styles.number(style, value)


class Styles:
    """What the styles of a workbook make of what its cells keep."""

    def __init__(self, book):
        self._book = book
        self._formats: dict[int, str | None] = {}

    def text(self, style: int, text: str) -> str:
        if "_x" in text:
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        form = self._format(style)
        if form in ("General", "@") or not text:
            return text
        try:
            around = shown_text(form or "")
        except Unfollowed:
            around = "", ""  # a date or a number: it shows a text as it is
        return Faulty(text, "number_format", wanted=form) if around is None else text.join(around)

    def number(self, style: int, kept: str) -> str:
        """A number as its format shows it, a date as precise as it does."""
        from openpyxl.utils.datetime import from_excel

        if style in self._book._date_formats:
            try:
                moment = from_excel(
                    float(kept), self._book.epoch,
                    timedelta=style in self._book._timedelta_formats,
                )  # fmt: skip
            except (OverflowError, ValueError):
                return Faulty(kept, "error_cell")
            return self._moment(style, moment)
        form = self._format(style)
        try:
            if form is None:
                raise Unfollowed
            shown = shown_number(kept, form)
            return LooseNumber(shown) if form == "General" and "." in shown else shown
        except Unfollowed:
            return Faulty(kept, "number_format", wanted=form or "?")
        except Rounded as shown:
            return Faulty(kept, "number_rounded", wanted=str(shown))

    def day(self, style: int, text: str) -> str:
        """A date that is kept as text."""
        from openpyxl.utils.datetime import from_ISO8601

        return self._moment(style, from_ISO8601(text))

    def _moment(self, style: int, moment) -> str:
        if not isinstance(moment, date):
            return DayCell(moment)
        day = moment.date() if isinstance(moment, datetime) else moment
        return DayCell(day.isoformat()[: _length(self._format(style) or "")])

    def _format(self, style: int) -> str | None:
        """The format of a style, None for one that belongs to another country's spreadsheets."""
        if style not in self._formats:
            from openpyxl.styles.numbers import BUILTIN_FORMATS

            number = self._book._cell_styles[style].numFmtId
            self._formats[style] = (
                BUILTIN_FORMATS.get(number)
                if number < 164
                else self._book._number_formats[number - 164]
            )
        return self._formats[style]


def _length(form: str) -> int:
    """Characters of an ISO date that a format shows: 10, 7 or 4; all of them if it shows a time."""
    shown = set(_QUOTED.sub("", form.split(";")[0]).casefold().replace("general", ""))
    # jj/mm/aaaa is what a French Excel may write.
    if shown & set("djhs") or not shown & set("mya"):
        return 10
    return 7 if "m" in shown else 4

"""One sheet of a workbook to rows of cells: each cell as the sheet shows it."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.intake.cells import Faulty
from monitor.intake.layout import COLUMNS, Layout, Merge, doubt_of, place_of
from monitor.intake.styles import Styles
from monitor.intake.unreadable import Unreadable
from monitor.models import Doubt

#: What a sheet has at most.
ROWS = 1_048_576
#: XML elements that one row, or one text of the table of strings, may hold.
ELEMENTS = 4 * COLUMNS
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VALUE, _FORMULA, _INLINE = f"{NAMESPACE}v", f"{NAMESPACE}f", f"{NAMESPACE}is"
_TEXTS = (f"{NAMESPACE}t", f"{NAMESPACE}r/{NAMESPACE}t")

Cells = tuple[int, int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """A sheet in an archive, and what its cells refer to."""

    archive: zipfile.ZipFile
    name: str
    strings: list[str]
    styles: Styles
    layout: Layout
    #: What is odd of it; rows with a text that is struck out are found while they are read.
    doubts: list[Doubt]
    struck: set[int] = field(default_factory=set)


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
        if sheet.struck and not any(doubt.code == "struck_rows" for doubt in sheet.doubts):
            sheet.doubts.append(doubt_of("struck_rows", [str(row) for row in sorted(sheet.struck)]))
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
        column = place_of(ref)[0] if ref else column + 1
        text = _text(cell, sheet)
        if column > COLUMNS or (text and column in texts):
            raise Unreadable("xlsx_damaged", number)
        if text:
            texts[column] = text
            if sheet.styles.strikes(int(cell.get("s", 0))):
                sheet.struck.add(number)
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

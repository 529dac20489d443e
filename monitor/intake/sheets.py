"""One sheet of a workbook to rows of cells: each cell as the sheet shows it."""

import zipfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.findings import Doubt
from monitor.intake.cells import Cells, FaultyCell
from monitor.intake.colours import Colours
from monitor.intake.elements import BYTES, read_elements, tag_of, text_of, too_much_at_once
from monitor.intake.layout import COLUMNS, Layout, Merge, doubt_of, place_of
from monitor.intake.styles import Styles
from monitor.intake.unreadable import Unreadable, too_large

#: What a sheet has at most.
MOST_ROWS = 1_048_576
#: Columns up to which each cell keeps its place.
SHOWN = 250
#: What a sheet may unpack to, and what its cells may show: one of 100,000 rows by 15 columns has about
#: 100 MB of XML.
SHEET_LIMIT = 200_000_000
#: Bytes of a sheet of which the rows are kept: they take several times as much.
KEPT = 4_000_000
_DATA, _ROW = tag_of("sheetData"), tag_of("row")
_VALUE, _FORMULA, _INLINE = tag_of("v"), tag_of("f"), tag_of("is")


class SheetRows:
    """The rows of a sheet in an archive: by their numbers, the texts of each by their columns. Those of
    a small sheet are kept, as it is read dozens of times before it is known what it holds. `strings`:
    the texts of the workbook, in UTF-8: one letter would make a whole text four times as large.
    `struck`: the rows with a text that is struck out, known once all were read, as are `colours`."""

    def __init__(
        self, archive: zipfile.ZipFile, name: str, strings: Sequence[bytes], styles: Styles
    ):
        self.strings, self.styles = strings, styles
        self.struck: set[int] = set()
        self.colours = Colours()
        self._archive, self._name = archive, name
        self._is_kept = archive.getinfo(name).file_size <= KEPT
        self._kept: list[tuple[int, dict[int, str]]] = []
        self._problem: Exception | None = None
        self._rest: Iterator[tuple[int, dict[int, str]]] | None = None
        self._is_whole = False

    def __iter__(self) -> Iterator[tuple[int, dict[int, str]]]:
        """Each row. Raises Unreadable, and what a parser raises."""
        if not self._is_kept:
            self.struck, self.colours = set(), Colours()
            yield from self._read()
            return
        place = 0
        while place < len(self._kept) or self._read_on():
            yield self._kept[place]
            place += 1

    def _read_on(self) -> bool:
        """Read one row more into those that are kept; False after the last."""
        if self._problem:
            raise self._problem
        if self._is_whole:
            return False
        self._rest = self._rest or self._read()
        try:
            self._kept.append(next(self._rest))
        except StopIteration:
            self._is_whole = True
        except Exception as problem:
            self._problem = problem
            raise
        return not self._is_whole

    def _read(self) -> Iterator[tuple[int, dict[int, str]]]:
        last = shown = 0
        try:
            with self._archive.open(self._name) as source:
                for element in read_elements(source, _DATA, _ROW):
                    number = int(float(element.get("r", last + 1)))
                    # Out of their order, or where no sheet has any: nobody sees what is made of it.
                    if not last < number <= MOST_ROWS:
                        raise Unreadable("xlsx_damaged", number if number <= MOST_ROWS else None)
                    last = number
                    found = _texts(number, element, self)
                    shown += sum(map(len, found.values()))
                    if shown > SHEET_LIMIT:
                        raise too_large(shown, SHEET_LIMIT)
                    yield number, found
        except Unreadable as problem:
            raise problem.at(last + 1) from None


class Sheet(NamedTuple):
    """A sheet of a workbook. `doubts`: what is odd of it; what its rows show is found when all of them
    were read."""

    rows: SheetRows
    layout: Layout
    doubts: list[Doubt]


def read_rows(sheet: Sheet, first: int = 1) -> Iterator[Cells]:
    """(row, row, cells) of every row that holds anything, from the one of that number on. Raises
    Unreadable."""
    width = last = 0
    merged = _Merged(sheet.layout.merges)
    try:
        for number, kept in sheet.rows:
            last, found = number, dict(kept)
            merged.cover(number, found, width or COLUMNS)
            if number < first:
                continue
            texts = _placed(found, width)
            if any(texts):
                width = width or len(texts)
                yield number, number, texts
        struck = sheet.rows.struck
        if struck and not any(doubt.code == "struck_rows" for doubt in sheet.doubts):
            sheet.doubts.append(doubt_of("struck_rows", [str(row) for row in sorted(struck)]))
        if not any(doubt.code == "coloured_cells" for doubt in sheet.doubts):
            sheet.doubts.extend(sheet.rows.colours.doubts())
    except Unreadable as problem:
        raise problem.at(last + 1) from None
    except Exception:  # a parser raises what it meets, of any class
        raise Unreadable("xlsx_damaged") from None


class _Merged:
    """Merged cells, from the first row down."""

    def __init__(self, merges: list[Merge]):
        self._coming = merges[::-1]
        self._open: list[Merge] = []
        #: By merged cell, its text.
        self._merged: dict[str, str] = {}

    def cover(self, number: int, texts: dict[int, str], width: int) -> None:
        """Put a fault into the empty cells of a row, up to `width`, that belong to a cell with a text.
        Raises Unreadable for cells that overlap."""
        self._open = [merge for merge in self._open if merge.bottom >= number]
        while self._coming and self._coming[-1].top <= number:
            merge = self._coming.pop()
            if merge.top == number and texts.get(merge.left, "").strip():
                if any(one.left <= merge.right and merge.left <= one.right for one in self._open):
                    raise Unreadable("xlsx_damaged", number)
                self._open.append(merge)
                self._merged[merge.ref] = texts[merge.left]
        for merge in self._open:
            first = {"first": self._merged[merge.ref]} if merge.left == merge.right else {}
            fault = FaultyCell("", "merged_cell", near=merge.ref, **first)
            for column in range(merge.left, min(merge.right, width) + 1):
                if not (number == merge.top and column == merge.left) and not texts.get(column):
                    texts[column] = fault


def _texts(number: int, row, sheet: SheetRows) -> dict[int, str]:
    """The texts of a row by their columns."""
    texts: dict[int, str] = {}
    fills: dict[int, int] = {}
    column = shown = 0
    for cell in row:
        ref = cell.get("r")
        column = place_of(ref)[0] if ref else column + 1
        text = _text(cell, sheet) if len(cell) else ""
        style = int(cell.get("s", 0))
        if (fill := sheet.styles.fill(style)) is not None:
            fills[column] = fill
        if column > COLUMNS or (text and column in texts):
            raise Unreadable("xlsx_damaged", number)
        if text:
            shown += len(text)
            if shown > BYTES:
                raise too_much_at_once()
            texts[column] = text
            if sheet.styles.strikes(style):
                sheet.struck.add(number)
    sheet.colours.note(number, fills, texts)
    return texts


def _placed(texts: dict[int, str], width: int) -> list[str]:
    """The texts of a row, each in its column; those far beyond `width`, if it is known, follow one
    another."""
    filled = sorted(column for column, text in texts.items() if text.strip())
    width = width or max(filled, default=0)
    placed = [""] * width
    for column, text in texts.items():
        if column <= width:
            placed[column - 1] = text
    beyond = [column for column in filled if column > width]
    if beyond and beyond[-1] <= SHOWN:
        return placed + [texts.get(column, "") for column in range(width + 1, beyond[-1] + 1)]
    return placed + [texts[column] for column in beyond]


def _text(cell, sheet: SheetRows) -> str:
    """A cell as the sheet shows it, or as a Faulty one that says what it is instead."""
    kind, style = cell.get("t", "n"), int(cell.get("s", 0))
    value = formula = None
    for part in cell:
        if part.tag == _VALUE:
            value = part.text or ""
        elif part.tag == _FORMULA:
            formula = part
        elif part.tag == _INLINE and kind == "inlineStr":
            return sheet.styles.text(style, text_of(part))
    if kind == "inlineStr":
        return ""
    if formula is not None and (value is None or (not value and kind != "str")):
        return FaultyCell(f"={formula.text or ''}", "formula_cell")
    if not value:
        return ""
    if kind == "s":
        return sheet.styles.text(style, sheet.strings[int(value)].decode())
    if kind == "str":
        return sheet.styles.text(style, value)
    if kind == "e":
        return FaultyCell(value, "error_cell")
    if kind == "b":
        return FaultyCell(str(bool(int(value))).upper(), "boolean_cell")
    return sheet.styles.day(style, value) if kind == "d" else sheet.styles.number(style, value)

"""The sheets of an XLSX workbook, and one of them opened, with its styles and its table of strings.

Openpyxl knows the format and reads the small parts of it. What it would do without a limit (the table of
strings, and in `sheets` the rows that a sheet leaves out, a row of millions of cells) is done here, and
what a part asks for is counted before it is read.
"""

import os
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from typing import BinaryIO, NamedTuple

from monitor.findings import Doubt
from monitor.intake.cell_notes import count_notes
from monitor.intake.cells import Cells, abbreviate_cell
from monitor.intake.elements import read_blocks, read_elements, tag_of, tags_of, text_of
from monitor.intake.layout import Layout, layout_doubts, layout_of
from monitor.intake.sheets import SHEET_LIMIT, Sheet, SheetRows, read_rows
from monitor.intake.styles import Styles
from monitor.intake.unreadable import Unreadable, too_large

#: What the other parts that are read may unpack to: 4 kB can hold 10 MB.
STRINGS_LIMIT = 100_000_000
PART_LIMIT = 4_000_000
#: What a table of strings has at most, with 100,000 rows by 15 columns.
STRINGS = 2_000_000
#: Tags of the sheet and its table of strings: so many, and so many for each byte of the archive. 100,000
#: rows of 20 cells with one style and one text have 12,200,000 in 4.2 MB.
TAGS, TAGS_OF_BYTE = 1_000_000, 3
#: Those of the other parts, which become objects of many hundred bytes.
PART_TAGS = 200_000
#: Sheets that are looked at, and how far into each for whether it holds anything.
SHEETS, LOOKED = 500, 2_000_000
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
#: Workbooks of other sorts, by what their archive holds.
OTHERS = ("xl/workbook.bin", "Index/Document.iwa", "content.xml")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")


class OpenSheet(NamedTuple):
    """`rows_from` reads the rows of one sheet, from that one on; `left_out`: the titles of the
    other sheets that hold anything; `doubts`: what is odd of the one that is read; `length`: how many
    rows it has."""

    rows_from: Callable[[int], Iterator[Cells]]
    left_out: list[str]
    doubts: list[Doubt]
    length: int


class Book:
    """A workbook, opened once for all of its sheets. Raises Unreadable."""

    def __init__(self, file: BinaryIO):
        with _unreadable_if_damaged():
            self._file = file
            self._reader, self._sheets = _read_book(file)
            self._rows: dict[str, SheetRows] = {}
            self._layouts: dict[str, Layout] = {}
            self._notes: dict[str, int] = {}
            #: Of each sheet, the first rows that were looked at, for all who look at them.
            self.looked: dict[tuple[object, ...], list] = {}
            #: And how it stands on its side, if it does.
            self.sides: dict[tuple[object, ...], list] = {}

    def filled_sheets(self) -> dict[str, bool]:
        """The titles of the sheets that have a cell with a value, as far as their beginning tells, and
        whether each is visible."""
        with _unreadable_if_damaged():
            archive = self._reader.archive
            return {
                title: state == "visible"
                for title, state, part in self._sheets
                if _holds(archive, part)
            }

    def open_sheet(self, title: str | None = None, says_others: bool = True) -> OpenSheet:
        """The sheet of that title, the first visible one if None; `left_out` is empty unless
        `says_others`. Raises Unreadable, from the rows too."""
        with _unreadable_if_damaged():
            sheets = self._sheets
            if title is None:
                chosen = next((one for one in sheets if one[1] == "visible"), sheets[0])
            else:
                chosen = next(one for one in sheets if one[0] == title)
            return self._opened(chosen, [one for one in sheets if says_others and one != chosen])

    def _opened(
        self, chosen: tuple[str, str | None, str], others: list[tuple[str, str | None, str]]
    ) -> OpenSheet:
        archive, part = self._reader.archive, chosen[2]
        left_out = [abbreviate_cell(title) for title, _, one in others if _holds(archive, one)]
        if part not in self._rows:
            left = self._tags - _counted(archive, part, SHEET_LIMIT, self._tags)
            strings, tags = self._strings
            if tags > left:
                raise Unreadable("xlsx_too_many_tags", size=str(tags), limit=str(left))
            with archive.open(part) as source:
                self._layouts[part] = layout_of(source)
            self._notes[part] = count_notes(archive, part)
            self._rows[part] = SheetRows(archive, part, strings, self._styles)
        layout = self._layouts[part]
        doubts = [*layout_doubts(layout)]
        if count := self._notes[part]:
            doubts.append(Doubt(None, "", "", "notes_unread", (("n", str(count)),)))
        sheet = Sheet(self._rows[part], layout, doubts)
        return OpenSheet(partial(read_rows, sheet), left_out, doubts, layout.length)

    @cached_property
    def _tags(self) -> int:
        """How many tags a sheet and the table of strings may have together."""
        return TAGS + TAGS_OF_BYTE * self._file.seek(0, os.SEEK_END)

    @cached_property
    def _styles(self) -> Styles:
        from openpyxl.styles.stylesheet import apply_stylesheet

        apply_stylesheet(self._reader.archive, self._reader.wb)
        return Styles(self._reader.wb)

    @cached_property
    def _strings(self) -> tuple[list[bytes], int]:
        """The table of strings, and how many tags it has."""
        from openpyxl.xml.constants import SHARED_STRINGS

        found = self._reader.package.find(SHARED_STRINGS)
        return _strings(self._reader.archive, found.PartName[1:], self._tags) if found else ([], 0)


@contextmanager
def _unreadable_if_damaged() -> Iterator[None]:
    try:
        yield
    except Unreadable:
        raise
    except Exception:  # openpyxl raises what its parser meets, of any class
        raise Unreadable("xlsx_damaged") from None


def _read_book(file: BinaryIO):
    """(the reader of openpyxl, the title, the state and the part of each sheet)."""
    from openpyxl.packaging.relationship import get_rels_path
    from openpyxl.reader import excel
    from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_STYLE

    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
    if any(name in names for name in OTHERS):
        raise Unreadable("other_workbook")
    if not names & NEEDED:
        raise Unreadable("not_text")
    if not names >= NEEDED:
        raise Unreadable("not_a_table")
    file.seek(0)
    # What a sheet has beside its cells is left, and openpyxl says so on stderr.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    reader = excel.ExcelReader(file, read_only=True, keep_links=False)
    _counted(reader.archive, ARC_CONTENT_TYPES, PART_LIMIT, PART_TAGS)
    reader.read_manifest()
    # The types of openpyxl that pyright has leave out what is private.
    find_part = excel._find_workbook_part  # pyright: ignore[reportAttributeAccessIssue]
    part = find_part(reader.package).PartName[1:]
    for name in (part, get_rels_path(part), ARC_STYLE):
        if name in reader.valid_files:
            _counted(reader.archive, name, PART_LIMIT, PART_TAGS)
    reader.read_workbook()
    sheets = [
        (sheet.name, sheet.state, rel.target)
        for sheet, rel in reader.parser.find_sheets()
        if rel.target in reader.valid_files and "chartsheet" not in rel.Type
    ]
    if len(sheets) > SHEETS:
        raise Unreadable("xlsx_too_many_sheets", size=str(len(sheets)), limit=str(SHEETS))
    return reader, sheets


def _counted(archive: zipfile.ZipFile, name: str, limit: int, tags: int) -> int:
    """How many tags a part has. Raises Unreadable where there are more than `tags`, or more than `limit`
    bytes."""
    size = archive.getinfo(name).file_size
    if size > limit:
        raise too_large(size, limit)
    with archive.open(name) as source:
        found = sum(map(tags_of, read_blocks(source)))
    if found > tags:
        raise Unreadable("xlsx_too_many_tags", size=str(found), limit=str(tags))
    return found


def _holds(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a sheet has a cell with a value, as far as its beginning tells."""
    with archive.open(name) as source:
        return _VALUE.search(source.read(LOOKED)) is not None


def _strings(archive: zipfile.ZipFile, name: str, limit: int) -> tuple[list[bytes], int]:
    tags = _counted(archive, name, STRINGS_LIMIT, limit)
    strings = []
    with archive.open(name) as source:
        for element in read_elements(source, tag_of("sst"), tag_of("si")):
            strings.append(text_of(element).encode())
            if len(strings) > STRINGS:
                raise Unreadable("xlsx_too_many_texts", limit=str(STRINGS))
    return strings, tags

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
from functools import partial
from typing import BinaryIO, NamedTuple

from monitor.intake.cells import abbreviate_cell
from monitor.intake.elements import blocks, elements, main, tags_of, text_of
from monitor.intake.layout import layout_doubts, layout_of
from monitor.intake.sheets import SHEET_LIMIT, Cells, Sheet, read_rows
from monitor.intake.styles import Styles
from monitor.intake.unreadable import Unreadable, too_large
from monitor.models import Doubt

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


class Opened(NamedTuple):
    """`begin` reads the rows of one sheet, from its beginning each time; `left_out`: the titles of the
    other sheets that hold anything; `doubts`: what is odd of the one that is read; `length`: how many
    rows it has."""

    begin: Callable[[], Iterator[Cells]]
    left_out: list[str]
    doubts: list[Doubt]
    length: int


class SheetTitle(NamedTuple):
    """A sheet of a workbook: `holds` says whether it has a cell with a value, as far as its beginning
    tells."""

    title: str
    visible: bool
    holds: bool


def list_sheets(file: BinaryIO) -> list[SheetTitle]:
    """The sheets of a workbook, in its order. Raises Unreadable."""
    with _unreadable_if_damaged():
        reader, sheets = _read_book(file)
        return [
            SheetTitle(title, state == "visible", _holds(reader.archive, part))
            for title, state, part in sheets
        ]


def open_workbook(file: BinaryIO, title: str | None = None) -> Opened:
    """The sheet of that title, which says nothing of the others; the first visible one if None. Raises
    Unreadable, from the rows too."""
    with _unreadable_if_damaged():
        return _opened(file, title)


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


def _opened(file: BinaryIO, title: str | None) -> Opened:
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.xml.constants import SHARED_STRINGS

    reader, sheets = _read_book(file)
    apply_stylesheet(reader.archive, reader.wb)
    if title is None:
        chosen = next((one for one in sheets if one[1] == "visible"), sheets[0])
    else:
        chosen = next(one for one in sheets if one[0] == title)
    left_out = [
        abbreviate_cell(one[0])
        for one in sheets
        if title is None and one is not chosen and _holds(reader.archive, one[2])
    ]
    tags = TAGS + TAGS_OF_BYTE * file.seek(0, os.SEEK_END)
    tags -= _counted(reader.archive, chosen[2], SHEET_LIMIT, tags)
    strings = []
    if (found := reader.package.find(SHARED_STRINGS)) is not None:
        strings = _strings(reader.archive, found.PartName[1:], tags)
    with reader.archive.open(chosen[2]) as source:
        layout = layout_of(source)
    doubts = [*layout_doubts(layout)]
    sheet = Sheet(reader.archive, chosen[2], strings, Styles(reader.wb), layout, doubts)
    return Opened(partial(read_rows, sheet), left_out, doubts, layout.length)


def _counted(archive: zipfile.ZipFile, name: str, limit: int, tags: int) -> int:
    """How many tags a part has. Raises Unreadable where there are more than `tags`, or more than `limit`
    bytes."""
    size = archive.getinfo(name).file_size
    if size > limit:
        raise too_large(size, limit)
    with archive.open(name) as source:
        found = sum(map(tags_of, blocks(source)))
    if found > tags:
        raise Unreadable("xlsx_too_many_tags", size=str(found), limit=str(tags))
    return found


def _holds(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a sheet has a cell with a value, as far as its beginning tells."""
    with archive.open(name) as source:
        return _VALUE.search(source.read(LOOKED)) is not None


def _strings(archive: zipfile.ZipFile, name: str, tags: int) -> list[bytes]:
    _counted(archive, name, STRINGS_LIMIT, tags)
    strings = []
    with archive.open(name) as source:
        for element in elements(source, main("sst"), main("si")):
            strings.append(text_of(element).encode())
            if len(strings) > STRINGS:
                raise Unreadable("xlsx_too_many_texts", limit=str(STRINGS))
    return strings

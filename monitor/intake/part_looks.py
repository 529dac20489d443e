"""What a table is beside what it is called: one that nobody has filled in, one of an export."""

from itertools import islice
from typing import BinaryIO

from monitor.areas import search_key
from monitor.intake.cells import EXAMPLE
from monitor.intake.files import Table
from monitor.intake.titles import column_of
from monitor.intake.unreadable import Unreadable
from monitor.intake.workbook import Book
from monitor.schema import ALIASES

#: Bytes of a file in which its titles end.
_FIRST_LINE = 10_000


def is_published(stem: str, file: BinaryIO, book: Book | None = None) -> bool:
    """Whether a file that bears the name of one to load is the table of statuses of an export."""
    if search_key(stem) not in ALIASES:
        return False
    if book:
        _, _, titles = next(book.open_sheet().rows_from(1), (1, 1, []))
        return "verdict" in titles
    begin = file.readline(_FIRST_LINE)
    file.seek(0)
    return b"verdict" in begin


def names_nobody(table: Table) -> bool:
    """Whether a table of commitments is one of measures: it does not say whose they are."""
    try:
        titles = [cell for _, _, cells in islice(table.first_rows(), 3) for cell in cells]
    except Unreadable:
        return False
    meant = {column_of("details", title) for title in titles}
    worded = {column_of("measures", title) for title in titles}
    return "signatory_id" not in meant and not worded.isdisjoint(
        ("wording", "title_fr", "title_en")
    )


#: Columns of each part that its titles must have to be known by them.
_ENOUGH = 2


def fits_part(table: Table, content: str) -> bool:
    """Whether the titles of a table are those of a part, among the first lines that it may have them
    in."""
    try:
        lines = [[*map(str, cells)] for _, _, cells in islice(table.first_rows(), 3)]
    except Unreadable:
        return False
    needed = 1 if content == "answers" else _ENOUGH  # the others are measures
    return any(
        len({column_of(content, title) for title in titles} - {None}) >= needed for titles in lines
    )


def is_template(table: Table) -> bool:
    """Whether nothing stands below the titles of a table but an example."""
    below = islice(table.first_rows(), 1, None)
    try:
        return all(EXAMPLE.match(cell) for _, _, row in below for cell in row if cell.strip())
    except Unreadable:
        return False

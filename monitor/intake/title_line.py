"""Where the titles of a table stand: above them a spreadsheet may have its own title, and beside its
sheet others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.findings import Doubt
from monitor.intake.ambiguous_titles import MEASURE
from monitor.intake.cells import clean_cell
from monitor.intake.files import Table
from monitor.intake.header_row import (
    Shape,
    match_title,
    meant_columns,
    misplaced_header,
    titles_of,
)
from monitor.intake.marks import answer_meant
from monitor.intake.part_names import content_of
from monitor.intake.unreadable import Unreadable
from monitor.intake.wide import find_answers_across

#: Columns that a line must name, to be taken for the titles where others stand before it; titles that it
#: must have where none names any.
ENOUGH = 2
#: Titles that a line below the rows has at least, to be the first of another table.
HEADING = 3
#: What such a table may hold.
_TABLES = ("actions", "answers", "signatories", "mandates", "measures")


class TitleLine(NamedTuple):
    """A line that may be that of the titles: its sheet, None of a file that has none, its number, and
    what stands there. `is_known`: somebody has said of these titles what they are."""

    sheet: str | None
    line: int
    titles: Sequence[str]
    is_known: bool = False


def list_title_lines(table: Table, content: str) -> Iterator[TitleLine]:
    """The lines that may be that of the titles, in a sheet that is called after `content` before those
    in others. The table is left at the sheet that was looked at last. Raises Unreadable."""
    sheets = [*table.sheets] if table.sheet is None else []
    for sheet in sorted(sheets, key=lambda title: content_of(title) != content) or [table.sheet]:
        if sheets:
            table.choose_sheet(sheet)
        for line, _, cells in table.first_rows():
            yield TitleLine(sheet, line, titles_of(cells))


def guess_title_line(lines: Iterable[TitleLine], shape: Shape) -> TitleLine | None:
    """The first of some lines that names every column that there must be, else the one that names most
    of those that there may be, else the first of several titles; None where the first says how the file
    is written."""
    best, most = None, 0
    for one in lines:
        if best is None and misplaced_header([*one.titles], one.line):
            return None
        named = named_columns(one.titles, shape)
        if named.issuperset(shape.required):
            return one
        is_heading = best is None or (
            not most and _is_caption(best.titles) and not _is_caption(one.titles)
        )
        if is_heading or len(named) > max(most, ENOUGH - 1):
            best, most = one, len(named)
    return best


def _is_caption(titles: Sequence[str]) -> bool:
    """Whether a line has too few titles for the columns of a table."""
    return sum(map(bool, titles)) < ENOUGH


def place_titles(table: Table, shape: Shape) -> None:
    """Have a table be read from where its titles seem to stand, unless somebody said where. What stands
    above them in their sheet is doubted."""
    if table.first is not None:
        return
    sheet = table.sheet
    try:
        found = guess_title_line(list_title_lines(table, shape.rules.content), shape)
        if table.sheet != (sheet := found.sheet if found else sheet):
            table.choose_sheet(sheet)
        above = next(table.first_rows(), None)
    except Unreadable:
        table.choose_sheet(sheet)
        return
    if found and above and above[0] < found.line:
        values = (("line", str(found.line)),)
        table.begin_at(found.line, [Doubt(found.line, "", "", "lines_above", values)])


def named_columns(titles: Sequence[str], shape: Shape) -> set[str]:
    """The columns that titles name, each measure or person above answers as one; none where answers
    stand among them, as in a row."""
    if shape.rules.content == "answers" and any(filter(None, map(answer_meant, titles))):
        return set()
    named = {*filter(None, meant_columns(titles, shape))}
    across = find_answers_across(titles, shape.rules)
    if across and across.named == MEASURE:
        meant = [across.read(titles[place]) for place in across.places]
        # A number, or a number and its words: a row of a table by measures.
        if len({*meant}) < max(len(meant), 1 if named else ENOUGH):
            return named - {MEASURE}
    if across:
        named |= {across.named, "answer", *(titles[place] for place in across.places)}
    return named


def heads_table(cells: Sequence[str]) -> bool:
    """Whether a row is one of titles, of whatever part of a pact."""
    filled = [cell for cell in map(clean_cell, cells) if cell]
    return len(filled) >= HEADING and any(
        len({match_title(content, cell) for cell in filled} - {None})
        > max(HEADING - 1, len(filled) / 2)
        for content in _TABLES
    )

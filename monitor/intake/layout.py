"""What a sheet of a workbook hides or merges: looked for before its rows are read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake.elements import read_blocks
from monitor.intake.unreadable import Unreadable

#: What a sheet has at most; merged cells, what one is taken to have.
COLUMNS, MERGES = 16_384, 10_000
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_TAG = re.compile(rb"<(?:\w+:)?(?P<tag>row|col|mergeCell)\b(?P<attributes>[^<>]{0,2000})>")
_ATTRIBUTE = re.compile(rb'\b(\w+)="([^"]*)"')
#: Hidden rows and merged cells that a doubt names.
NAMED = 5


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
    """Hidden rows that have cells, hidden columns as (first, last), merged cells from the top; `length`:
    how many rows there are."""

    rows: list[int] = field(default_factory=list)
    columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    length: int = 0


def layout_of(source: IO[bytes]) -> Layout:
    """What a sheet hides or merges. Raises Unreadable (`xlsx_damaged`)."""
    layout, left = Layout(), b""
    for block in read_blocks(source):
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
    layout.length += tag == b"row"
    if tag != b"mergeCell" and b"hidden" not in text:
        return
    attributes = {
        name: value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(text)
    }
    if tag == b"mergeCell":
        first, _, last = attributes.get(b"ref", "").partition(":")
        if len(layout.merges) >= MERGES:
            raise Unreadable("xlsx_damaged")
        (left, top), (right, bottom) = place_of(first), place_of(last or first)
        layout.merges.append(Merge(attributes[b"ref"], left, top, right, bottom))
    elif attributes.get(b"hidden") in ("1", "true"):
        if tag == b"row" and not text.endswith(b"/") and attributes.get(b"r", "").isdecimal():
            layout.rows.append(int(attributes[b"r"]))
        elif tag == b"col" and {b"min", b"max"} <= attributes.keys():
            layout.columns.append((int(attributes[b"min"]), int(attributes[b"max"])))


def layout_doubts(layout: Layout) -> Iterator[Doubt]:
    """What a reader of the sheet does not see, or sees as one."""
    if layout.rows:
        yield doubt_of("hidden_rows", [str(row) for row in layout.rows])
    if layout.columns:
        names = [_span(*ends) for ends in layout.columns if ends[0] <= COLUMNS]
        if names:
            yield doubt_of("hidden_columns", names)
    if layout.merges:
        yield doubt_of("merged_cells", [merge.ref for merge in layout.merges])


def doubt_of(code: str, names: list[str]) -> Doubt:
    """What is odd of some rows, columns or cells: how many, and the first of them."""
    values = (("n", str(len(names))), ("known", join_first(names, NAMED)))
    return Doubt(None, "", "", code, values)


def _span(first: int, last: int) -> str:
    from openpyxl.utils import get_column_letter

    names = [get_column_letter(min(one, COLUMNS)) for one in (first, last)]
    return names[0] if first == last else "–".join(names)


def place_of(ref: str) -> tuple[int, int]:
    """(column, row) of a cell as a spreadsheet names it. Raises Unreadable."""
    from openpyxl.utils import column_index_from_string

    match = _PLACE.fullmatch(ref)
    if not match:
        raise Unreadable("xlsx_damaged")
    return column_index_from_string(match[1]), int(match[2])

"""Who signed and where, in one cell: « Anne Hidalgo (Paris) », « Paris - Anne Hidalgo »."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from monitor.intake.cells import EXAMPLE, clean_cell
from monitor.intake.communes import Communes

_INNERMOST = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"\s*,\s*|\s+[-–—/]\s+")
_IN_BRACKETS = re.compile(r"(?P<first>[^()]+?)\s*\((?P<last>.+)\)")
#: Of the cells that are looked at, in how many of four the place must be certain.
_ENOUGH = 3


class NameAndPlace(NamedTuple):
    """What a cell says of somebody."""

    name: str
    place: str


def read_name_and_place(cell: str, communes: Communes) -> NameAndPlace | None:
    """Who and where, where a cell has one separator and one of its two parts alone means a place; else
    None. A place and a first name may be the same word: whom a comma or a dash parts from a place has
    two words at least."""
    found = propose_name_and_place(cell, communes)
    if found is None or communes.codes_meant(found.name) or "(" in found.name:
        return None
    enough = len(found.name.split()) > 1 or _BETWEEN.search(_mask(cell)) is None
    return found if enough and communes.codes_meant(found.place) else None


def propose_name_and_place(cell: str, communes: Communes) -> NameAndPlace | None:
    """The two parts of a cell that has one separator, that which means a place last; None where it has
    none, or several."""
    cell = clean_cell(cell)
    masked = _mask(cell)
    between = [*_BETWEEN.finditer(masked)]
    if len(between) == 1:
        first, last = cell[: between[0].start()].strip(), cell[between[0].end() :].strip()
    elif not between and (match := _IN_BRACKETS.fullmatch(cell)) and masked.endswith("_"):
        first, last = match["first"].strip(), match["last"].strip()
    else:
        return None
    if not (first and last):
        return None
    if communes.codes_meant(first) and not communes.codes_meant(last):
        first, last = last, first
    return NameAndPlace(first, last)


def find_name_and_place(cells: Iterable[str], communes: Communes) -> tuple[str, bool] | None:
    """Of the first cells of a column of names: (the first that also says a place, whether the column is
    read so); None where none does."""
    filled = [cell for cell in cells if cell.strip() and not EXAMPLE.match(cell.strip())]
    sure = [cell for cell in filled if read_name_and_place(cell, communes)]
    if sure and 4 * len(sure) >= _ENOUGH * len(filled):
        return clean_cell(sure[0]), True
    parted = [*sure, *(cell for cell in filled if propose_name_and_place(cell, communes))]
    return (clean_cell(parted[0]), False) if parted else None


def _mask(cell: str) -> str:
    """The cell with strokes in place of what stands in brackets."""
    while _INNERMOST.search(cell):
        cell = _INNERMOST.sub(lambda found: "_" * len(found[0]), cell)
    return cell

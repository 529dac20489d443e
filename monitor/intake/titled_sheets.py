"""Sheets whose title says what no column of theirs does: of a town, who signed there; of a measure, the
answers to it."""

from dataclasses import replace

from monitor.findings import Doubt
from monitor.intake.header_row import Header, Shape

_COMMUNE, _MEASURE = "commune", "measure"
_DOUBTS = {_COMMUNE: "place_of_sheet", _MEASURE: "measure_of_sheet"}


def complete_by_sheet(found: Header, shape: Shape, sheet: str | None, line: int) -> Header:
    """The header; where it lacks the place of those who signed, or the measure that was answered, and
    the title of the sheet is one, with that for all of them, and the doubt that says so."""
    lacking = {one.column for one in found.errors if one.code == "missing_column"}
    for column in (_COMMUNE, _MEASURE):
        if not sheet or column not in lacking or column not in shape.required:
            continue
        if meant := _place(sheet, shape) if column == _COMMUNE else _measure(sheet, shape):
            values = (("title", sheet), ("meant", meant))
            doubt = Doubt(line, column, "", _DOUBTS[column], values)
            return replace(
                found,
                errors=tuple(one for one in found.errors if one.column != column),
                same=(*found.same, (column, meant)),
                doubts=(*found.doubts, doubt),
            )
    return found


def _place(sheet: str, shape: Shape) -> str | None:
    """The code of the one place that a title is the name of."""
    codes = shape.rules.communes.codes_meant(sheet.strip())
    return codes.pop() if len(codes) == 1 else None


def _measure(sheet: str, shape: Shape) -> str | None:
    """The number of the one measure that a title means, or the beginning of whose title it is: those of
    sheets are cut."""
    known = shape.rules.measures_of_pact
    return known.read(sheet) or known.find_begun(sheet)

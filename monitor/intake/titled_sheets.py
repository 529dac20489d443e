"""Sheets whose title says what no column of theirs does: of a town, who signed there; of a measure, the
answers to it."""

import re
from dataclasses import replace

from monitor.areas import search_key
from monitor.findings import Doubt
from monitor.intake.header_row import Header, Shape

#: Inhabitants of a commune that a title alone may mean, and of one with the name of a department.
TOWN, CITY = 2_000, 1_000_000
#: « Lyon (69) ».
_SAYS_WHERE = re.compile(r"\([0-9][0-9AB][0-9]?\)|\b[0-9]{5}\b")
#: What communes lie in, after which sheets are called too.
_WIDER = ("department", "region")
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
    """The code of the one place that a title is the name of. Sheets are called « Table », « Mars » and
    after departments, as villages are: of villages, only one with its department is meant."""
    codes = shape.rules.communes.codes_meant(sheet.strip())
    code, places = codes.pop() if len(codes) == 1 else None, shape.rules.context.areas
    if code is None or shape.rules.context.own_places:
        return code
    if places is None or code not in places.index:
        return None
    name, people = search_key(places.at[code, "name"]), places.at[code, "population"]
    if any(name == search_key(one) for kind in _WIDER for one in places[kind].dropna().unique()):
        return code if people > CITY else None
    is_named = _SAYS_WHERE.search(sheet) or (name == search_key(sheet) and people > TOWN)
    return code if is_named else None


def _measure(sheet: str, shape: Shape) -> str | None:
    """The number of the one measure that a title means, or the beginning of whose title it is: those of
    sheets are cut."""
    known = shape.rules.measures_of_pact
    return known.read(sheet) or known.find_begun(sheet)

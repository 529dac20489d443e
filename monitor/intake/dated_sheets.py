"""Sheets of facts that say no day, and whose title does: « Suivi mars 2026 »."""

from dataclasses import replace

from monitor.findings import Doubt
from monitor.intake.days import day_in_title
from monitor.intake.header_row import Header, Shape

_HAPPENED = "happened_on"


def date_by_sheet(found: Header, shape: Shape, sheet: str | None, line: int) -> Header:
    """The header; where it lacks the day of facts that the title of their sheet says, with that day for
    all of them, and the doubt that says so."""
    wrong = [one for one in found.errors if (one.code, one.column) == ("missing_column", _HAPPENED)]
    if not wrong or _HAPPENED not in shape.names or not (day := day_in_title(sheet or "")):
        return found
    values = (("title", sheet or ""), ("absent_from", shape.rules.content))
    doubt = Doubt(line, _HAPPENED, "", "day_of_sheet", values)
    return replace(
        found,
        errors=tuple(one for one in found.errors if one not in wrong),
        same=(*found.same, (_HAPPENED, day)),
        doubts=(*found.doubts, doubt),
    )

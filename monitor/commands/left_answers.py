"""Columns of answers that somebody left out of a table of those who signed: without them, these would be
taken to have signed every measure."""

from collections.abc import Iterable
from datetime import date

from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake import Context, Part, shape_of
from monitor.intake.cells import abbreviate_cell
from monitor.intake.whole_table import ENOUGH, find_title_line, places_of_answers

#: Columns that a sentence names.
_NAMED = 3


def doubt_left_answers(parts: Iterable[Part], today: date) -> dict[str, list[Doubt]]:
    """By the names of the parts, that columns of answers are left out; nothing where another part holds
    answers."""
    parts = [*parts]
    if any(part.content == "answers" and not part.is_unfilled for part in parts):
        return {}
    shape = shape_of("signatories", Context(today))
    found = {}
    for part in parts:
        is_said = part.mending.columns or part.mending.titles
        if part.content != "signatories" or not is_said:
            continue
        if (line := find_title_line(part, shape)) is None:
            continue
        chosen = part.mending.columns_of("signatories", line.titles)
        left = [n for n, name in chosen.items() if name == "" and n < len(line.titles)]
        places = places_of_answers(part, line, left) if left else []
        if len(places) >= ENOUGH:
            titles = [abbreviate_cell(line.titles[n]) for n in places]
            values = (("n", str(len(places))), ("near", join_first(titles, _NAMED, " ; ")))
            found[part.name] = [Doubt(line.line, "", "", "answers_left_out", values)]
    return found

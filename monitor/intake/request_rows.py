"""A table of answers with a row for each request, of a pact whose measures nothing else words: they are
read from it as well."""

from dataclasses import replace
from datetime import date

from monitor.i18n import interface_language
from monitor.intake.mending import WHOLE_LINE
from monitor.intake.pact_tables import shape_of_table
from monitor.intake.part_names import title_of_sheet
from monitor.intake.parts import Part, Parts
from monitor.intake.rated_measures import part_ratings
from monitor.intake.titles import column_of
from monitor.intake.whole_table import (
    find_columns,
    free_columns,
    name_whole_table,
    places_of_answers,
    read_toml,
)

MEASURES, WORDING = "measures", "wording"
#: What a row says that is about one person.
_OF_PEOPLE = {"name", "commune"}


def complete_parts(parts: Parts, today: date) -> Parts:
    """The parts, with those that only what stands in a table tells: one that holds all of a pact, one of
    answers that words the measures, one of measures that says how far each has come."""
    return part_ratings(part_requests(name_whole_table(parts, today), today), today)


def part_requests(parts: Parts, today: date) -> Parts:
    """The parts; where nothing words the measures of a pact, and one table of answers has a row for each
    request, one more of what it says of these, before all that names them."""
    filled = {part.content for part in parts.parts if not part.is_unfilled}
    if "pact" not in filled or MEASURES in filled:
        return parts
    data, errors = read_toml(parts)
    if errors or data.get(MEASURES):
        return parts
    lang = interface_language(str(data.get("language", "")))
    found = {part: both for part in parts.parts if (both := _divide(part, today, lang))}
    if len(found) != 1:
        return parts
    ((source, (measures, answers)),) = found.items()
    read = [answers if one is source else one for one in parts.parts if one.content != MEASURES]
    at = sum(part.content == "pact" for part in read)
    return replace(parts, parts=(*read[:at], measures, *read[at:]))


def _divide(part: Part, today: date, lang: str) -> tuple[Part, Part] | None:
    """A table of answers as one of measures, and as it is read then; None where its rows word none, or
    its columns hold no answers."""
    if part.content != "answers":
        return None
    named = replace(part, content=MEASURES)
    shape = shape_of_table(MEASURES, today)
    found = find_columns(named, shape)
    if found is None:
        return None
    line, titles, _, meant = found
    meant = [_as_of_measures(name) for name in meant]
    is_of_people = any(column_of("signatories", title) in _OF_PEOPLE for title in titles)
    if WORDING not in meant or is_of_people:
        return None
    if not places_of_answers(part, line, free_columns(titles, meant)):
        return None
    known = {n: name for n, name in enumerate(meant) if name in shape.names}
    others = {n: "" for n, title in enumerate(titles) if title and n not in known}
    own = {n: name for n, name in known.items() if n in part.mending.columns}
    cells = {
        at: cell for at, cell in part.mending.cells.items() if at[1] in (*shape.names, WHOLE_LINE)
    }
    measures = replace(
        named,
        name=f"{part.name} · {title_of_sheet(MEASURES, lang)}",
        mending=replace(part.mending, columns={**own, **others}, cells=cells, same={}, marks={}),
        words_requests=True,
    )
    ignored = {n: "" for n, name in known.items() if name not in (WORDING, "id")}
    columns = {**ignored, **part.mending.columns}
    return measures, replace(part, mending=replace(part.mending, columns=columns))


def _as_of_measures(name: str | None) -> str | None:
    """What a column of answers is for a reader of measures."""
    return WORDING if name == "measure" else name

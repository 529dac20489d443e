"""A table of measures that also says of each how far it has come: what somebody promised, and the
status, the day and the source in the same row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from monitor.i18n import interface_language
from monitor.intake.header_row import match_title
from monitor.intake.mending import WHOLE_LINE
from monitor.intake.pact_tables import shape_of_table
from monitor.intake.part_names import PARTS, title_of_sheet
from monitor.intake.parts import Part, Parts
from monitor.intake.status_words import is_unrated
from monitor.intake.title_line import TitleLine
from monitor.intake.titles import EXPLANATION
from monitor.intake.unreadable import Unreadable
from monitor.intake.vocabulary import code_of
from monitor.intake.whole_table import find_columns, lines_below, read_toml
from monitor.schema import COLUMNS

MEASURES, ACTIONS, STATUS = "measures", "actions", "status"
#: What names the measure of a row, the surest first.
_NAMING = ("id", "wording", "title_fr", "title_en")
#: What a row says of a measure and of what became of it.
_OF_FACT = (
    *(STATUS, "happened_on", "summary", "quote", "source_kind", "source_title", "source_publisher"),
    *("source_url", "archive_url"),
)


class _Ratings(NamedTuple):
    """The column of a table by which the measure of every fact is known, by its place, and the lines of
    those of which it tells nothing."""

    naming: int
    unrated: frozenset[int]


def part_ratings(parts: Parts, today: date) -> Parts:
    """The parts; where none holds facts, and the table of the measures says the status of each, one more
    of what it says of these."""
    if any(part.content == ACTIONS and not part.is_unfilled for part in parts.parts):
        return parts
    data, _ = read_toml(parts)
    lang = interface_language(str(data.get("language", "")))
    tables = [part for part in parts.parts if part.content == MEASURES and not part.is_unfilled]
    both = _divide(tables[0], today, lang) if len(tables) == 1 else None
    if both is None:
        return parts
    read = [part for part in parts.parts if part is not tables[0] and part.content != ACTIONS]
    ordered = sorted((*both, *read), key=lambda part: PARTS.index(part.content))
    return replace(parts, parts=tuple(ordered))


def _divide(part: Part, today: date, lang: str) -> tuple[Part, Part] | None:
    """A table of measures as one of these alone, and as one of facts; None where it tells none."""
    shape = shape_of_table(MEASURES, today)
    found = find_columns(part, shape)
    if found is None:
        return None
    line, titles, chosen, meant = found
    naming = [meant.index(name) for name in _NAMING if name in meant]
    given = part.mending.columns_of(ACTIONS, titles)
    apart = (None, EXPLANATION)  # beside a status, it says why that is the one
    free = [n for n, name in enumerate(meant) if titles[n] and (name in apart or n in given)]
    of_facts = {n: given.get(n, match_title(ACTIONS, titles[n])) for n in free}
    of_facts = {n: name for n, name in of_facts.items() if name in _OF_FACT}
    if not naming or STATUS not in of_facts.values():
        return None
    rated = _read_ratings(part, line, of_facts, naming)
    if rated is None:
        return None
    others = {n: "" for n, title in enumerate(titles) if title and n not in of_facts}
    cells = part.mending.cells
    known = (*COLUMNS[ACTIONS], WHOLE_LINE)
    measures = replace(part.mending, columns={**chosen, **dict.fromkeys(of_facts, "")})
    facts = replace(
        part.mending,
        columns={**others, **of_facts, rated.naming: "measure"},
        cells={at: cell for at, cell in cells.items() if at[1] in known},
        first=line.line,
        unread=rated.unrated,
    )
    name = f"{part.name} · {title_of_sheet(ACTIONS, lang)}"
    return replace(part, mending=measures), replace(part, content=ACTIONS, name=name, mending=facts)


def _read_ratings(
    part: Part, titles: TitleLine, columns: Mapping[int, str], naming: Sequence[int]
) -> _Ratings | None:
    """None where what stands under the status is not one, mostly, nor what somebody said that it
    means."""
    unrated, rated, read = set(), 0, 0
    try:
        for line, cells in lines_below(part, titles):
            facts = {name: cells[n].strip() for n, name in columns.items() if n < len(cells)}
            status = facts.pop(STATUS, "")
            if not any(facts.values()) and (not status or is_unrated(status)):
                unrated.add(line)
                continue
            naming = [n for n in naming if n < len(cells) and cells[n].strip()] or naming[-1:]
            if status and not is_unrated(status):
                rated += 1
                read += bool(code_of(STATUS, status)) or status in part.mending.marks
    except Unreadable:
        return None
    return _Ratings(naming[0], frozenset(unrated)) if rated and 2 * read >= rated else None

"""A table of the signatories of a pact that also has a column for what they answered to each measure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from monitor.commands.loading import file_context
from monitor.commands.long_answers import is_long, name_signatories
from monitor.i18n import interface_language
from monitor.intake import shape_of
from monitor.intake.beside import find_beside
from monitor.intake.header_row import ANSWERING, Shape, meant_columns
from monitor.intake.mending import WHOLE_LINE, MendedCells
from monitor.intake.name_and_place import find_name_and_place
from monitor.intake.part_names import title_of_sheet
from monitor.intake.parts import Part
from monitor.intake.whole_table import columns_meant, find_title_line
from monitor.intake.wide import find_notes
from monitor.pacts import Pact
from monitor.schema import COLUMNS
from monitor.store import Session

#: The columns of answers that say something of all of a row.
_SAID_OF_ALL = ("comment", "answered_on")
#: Fewer columns may be called like measures by chance.
_ENOUGH = 2


def part_answers(
    session: Session, pact: Pact, parts: Sequence[Part], today: date, is_whole: bool = False
) -> list[Part]:
    """The parts; where none holds answers, and a table of signatories has columns of measures, one more
    of what stands in these, after it. `is_whole`: all of a pact is here; where nothing but answers names
    the signatories, such as those to a form, they are such a table."""
    shapes = [
        shape_of(one, file_context(session, pact, one, today)) for one in ("signatories", "answers")
    ]
    unfilled = [part for part in parts if part.content in ANSWERING and part.is_unfilled]
    contents = {part.content for part in parts if part not in unfilled}
    if is_whole and "signatories" not in contents:
        parts = name_signatories(parts, shapes[0], pact.language)
        named = [part if part in unfilled else _naming_all(part, shapes[0]) for part in parts]
        if named != [*parts]:
            parts = [part for part in named if part not in unfilled]
    if any(part.content == "answers" and part not in unfilled for part in parts):
        return [*parts]
    found: list[Part] = []
    for part in parts:
        both = _part(part, *shapes) if part.content == "signatories" else None
        if both is None:
            found.append(part)
            continue
        title = title_of_sheet("answers", interface_language(pact.language))
        mine, answers = (
            replace(part.mending, columns=columns, cells=cells)
            for columns, cells in zip(both[:2], _divide_cells(part, both.shared), strict=True)
        )
        found.append(replace(part, mending=mine))
        found.append(
            replace(part, content="answers", name=f"{part.name} · {title}", mending=answers)
        )
    is_split = len(found) > len(parts)
    return [part for part in found if not (is_split and part in unfilled)]


class _Both(NamedTuple):
    """What the columns of a table are for a reader of signatories, and of answers. `shared`: the columns
    that both read, as the second calls them."""

    signatories: dict[int, str]
    answers: dict[int, str]
    shared: dict[str, str]


def _divide_cells(part: Part, shared: Mapping[str, str]) -> tuple[MendedCells, MendedCells]:
    """The cells of a table that were written anew: those of the signatories, and those of the answers,
    which are named by the titles of the file. A line that is left out is left out of both."""
    own: dict[tuple[int, str], str] = {}
    answers: dict[tuple[int, str], str] = {}
    for (line, column), said in part.mending.cells.items():
        if column in COLUMNS["signatories"] or column == WHOLE_LINE:
            own[line, column] = said
        if column not in COLUMNS["signatories"] or column in shared:
            answers[line, shared.get(column, column)] = said
    return own, answers


def _naming_all(part: Part, signatories: Shape) -> Part:
    """A table of answers as one of signatories, if it has all that this needs."""
    named = replace(part, content="signatories")
    line = find_title_line(named, signatories) if part.content == "answers" else None
    if line is None or is_long(line.titles):
        return part
    _, meant = columns_meant(named, line.titles, signatories)
    has = {*filter(None, meant)}
    if "name" in has and "commune" not in has:
        below = part.open_table().rows_below(line.line)
        cells = (row[meant.index("name")] for row in below if len(row) > meant.index("name"))
        said = find_name_and_place(cells, signatories.rules.communes)
        has |= {"commune"} if said and said[1] else set()
    return named if has.issuperset(signatories.required) else part


def _part(part: Part, signatories: Shape, answers: Shape) -> _Both | None:
    """None where no two columns are of measures."""
    line = find_title_line(part, signatories)
    if line is None:
        return None
    titles = [*line.titles]
    chosen, meant = columns_meant(part, titles, signatories)
    beside = {place: column for place, column, _ in find_beside(titles, meant, signatories.names)}
    free = [n for n, name in enumerate(meant) if name is None and titles[n] and n not in beside]
    read = answers.rules.measures_of_pact.read
    measured = [n for n in free if read(titles[n]) is not None]
    if len(measured) < _ENOUGH:
        return None
    noted = find_notes(titles, measured, read).values()
    told = part.mending.columns_of("answers", titles)
    said = [n for n in free if told.get(n, meant_columns([titles[n]], answers)[0]) in _SAID_OF_ALL]
    of_answers = {*measured, *noted, *said}
    named = "signatory_id" if "signatory_id" in meant else "name"
    shared = {n for n, name in enumerate(meant) if name in (named, "commune")}
    shared |= {place for place, column in beside.items() if column == named}
    others = {n: "" for n in range(len(titles)) if n not in of_answers | shared and titles[n]}
    own = {n: "signatory_id" for n, name in enumerate(meant) if name == named}
    also = {named: "signatory_id", **({"commune": "commune"} if "commune" in meant else {})}
    return _Both({**chosen, **dict.fromkeys(of_answers, "")}, {**others, **own}, also)

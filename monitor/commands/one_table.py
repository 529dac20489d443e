"""A table of the signatories of a pact that also has a column for what they answered to each measure."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from monitor.commands.loading import file_context
from monitor.commands.long_answers import is_long, name_signatories
from monitor.i18n import interface_language
from monitor.intake import shape_of
from monitor.intake.ambiguous_titles import RESIDENCE
from monitor.intake.answer_notes import find_notes
from monitor.intake.answers_beside import are_of_measures
from monitor.intake.beside import find_beside
from monitor.intake.form_columns import is_consent
from monitor.intake.header_row import ANSWERING, Shape, meant_columns
from monitor.intake.marks import AnswerMarks, is_silence
from monitor.intake.mending import WHOLE_LINE, MendedCells
from monitor.intake.name_and_place import find_name_and_place
from monitor.intake.part_names import title_of_sheet
from monitor.intake.parts import Part
from monitor.intake.title_line import TitleLine
from monitor.intake.unreadable import Unreadable
from monitor.intake.whole_table import find_columns, lines_below
from monitor.pacts import Pact
from monitor.schema import COLUMNS
from monitor.store import Session

#: The columns of answers that say something of all of a row.
_SAID_OF_ALL = ("comment", "answered_on")


def split_answers(
    session: Session, pact: Pact, parts: Sequence[Part], today: date, is_whole: bool = False
) -> list[Part]:
    """The parts, and after each table of signatories with columns of measures a part of answers made
    from these columns, unless some part already holds answers. `is_whole`: all of a pact is here; a
    table of answers that is all that names the signatories, such as those to a form, then counts as such
    a table."""
    shapes = [
        shape_of(one, file_context(session, pact, one, today)) for one in ("signatories", "answers")
    ]
    unfilled = [part for part in parts if part.content in ANSWERING and part.is_unfilled]
    contents = {part.content for part in parts if part not in unfilled}
    if is_whole and "signatories" not in contents:
        parts = name_signatories(parts, shapes[0], pact.language)
        read_so = [part if part in unfilled else _as_signatories(part, shapes[0]) for part in parts]
        if read_so != [*parts]:
            parts = [part for part in read_so if part not in unfilled]
    if any(part.content == "answers" and part not in unfilled for part in parts):
        return [*parts]
    found: list[Part] = []
    for part in parts:
        divided = _divide_columns(part, *shapes) if part.content == "signatories" else None
        if divided is None:
            found.append(part)
            continue
        title = title_of_sheet("answers", interface_language(pact.language))
        mine, answers = (
            replace(part.mending, columns=columns, cells=cells)
            for columns, cells in zip(divided[:2], _divide_cells(part, divided.shared), strict=True)
        )
        unsigned = _unanswered_lines(part, divided)
        found.append(replace(part, mending=replace(mine, unsigned=unsigned)))
        found.append(
            replace(part, content="answers", name=f"{part.name} · {title}", mending=answers)
        )
    is_split = len(found) > len(parts)
    return [part for part in found if not (is_split and part in unfilled)]


class _DividedColumns(NamedTuple):
    """What the columns of a table are for a reader of signatories, and of answers. `shared`: the columns
    that both read, as the second calls them. `measured`: the places of those of answers; `listed`: of
    those that list measures; `line`: that of the titles."""

    signatories: dict[int, str]
    answers: dict[int, str]
    shared: dict[str, str]
    measured: list[int]
    listed: list[int]
    line: TitleLine


def _divide_cells(part: Part, shared: Mapping[str, str]) -> tuple[MendedCells, MendedCells]:
    """The cells of a table that were written anew: those of the signatories, and those of the answers,
    which are named by the titles of the file. A line that is left out is left out of both."""
    own: dict[tuple[int, str], str] = {}
    answers: dict[tuple[int, str], str] = {}
    for (line, column), cell in part.mending.cells.items():
        if column in COLUMNS["signatories"] or column == WHOLE_LINE:
            own[line, column] = cell
        if column not in COLUMNS["signatories"] or column in shared:
            answers[line, shared.get(column, column)] = cell
    return own, answers


def _as_signatories(part: Part, signatories: Shape) -> Part:
    """A table of answers as one of signatories, if it has all that this needs; else the part itself."""
    renamed = replace(part, content="signatories")
    found = find_columns(renamed, signatories) if part.content == "answers" else None
    if found is None or is_long(found.titles):
        return part
    line, _, _, meant = found
    has = {*filter(None, meant)}
    if "name" in has and "commune" not in has:
        below = part.open_table().rows_below(line.line)
        cells = (row[meant.index("name")] for row in below if len(row) > meant.index("name"))
        both = find_name_and_place(cells, signatories.rules.communes)
        has |= {"commune"} if both and both[1] else set()
    return renamed if has.issuperset(signatories.required) else part


def _is_of_person(name: str) -> bool:
    """Whether a column that somebody chose is one of signatories."""
    return name in (*COLUMNS["signatories"], RESIDENCE)


def _divide_columns(part: Part, signatories: Shape, answers: Shape) -> _DividedColumns | None:
    """Which columns are of the signatories, and which of their answers; None where too few
    are those of measures."""
    found = find_columns(part, signatories)
    if found is None:
        return None
    line, titles, chosen, meant = found
    # Of a table of both, somebody may say which measure a column is about, or a column of answers.
    of_others = {n: name for n, name in chosen.items() if name and not _is_of_person(name)}
    meant = [None if n in of_others else name for n, name in enumerate(meant)]
    named = [of_others.get(n, title) for n, title in enumerate(titles)]
    beside = {place: column for place, column, _ in find_beside(titles, meant, signatories.names)}
    free = [n for n, name in enumerate(meant) if name is None and titles[n] and n not in beside]
    measures = answers.rules.measures_of_pact
    read = measures.reader_of([named[n] for n in free])
    measured = [n for n in free if read(named[n]) is not None]
    if not are_of_measures([named[n] for n in measured], measures):
        return None
    noted = {*find_notes(titles, measured, read).values()}
    noted |= {*find_notes(titles, measured, read, "source_url").values()}
    chosen_too = part.mending.columns_of("answers", titles)
    of_all = [
        n for n in free if chosen_too.get(n, meant_columns([titles[n]], answers)[0]) in _SAID_OF_ALL
    ]
    of_answers = {*measured, *noted, *of_all}
    who = "signatory_id" if "signatory_id" in meant else "name"
    shared = {n for n, name in enumerate(meant) if name in (who, "commune")}
    shared |= {place for place, column in beside.items() if column == who}
    read_twice = of_answers | shared | {n for n in free if is_consent(titles[n])}
    others = {n: "" for n in range(len(titles)) if n not in read_twice and titles[n]}
    others |= of_others
    own = {n: "signatory_id" for n, name in enumerate(meant) if name == who}
    also = {who: "signatory_id", **({"commune": "commune"} if "commune" in meant else {})}
    columns = {**chosen, **dict.fromkeys(of_answers, "")}
    listed = [n for n, name in enumerate(meant) if name == "measures"]
    return _DividedColumns(columns, {**others, **own}, also, measured, listed, line)


def _unanswered_lines(part: Part, divided: _DividedColumns) -> frozenset[int]:
    """The lines without any answer, and without a list of measures, of a table where others have some:
    a day there is that of no signature of all measures."""
    marks = AnswerMarks(part.mending.marks)
    if not is_silence(marks.read("")):
        return frozenset()
    told = {line for line, _ in (*part.mending.cells, *part.mending.remembered)}
    silent, is_any = set(), False
    with suppress(Unreadable):
        for line, cells in lines_below(part, divided.line):
            is_told = any(
                not is_silence(marks.read(cells[n])) for n in divided.measured if n < len(cells)
            )
            is_any = is_any or is_told
            if (
                not is_told
                and line not in told
                and not any(cells[n].strip() for n in divided.listed if n < len(cells))
            ):
                silent.add(line)
    return frozenset(silent) if is_any else frozenset()

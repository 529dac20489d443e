"""A table of answers, one a row, that alone names who signed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from monitor.areas import search_key
from monitor.i18n import interface_language
from monitor.intake.ambiguous_titles import settle_columns
from monitor.intake.beside import find_beside
from monitor.intake.header_row import Shape, match_title
from monitor.intake.mending import WHOLE_LINE, MendedCells
from monitor.intake.parts import Part, title_of_sheet
from monitor.intake.title_line import TitleLine
from monitor.intake.unreadable import Unreadable
from monitor.intake.whole_table import columns_meant, find_title_line, lines_below
from monitor.schema import COLUMNS

#: What such a row may say of whoever answered.
_OF_PERSON = ("name", "commune", "list", "kind", "person_id")
#: Of that, what their answers say as well, as it is called there.
_SHARED = {"name": "signatory_id", "commune": "commune"}


def name_signatories(parts: Sequence[Part], signatories: Shape, language: str) -> list[Part]:
    """The parts, and before each table of answers, one a row, one of those who answered, each once,
    where it says who and where. `signatories`: the shape of these; `language`: that of the pact."""
    found: list[Part] = []
    for part in parts:
        line = find_title_line(part, signatories) if part.content == "answers" else None
        found += [part] if line is None else _divide(part, line, signatories, language)
    return found


def is_long(titles: Sequence[str]) -> bool:
    """Whether a table of answers with these titles has one a row."""
    known = COLUMNS["answers"]
    meant = [match_title("answers", title) or None for title in titles]
    return {"measure", "answer"} <= {*settle_columns(meant, titles, known, ())}


def _divide(part: Part, line: TitleLine, signatories: Shape, language: str) -> list[Part]:
    titles = [*line.titles]
    named = replace(part, content="signatories")
    chosen, meant = columns_meant(named, titles, signatories)
    if not is_long(titles) or not {*filter(None, meant)}.issuperset(signatories.required):
        return [part]
    beside = {n: column for n, column, _ in find_beside(titles, meant, signatories.names)}
    kept = {n for n, name in enumerate(meant) if (beside.get(n) or name) in _OF_PERSON}
    others = {n: "" for n, title in enumerate(titles) if title and n not in kept}
    more = [n for n in kept if match_title("answers", titles[n]) is None and n not in beside]
    who = _name_lines(part, line, sorted(kept), meant.index("name"))
    first = {key: at for at, key in reversed(who.items()) if key}
    repeated = frozenset(at for at, key in who.items() if first.get(key) != at)
    columns = {**chosen, **others}
    mine, theirs = _divide_cells(part.mending.cells, who)
    own = replace(part.mending, columns=columns, unread=repeated, cells=mine)
    columns = {**part.mending.columns, **dict.fromkeys(more, "")}
    answers = replace(part.mending, columns=columns, cells=theirs)
    title = title_of_sheet("signatories", interface_language(language))
    return [
        replace(named, name=f"{part.name} · {title}", mending=own),
        replace(part, mending=answers),
    ]


def _divide_cells(
    given: MendedCells, who: Mapping[int, tuple[str, ...]]
) -> tuple[MendedCells, MendedCells]:
    """The cells that were written anew: those of who signed, and those of the answers. What was said of
    somebody in one line is said in each of theirs; so is that a line is left out."""
    own: dict[tuple[int, str], str] = {}
    answers: dict[tuple[int, str], str] = {}
    for (line, column), cell in given.items():
        if column in _OF_PERSON or column == WHOLE_LINE:
            own[line, column] = cell
        if column not in _OF_PERSON:
            answers[line, column] = cell
        if column in _SHARED:
            same = [at for at, key in who.items() if key and key == who.get(line)]
            answers |= {(at, _SHARED[column]): cell for at in same}
    return own, answers


def _name_lines(
    part: Part, line: TitleLine, kept: Sequence[int], name: int
) -> dict[int, tuple[str, ...]]:
    """By their lines, the words in which rows name somebody; none of a row that names nobody."""
    found: dict[int, tuple[str, ...]] = {}
    with suppress(Unreadable):
        for at, cells in lines_below(part, line):
            key = tuple(search_key(cells[n]) if n < len(cells) else "" for n in kept)
            found[at] = key if name < len(cells) and cells[name].strip() else ()
    return found

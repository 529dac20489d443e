"""A table of answers, one a row, that alone names who signed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.areas import search_key
from monitor.i18n import interface_language
from monitor.intake.ambiguous_titles import settle_columns
from monitor.intake.beside import find_beside
from monitor.intake.header_row import Shape, match_title
from monitor.intake.mending import Mending
from monitor.intake.parts import Part, title_of_sheet
from monitor.intake.title_line import TitleLine
from monitor.intake.unreadable import Unreadable
from monitor.intake.whole_table import columns_meant, find_title_line
from monitor.schema import COLUMNS

#: What such a row may say of whoever answered.
_OF_PERSON = ("name", "commune", "list", "kind", "person_id")


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
    own = replace(
        part.mending,
        columns={**chosen, **others},
        unread=frozenset(_repeated(part, line, sorted(kept), meant.index("name"))),
    )
    answers = replace(part.mending, columns={**part.mending.columns, **dict.fromkeys(more, "")})
    title = title_of_sheet("signatories", interface_language(language))
    return [
        replace(named, name=f"{part.name} · {title}", mending=own),
        replace(part, mending=answers),
    ]


def _repeated(part: Part, line: TitleLine, kept: Sequence[int], name: int) -> Iterator[int]:
    """The lines that name nobody, or who was named above in the same words."""
    table = replace(part, mending=Mending()).open_table()
    seen: set[tuple[str, ...]] = set()
    try:
        if line.sheet is not None:
            table.choose_sheet(line.sheet)
        for at, _, cells in table:
            if at <= line.line:
                continue
            key = tuple(search_key(cells[n]) if n < len(cells) else "" for n in kept)
            if key in seen or name >= len(cells) or not cells[name].strip():
                yield at
            seen.add(key)
    except Unreadable:
        return

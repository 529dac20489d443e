"""The files of a folder, or the sheets of a workbook, that make one whole pact together."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO

from monitor.findings import RowError
from monitor.i18n import LANGUAGES
from monitor.intake.answer_sheets import find_answers
from monitor.intake.files import Table
from monitor.intake.marks import MARKED, meant_by_marks
from monitor.intake.mending import Mending
from monitor.intake.part import Part
from monitor.intake.part_looks import fits_part, is_published, is_template, names_nobody
from monitor.intake.part_names import (
    DOUBTS_FILE,
    OF_SHEET,
    PARTS,
    TEXTS,
    content_nearly_of,
    content_of,
    title_of_sheet,
    titles_of_files,
)
from monitor.intake.unreadable import Unreadable
from monitor.intake.winner_titles import names_results, names_winners, says_signed
from monitor.intake.workbook import Book
from monitor.schema import FILES

_SIGNATORIES, _ANSWERS = "signatories", "answers"
_DETAILS, _ACTIONS = "details", "actions"
#: What somebody may say that a table holds, which is no part: who was elected; those, or who signed.
WINNERS, OFFICIALS = "winners", "officials"
#: What a table may be saved as. Of other files nothing is said: a folder also holds notes.
_WORKBOOKS = (".xlsx", ".xlsm")
#: What people may keep a part in that is not read.
_UNREAD = (".json", ".jsonl", ".html", ".htm", ".pdf", ".doc", ".docx", ".odt", ".parquet")
_OTHER_WORKBOOKS = (".ods", ".xls", ".xlsb", ".numbers")
#: What programs leave beside a file that is open.
_LOCKS = ("~$", ".")


@dataclass(frozen=True)
class Parts:
    """The parts in the order in which they are loaded; `left_out`: the names of files and sheets that
    hold something and are not read; `errors`: (name, why) of what keeps the others from being read.
    `unnamed`: of what is left out, the tables, as if each held signatories."""

    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()
    errors: tuple[tuple[str, RowError], ...] = ()
    unnamed: tuple[Part, ...] = ()

    @property
    def hold_pact(self) -> bool:
        """Whether the pact itself is one of them, or its measures."""
        return any(part.content not in FILES for part in self.parts)

    @classmethod
    def of_files(
        cls, files: Iterable[tuple[str, bytes]], mendings: Mapping[str, Mending]
    ) -> "Parts":
        """The parts of files as people have put them right, by the names of the parts."""
        known = {name: one.content for name, one in mendings.items()}
        contents = {name: content for name, content in known.items() if content is not None}
        return sort_parts(((name, io.BytesIO(data)) for name, data in files), contents).mend(
            mendings
        )

    def mend(self, mendings: Mapping[str, Mending]) -> "Parts":
        """The same as people have put them right, by the names of the parts."""
        return self._with(lambda one: replace(one, mending=mendings.get(one.name, Mending())))

    def read_titles(
        self, columns: Mapping[str, Mapping[str, str]], same: Mapping[str, str]
    ) -> "Parts":
        """The same, with what titles mean, by the names of the parts, and what every row says in those
        that have the column."""

        def with_titles(one: Part) -> Mending:
            return one.mending.with_titles(one.content, columns.get(one.name, {}), same)

        return self._with(lambda one: replace(one, mending=with_titles(one)))

    def read_cells(self, words: Mapping[str, Mapping[str, Mapping[str, str]]]) -> "Parts":
        """The same, with what is read in place of the words of cells, by the names of the parts and the
        titles of columns."""
        return self._with(
            lambda one: replace(one, mending=replace(one.mending, instead=words.get(one.name, {})))
        )

    def read_marks(self, marks: Mapping[str, str]) -> "Parts":
        """The same, with what marks mean, in words, in the answers, which may stand beside the
        signatories, and in the statuses."""

        def with_marks(one: Part) -> Part:
            content = "answers" if one.content == _SIGNATORIES else one.content
            if content not in MARKED:
                return one
            return replace(one, mending=replace(one.mending, marks=meant_by_marks(content, marks)))

        return self._with(with_marks)

    def _with(self, change: Callable[[Part], Part]) -> "Parts":
        parts, unnamed = (tuple(map(change, some)) for some in (self.parts, self.unnamed))
        return replace(self, parts=parts, unnamed=unnamed)


def sort_parts(
    files: Iterable[tuple[str, BinaryIO]],
    contents: Mapping[str, str] | None = None,
    books: dict[str, Book] | None = None,
) -> Parts:
    """The parts of a pact among files, by their names: `pact.toml`, `signatories.csv`, and every sheet
    of a workbook that is not itself one of them. `contents`: what files and sheets hold, by the names of
    the parts or as `left_out` has them, whatever they are called; "" of one that is not read; WINNERS or
    OFFICIALS of one that says who was elected. `books`: the workbooks among them, which are opened once
    for whoever sorts the same files again."""
    books = {} if books is None else books
    found: list[Part] = []
    others: list[Part] = []
    errors: list[tuple[str, RowError]] = []
    files = [*files]
    titles = titles_of_files(name for name, _ in files)
    for name, file in files:
        try:
            parts, unread = _parts_of(name, titles[name], file, contents or {}, books)
            if len(files) == 1 and PurePath(name).suffix.casefold() in _OTHER_WORKBOOKS:
                raise Unreadable("other_workbook")
        except Unreadable as problem:
            errors.append((name, problem.error))
            continue
        found += parts
        others += unread
    winners = [one for one in found if _is_of_winners(one, found)]
    others += [replace(one, content=_SIGNATORIES) for one in winners]
    found = [
        replace(one, content=_SIGNATORIES) if one.content == OFFICIALS else one
        for one in found
        if one not in winners
    ]
    if answers := find_answers(found, others):
        found.append(replace(answers, content=_ANSWERS, is_said=True))
        others.remove(answers)
    kept = _without_templates(found)
    repeated = dict(_repeated(kept))
    errors += [(part.name, error) for part, error in repeated.items()]
    kept = [part for part in kept if part not in repeated]
    ordered = sorted(kept, key=lambda part: PARTS.index(part.content))
    unnamed = tuple(one for one in others if can_hold(one.name))
    return Parts(tuple(ordered), tuple(one.name for one in others), tuple(errors), unnamed)


def _is_of_winners(part: Part, found: Sequence[Part]) -> bool:
    """Whether a part is said to hold who was elected, or called after them and does; where it may as
    well be who signed, whether others say who did."""
    is_called = part.content == _SIGNATORIES and not part.is_said and names_results(part.title)
    if part.content != OFFICIALS and not is_called:
        return part.content == WINNERS
    others = (one for one in found if one is not part and one.content in (_SIGNATORIES, _ANSWERS))
    return (
        any(not one.is_unfilled for one in others)
        and names_winners(part.open_table(), is_of_results=True)
        and not (is_called and says_signed(part.open_table()))
    )


def can_hold(name: str) -> tuple[str, ...]:
    """The parts that a file or a sheet may be said to hold, by its name as `Parts.left_out` has it, and
    WINNERS."""
    if OF_SHEET in name:
        return (*PARTS, WINNERS)
    return (*PARTS[1:], WINNERS) if PurePath(name).suffix.casefold() in TEXTS else ()


def _parts_of(
    name: str,
    title: str,
    file: BinaryIO,
    contents: Mapping[str, str],
    books: dict[str, Book],
) -> tuple[list[Part], list[Part]]:
    """What is read of a file that is called `title`, and what is not."""
    path = PurePath(name)
    content, ending = content_of(title), path.suffix.casefold()
    if path.name.startswith(_LOCKS) or path.name == DOUBTS_FILE or contents.get(name) == "":
        return [], []
    if ending == ".toml":
        return [Part("pact", name, file)], []
    if ending in _WORKBOOKS:
        return _sheets_of(name, file, content, contents, books)
    if ending in TEXTS and name in contents:
        return [Part(contents[name], name, file, is_said=True)], []
    if ending in TEXTS and content not in (None, "pact") and not is_published(title, file):
        return [Part(content, name, file)], []
    if ending in _OTHER_WORKBOOKS and content:
        raise Unreadable("other_workbook")
    may_hold = ending in (*TEXTS, *_OTHER_WORKBOOKS) or (content and ending in _UNREAD)
    return [], [Part(_SIGNATORIES, name, file)] if may_hold else []


def _sheets_of(
    name: str,
    file: BinaryIO,
    content: str | None,
    contents: Mapping[str, str],
    books: dict[str, Book],
) -> tuple[list[Part], list[Part]]:
    """The sheets that are parts; of a workbook without any, its first visible one if the file itself has
    the name of a part."""
    book = books[name] = books.get(name) or Book(file)
    sheets = book.filled_sheets()
    known = {title: content_of(title) for title, visible in sheets.items() if visible}
    for title in [title for title, content in known.items() if content is None]:
        near = content_nearly_of(title)
        if near and fits_part(Table(file, title, book), near):
            known[title] = near
    ours = {title_of_sheet("lists", lang) for lang in LANGUAGES}
    if [*known.values()].count(_SIGNATORIES) > 1:  # those of a workbook to fill in
        known = {title: one for title, one in known.items() if title not in ours}
    for title in [one for one, content in known.items() if content == _DETAILS]:
        if "measures" not in known.values() and names_nobody(Table(file, title, book)):
            known[title] = "measures"
    people = [one for one, content in known.items() if content == _SIGNATORIES]
    for title in people:
        is_of_results = len(people) > 1 and names_results(title)
        if names_winners(Table(file, title, book), is_of_results):
            del known[title]
    chosen = {title: contents.get(f"{name}{OF_SHEET}{title}") for title in sheets}
    sheets = {title: visible for title, visible in sheets.items() if chosen[title] != ""}
    parts = [
        Part(one, f"{name}{OF_SHEET}{title}", file, title, book, is_said=chosen[title] is not None)
        for title in sheets
        if (one := chosen[title] or known.get(title))
    ]
    if not parts:
        is_part = content not in (None, "pact")
        if is_part and not is_published(PurePath(name).stem, file, book):
            return [Part(content, name, file, book=book)], []
    read = {part.sheet for part in parts}
    others = [title for title in sheets if title not in read and title not in ours]
    return parts, [
        Part(_SIGNATORIES, f"{name}{OF_SHEET}{title}", file, title, book) for title in others
    ]


def _without_templates(parts: Sequence[Part]) -> list[Part]:
    """The parts without the sheets to fill in that nobody has filled in, where another part holds the
    same."""
    held = Counter(part.content for part in parts)
    empty = [one for one in parts if held[one.content] > 1 and one.content != "pact"]
    empty = [one for one in empty if one.sheet and is_template(one.open_table())]
    held.subtract(Counter(part.content for part in empty))
    return [part for part in parts if part not in empty or not held[part.content]]


def _repeated(parts: Sequence[Part]) -> Iterator[tuple[Part, RowError]]:
    """Parts that two files hold: which of them is meant, nobody can tell. The keys of a pact may stand
    in a pact.toml and in a sheet as well."""
    first: dict[tuple[str, bool], Part] = {}
    for part in parts:
        if part.is_said:  # a sheet for each department, say
            continue
        is_keys_of_toml = part.content == "pact" and part.sheet is None
        before = first.setdefault((part.content, is_keys_of_toml), part)
        is_of_another_time = part.content == _ACTIONS and part.book and part.book is before.book
        if before is not part and not is_of_another_time:
            values = (("first", before.name), ("sheet", part.name))
            yield part, RowError(None, "", "", "part_twice", values)

"""A table of answers as people keep it, one row a person and one column a measure, or the reverse, read
as one row an answer."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from monitor.findings import Doubt, RowError
from monitor.i18n import text
from monitor.intake.ambiguous_titles import place_title
from monitor.intake.answer_notes import find_notes, heads_answers
from monitor.intake.answer_words import without_source_marks
from monitor.intake.asides import code_of_aside
from monitor.intake.cells import FaultyCell, abbreviate_cell, clean_cell, is_filled
from monitor.intake.columns import LEFT_OUT
from monitor.intake.layout import place_of
from monitor.intake.marks import AnswerMarks, answer_meant, is_silence
from monitor.intake.rows import Row
from monitor.intake.rules import Rules
from monitor.intake.titles import column_of, says_whose
from monitor.intake.vocabulary import word_key
from monitor.schema import COLUMNS

#: « Aline Abrial (Lille) ».
_SAYS_PLACE = re.compile(r"\)\s*$")
#: What a form calls the time at which each row was written.
_OF_FORM = frozenset(map(word_key, ("horodateur", "horodatage", "timestamp")))
#: What is said once of all answers of a row, and what is told of it.
_SHARED = ("answered_on", "comment", "source_url")
_SHARED_AS = {"comment": "shared_by_answers"}


def is_published(comment: str, titles: Iterable[str]) -> bool:
    """Whether a comment on a whole row is published: whoever answered wrote the row, in a form, or the
    title of the comment says that it is theirs."""
    return says_whose(comment) or any(word_key(title) in _OF_FORM for title in titles)


def doubt_words(line: int, read: tuple[str, str], cell: str, number: int | None) -> Doubt:
    """That a cell says more than the answer as which it is `read`, with the words that are published."""
    answer, words = read
    values = (("answer", answer), ("mark", abbreviate_cell(clean_cell(cell))))
    code = "answer_word_published" if answer_meant(words) else "answer_in_words"
    return Doubt(line, "answer", abbreviate_cell(words), code, values, number)


class Checker(Protocol):
    """Who checks rows, one after the other."""

    def check(self, line: int, cells: list[str], number: int | None = None) -> Row: ...

    def check_filled(self, line: int, cells: list[str], number: int | None = None) -> Row: ...


@dataclass(frozen=True)
class AnswersAcross:
    """A table of answers with a column for each of several measures, or of several signatories.
    `titles`: of all its columns. `places`: of those that hold answers. `named`: the column of
    answers.csv that their titles say. `of_all`: what stands before a comment on a whole row. `read`:
    what a title says of that column, None if nothing. `notes` and `sources`: of columns of answers,
    those of the comments on each, and of its source. `has_words`: whether some answers go on in words.
    `about`: of columns of answers, the signatory, where a sheet says where they signed, or the measure,
    where the title has its number and other words: `numbered`, these titles with its own. `asides`:
    what stood in lines that are no rows."""

    titles: Sequence[str]
    places: Sequence[int]
    named: str
    of_all: str
    read: Callable[[str], object]
    is_row: Callable[[str], bool]
    notes: Mapping[int, int] = field(default_factory=dict)
    sources: Mapping[int, int] = field(default_factory=dict)
    has_words: bool = False
    about: Mapping[int, str] = field(default_factory=dict)
    numbered: Mapping[str, str] = field(default_factory=dict)
    asides: list[Doubt] = field(default_factory=list)

    @property
    def header(self) -> list[str]:
        """The titles of the cells of each answer: those of its row, what its column is about, and the
        answer itself."""
        left = {*self.places, *self.notes.values(), *self.sources.values(), *self._of_nobody}
        left |= {*(self._shared_comments if self._has_comments else ())}
        titles = [LEFT_OUT if n in left else title for n, title in enumerate(self.titles)]
        more = ["comment"] * self._has_comments + ["source_url"] * bool(self.sources)
        return [*titles, self.named, "answer", *more]

    @property
    def _has_comments(self) -> bool:
        """Whether each answer has a comment of its own, with what is said of the whole row."""
        return self.has_words or bool(self.notes)

    @property
    def doubts(self) -> list[Doubt]:
        """What stands once in a row: kept with each of its answers, or left out."""
        left = (*self._noting, *self.sources.values(), *self._of_nobody)
        kept = [
            Doubt(None, name, "", _SHARED_AS.get(name, "kept_with_answers"))
            for name in _SHARED
            if any(meant == name and n not in left for n, meant in enumerate(self._meant))
        ]
        whose = [abbreviate_cell(self.titles[n].strip()) for n in self._of_nobody]
        asked = [Doubt(None, "", title, "whose_comment", (("title", title),)) for title in whose]
        return [*self._read_by_number, *kept, *asked, *self._notes_published]

    @property
    def _read_by_number(self) -> list[Doubt]:
        """Which measures the titles mean that have their numbers and other words."""
        pairs = [f"{abbreviate_cell(one)} → {mine}" for one, mine in self.numbered.items()]
        values = (("n", str(len(pairs))), ("near", " ; ".join(pairs)))
        return [Doubt(None, "", "", "titles_by_number", values)] if pairs else []

    @property
    def _notes_published(self) -> list[Doubt]:
        """That remarks on single answers are published as the words of whoever answered, where neither
        a form nor their titles say that they are."""
        if any(word_key(title) in _OF_FORM for title in self.titles):
            return []
        own = [self.titles[n].strip() for n in self._noting if not says_whose(self.titles[n])]
        title = abbreviate_cell(own[0]) if own else ""
        return (
            [Doubt(None, "comment", title, "words_published", (("title", title),))] if own else []
        )

    @cached_property
    def _noting(self) -> frozenset[int]:
        return frozenset(self.notes.values())

    @cached_property
    def _shared_comments(self) -> Sequence[int]:
        """The columns of comments on a whole row, of whoever answered: they wrote the row themselves, in
        a form, or the title says so."""
        return [n for n in self._comments if is_published(self.titles[n], self.titles)]

    @cached_property
    def _of_nobody(self) -> Sequence[int]:
        """Those that may as well be remarks of whoever keeps the table: what is published in quotation
        marks must be the words of the person it is said of."""
        return [n for n in self._comments if n not in self._shared_comments]

    @cached_property
    def _comments(self) -> Sequence[int]:
        """The columns of comments on a whole row."""
        meant = enumerate(self._meant)
        return [n for n, name in meant if name == "comment" and n not in self._noting]

    @cached_property
    def _meant(self) -> list[str | None]:
        return [column_of("answers", title) for title in self.titles]

    def answers_in(self, rows: Iterable[Sequence[str]]) -> Iterator[str]:
        """The cells of rows that hold answers."""
        return (cells[n] for cells in rows for n in self.places if n < len(cells))

    def check(
        self,
        checker: Checker,
        line: int,
        cells: list[str],
        number: int | None,
        marks: AnswerMarks,
        silent: Checker | None = None,
    ) -> Iterator[Row]:
        """A row for each answer that stands in one of the table. A cell that is empty, or says that
        there is none, is no answer, but where `marks` say otherwise. What the whole row says is told
        with the first. `silent`: who checks whom and what the cells are about that were said to be no
        answer."""
        width = len(self.titles)
        if len(cells) < width or is_filled(cells[width:]):
            yield checker.check(line, cells, number)
            return
        if self._repeats_titles(cells):
            self.asides.append(Doubt(line, "", "", "titles_again", (), number))
            return
        common = [
            self.of_all + cell if n in self._shared_comments and cell.strip() else cell
            for n, cell in enumerate(cells)
        ]
        first = next(filter(str.strip, cells), "")
        code = None if self.is_row(first) else code_of_aside(first, cells)
        is_told = False
        for place in self.places:
            answer, words = marks.read(cells[place]), ""
            is_whole = type(answer) is not FaultyCell
            if self.has_words and is_whole and (split := marks.split(cells[place])):
                answer, words = split
            if code or not is_silence(answer) or self._is_covered(cells[place]):
                own = [*common[:width], self.about.get(place, self.titles[place]), answer]
                if self._has_comments:
                    own.append(self._comment(place, common, words))
                if self.sources:
                    own.append(cells[self.sources[place]] if place in self.sources else "")
                row = checker.check_filled(line, own, number)
                if words and not row.errors:
                    odd = doubt_words(line, (answer, words), cells[place], number)
                    title = abbreviate_cell(self.titles[place])
                    row.doubts = (*row.doubts, replace(odd, heading=title))
                if code:
                    row.errors = (RowError(line, "", abbreviate_cell(first), code, (), number),)
                    yield row
                    return
                yield self._place(row, place, is_told)
                is_told = True
            elif silent and marks.is_silenced(cells[place]):
                own = [*common[:width], self.about.get(place, self.titles[place]), cells[place]]
                own += [""] * (self._has_comments + bool(self.sources))
                row = silent.check_filled(line, own, number)
                row.silenced, row.heading = True, abbreviate_cell(self.titles[place])
                yield row

    def _is_covered(self, cell: str) -> bool:
        """Whether a cell is shown as one with another answer: whose it is as well, nobody can tell."""
        if type(cell) is not FaultyCell or cell.code != "merged_cell":
            return False
        column, _ = place_of(dict(cell.values)["near"].partition(":")[0])
        return column - 1 in self.places

    def _repeats_titles(self, cells: Sequence[str]) -> bool:
        """Whether a row only says once more which measure each column is about."""
        filled = {n: cell for n, cell in enumerate(cells) if cell.strip()}
        return bool(filled) and all(
            n in self.places and self.read(cell) == self.read(self.titles[n]) is not None
            for n, cell in filled.items()
        )

    def _comment(self, place: int, cells: Sequence[str], words: str) -> str:
        """What is said of one answer, in its cell and beside it, and of the whole row."""
        places = [*self._shared_comments]
        if place in self.notes:
            places.insert(0, self.notes[place])
        return "\n".join(filter(None, (words, *(cells[n].strip() for n in places))))

    def _place(self, row: Row, place: int, is_told: bool) -> Row:
        """The row of an answer, what is wrong of which is said of its columns in the table."""
        title = row.heading = abbreviate_cell(self.titles[place])
        source = abbreviate_cell(self.titles[self.sources[place]]) if place in self.sources else ""
        mine = (self.named, "answer", *(["source_url"] if self.sources else []))
        if row.errors:
            of_row = [error for error in row.errors if error.column not in mine]
            own = (error for error in row.errors if error not in of_row)
            row.errors = (*of_row, *(_say_where(error, title, source) for error in own))
            row.reported = len(of_row) if is_told else 0
        elif row.doubts and is_told:
            row.doubts = tuple(one for one in row.doubts if one.column in mine)
        return row


def _say_where(error: RowError, title: str, source: str) -> RowError:
    is_of_source = error.column == "source_url"
    return replace(error, heading=source) if is_of_source else replace(error, column=title)


def find_answers_across(
    titles: Sequence[str], rules: Rules, sheet: str | None = None
) -> AnswersAcross | None:
    """What a file with these titles is if it is a table of answers that has no column of them, and one
    for each of several measures, or of several signatories; None for any other. In a sheet that is
    called after a place where some signed, its signatories are these."""
    if rules.content != "answers":
        return None
    meant = place_title([column_of("answers", one) for one in titles], titles, COLUMNS["answers"])
    if "answer" in meant:
        return None
    measures = rules.measures_of_pact
    read = measures.reader_of([title for n, title in enumerate(titles) if not meant[n]])
    named = "measure" if "measure" not in meant else "signatory_id"
    if named in meant:
        return None

    def name(title: str) -> object:
        if named == "measure":
            return read(title)
        return rules.names_signatory(placed(without_source_marks(title))) or None

    is_placed = bool(sheet and named == "signatory_id" and rules.people.at_place(sheet))

    def placed(title: str) -> str:
        return (
            f"{title.strip()} ({sheet})" if is_placed and not _SAYS_PLACE.search(title) else title
        )

    free = [n for n, title in enumerate(titles) if title and not meant[n]]
    places = [n for n in free if heads_answers(titles[n], name)]

    def is_row(first: str) -> bool:
        return rules.names_signatory(first) or read(first) is not None

    noted = places if named == "measure" else ()
    notes = find_notes(titles, noted, read)
    sources = find_notes(titles, noted, read, "source_url")
    of_all = f"[{text('intake.of_all_answers', rules.context.language)}] "
    about = {n: placed(titles[n]) for n in places} if is_placed else {}
    numbered = {}
    if named == "measure":
        about = {
            n: one for n in places if not measures.read(titles[n]) and (one := read(titles[n]))
        }
        numbered = {titles[n]: measures.title_of(one) for n, one in about.items()}
    found = AnswersAcross(
        titles, places, named, of_all, name, is_row, notes, sources, about=about, numbered=numbered
    )
    return found if places else None

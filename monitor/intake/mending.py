"""A file as a person has put it right before it is loaded: which of its columns are ours, what all its
rows say alike, and cells that were written anew. The file itself stays as it was brought."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, BinaryIO

from monitor.findings import Doubt
from monitor.intake.ambiguous_titles import OUTCOME, settle_columns
from monitor.intake.cells import Cells, abbreviate_cell, clean_cell, is_filled, repeats_titles
from monitor.intake.columns import LEFT_OUT
from monitor.intake.files import MendedCell, Table
from monitor.intake.header_row import ANSWERING, match_title, titles_of
from monitor.intake.marks import MARKED
from monitor.intake.signing_columns import (
    DIVIDED,
    SIGNED_ROWS,
    doubt_unsigned,
    left_although_signing,
)
from monitor.intake.titles import TITLED
from monitor.intake.vocabulary import word_key
from monitor.intake.words_reading import WordsReading

#: By line and column, what is written there instead.
MendedCells = Mapping[tuple[int, str], str]
#: The column of a line that is left out, such as a note under a table; its cell is the reason, "" where
#: none was given.
WHOLE_LINE = ""
#: What may be the number of a measure, which only the pact knows: « A2 », « 3.1 ».
OF_MEASURE = re.compile(r"(?=[^\s]*[0-9])[\w.-]{1,12}")
#: The column of the day of a signature.
SIGNATURE_DAY = "signed_on"
#: The columns that tell of a line which one it is, and cells that do.
_TELLING, _TOLD = ("name", "signatory_id", "commune", "measure", "action_id"), 3


@dataclass(frozen=True)
class Mending:
    """`columns`: by their places, the columns of ours that those of the file are, "" for one that is
    left out; the others are what their titles mean. `same`: what every row says in a column that the
    file has not. `sheet` and `first`: of a workbook, the sheet that is read, and the line of the
    titles; None where nobody has chosen them. `unread`: lines that are left out. `cells`: by line and
    column, one of ours or the title of one in a table of answers, what is written there instead; of
    the column WHOLE_LINE, why the line is left out as well. `marks`: what a mark means in a table of
    answers, as `AnswerMarks` takes it, or of statuses. `titles`: the columns of ours, by their names
    or as people call them, that titles mean wherever they stand, "" for what is left out. `results`:
    by their lines, what a table of the elected says of signatories; `unsigned`: lines whose day is
    none of a signature; `is_of_winners`: it is such a table itself. `content`: what the file or the
    sheet holds, None where its name says it. `remembered`: the cells that somebody wrote anew when
    the table came before: those that say the same again are read as they became. `instead`: by titles,
    and by the words of cells below them (`words_key`), what is read in place of these."""

    columns: Mapping[int, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    cells: MendedCells = field(default_factory=dict)
    sheet: str | None = None
    first: int | None = None
    unread: frozenset[int] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)
    content: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[tuple[int, str], MendedCell] = field(default_factory=dict)
    instead: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    results: Mapping[int, str] = field(default_factory=dict)
    unsigned: frozenset[int] = frozenset()
    is_of_winners: bool = False

    def with_titles(
        self, content: str, titles: Mapping[str, str], same: Mapping[str, str]
    ) -> "Mending":
        """The same of a part, with the columns that titles mean, and what every row says in some of its
        columns: ours by their names, or as people call them."""
        # A table of answers may hold the signatories as well, and the reverse.
        contents = dict.fromkeys((content, *(ANSWERING if content in ANSWERING else ())))
        every = {
            column: value
            for name, value in same.items()
            if (column := next(filter(None, (match_title(one, name) for one in contents)), None))
        }
        return replace(self, titles=titles, same={**self.same, **every})

    def columns_of(self, content: str, titles: Sequence[str]) -> Mapping[int, str]:
        """By their places under these titles, the columns that somebody said, of a table of answers the
        numbers of measures as well. Another word that names no column of the content leaves the title
        what it is."""
        by_key = {word_key(title): column for title, column in self.titles.items()}
        found = {}
        for n, title in enumerate(titles):
            word = by_key.get(word_key(title), by_key.get(word_key(abbreviate_cell(title))))
            is_own = word == SIGNED_ROWS and content == "signatories"
            if word and not is_own and not (content in ANSWERING and OF_MEASURE.fullmatch(word)):
                word = match_title(content, word) or None
            if word is not None:
                found[n] = word
        return {**found, **self.columns}

    def left_by_titles(self, titles: Sequence[str]) -> set[int]:
        """The places of the columns that somebody leaves out by their titles; none of a table that is
        divided among several parts."""
        if [*self.columns.values()].count("") >= DIVIDED:
            return set()
        left = {word_key(title) for title, column in self.titles.items() if not column}
        keys = ({word_key(title), word_key(abbreviate_cell(title))} for title in titles)
        return {n for n, key in enumerate(keys) if key & left} - {*self.columns}

    def words_below(self, titles: Sequence[str]) -> Mapping[int, Mapping[str, str]]:
        """By their places under these titles, what is read in place of some words."""
        by_key = {word_key(title): words for title, words in self.instead.items()}
        keys = ((n, word_key(one), word_key(abbreviate_cell(one))) for n, one in enumerate(titles))
        found = {n: by_key.get(key) or by_key.get(short) for n, key, short in keys}
        return {n: words for n, words in found.items() if words}

    def to_json(self) -> dict[str, Any]:
        """All of it but `unread`, `titles`, `remembered`, `instead` and what was found of the elected,
        as JSON has it."""
        return {
            "columns": {str(n): name for n, name in self.columns.items()},
            "same": {**self.same},
            "cells": [[*at, cell] for at, cell in self.cells.items()],
            "sheet": self.sheet,
            "first": self.first,
            "marks": {**self.marks},
            "content": self.content,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Mending":
        """The inverse of `to_json`; what was not kept is as if nobody had said it."""
        return cls(
            columns={int(n): name for n, name in kept.get("columns", {}).items()},
            same=kept.get("same", {}),
            cells={(line, column): cell for line, column, cell in kept.get("cells", ())},
            sheet=kept.get("sheet"),
            first=kept.get("first"),
            marks=kept.get("marks", {}),
            content=kept.get("content"),
        )


def _begin_line(names: Sequence[str], cells: Sequence[str]) -> str:
    """Whom and where a line is about, as it says so; else how it begins."""
    own = [clean_cell(cell) for name, cell in zip(names, cells, strict=False) if name in _TELLING]
    every = own if any(own) else map(clean_cell, cells)
    return " · ".join(islice(map(abbreviate_cell, filter(None, every)), _TOLD))


def find_titles(tables: Iterable[Table], wanted: Collection[str]) -> Collection[str]:
    """Those of some titles that a cell of the first rows of a table has."""
    cells = [
        clean_cell(cell) for table in tables for _, _, cells in table.first_rows() for cell in cells
    ]
    keys = {word_key(one) for cell in cells for one in (cell, abbreviate_cell(cell))}
    return [title for title in wanted if word_key(title) in keys]


def _filled(rows: Iterator[Cells]) -> Iterator[Cells]:
    return (row for row in rows if is_filled(row[2]))


class MendedTable(Table):
    """The table that a file is once it is mended."""

    def __init__(
        self, file: BinaryIO, content: str, mending: Mending, sheet: str | None = None, book=None
    ):
        own = {name: value for name, value in mending.same.items() if match_title(content, name)}
        mending = replace(mending, same=own)
        self._content, self._mending = content, mending
        self._was: dict[tuple[int, str], str] = {}
        self._again: dict[tuple[int, str], MendedCell] = {}
        self._instead: dict[tuple[int, str], MendedCell] = {}
        self._unmended: Callable[[int], Iterator[Cells]] = lambda first: iter(())
        self._doubted: set[Doubt] = set()
        super().__init__(file, sheet or mending.sheet, book, mending.first)
        self.is_of_winners = mending.is_of_winners
        self.marks = mending.marks if content in MARKED else {}

    def _open(self, file: BinaryIO) -> None:
        super()._open(file)
        self._unmended = self._rows_from
        self._rows_from = lambda first: self._read(self._unmended(first))

    def __iter__(self) -> Iterator[Cells]:
        rows = super().__iter__()
        self._doubted = set(self.doubts)
        return rows

    def _doubt(self, doubt: Doubt) -> None:
        """Say it once, however often its row is looked at."""
        if doubt not in self._doubted:
            self._doubted.add(doubt)
            self.doubts.append(doubt)

    def _plain_rows(self, first: int) -> Iterator[Cells]:
        return self._unmended(first)

    @property
    def mended_cells(self) -> list[MendedCell]:
        cells = self._mending.cells
        anew = {
            at: MendedCell(*at, was, cells[at])
            for at, was in self._was.items()
            if was != cells[at] or at[1] == WHOLE_LINE
        }
        return [one for _, one in sorted({**self._instead, **anew}.items())]

    @property
    def emptied_columns(self) -> frozenset[str]:
        return frozenset(column for column, value in self._mending.same.items() if not value)

    @property
    def remembered_cells(self) -> list[MendedCell]:
        return [self._again[at] for at in sorted(self._again)]

    def _read(self, rows: Iterator[Cells]) -> Iterator[Cells]:
        rows, given = _filled(rows), self._mending.cells
        for line, number, header in rows:
            titles = titles_of(header)
            names = self._names(titles, line)
            added = [*self._mending.same, *(column for _, column in given)]
            self.told_results = {} if OUTCOME in (*names, *added) else self._mending.results
            added += [OUTCOME] if self._mending.results else []
            added = [one for one in dict.fromkeys(added) if one not in (*names, WHOLE_LINE)]
            columns = [*names, *added]
            places = {name: place for place, name in enumerate(columns)}
            signing = [n for n, name in enumerate(names) if name == SIGNED_ROWS]
            words, left = self._mending.words_below(titles), self._mending.columns
            # A column that is left to another part says there what these cells are.
            shown = [titles[n] if left.get(n) == "" else name for n, name in enumerate(names)]
            reading = WordsReading(words, shown, self._content, self.own_places)
            yield line, number, type(header)([*self._titles(titles, line), *added])
            for line, number, cells in rows:
                if (line, WHOLE_LINE) in given:
                    self._was[line, WHOLE_LINE] = _begin_line(names, cells)
                    continue
                if line in self._mending.unread:
                    continue
                if repeats_titles(cells, header):
                    doubt = Doubt(line, "", "", "titles_again", (), number)
                    self._doubt(doubt)
                    continue
                if doubt := doubt_unsigned(signing, titles, (line, number, cells)):
                    self._doubt(doubt)
                    continue
                mended = self._mended((line, number, cells), len(titles), columns, places, reading)
                yield line, number, mended

    def _names(self, titles: Sequence[str], line: int) -> list[str]:
        """The columns that the titles at this line mean, or were chosen for."""
        chosen = self._mending.columns_of(self._content, titles)
        meant = [chosen.get(n, match_title(self._content, one)) for n, one in enumerate(titles)]
        own, below = self._titles(titles, line), self.rows_below(line)
        meant = settle_columns(meant, own, TITLED[self._content], below, self.own_places)
        return [
            abbreviate_cell(title) if name is None else name
            for title, name in zip(titles, meant, strict=True)
        ]

    def _titles(self, titles: Sequence[str], line: int) -> list[str]:
        chosen = {**self._mending.columns_of(self._content, titles)}
        left = self._mending.left_by_titles(titles)
        for n in left_although_signing(self._content, left, titles, self.rows_below(line)):
            del chosen[n]
        said = (chosen.get(n, title) for n, title in enumerate(titles))
        return [LEFT_OUT if name in ("", SIGNED_ROWS) else name for name in said]

    def _mended(
        self,
        row: Cells,
        width: int,
        columns: list[str],
        places: Mapping[str, int],
        reading: WordsReading,
    ) -> list[str]:
        """The cells of a row; one that has not those of the header stays as it is, and is refused."""
        line, number, cells = row
        if len(cells) < width or is_filled(cells[width:]):
            return cells
        same = self._mending.same
        cells = [*cells[:width], *(same.get(one, "") for one in columns[width:])]
        if result := self._mending.results.get(line):
            cells[places[OUTCOME]] = result
        if line in self._mending.unsigned and (signed := places.get(SIGNATURE_DAY)) is not None:
            cell = abbreviate_cell(clean_cell(cells[signed]))
            self._doubt(Doubt(line, SIGNATURE_DAY, cell, "unanswered_unsigned", (), number))
            cells[signed] = ""
        for place, column in enumerate(columns):
            if (line, column) in self._mending.cells:
                self._was[line, column] = cells[place]
                cells[place] = self._mending.cells[line, column]
                continue
            if found := reading.read(place, cells):
                self._instead[line, column] = MendedCell(line, column, *found)
                values = (("became", found[1]),)
                was = abbreviate_cell(found[0])
                self._doubt(Doubt(line, column, was, "cell_read", values, number))
                continue
            cell = self._mending.remembered.get((line, column))
            if cell and abbreviate_cell(clean_cell(cells[place])) == cell.was:
                self._again[line, column] = cell
                cells[place] = cell.became or ""
        return cells

"""Bytes to rows of cells, whatever sort of table file they are. Streams: memory stays bounded."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from monitor.findings import Doubt
from monitor.intake.cells import Cells, is_filled
from monitor.intake.choice_columns import fold_choices
from monitor.intake.encoding import BLOCK, GUESS, detect_encoding, is_surely_cp1252
from monitor.intake.later_answers import take_later_answers
from monitor.intake.survey_titles import strip_question_codes
from monitor.intake.turned_table import Turning
from monitor.intake.two_title_lines import join_title_lines
from monitor.intake.unreadable import Unreadable
from monitor.intake.workbook import Book
from monitor.schema import TEXT_LIMIT

#: A cell past this is refused as too long; csv's own limit must lie above it to let us say so.
FIELD_LIMIT = 16_000_000
#: Rows among which the titles are looked for.
LOOKED = 20


class MendedCell(NamedTuple):
    """A cell that was written anew, at a line of the file; `was` and `became` are None where they are
    not kept."""

    line: int
    column: str
    was: str | None
    became: str | None


class Table:
    """A table file, opened: what a workbook costs to open is paid here.

    Iterating gives the Cells of every row, the header first, from its beginning each time; it raises
    Unreadable, also for what was wrong at the opening. `left_out`: the sheets of a workbook that hold
    data and are not read. `doubts`: what is odd of the file as a whole; it may grow while it is read.
    `headings`: how it calls its columns, where not by their names, known once the first was read.
    `length`: how many lines it has, or rows of a sheet; fewer rows come where cells hold several lines.
    `first`: the line of its titles, above which nothing is read; None where nobody has said it.
    `splits_addresses`: a cell of a fact's source may have several, of which it is the first;
    `more_addresses`: the others, known once it was read, each after the id of the fact.
    `is_of_winners`: it says who was elected, and who of these is no signatory is no row.
    `own_places`: its pact names its places itself.
    `guessed`: how its characters are written is a guess, which nothing in the file confirms but, where
    `sure`, its letters.
    """

    #: Whether lines that begin with # are no rows.
    has_comments = False
    #: Whether its first row is one of titles, which may be on two lines.
    has_titles = True

    def __init__(
        self,
        file: BinaryIO,
        sheet: str | None = None,
        book: Book | None = None,
        first: int | None = None,
    ):
        """`sheet`: of a workbook, the title of the one that is read; the first visible one if None.
        `book`: the workbook, where it was opened for several of its sheets."""
        self.first = first
        self.left_out: list[str] = []
        self.doubts: list[Doubt] = []
        self.headings: dict[str, str] = {}
        self.marks: Mapping[str, str] = {}
        self.answers_under: Sequence[int] = ()
        self.guessed = self.sure = False
        self.splits_addresses = self.is_of_winners = False
        self.own_places = True
        self.more_addresses: list[tuple[str, str]] = []
        self.length = 0
        self._file, self.sheet, self._book = file, sheet, book
        self._is_part = book is not None and sheet is not None
        self._rows_from: Callable[[int], Iterator[Cells]] = lambda first: iter(())
        self._problem: Unreadable | None = None
        #: The first rows that were looked at, each of which is read from the top; None after the last.
        self._looked: list[Cells | None] = []
        try:
            self._open(file)
        except Unreadable as problem:
            self._problem = problem
        self._opened = tuple(self.doubts)

    #: By their lines, the results of an election that a table without a column of them is given: of the
    #: other lines nothing says any.
    told_results: Mapping[int, str] = MappingProxyType({})

    @property
    def emptied_columns(self) -> frozenset[str]:
        """The columns that somebody empties in every row."""
        return frozenset()

    @property
    def mended_cells(self) -> Sequence[MendedCell]:
        """The cells that were written anew, known when the file has been read."""
        return ()

    @property
    def remembered_cells(self) -> Sequence[MendedCell]:
        """Those that are read as somebody wrote them anew when the table came before, known when the
        file has been read."""
        return ()

    @classmethod
    def of(cls, file: "BinaryIO | Table") -> "Table":
        """The table that a file holds, opened unless it is."""
        return file if isinstance(file, Table) else cls(file)

    def _open(self, file: BinaryIO) -> None:
        self._looked, sides = [], []
        file.seek(0)
        head = file.read(BLOCK)
        file.seek(0)
        if not head.strip(b"\xef\xbb\xbf \t\r\n"):
            raise Unreadable("empty_file")
        if head.startswith(b"PK\x03\x04"):
            self._book = self._book or Book(file)
            opened = self._book.open_sheet(self.sheet, says_others=not self._is_part)
            self._rows_from, self.left_out, self.doubts, self.length = opened
            as_read = self.sheet, self.has_titles, self.has_comments
            self._looked = self._book.looked.setdefault(as_read, [])
            sides = self._book.sides.setdefault(as_read, [])
        else:
            name = detect_encoding(file, head)
            self.guessed = name == GUESS
            self.sure = self.guessed and is_surely_cp1252(file)
            self.length = sum(block.count(b"\n") for block in iter(partial(file.read, BLOCK), b""))
            self._rows_from = partial(_csv, file, name, self.has_comments)
        if self.has_titles:
            fills, turned = self._book is not None, Turning(self._rows_from, sides).rows_from
            self._rows_from = lambda first: strip_question_codes(
                take_later_answers(fold_choices(join_title_lines(turned(first), fills)))
            )

    def __iter__(self) -> Iterator[Cells]:
        if self._problem:
            raise self._problem
        self.doubts[:] = self._opened
        return self._rows_from(self.first or 1)

    @property
    def sheets(self) -> list[str]:
        """The titles of the visible sheets of a workbook that hold anything; none of another file, nor
        of a sheet that is a part by itself."""
        if self._book is None or self._is_part or self._problem:
            return []
        return [title for title, is_visible in self._book.filled_sheets().items() if is_visible]

    def choose_sheet(self, title: str | None) -> None:
        """Read that sheet of the workbook from now on, the first visible one if None. Raises
        Unreadable."""
        self.sheet = title
        self._open(self._file)
        self._opened = tuple(self.doubts)

    def begin_at(self, line: int, doubts: Sequence[Doubt]) -> None:
        """Read nothing above that line from now on; `doubts`: what is odd of it."""
        self.first = line
        self._opened += tuple(doubts)
        self.doubts += doubts

    def first_rows(self) -> Iterator[Cells]:
        """The first rows that hold anything, each with all its cells, as if the titles stood there."""
        line = 1
        for place in range(LOOKED):
            if place == len(self._looked):
                self._looked.append(self._row_from(line))
            row = self._looked[place]
            if row is None:
                return
            yield row
            line = row[0] + 1

    def _row_from(self, line: int) -> Cells | None:
        """The first row from a line on that holds anything, if there is one that can be read."""
        place = self._file.tell()
        try:
            return next((row for row in self._plain_rows(line) if is_filled(row[2])), None)
        except Unreadable:
            return None
        finally:
            self._file.seek(place)

    def rows_below(self, line: int) -> Iterator[list[str]]:
        """The cells of the first rows below the titles, which stand at that line."""
        place = self._file.tell()
        try:
            filled = (cells for _, _, cells in self._plain_rows(line) if is_filled(cells))
            rows = [*islice(filled, 1, LOOKED)]
        except Unreadable:
            rows = []
        finally:
            self._file.seek(place)
        return iter(rows)

    def _plain_rows(self, first: int) -> Iterator[Cells]:
        """The rows from that line on, as the file has them."""
        return self._rows_from(first)

    def again(self) -> Iterator[list[str]]:
        """The cells of every row once more, up to where the file cannot be read, while another
        reading goes on."""
        place = self._file.tell()
        try:
            for _, _, cells in self._rows_from(self.first or 1):
                yield cells
        except Unreadable:
            return
        finally:
            self._file.seek(place)


def _csv(file: BinaryIO, name: str, comments: bool, first: int) -> Iterator[Cells]:
    file.seek(0)
    stream = io.TextIOWrapper(file, encoding=name, newline="", errors="strict")
    try:
        yield from _read_csv(stream, comments, first)
    except UnicodeError:
        raise Unreadable("unreadable_encoding") from None
    finally:
        with suppress(ValueError):  # who gives up half-way has closed the file
            stream.detach()


class _Uncommented:
    """The lines of a text, an empty one in the place of each that is a comment: one that begins with
    # where a row would begin."""

    def __init__(self, lines: Iterator[str]):
        self._lines = lines
        self.at_row = True

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if self.at_row and line.startswith("#"):
            return "\n"
        self.at_row = False
        return line


def _read_csv(stream: io.TextIOWrapper, comments: bool, first: int) -> Iterator[Cells]:
    for _ in range(first - 1):
        stream.readline()
    begin, header = stream.tell(), "\n"
    while header and (not header.strip() or (comments and header.startswith("#"))):
        header = stream.readline(1_000_000)
    stream.seek(begin)
    csv.field_size_limit(FIELD_LIMIT)
    lines = _Uncommented(stream)
    reader = csv.reader(
        lines if comments else stream,
        delimiter=";" if header.count(";") > header.count(",") else ",",
        strict=True,
    )
    start = number = first
    try:
        for row in reader:
            if row:
                yield start, number, row
            start, number = reader.line_num + first, number + 1
            lines.at_row = True
    except csv.Error as error:
        message = str(error)
        if "NUL" in message:
            raise Unreadable("control_character", start, "U+0000", character="U+0000") from None
        if "field larger" in message:
            raise Unreadable("too_long", start, limit=str(TEXT_LIMIT)) from None
        raise Unreadable(
            "unterminated_quote" if "end of data" in message else "stray_quote", start
        ) from None

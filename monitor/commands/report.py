"""What became of a file: its counts, what was refused and doubted of it, and its refused rows."""

import csv
import io
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TextIO

from monitor import intake
from monitor.findings import Change, Doubt, RowError
from monitor.intake import MendedCell, Row
from monitor.intake.columns import REJECTED
from monitor.intake.header_row import Shape, say_headings
from monitor.models import RowOutcome
from monitor.tables import safe_cell

#: Refused cells that a report keeps; the rest is counted, and written to the rejects file.
KEPT_ERRORS = 1_000
#: Doubts of each code that it keeps: a common one must not hide a rare one. The rest is counted.
KEPT_DOUBTS = 1_000
#: The doubt of the example of a file to fill in.
EXAMPLE = "example_row"
#: Codes of doubts for which a strict load keeps no file out.
NOT_ODD = {
    EXAMPLE,
    *("mark_read", "mark_silent", "empty_read", "text_stays", "mended_again", "cell_read"),
    *("status_read", "status_emptied", "empty_status_read", "winners_agreed"),
}
#: Refused rows that are kept for a page, and letters of them about: it has no file to write them to.
KEPT_REJECTS, KEPT_LETTERS = 1_000, 5_000_000
#: Corrections of which a report says what they change.
KEPT_CHANGES = 1_000


class UnpromisedFact(NamedTuple):
    """A new fact, at that line, about what somebody did not promise: who, with the place, and which
    measure. `answer`: what they answered to it, "" for nothing, None of who did not sign; `words`: those
    in which they did. `is_left`: it is left out, and not refused."""

    line: int
    who: str
    measure: str
    answer: str | None
    words: str = ""
    is_left: bool = False

    @property
    def name(self) -> str:
        """By which somebody says of it that it is left out."""
        return f"{self.who}:{self.measure}"


@dataclass
class Report:
    """What became of a file. `outcomes` counts its rows by RowOutcome; `loaded` says whether the
    log now holds them (never after a dry run or a refusal). `pact_id`: None if it is about none.
    `unread`: it could not be read to its end, and `unread_line` says from where, if that is known.
    `left_out`: sheets of a workbook that hold data and were not read. `doubts`: what is odd of the
    rows that can be taken and of the file as a whole, in the order of the lines, the first of each code
    unless `keeps_doubts`, and `doubt_count` of all; `doubted`: it was not loaded for them. `rejects`:
    how many refused rows were written out. `changes`: what its first corrections change. `mended`: the
    cells that a person wrote anew before it was loaded. `names`: of those whom the first
    corrections are about, by their ids. `about`: the signatories, and the ids of entries, that the rows
    name which can be taken. `headings`: how the file calls its columns, which its errors and doubts say.
    `answers_under`: as in `Table`. `unpromised`: new facts about what was not promised, refused or
    left out for that alone. `shape`: what its cells must obey, which tells whether another
    text may stand in place of one; None of what is no file of rows. `cells`: of the first refused rows,
    by their lines, as they were given."""

    content: str
    file_name: str
    pact_id: str | None
    outcomes: Counter = field(default_factory=Counter)
    errors: list[RowError] = field(default_factory=list)
    refused_cells: int = 0
    loaded: bool = False
    unread: bool = False
    unread_line: int | None = None
    left_out: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    doubted: bool = False
    keeps_doubts: bool = False
    rejects: int = 0
    changes: list[Change] = field(default_factory=list)
    mended: Sequence[MendedCell] = ()
    about: set[str] = field(default_factory=set, repr=False)
    headings: Mapping[str, str] = field(default_factory=dict, repr=False)
    answers_under: Sequence[int] = ()
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    unpromised: list[UnpromisedFact] = field(default_factory=list, repr=False)
    shape: Shape | None = field(default=None, repr=False)
    cells: dict[int, Sequence[str]] = field(default_factory=dict, repr=False)
    _doubts_of: Counter = field(default_factory=Counter, repr=False)

    @property
    def refused(self) -> int:
        """Rows that a person must look at."""
        return self.outcomes[RowOutcome.REJECTED] + self.outcomes[RowOutcome.CONFLICT]

    @property
    def holds_nothing(self) -> bool:
        """Whether there is nothing in a file of rows but its titles, and the example to fill in."""
        codes = {one.code for one in (*self.errors, *self.doubts)}
        is_pact = self.content == "pact"
        return not (is_pact or self.outcomes or self.mended) and codes <= {EXAMPLE}

    @property
    def remains_out(self) -> bool:
        """Whether a person must look at it before it is loaded, or loaded whole."""
        return bool(self.refused) or self.doubted

    @property
    def doubt_count(self) -> int:
        """How many doubts there are, beyond those that are kept as well."""
        return self._doubts_of.total()

    @property
    def doubt_kinds(self) -> int:
        """How many different things are doubted."""
        return len(self._doubts_of.keys() - {EXAMPLE})

    def count_doubts(self, code: str) -> int:
        """How many doubts of a code there are."""
        return self._doubts_of[code]

    @property
    def is_doubtful(self) -> bool:
        """Whether anything of it is odd: not that an example was left where it stood, what somebody said
        of its marks, nor what it leaves as it is."""
        return any(code not in NOT_ODD for code in self._doubts_of)

    def doubt(self, doubts: Iterable[Doubt]) -> None:
        """Count what is odd of a row that can be taken, or of the file; keep the first of each kind."""
        for one in say_headings(doubts, self.headings):
            self._doubts_of[one.code] += 1
            if self.keeps_doubts or self._doubts_of[one.code] <= KEPT_DOUBTS:
                self.doubts.append(one)

    def change(self, change: Change) -> None:
        """Keep what a correction changes, of the first ones."""
        if len(self.changes) < KEPT_CHANGES:
            self.changes.append(change)

    def reject(self, row: Row) -> None:
        """Count a row that was refused while the file was read, or that ends it."""
        if row.unreadable:
            self.unread, self.unread_line = True, row.errors[0].line
        if row.raw and len(self.cells) < KEPT_ERRORS:
            self.cells[row.line] = row.raw
        self.refuse(RowOutcome.REJECTED, row.errors[row.reported :])

    def refuse(self, outcome: RowOutcome, errors: Iterable[RowError]) -> None:
        """Count a refused row and its cells, and keep the first errors, in the order of the lines."""
        self.outcomes[outcome] += 1
        for error in say_headings(errors, self.headings):
            self.refused_cells += 1
            if len(self.errors) < KEPT_ERRORS:
                insort(self.errors, error, key=lambda one: one.line or 0)

    def remark(self, error: RowError) -> None:
        """Put what is wrong with the file as a whole before what is wrong with its rows."""
        self.errors.insert(0, error)


class Rejects:
    """Writes the refused rows with their reasons, as CSV: ready to be corrected and loaded again.

    Only the columns that the file has: an empty one would say something that the file did not.
    `for_page`: the first of them only. `headings`: how the file that they are of calls its columns.
    `close` before the transaction ends: it raises what the file raises when it cannot be written,
    while the good rows can still be taken back.
    """

    def __init__(
        self,
        file: TextIO | None,
        columns: Sequence[str],
        lang: str,
        for_page: bool = False,
        headings: Mapping[str, str] = MappingProxyType({}),
    ):
        self.written = 0
        self._file, self._for_page = file, for_page
        self._rows = csv.writer(file, quoting=csv.QUOTE_ALL) if file else None
        self._columns, self._lang, self._headings = columns, lang, headings
        self._places: list[int] | None = None

    def write(self, row: Row, errors: Iterable[RowError]) -> None:
        """Write a refused row, after the titles if it is the first."""
        if self._rows is None or (self._for_page and self._is_full):
            return
        self.written += 1
        if self._places is None:
            self._places = [n for n in range(len(self._columns)) if n not in row.absent]
            self._rows.writerow([*REJECTED, *(self._columns[n] for n in self._places)])
        named = say_headings(errors, self._headings)
        reason = " ".join(intake.error_sentence(error, self._lang) for error in named)
        cells = row.raw if row.raw is not None else [value or "" for value in row.values]
        kept = [cells[place] if place < len(cells) else "" for place in self._places]
        self._rows.writerow([row.line, reason, _extra(row), *map(safe_cell, kept)])

    @property
    def _is_full(self) -> bool:
        long = self._file is not None and self._file.tell() > KEPT_LETTERS
        return long or self.written >= KEPT_REJECTS

    def close(self) -> None:
        """Write what is still held back. Raises what the file raises."""
        if self._file:
            self._file.flush()


def restart_rejects(rejects: TextIO | None) -> Callable[[], object] | None:
    """What empties the file of refused rows before the rows are read once more; None for one that
    cannot be emptied, a pipe: its rows are read once."""
    if rejects is None:
        return lambda: None
    return (lambda: rejects.truncate(rejects.seek(0))) if rejects.seekable() else None


def _extra(row: Row) -> str:
    """The cells that no column has, as a line of CSV."""
    if not row.surplus:
        return ""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(map(safe_cell, row.surplus))
    return line.getvalue()

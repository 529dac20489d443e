"""What became of a file, and the transaction that keeps it or leaves the log as it was."""

import csv
import io
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Generic, TextIO, TypeVar

from monitor import intake
from monitor.accounts import Bearer, require_role
from monitor.accounts.people import OPERATOR
from monitor.commands.parts import Parts
from monitor.commands.staging import Draft, SealedDraft
from monitor.errors import Changed
from monitor.findings import Change, Doubt, RowError
from monitor.intake import MendedCell, Row
from monitor.intake.columns import REJECTED
from monitor.intake.header_row import say_headings
from monitor.models import Role, RowOutcome
from monitor.store import Session, Store
from monitor.store.base import HOLD_SECONDS, GaveWay
from monitor.store.journal import Journal
from monitor.tables import safe_cell

#: Refused cells that a report keeps; the rest is counted, and written to the rejects file.
KEPT_ERRORS = 1_000
#: Doubts of each code that it keeps: a common one must not hide a rare one. The rest is counted.
KEPT_DOUBTS = 1_000
#: Refused rows that are kept for a page, and letters of them about: it has no file to write them to.
KEPT_REJECTS, KEPT_LETTERS = 1_000, 5_000_000
#: Corrections of which a report says what they change.
KEPT_CHANGES = 1_000


@dataclass
class Report:
    """What became of a file. `outcomes` counts its rows by RowOutcome; `loaded` says whether the
    log now holds them (never after a dry run or a refusal). `pact_id`: None if it is about none.
    `unread`: it could not be read to its end, and `unread_line` says from where, if that is known.
    `left_out`: sheets of a workbook that hold data and were not read. `doubts`: what is odd of the
    rows that can be taken and of the file as a whole, in the order of the lines, the first of each code
    unless `keeps_doubts`, and `doubt_count` of all; `doubted`: it was not loaded for them. `rejects`:
    how many refused rows were written out. `changes`: what its first corrections change. `mended`: the
    cells that a person wrote anew before it was loaded. `about`: the
    signatories, and the ids of entries, that the rows name which can be taken. `headings`: how the file
    calls its columns, which its errors and doubts say."""

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
    _doubts_of: Counter = field(default_factory=Counter, repr=False)

    @property
    def refused(self) -> int:
        """Rows that a person must look at."""
        return self.outcomes[RowOutcome.REJECTED] + self.outcomes[RowOutcome.CONFLICT]

    @property
    def remains_out(self) -> bool:
        """Whether a person must look at it before it is loaded, or loaded whole."""
        return bool(self.refused) or self.doubted

    @property
    def doubt_count(self) -> int:
        return self._doubts_of.total()

    def doubt(self, doubts: Iterable[Doubt]) -> None:
        """What is odd of a row that can be taken, or of the file."""
        for one in say_headings(doubts, self.headings):
            self._doubts_of[one.code] += 1
            if self.keeps_doubts or self._doubts_of[one.code] <= KEPT_DOUBTS:
                self.doubts.append(one)

    def change(self, change: Change) -> None:
        if len(self.changes) < KEPT_CHANGES:
            self.changes.append(change)

    def reject(self, row: Row) -> None:
        """A row that the reading of the file refused, or that ends it."""
        if row.unreadable:
            self.unread, self.unread_line = True, row.errors[0].line
        self.refuse(RowOutcome.REJECTED, row.errors[row.told :])

    def refuse(self, outcome: RowOutcome, errors: Iterable[RowError]) -> None:
        self.outcomes[outcome] += 1
        for error in say_headings(errors, self.headings):
            self.refused_cells += 1
            if len(self.errors) < KEPT_ERRORS:
                self.errors.append(error)

    def remark(self, error: RowError) -> None:
        """What is wrong of the file as a whole, before what is wrong of its rows."""
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


R = TypeVar("R", bound=Report)


class Rollback(Exception):
    """Leaves the transaction so that it is rolled back."""


#: How often a file is checked beside the lock while others write what it depends on; then it is done
#: under the lock, if that is short.
CHECKS = 3
#: How long a file that takes longer is checked again, and how long it gives way to whoever wants to
#: write; then it has its turn.
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Transaction(Generic[R]):
    """The work on one file, kept in one transaction unless it is a dry run, a row was refused, or the
    file could not be read to its end: nobody knows what rows were left out then. `strict`: a doubt is
    enough as well; `skip_rejected`: the good rows are kept, if there are any.

    `who` writes, the operator if None. With `expected` outcomes, other ones are
    not kept either: the log has changed since they were shown. `again` begins the reading of the file
    anew; None where that cannot be.
    """

    store: Store
    work: Callable[[Session, Journal], R]
    now: datetime
    dry_run: bool
    skip_rejected: bool
    who: Bearer | None = None
    expected: Counter | None = None
    strict: bool = False
    again: Callable[[], object] | None = None

    def run(self) -> R:
        """Raises Changed (`file_overtaken`: others wrote of what the file is about, and it can be read
        but once), NotAllowed, and what the work and `Store.writing` raise."""
        end = time.monotonic() + PATIENCE_SECONDS
        checks = 0
        while True:
            checks, began = checks + 1, time.monotonic()
            with Parts() as parts:
                with self.store.looking() as session:
                    kept = None if self.dry_run else parts
                    draft = Draft(session, self._author(session), self.now, kept)
                    report = self.work(session, draft)
                is_short = time.monotonic() - began < HOLD_SECONDS
                if not self._is_kept(report) or self._is_written(draft, report):
                    return report
            if self.again is None:
                raise Changed("file_overtaken")
            self.again()
            if (is_short and checks >= CHECKS) or time.monotonic() > end:
                return self._run_under_lock()

    def _run_under_lock(self) -> R:
        report = None
        try:
            with self.store.writing() as session:
                report = self.work(session, Journal(session, self._author(session), self.now))
                if not self._is_kept(report):
                    raise Rollback
        except Rollback:
            assert report is not None
            return report
        report.loaded = True
        return report

    def _author(self, session: Session) -> str:
        if self.who is None:
            return OPERATOR
        return require_role(session, self.who, Role.VOLUNTEER, self.now).name

    def _is_kept(self, report: Report) -> bool:
        changed = self.expected is not None and report.outcomes != self.expected
        report.doubts.sort(key=lambda doubt: doubt.line or 0)
        report.doubted = self.strict and bool(report.doubt_count)
        good = report.outcomes.total() - report.refused
        refused = report.refused and not (self.skip_rejected and good)
        return not (self.dry_run or changed or report.unread or report.doubted or refused)

    def _is_written(self, draft: Draft, report: Report) -> bool:
        """Write what was decided, giving way to others for a while; False, and nothing is, if the log
        says something else by now of what it is about."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                found = self._write(draft, report, gives_way=time.monotonic() < end)
            except GaveWay:
                continue
            if found is not None:
                report.loaded = found
                return found

    def _write(self, draft: Draft, report: Report, gives_way: bool) -> bool | None:
        """As `_is_written`; None if the log went on while all that was chained, and it takes long."""
        began = time.monotonic()
        with Parts() as parts:
            with self.store.looking() as session:
                sealed = SealedDraft(session, draft, self.now, parts)
            is_short = time.monotonic() - began < HOLD_SECONDS
            with self.store.writing(gives_way=gives_way) as session:
                author = self._author(session)
                if author != draft.author or not draft.stands(session, report.about):
                    return False
                if sealed.follows(session):
                    sealed.write(session)
                elif is_short or not gives_way:
                    draft.write(Journal(session, author, self.now))
                else:
                    return None
        return True

"""What became of a file, and the transaction that keeps it or leaves the log as it was."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from monitor import intake
from monitor.accounts import Bearer, authorised
from monitor.accounts.people import OPERATOR
from monitor.intake import Row
from monitor.intake.columns import REJECTED
from monitor.models import Change, Doubt, Role, RowError, RowOutcome
from monitor.store import Session, Store
from monitor.store.journal import Journal
from monitor.tables import safe_cell

#: Refused cells that a report keeps; the rest is counted, and written to the rejects file.
KEPT_ERRORS = 1_000
#: Corrections of which a report says what they change.
KEPT_CHANGES = 1_000


@dataclass
class Report:
    """What became of a file. `outcomes` counts its rows by RowOutcome; `loaded` says whether the
    log now holds them (never after a dry run or a refusal). `pact_id`: None if it is about none.
    `unread`: it could not be read to its end, and `unread_line` says from where, if that is known.
    `left_out`: sheets of a workbook that hold data and were not read. `doubts`: what is odd of the
    rows that can be taken and of the file as a whole, in the order of the lines; `doubted`: it was not
    loaded for them. `changes`: what its first corrections change."""

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
    changes: list[Change] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Rows that a person must look at."""
        return self.outcomes[RowOutcome.REJECTED] + self.outcomes[RowOutcome.CONFLICT]

    @property
    def remains_out(self) -> bool:
        """Whether a person must look at it before it is loaded, or loaded whole."""
        return bool(self.refused) or self.doubted

    def change(self, change: Change) -> None:
        if len(self.changes) < KEPT_CHANGES:
            self.changes.append(change)

    def reject(self, row: Row) -> None:
        """A row that the reading of the file refused, or that ends it."""
        if row.unreadable:
            self.unread, self.unread_line = True, row.errors[0].line
        self.refuse(RowOutcome.REJECTED, row.errors)

    def refuse(self, outcome: RowOutcome, errors: Iterable[RowError]) -> None:
        self.outcomes[outcome] += 1
        for error in errors:
            self.refused_cells += 1
            if len(self.errors) < KEPT_ERRORS:
                self.errors.append(error)

    def remark(self, error: RowError) -> None:
        """What is wrong of the file as a whole, before what is wrong of its rows."""
        self.errors.insert(0, error)


class Rejects:
    """Writes the refused rows with their reasons, as CSV: ready to be corrected and loaded again.

    Only the columns that the file has: an empty one would say something that the file did not.
    `close` before the transaction ends: it raises what the file raises when it cannot be written,
    while the good rows can still be taken back.
    """

    def __init__(self, file: TextIO | None, columns: Sequence[str], lang: str):
        self._file = file
        self._rows = csv.writer(file, quoting=csv.QUOTE_ALL) if file else None
        self._columns, self._lang = columns, lang
        self._places: list[int] | None = None

    def write(self, row: Row, errors: Iterable[RowError]) -> None:
        if self._rows is None:
            return
        if self._places is None:
            self._places = [n for n in range(len(self._columns)) if n not in row.absent]
            self._rows.writerow([*REJECTED, *(self._columns[n] for n in self._places)])
        reason = " ".join(intake.sentence(error, self._lang) for error in errors)
        cells = row.raw if row.raw is not None else [value or "" for value in row.values]
        kept = [cells[place] if place < len(cells) else "" for place in self._places]
        self._rows.writerow([row.line, reason, _extra(row), *map(safe_cell, kept)])

    def close(self) -> None:
        if self._file:
            self._file.flush()


def _extra(row: Row) -> str:
    """The cells that no column has, as a line of CSV."""
    if not row.surplus:
        return ""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(map(safe_cell, row.surplus))
    return line.getvalue()


class _Undone(Exception):
    """Leaves the transaction so that it is rolled back."""


def transaction(
    store: Store,
    now: datetime | None,
    work: Callable[[Session, Journal], Report],
    *,
    dry_run: bool,
    skip_rejected: bool,
    who: Bearer | None = None,
    expected: Counter | None = None,
    strict: bool = False,
) -> Report:
    """Do the work in one transaction; keep it unless it is a dry run, a row was refused, or the file
    could not be read to its end: nobody knows what rows were left out then. `strict`: a doubt is
    enough as well.

    `who` writes, the operator if None: raises NotAllowed. With `expected` outcomes, other ones are
    not kept either: the log has changed since they were shown.
    """
    now = now or datetime.now(UTC)
    try:
        with store.writing() as session:
            author = authorised(session, who, Role.VOLUNTEER, now).name if who else OPERATOR
            report = work(session, Journal(session, author, now))
            changed = expected is not None and report.outcomes != expected
            report.doubts.sort(key=lambda doubt: doubt.line or 0)
            report.doubted = strict and bool(report.doubts)
            left_out = report.unread or report.doubted or (report.refused and not skip_rejected)
            if dry_run or changed or left_out:
                raise _Undone
    except _Undone:
        return report
    report.loaded = True
    return report

"""What became of a file, and the transaction that keeps it or leaves the log as it was."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from monitor import intake
from monitor.accounts import Bearer, authorised
from monitor.accounts.people import OPERATOR
from monitor.intake import Row
from monitor.models import Role, RowError, RowOutcome
from monitor.store import Session, Store
from monitor.store.journal import Journal
from monitor.tables import safe_cell

#: Refused cells that a report keeps; the rest is counted, and written to the rejects file.
KEPT_ERRORS = 1_000
REJECTS_COLUMNS = ("rejected_line", "rejected_reason")


@dataclass
class Report:
    """What became of a file. `outcomes` counts its rows by RowOutcome; `loaded` says whether the
    log now holds them (never after a dry run or a refusal). `pact_id`: None if it is about none.
    `unread`: it could not be read to its end."""

    content: str
    file_name: str
    pact_id: str | None
    outcomes: Counter = field(default_factory=Counter)
    errors: list[RowError] = field(default_factory=list)
    refused_cells: int = 0
    loaded: bool = False
    unread: bool = False

    @property
    def refused(self) -> int:
        """Rows that a person must look at."""
        return self.outcomes[RowOutcome.REJECTED] + self.outcomes[RowOutcome.CONFLICT]

    def refuse(self, outcome: RowOutcome, errors: Iterable[RowError]) -> None:
        self.outcomes[outcome] += 1
        for error in errors:
            self.refused_cells += 1
            if len(self.errors) < KEPT_ERRORS:
                self.errors.append(error)


class Rejects:
    """Writes the refused rows with their reasons, as CSV: ready to be corrected and loaded again.

    Only the columns that the file has: an empty one would say something that the file did not."""

    def __init__(self, file: TextIO | None, columns: Sequence[str], lang: str):
        self._rows = csv.writer(file, quoting=csv.QUOTE_ALL) if file else None
        self._columns, self._lang = columns, lang
        self._places: list[int] | None = None

    def write(self, row: Row, errors: Iterable[RowError]) -> None:
        if self._rows is None:
            return
        if self._places is None:
            self._places = [n for n in range(len(self._columns)) if n not in row.absent]
            self._rows.writerow([*REJECTS_COLUMNS, *(self._columns[n] for n in self._places)])
        reason = " ".join(intake.sentence(error, self._lang) for error in errors)
        cells = row.raw if row.raw is not None else [value or "" for value in row.values]
        kept = [safe_cell(cells[place]) for place in self._places if place < len(cells)]
        self._rows.writerow([row.line, reason, *kept])


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
) -> Report:
    """Do the work in one transaction; keep it unless it is a dry run, a row was refused, or the file
    could not be read to its end: nobody knows what rows were left out then.

    `who` writes, the operator if None: raises NotAllowed. With `expected` outcomes, other ones are
    not kept either: the log has changed since they were shown.
    """
    now = now or datetime.now(UTC)
    try:
        with store.writing() as session:
            author = authorised(session, who, Role.VOLUNTEER, now).name if who else OPERATOR
            report = work(session, Journal(session, author, now))
            changed = expected is not None and report.outcomes != expected
            left_out = report.unread or (report.refused and not skip_rejected)
            if dry_run or changed or left_out:
                raise _Undone
    except _Undone:
        return report
    report.loaded = True
    return report

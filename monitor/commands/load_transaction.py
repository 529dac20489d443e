"""Loading what was read: checked beside those who write, written at once, whole or not at all."""

import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from monitor.accounts import Bearer, require_role
from monitor.accounts.people import OPERATOR
from monitor.commands.part_writing import part_writer_for
from monitor.commands.parts import Parts
from monitor.commands.report import Report
from monitor.commands.staging import Draft, SealedDraft
from monitor.errors import Changed
from monitor.models import Role
from monitor.snapshot import bulk_read
from monitor.store import Session, Store
from monitor.store.base import HOLD_SECONDS, GaveWay
from monitor.store.head import read_head
from monitor.store.journal import Journal


class Rollback(Exception):
    """Leaves the transaction so that it is rolled back."""


#: The session of a load that wrote, and the entry after which it did.
Approval = Callable[[Session, int], None]
#: How often a file is checked beside the lock while others write what it depends on; then it is done
#: under the lock, if that is short.
CHECKS = 3
#: How long a file that takes longer is checked again, and then not loaded; and how long what cannot be
#: written in parts gives way to whoever wants to write, and then has its turn.
PATIENCE_SECONDS = 60


class LoadResult(Protocol):
    """What a load says of what it read: the signatories and the ids of entries that acceptable rows
    name, and whether the log now holds them."""

    loaded: bool

    @property
    def about(self) -> Set[str]: ...


R = TypeVar("R", bound=LoadResult)
F = TypeVar("F", bound=Report)


@dataclass(frozen=True)
class Transaction(ABC, Generic[R]):
    """The work on what is loaded, checked beside those who write and kept in one transaction, or not at
    all. `strict`: not if there is a doubt.

    `who`, who must have the `role`, writes; the operator if None. `again` begins the reading anew; None
    where that cannot be. `approve` has the last word before it is kept, in the same transaction, and
    raises what keeps it from being; it is told after which entry all was written.
    """

    store: Store
    work: Callable[[Session, Journal], R]
    now: datetime
    dry_run: bool
    who: Bearer | None = None
    role: Role = Role.VOLUNTEER
    strict: bool = False
    again: Callable[[], object] | None = None
    approve: Approval = lambda session, before: None

    def run(self) -> R:
        """Raises Changed (`file_overtaken`: others kept writing about the same things, or the file can
        be read only once), NotAllowed, and what the work and `Store.writing` raise."""
        with bulk_read():
            return self._run()

    def _run(self) -> R:
        end = time.monotonic() + PATIENCE_SECONDS
        checks = 0
        while True:
            checks, began = checks + 1, time.monotonic()
            with Parts() as parts:
                with self._drafting(None if self.dry_run else parts) as (session, draft):
                    report = self.work(session, draft)
                is_short = time.monotonic() - began < HOLD_SECONDS
                if not self._is_kept(report) or self._is_written(draft, report):
                    return report
            if self.again is None or (time.monotonic() > end and not is_short):
                raise Changed("file_overtaken")
            self.again()
            if is_short and checks >= CHECKS:
                return self._run_under_lock()

    @contextmanager
    def _drafting(self, parts: Parts | None) -> Iterator[tuple[Session, Draft]]:
        """Where the work is checked, keeping nobody waiting."""
        with self.store.looking() as session:
            yield session, Draft(session, self._author(session), self.now, parts)

    def _run_under_lock(self) -> R:
        report = None
        try:
            with self.store.writing() as session:
                journal = Journal(session, self._author(session), self.now)
                before = journal.seq
                report = self.work(session, journal)
                if not self._is_kept(report):
                    raise Rollback
                self.approve(session, before)
        except Rollback:
            assert report is not None
            return report
        report.loaded = True
        return report

    def _author(self, session: Session) -> str:
        if self.who is None:
            return OPERATOR
        return require_role(session, self.who, self.role, self.now).name

    @abstractmethod
    def _is_kept(self, report: R) -> bool:
        """Whether it is to be written as it was read."""

    def _is_written(self, draft: Draft, report: R) -> bool:
        """Write what was decided, giving way to others for a while, or in parts between which they save;
        False, and nothing of it counts, if the log says something else by now of what it is about."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                found = self._write(draft, report, gives_way=time.monotonic() < end)
            except GaveWay:
                found = None
            if found is None and draft.is_long and draft.comes_with_files:
                writer = part_writer_for(self.store, draft, report.about, self.now, self._author)
                found = writer.write(self.approve)
            if found is not None:
                report.loaded = found
                return found

    def _write(self, draft: Draft, report: R, gives_way: bool) -> bool | None:
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
                before = read_head(session).seq
                if sealed.follows(session):
                    sealed.write(session)
                elif is_short or not gives_way:
                    draft.write(session, Journal(session, author, self.now))
                else:
                    return None
                self.approve(session, before)
        return True


@dataclass(frozen=True)
class FileTransaction(Transaction[F]):
    """The work on one file, kept unless it is a dry run, a row was refused, or the file could not be
    read to its end: then nobody knows which rows are missing. `skip_rejected`: the good rows are kept,
    if there are any. With `expected` outcomes, other ones are not kept either: the log has changed
    since they were shown."""

    skip_rejected: bool = False
    expected: Counter | None = None

    def _is_kept(self, report: F) -> bool:
        changed = self.expected is not None and report.outcomes != self.expected
        report.doubts.sort(key=lambda doubt: doubt.line or 0)
        report.doubted = self.strict and report.is_doubtful
        good = report.outcomes.total() - report.refused
        refused = report.refused and not (self.skip_rejected and good)
        return not (self.dry_run or changed or report.unread or report.doubted or refused)

"""Writing what takes long in parts, between which others save.

What the operator loads: a part is a file of its own, of the same name, that nobody has accepted; the
last transaction accepts them all. What an account loads waits for another person as one file: its parts
follow a `load_step` each, and the last transaction says that it is whole; nobody can decide of it
before. Until then no reader sees any of it, and nothing that is loaded meanwhile builds on it. A process
that is killed leaves parts that nobody will accept: what they bring never counts.
"""

import time
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime

from monitor.accounts.people import OPERATOR
from monitor.commands.staging import Bundle, Draft, renumber_entries, renumber_rows
from monitor.errors import Changed, MonitorError
from monitor.models import Decision
from monitor.store import Session, Store
from monitor.store.decisions import writing_state
from monitor.store.journal import Journal

#: How long a part is added to before it is committed, and how long who waits has to come first then.
PART_SECONDS, PAUSE_SECONDS = 0.1, 0.01


class PartWriter(ABC):
    """Writes a draft; `about` as in `Draft.stands`, `author` who writes, as long as they may."""

    def __init__(
        self,
        store: Store,
        draft: Draft,
        about: Collection[str],
        now: datetime,
        author: Callable[[Session], str],
    ):
        self._store, self._draft, self._about, self._now = store, draft, about, now
        self._author = author
        #: The files that were opened.
        self._loads: list[int] = []
        self._others: Counter[int] = Counter()
        #: From which entry of the draft on, by how much the log numbers them higher.
        self._starts: list[int] = []
        self._shifts: list[int] = []

    def write(self, approve: Callable[[Session, int], None]) -> bool:
        """Write all of it; False, and what was written is given up, once the log says something else of
        what it is about. `approve` as in `Transaction`. Raises what `check_open` raises."""
        before = self._draft.seen
        bundles = self._draft.bundles()
        bundle = next(bundles, None)
        try:
            while bundle:
                time.sleep(PAUSE_SECONDS)
                with self._store.writing() as session:
                    author = self._author(session)
                    for load in self._loads:
                        self._check_open(session, load)
                    if not self._draft.stands(session, self._about):
                        break
                    self._others += self._draft.count_others(session)
                    journal = Journal(session, author, self._now)
                    end, loads, some = time.monotonic() + PART_SECONDS, {}, False
                    while bundle and not (some and time.monotonic() > end):
                        self._put(journal, bundle, loads)
                        bundle, some = next(bundles, None), True
                    opened = [*dict.fromkeys([*self._loads, *loads.values()])]
                    if bundle is None:
                        self._end(journal, opened, whole=True)
                        approve(session, before)
                self._loads = opened
                self._draft.seen = journal.seq
        except BaseException:
            with suppress(MonitorError):
                self._give_up()
            raise
        if bundle:
            self._give_up()
        return bundle is None

    @abstractmethod
    def _open(self, journal: Journal, bundle: Bundle) -> int:
        """Begin a file that goes on with that of the draft, or go on with it; its entry."""

    @abstractmethod
    def _end(self, journal: Journal, loads: Sequence[int], *, whole: bool) -> None:
        """Say that these files are all there, or that they never will be."""

    def _check_open(self, session: Session, load: int) -> None:  # noqa: B027
        """Raises where somebody has taken back what is being written."""

    def _put(self, journal: Journal, bundle: Bundle, loads: dict[int, int]) -> None:
        """`loads`: the files that the transaction has opened, by those of the draft."""
        if bundle.entries:
            if bundle.load not in loads:
                loads[bundle.load] = self._open(journal, bundle)
            part = renumber_entries(bundle.entries, self._renumber, self._others)
            journal.append(*part._replace(load_seq=loads[bundle.load]))
        for rows in bundle.beside:
            journal.insert(*renumber_rows(rows, self._renumber))

    def _number(self, draft_seq: int, seq: int) -> None:
        self._starts.append(draft_seq)
        self._shifts.append(seq - draft_seq)

    def _renumber(self, seq: int) -> int:
        place = bisect_right(self._starts, seq)
        return seq + self._shifts[place - 1] if place else seq

    def _give_up(self) -> None:
        """Decide that nothing of it counts."""
        if self._loads:
            with self._store.writing() as session:
                journal = Journal(session, self._author(session), self._now)
                self._end(journal, self._loads, whole=False)


class OperatorPartWriter(PartWriter):
    """Writes what the operator loads."""

    def _open(self, journal: Journal, bundle: Bundle) -> int:
        *facts, _accepted = bundle.file
        load = journal.append("load", [((*facts, 0), (), ())])
        if bundle.first == bundle.load + 1:
            self._number(bundle.load, load)
        self._number(bundle.first, load + 1)
        return load

    def _end(self, journal: Journal, loads: Sequence[int], *, whole: bool) -> None:
        decision = Decision.ACCEPTED if whole else Decision.REFUSED
        journal.append("load_review", [((load, decision.value), (None,), ()) for load in loads])


class AccountPartWriter(PartWriter):
    """Writes what an account loads."""

    def _open(self, journal: Journal, bundle: Bundle) -> int:
        load = self._renumber(bundle.load)
        if bundle.first == bundle.load + 1:
            load = journal.append("load", [(bundle.file, (), ())])
            self._number(bundle.load, load)
        step = append_step(journal, load, "part")
        self._number(bundle.first, step + 1)
        return load

    def _end(self, journal: Journal, loads: Sequence[int], *, whole: bool) -> None:
        for load in loads:
            append_step(journal, load, "whole" if whole else "abandoned")

    def _check_open(self, session: Session, load: int) -> None:
        check_open(session, load)


#: Why a file is not being written any more: code of the error by its state.
_CLOSED = {
    "withdrawn": "already_withdrawn",
    "abandoned": "file_given_up",
    "whole": "file_is_whole",
}


def check_open(session: Session, load_seq: int) -> None:
    """Raises Changed where a file of an account is not being written any more, nor cut off
    (`already_withdrawn`, `file_given_up`, `file_is_whole`)."""
    if code := _CLOSED.get(writing_state(session, load_seq)):
        raise Changed(code, value=load_seq)


def append_step(journal: Journal, load_seq: int, step: str) -> int:
    """Write how a file goes on, or ends; its entry."""
    return journal.append("load_step", [((load_seq, step), (), ())])


def part_writer_for(
    store: Store,
    draft: Draft,
    about: Collection[str],
    now: datetime,
    author: Callable[[Session], str],
) -> PartWriter:
    """Who writes a draft as its author does, the operator or an account."""
    kind = OperatorPartWriter if draft.author == OPERATOR else AccountPartWriter
    return kind(store, draft, about, now, author)

"""Writing what takes long in parts, between which others save.

A part is a file of its own, of the same name, that nobody has accepted; the last transaction accepts
them all. Until then no reader sees any of it, and nothing that is loaded meanwhile builds on it. A
process that is killed leaves parts that nobody will accept: what they bring never counts.
"""

import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from monitor.accounts.people import OPERATOR
from monitor.commands.staging import Bundle, Draft, renumber_entries, renumber_rows
from monitor.models import Decision
from monitor.store import Session, Store
from monitor.store.journal import Journal

#: How long a part is added to before it is committed, and how long who waits has to come first then.
PART_SECONDS, PAUSE_SECONDS = 0.1, 0.01


class PartWriter:
    """Writes a draft of the operator's; `about` as in `Draft.stands`."""

    def __init__(self, store: Store, draft: Draft, about: Collection[str], now: datetime):
        self._store, self._draft, self._about, self._now = store, draft, about, now
        self._loads: list[int] = []
        self._others: Counter[int] = Counter()
        #: From which entry of the draft on, by how much the log numbers them higher.
        self._starts: list[int] = []
        self._shifts: list[int] = []

    def write(self, approve: Callable[[Session, int], None]) -> bool:
        """Write all of it; False, and what was written is refused, once the log says something else of
        what it is about. `approve` as in `Transaction`."""
        before = self._draft.seen
        bundles = self._draft.bundles()
        bundle = next(bundles, None)
        try:
            while bundle:
                time.sleep(PAUSE_SECONDS)
                with self._store.writing() as session:
                    if not self._draft.stands(session, self._about):
                        break
                    self._others += self._draft.count_others(session)
                    journal = Journal(session, OPERATOR, self._now)
                    end, loads, some = time.monotonic() + PART_SECONDS, {}, False
                    while bundle and not (some and time.monotonic() > end):
                        self._put(journal, bundle, loads)
                        bundle, some = next(bundles, None), True
                    if bundle is None:
                        _decide(journal, [*self._loads, *loads.values()], Decision.ACCEPTED)
                        approve(session, before)
                self._loads += loads.values()
                self._draft.seen = journal.seq
        except BaseException:
            self._refuse()
            raise
        if bundle:
            self._refuse()
        return bundle is None

    def _open(self, journal: Journal, bundle: Bundle) -> int:
        """Begin a file that goes on with that of the draft."""
        *facts, _accepted = bundle.file
        load = journal.append("load", [((*facts, 0), (), ())])
        if bundle.first == bundle.load + 1:
            self._number(bundle.load, load)
        self._number(bundle.first, load + 1)
        return load

    def _put(self, journal: Journal, bundle: Bundle, loads: dict[int, int]) -> None:
        """`loads`: the files that the transaction has opened, by those of the draft."""
        if bundle.entries:
            if bundle.load not in loads:
                loads[bundle.load] = self._open(journal, bundle)
            part = renumber_entries(bundle.entries, self._renumber, self._others)
            journal.append(*part._replace(load_seq=loads[bundle.load]))
        for told in bundle.beside:
            journal.insert(*renumber_rows(told, self._renumber))

    def _number(self, draft_seq: int, seq: int) -> None:
        self._starts.append(draft_seq)
        self._shifts.append(seq - draft_seq)

    def _renumber(self, seq: int) -> int:
        place = bisect_right(self._starts, seq)
        return seq + self._shifts[place - 1] if place else seq

    def _refuse(self) -> None:
        """Decide that nothing of it counts."""
        if self._loads:
            with self._store.writing() as session:
                journal = Journal(session, OPERATOR, self._now)
                _decide(journal, self._loads, Decision.REFUSED)


def _decide(journal: Journal, loads: Sequence[int], decision: Decision) -> None:
    journal.append("load_review", [((load, decision.value), (None,), ()) for load in loads])

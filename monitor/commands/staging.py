"""Checking a file while others write, and writing what was decided at once, under the lock.

What the checks decide is kept apart as a `Draft`; it is digested and chained outside the lock as well,
and put into the tables in one transaction if the log still says what it said of all that the file is
about. Only the entries written meanwhile are looked at for that.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from monitor.commands.parts import Parts
from monitor.store import Session
from monitor.store.base import batches
from monitor.store.head import read_head
from monitor.store.journal import Journal
from monitor.store.subjects import SUBJECTS

#: Entries that are about one commitment, or about none: they change nothing of what a file of others
#: was checked against.
_BY_HAND = (
    "action",
    "review",
    "reply_request",
    "link_check",
    "sample_plan",
    "sample_seed",
    "sample_end",
    "rating",
    "rating_end",
)
#: Whom the entries after one are about, and their ids; `{whom}`: of an entry.
_ABOUT = """
    SELECT {whom}, a.action_id FROM action a JOIN commitment c ON c.id = a.commitment_id
    WHERE a.seq > :seq
    UNION SELECT c.signatory_id, a.action_id
    FROM review r JOIN action a ON a.seq = r.action_seq JOIN commitment c ON c.id = a.commitment_id
    WHERE r.seq > :seq
"""
#: Nothing of such a file was built on, and nothing will be.
_GIVEN_UP = "EXISTS (SELECT 1 FROM load_step s WHERE s.seq = e.seq AND s.step = 'abandoned')"
_ANYBODY = "c.signatory_id"
#: A new entry about somebody corrects and withdraws nothing: they are as they were.
_OTHERWISE = "CASE WHEN a.supersedes IS NULL THEN a.action_id ELSE c.signatory_id END"
_TIES = "SELECT commune FROM account_commune WHERE name = :name ORDER BY commune"
#: Rows of one part: what is written and read again at once stays in the processor's cache.
AT_ONCE = 1_000
#: The two kinds of parts: what `Journal.append` is told, and rows of a table beside the entries.
_ENTRIES, _ROWS = "entries", "rows"


class AppendedRows(NamedTuple):
    """What `Journal.append` is told."""

    subject: str
    rows: Sequence[tuple]
    load_seq: int | None
    request_id: str | None
    columns: Sequence[Sequence] | None
    author: str | None


class Bundle(NamedTuple):
    """Rows that are written together: those of the file that its entry `load` opens, of these facts,
    from `first` on, both as the draft numbers them; and what stands beside them. Without entries: more
    of what stands beside the last."""

    file: tuple
    load: int
    first: int
    entries: AppendedRows | None
    beside: list[tuple]


class Draft(Journal):
    """The end of the log as it was read, and what would follow it, in `parts`; nothing is written. Of
    a trial, which never will be, nothing is kept."""

    def __init__(self, session: Session, author: str, now: datetime, parts: Parts | None):
        super().__init__(session, author, now)
        self._from = self.seq
        #: The last entry that was looked at, or is its own.
        self.seen = self.seq
        self._ties = session.rows(_TIES, name=author)
        self._parts = parts
        self._beside = 0
        #: Whether all of it is what files bring.
        self.comes_with_files = True

    def append(self, subject, rows, load_seq=None, request_id=None, columns=None, author=None):
        first = self.seq + 1
        self.seq += len(rows)
        self.comes_with_files &= subject == "load" or load_seq is not None
        if self._parts is None:
            return first
        for start in range(0, len(rows), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            stored = columns and columns[some]
            content = (subject, rows[some], load_seq, request_id, stored, author)
            self._parts.append((_ENTRIES, content))
        return first

    def insert(self, table, columns, rows):
        self._beside += len(rows)
        if self._parts is not None:
            for some in batches(rows, AT_ONCE):
                self._parts.append((_ROWS, (table, columns, some)))

    def write(self, session: Session, journal: Journal) -> None:
        """All of it at the end of a log that may be longer than it was."""
        by, others = journal.seq - self._from, self.count_others(session)

        def renumber(seq: int) -> int:
            return seq + by if seq > self._from else seq

        for kind, content in self._parts or ():
            if kind == _ENTRIES:
                part = AppendedRows(*content)
                journal.append(*(renumber_entries(part, renumber, others) if by else part))
            else:
                journal.insert(*renumber_rows(content, renumber))

    @property
    def is_long(self) -> bool:
        """Whether it takes several parts."""
        return self.seq - self._from + self._beside > AT_ONCE

    def bundles(self) -> Iterator[Bundle]:
        """The rows of its files, in order, as few at a time as can be written together."""
        seq, load, file, bundle = self._from, 0, (), None
        for kind, content in self._parts or ():
            if kind == _ROWS:
                assert bundle
                # Nothing has to be beside a pact, before it counts; beside a row of it, what it implies.
                alone = bundle.entries is None or bundle.entries.subject == "pact"
                if alone and bundle.beside:
                    yield bundle
                    bundle = Bundle(file, load, seq + 1, None, [])
                bundle.beside.append(content)
                continue
            part = AppendedRows(*content)
            first, seq = seq + 1, seq + len(part.rows)
            if part.subject == "load":
                load, file = first, part.rows[0][0]
                continue
            if bundle:
                yield bundle
            bundle = Bundle(file, load, first, part, [])
        if bundle:
            yield bundle

    def stands(self, session: Session, about: Collection[str]) -> bool:
        """Whether nothing written since then is about what these names stand for, signatories and ids
        of entries, and its author is tied to nobody else. What is long is not checked again because
        somebody added an entry."""
        about_whom = _ABOUT.format(whom=_OTHERWISE if self.is_long else _ANYBODY)
        subjects = {
            subject
            for (subject,) in session.rows(
                f"SELECT DISTINCT subject FROM entry e WHERE seq > :seq AND NOT {_GIVEN_UP}",
                seq=self.seen,
            )
        }
        return (
            subjects <= set(_BY_HAND)
            and not any(
                name in about for row in session.rows(about_whom, seq=self.seen) for name in row
            )
            and session.rows(_TIES, name=self.author) == self._ties
        )

    def count_others(self, session: Session) -> Counter[int]:
        """How many entries others have written since then, by the number of their commitment."""
        sql = "SELECT commitment_id, count(*) FROM action WHERE seq > :seq GROUP BY commitment_id"
        return Counter(dict(session.rows(sql, seq=self.seen)))


def renumber_entries(
    part: AppendedRows, renumber: Callable[[int], int], others: Mapping[int, int]
) -> AppendedRows:
    """The rows with the entries that they name, and their file, as these are numbered now; and after
    the entries that others have written about the same commitments."""
    if part.subject != "action" or part.columns is None:
        return part._replace(load_seq=part.load_seq and renumber(part.load_seq))
    facts = SUBJECTS["action"].facts
    number = facts.index("commitment_id")
    # From the end as well as from the start: an action is digested with one fact more than it has
    # columns, its commitment in full.
    first, rev, supersedes = (
        n if n < number else n - len(facts)
        for n in map(facts.index, ("first", "rev", "supersedes"))
    )

    def move(values: Sequence, more: int) -> Sequence:
        values = list(values)
        values[first] = renumber(values[first])
        values[rev] += more
        if values[supersedes] is not None:
            values[supersedes] = renumber(values[supersedes])
        return values

    later = [others.get(stored[number], 0) for stored in part.columns]
    return part._replace(
        rows=[
            (move(row, more), *rest) for (row, *rest), more in zip(part.rows, later, strict=True)
        ],
        columns=[move(row, more) for row, more in zip(part.columns, later, strict=True)],
        load_seq=part.load_seq and renumber(part.load_seq),
    )


def renumber_rows(
    content: tuple, renumber: Callable[[int], int]
) -> tuple[str, Sequence[str], Sequence[Sequence]]:
    """Rows beside the entries, those that are about the file as it is numbered now."""
    table, columns, rows = content
    if "load_seq" not in columns:
        return table, columns, rows
    place = columns.index("load_seq")
    return table, columns, [(*r[:place], renumber(r[place]), *r[place + 1 :]) for r in rows]


class TriedDraft(Draft):
    """A draft that stands in a copy of the log as well (`session`), where what follows rests on it."""

    def __init__(self, session: Session, author: str, now: datetime, parts: Parts | None):
        super().__init__(session, author, now, parts)
        self._copy = Journal(session, author, now)

    def append(self, subject, rows, load_seq=None, request_id=None, columns=None, author=None):
        super().append(subject, rows, load_seq, request_id, columns, author)
        return self._copy.append(subject, rows, load_seq, request_id, columns, author)

    def insert(self, table, columns, rows):
        super().insert(table, columns, rows)
        self._copy.insert(table, columns, rows)


class SealedDraft:
    """What a draft puts into the tables, digested and chained after one head, in `parts`. Nothing is
    written to the session that it is given."""

    def __init__(self, session: Session, draft: Draft, now: datetime, parts: Parts):
        self._parts = parts
        journal = Journal(session, draft.author, now, sink=self)
        self._after = (journal.seq, journal.hash)
        draft.write(session, journal)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
        self._parts.append((table, columns, rows))

    def follows(self, session: Session) -> bool:
        """Whether the log ends where it did."""
        return read_head(session) == self._after

    def write(self, session: Session) -> None:
        for part in self._parts:
            session.insert(*part)

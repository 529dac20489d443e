"""Appending to the log, and checking it: the chain of `monitor.chain` over the tables."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor import chain, dates
from monitor.errors import DatabaseDamaged, InvalidValue
from monitor.store.base import RowSink, Session, Store
from monitor.store.clock import check_clock
from monitor.store.head import LAST_SEQ, read_head
from monitor.store.implied import find_wrong_commitment
from monitor.store.reader import Content, Reader, orphan_text
from monitor.store.subjects import DERIVED, SUBJECTS, derived_values

#: The columns of an entry.
ENTRY = (
    "seq",
    "recorded_at",
    "author",
    "subject",
    "load_seq",
    "request_id",
    "salt",
    "texts_digest",
    "hash",
)


def timestamp(moment: datetime) -> str:
    """A UTC time as the log writes it: `2020-07-05T00:00:00.000000Z`, sortable as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Journal:
    """The end of the log within one writing session.

    `recorded_at` is the same for all that one transaction writes: now, or the time of the entry
    before if the clock has gone back. `sink` takes what is written, the session itself if it is None.
    Raises Refused (`clock_ahead`): see `store.clock`.
    """

    def __init__(self, session: Session, author: str, now: datetime, sink: RowSink | None = None):
        self.seq, self.hash = read_head(session)
        check_clock(session, now)
        before = session.rows("SELECT recorded_at FROM entry WHERE seq = :seq", seq=self.seq)
        self.recorded_at = max([timestamp(now), *(time for (time,) in before)])
        self.author = author
        self._sink = session if sink is None else sink

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence]) -> None:
        """Rows beside the log that are written with it."""
        self._sink.insert(table, columns, rows)

    @property
    def latest_day(self) -> date:
        """The latest day that a fact written now can date from."""
        return dates.latest_day(datetime.fromisoformat(self.recorded_at))

    def append(
        self,
        subject: str,
        rows: Sequence[tuple[Sequence, Sequence, Sequence]],
        load_seq: int | None = None,
        request_id: str | None = None,
        columns: Sequence[Sequence] | None = None,
        author: str | None = None,
    ) -> int:
        """Write entries about one subject and return the seq of the first.

        Each row is (facts as digested, texts as digested, columns derived from the texts).
        `columns` are the facts as stored, where these differ (an action stores a commitment's
        number and digests its full name). `author` is another account than the journal's.
        """
        about = SUBJECTS[subject]
        first, stored = self.seq + 1, columns if columns is not None else [row[0] for row in rows]
        facts_salts = chain.salts(len(rows))
        texts_salts = chain.salts(len(rows)) if about.texts else [""] * len(rows)
        later_facts, later_texts = about.later_facts, about.later_texts
        entries, texts_rows = [], []
        for (facts, texts, beside), salt, texts_salt in zip(
            rows, facts_salts, texts_salts, strict=True
        ):
            self.seq += 1
            texts_digest = chain.digest(texts_salt, texts, later_texts) if about.texts else ""
            header = [self.seq, self.recorded_at, author or self.author, subject, load_seq]
            facts_digest = chain.digest(salt, facts, later_facts)
            self.hash = chain.link(self.hash, [*header, facts_digest, texts_digest])
            entries.append((*header, request_id, salt, texts_digest, self.hash))
            if about.texts:
                texts_rows.append((self.seq, texts_salt, *texts, *beside))
        self._sink.insert("entry", ENTRY, entries)
        self._sink.insert(
            about.table,
            ("seq", *about.facts),
            [(seq, *values) for seq, values in enumerate(stored, start=first)],
        )
        if about.texts:
            derived_columns = DERIVED.get(subject, ())
            self._sink.insert(
                about.text_table, ("seq", "salt", *about.texts, *derived_columns), texts_rows
            )
        return first


@dataclass(frozen=True)
class Verification:
    """What `verify` found. `altered` is the seq of the first entry that is not as it was written."""

    entries: int
    head: str
    altered: int | None = None
    subject: str | None = None

    @property
    def intact(self) -> bool:
        return self.altered is None


#: Where a check of the whole log begins.
NOTHING = Verification(0, chain.GENESIS)
#: Entries checked in one reading: about a tenth of a second.
AT_ONCE = 10_000


def verify(
    session: Session,
    progress: Callable[[int], None] = lambda done: None,
    since: Verification = NOTHING,
    limit: int | None = None,
) -> Verification:
    """Compute the chain again from what the tables hold now, from where `since` ended.

    With a `limit`, at most so many entries: nobody is kept from writing for long. `progress` is told
    the number of entries done from time to time. Raises DatabaseDamaged (`head_damaged`).
    """
    try:
        return _verify(session, progress, since, limit)
    except DatabaseDamaged as error:
        if error.code != "text_damaged":
            raise
    session.take_any_text()  # slower, but the entry can be named
    return _verify(session, progress, since, limit)


def _verify(
    session: Session, progress: Callable[[int], None], since: Verification, limit: int | None
) -> Verification:
    redacted = {seq for (seq,) in session.rows("SELECT target_seq FROM redaction")}
    before, done = since.head, since.entries
    head_seq, head_hash = read_head(session)
    # The first part looks before the first entry as well, the last beyond the head: no row is there.
    last = LAST_SEQ if limit is None else done + limit
    whole = last >= head_seq
    after, until = done or -LAST_SEQ, LAST_SEQ if whole else last
    readers = {name: Reader(session, name, after, until) for name in SUBJECTS}
    sql = (
        "SELECT seq, recorded_at, author, subject, load_seq, salt, texts_digest, hash "
        "FROM entry WHERE seq > :after AND seq <= :until ORDER BY seq"
    )
    for chunk in session.chunks(sql, after=after, until=until):
        for seq, recorded_at, author, subject, load_seq, salt, texts_digest, written in chunk:
            content = readers[subject].at(seq) if subject in readers else None
            broken = Verification(done, before, done + 1, subject)
            if content is None or seq != done + 1:
                return broken
            header = [seq, recorded_at, author, subject, load_seq]
            try:
                same = _same_texts(subject, content, texts_digest, seq in redacted)
                facts_digest = chain.digest(salt, content.facts, SUBJECTS[subject].later_facts)
                link = chain.link(before, [*header, facts_digest, texts_digest])
            except (TypeError, AttributeError):  # no text and no number: nothing we ever digest
                return broken
            if not same or link != written:
                return broken
            before, done = link, seq
        progress(done)
    for reader in readers.values():
        extra = reader.left_over()
        if extra is None:
            extra = orphan_text(session, reader.name, after, until)
        if extra is not None:
            return Verification(done, before, extra, reader.name)
    if not whole and done < until:
        return Verification(done, before, done + 1, "entry")
    if whole and (head_seq, head_hash) != (done, before):
        return Verification(done, before, head_seq, "head")
    if whole and (wrong := find_wrong_commitment(session)) is not None:
        return Verification(done, before, wrong, "commitment")
    return Verification(done, before)


def _same_texts(subject: str, content: Content, texts_digest: str, redacted: bool) -> bool:
    """Whether the texts of an entry, and what is derived from them, are as they were written, or
    emptied with all that goes with them by a court's order."""
    about = SUBJECTS[subject]
    if not about.texts:
        return not texts_digest
    if content.salt is None:
        return redacted and {*content.texts, *content.derived} == {None}
    return chain.digest(content.salt, content.texts, about.later_texts) == texts_digest and (
        content.derived == derived_values(subject, content.texts)
    )


def hash_at(session: Session, seq: int) -> str | None:
    """The hash written at `seq` (64 zeros at 0), None past the end."""
    if seq == 0:
        return chain.GENESIS
    if seq > LAST_SEQ:  # more than a database can count
        return None
    rows = session.rows("SELECT hash FROM entry WHERE seq = :seq", seq=seq)
    return rows[0][0] if rows else None


def time_of_head(session: Session, head: str) -> datetime:
    """When the last entry of a published head, "SEQ:HASH", was recorded. Raises InvalidValue
    (`sample_head`) where the log does not hold it."""
    seq, _, written = head.partition(":")
    if not seq.isdigit() or hash_at(session, int(seq)) != written or int(seq) == 0:
        raise InvalidValue("sample_head", head=head)
    ((at,),) = session.rows("SELECT recorded_at FROM entry WHERE seq = :seq", seq=int(seq))
    return datetime.fromisoformat(at)


def last_seq(session: Session, known_at: datetime) -> int:
    """The seq of the last entry recorded by then, 0 before the first. The times go up with the seqs,
    and no index holds them: twenty looks find one in a million."""
    low, high, moment = 0, read_head(session).seq, timestamp(known_at)
    while low < high:
        middle = (low + high + 1) // 2
        ((recorded_at,),) = session.rows(
            "SELECT recorded_at FROM entry WHERE seq = :seq", seq=middle
        )
        low, high = (middle, high) if recorded_at <= moment else (low, middle - 1)
    return low


def verify_store(
    store: Store, progress: Callable[[int], None] = lambda done: None, pause: float = 0.0
) -> Verification:
    """`verify` of a whole log in many short readings, so that others write in between.

    `pause`: seconds to sleep after each, which leaves the processor to others.
    """
    found = NOTHING
    while True:
        with store.reading() as session:
            found = verify(session, progress, found, AT_ONCE)
            head = read_head(session).seq
        if not found.intact or found.entries >= head:
            return found
        time.sleep(pause)

"""Appending to the log, and checking it: the chain of `monitor.chain` over the tables."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor import chain
from monitor.store.base import Session, Store
from monitor.store.subjects import DERIVED, SUBJECTS

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
    before if the clock has gone back.
    """

    def __init__(self, session: Session, author: str, now: datetime):
        session.execute("UPDATE head SET seq = seq")
        ((self.seq, self.hash),) = session.rows("SELECT seq, hash FROM head")
        before = session.rows("SELECT recorded_at FROM entry WHERE seq = :seq", seq=self.seq)
        self.recorded_at = max([timestamp(now), *(time for (time,) in before)])
        self.author = author
        self._session = session

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
        entries, texts_rows = [], []
        for (facts, texts, derived), salt, texts_salt in zip(
            rows, facts_salts, texts_salts, strict=True
        ):
            self.seq += 1
            texts_digest = chain.digest(texts_salt, texts) if about.texts else ""
            header = [self.seq, self.recorded_at, author or self.author, subject, load_seq]
            self.hash = chain.link(self.hash, [*header, chain.digest(salt, facts), texts_digest])
            entries.append((*header, request_id, salt, texts_digest, self.hash))
            if about.texts:
                texts_rows.append((self.seq, texts_salt, *texts, *derived))
        self._session.insert("entry", ENTRY, entries)
        self._session.insert(
            about.table,
            ("seq", *about.facts),
            [(seq, *values) for seq, values in enumerate(stored, start=first)],
        )
        if about.texts:
            derived_columns = DERIVED.get(subject, ())
            self._session.insert(
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


#: What a check begins with.
NOTHING = Verification(0, chain.GENESIS)
#: Entries checked in one reading: about a tenth of a second.
AT_ONCE = 10_000
#: Beyond any entry.
MOST = 2**62


def verify(
    session: Session,
    progress: Callable[[int], None] = lambda done: None,
    since: Verification = NOTHING,
    limit: int | None = None,
) -> Verification:
    """Compute the chain again from what the tables hold now, from where `since` ended.

    With a `limit`, at most so many entries: nobody is kept from writing for long. `progress` is told
    the number of entries done from time to time.
    """
    redacted = {seq for (seq,) in session.rows("SELECT target_seq FROM redaction")}
    before, done = since.head, since.entries
    ((head_seq, head_hash),) = session.rows("SELECT seq, hash FROM head")
    # The last part looks beyond the head as well: no row may stand there.
    whole = limit is None or done + limit >= head_seq
    until = MOST if whole else done + limit
    readers = {name: _Reader(session, name, done, until) for name in SUBJECTS}
    sql = (
        "SELECT seq, recorded_at, author, subject, load_seq, salt, texts_digest, hash "
        "FROM entry WHERE seq > :after AND seq <= :until ORDER BY seq"
    )
    for chunk in session.chunks(sql, after=done, until=until):
        for seq, recorded_at, author, subject, load_seq, salt, texts_digest, written in chunk:
            content = readers[subject].at(seq) if subject in readers else None
            broken = Verification(done, before, done + 1, subject)
            if content is None or seq != done + 1:
                return broken
            facts, texts_salt, texts = content
            emptied = texts_salt is None and not any(texts) and seq in redacted
            header = [seq, recorded_at, author, subject, load_seq]
            try:
                if SUBJECTS[subject].texts:
                    same = emptied or chain.digest(texts_salt, texts) == texts_digest
                else:
                    same = not texts_digest
                link = chain.link(before, [*header, chain.digest(salt, facts), texts_digest])
            except (TypeError, AttributeError):  # no text and no number: nothing we ever digest
                return broken
            if not same or link != written:
                return broken
            before, done = link, seq
        progress(done)
    for reader in readers.values():
        if (extra := reader.left_over()) is not None:
            return Verification(done, before, extra, reader.name)
    if not whole and done < until:
        return Verification(done, before, done + 1, "entry")
    if whole and (head_seq, head_hash) != (done, before):
        return Verification(done, before, head_seq, "head")
    if whole and (wrong := _wrong_commitment(session)) is not None:
        return Verification(done, before, wrong, "commitment")
    return Verification(done, before)


def hash_at(session: Session, seq: int) -> str | None:
    """The hash written at `seq` (64 zeros at 0), None past the end."""
    if seq == 0:
        return chain.GENESIS
    rows = session.rows("SELECT hash FROM entry WHERE seq = :seq", seq=seq)
    return rows[0][0] if rows else None


def last_seq(session: Session, known_at: datetime) -> int:
    """The seq of the last entry recorded by then, 0 before the first. The times go up with the seqs,
    and no index holds them: twenty looks find one in a million."""
    ((high,),) = session.rows("SELECT seq FROM head")
    low, moment = 0, timestamp(known_at)
    while low < high:
        middle = (low + high + 1) // 2
        ((recorded_at,),) = session.rows(
            "SELECT recorded_at FROM entry WHERE seq = :seq", seq=middle
        )
        low, high = (middle, high) if recorded_at <= moment else (low, middle - 1)
    return low


def _wrong_commitment(session: Session) -> int | None:
    """The seq of the signatory whose commitments are not those that the log implies, None if all are.

    No digest covers the table of commitments by itself: it is what signatories and measures make.
    """
    measures = {
        pact: [measure["id"] for measure in json.loads(text)]
        for pact, text in session.rows("SELECT pact_id, measures FROM pact ORDER BY seq")
    }
    there: dict[tuple[str, str], set[str]] = {}
    for pact, name, measure in session.rows(
        "SELECT pact_id, signatory_id, measure_id FROM commitment"
    ):
        there.setdefault((pact, name), set()).add(measure)
    last = {
        (pact, name): (seq, own)
        for seq, pact, name, own in session.rows(
            "SELECT seq, pact_id, signatory_id, measures FROM signatory ORDER BY seq"
        )
    }
    for key, (seq, own) in last.items():
        made, known = there.pop(key, set()), set(measures.get(key[0], ()))
        if not (made >= set(own.split(";") if own else known) and made <= known):
            return seq
    return min((seq for seq, _ in last.values()), default=0) if there else None


def verify_store(
    store: Store, progress: Callable[[int], None] = lambda done: None, pause: float = 0.0
) -> Verification:
    """`verify` of a whole log in many short readings, so that others write in between.

    `pause`: seconds of rest after each, for who has other things to do.
    """
    found = NOTHING
    while True:
        with store.reading() as session:
            found = verify(session, progress, found, AT_ONCE)
            ((head,),) = session.rows("SELECT seq FROM head")
        if not found.intact or found.entries >= head:
            return found
        time.sleep(pause)


class _Reader:
    """The rows of one subject in the order of the log, read as the check moves on."""

    def __init__(self, session: Session, name: str, after: int, until: int):
        self.name = name
        about = SUBJECTS[name]
        self._facts = len(about.select.split(",")) if about.select else len(about.facts)
        texts = "".join(f", x.{column}" for column in about.texts)
        sql = f"SELECT t.seq, {about.facts_sql}"
        if about.texts:
            sql += f", x.salt{texts}"
        sql += f' FROM "{about.table}" t {about.join}'
        if about.texts:
            sql += f' LEFT JOIN "{about.text_table}" x ON x.seq = t.seq'
        self._rows: Iterator[tuple] = (
            row
            for chunk in session.chunks(
                f"{sql} WHERE t.seq > :after AND t.seq <= :until ORDER BY t.seq",
                after=after,
                until=until,
            )
            for row in chunk
        )
        self._next = next(self._rows, None)

    def at(self, seq: int):
        """(facts, salt of the texts, texts) of that entry, None if the table does not hold it."""
        row = self._next
        if row is None or row[0] != seq:
            return None
        self._next = next(self._rows, None)
        facts, rest = row[1 : 1 + self._facts], row[1 + self._facts :]
        return facts, rest[0] if rest else None, rest[1:]

    def left_over(self) -> int | None:
        """The seq of a row that no entry names."""
        return self._next[0] if self._next else None

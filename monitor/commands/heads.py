"""Heads given out: written down for good, compared with the log, settled by the operator's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.commands.request_ends import void_pending_requests
from monitor.commands.transaction import clean_free_text
from monitor.errors import InvalidValue, Refused
from monitor.store import Store, heads
from monitor.store.clock import check_clock
from monitor.store.head import read_head
from monitor.store.heads import Head
from monitor.store.journal import timestamp
from monitor.store.remembered_heads import memory_of


def give_head(store: Store, now: datetime | None = None) -> Head:
    """Put the head as it is now among those that were given out (/heads.txt); harmless when repeated.

    Raises Refused (`clock_ahead`) and what `Store.writing` raises.
    """
    now = now or datetime.now(UTC)
    with store.writing() as session:
        check_clock(session, now)
        return heads.give_head_out(session, now.astimezone(UTC).date().isoformat())


@dataclass(frozen=True)
class Proof:
    """What became of heads that somebody kept: `lost` do not lie in the chain of a log of `entries`,
    `common` is the last one before them that does, `latest` the last one of all; None if none does."""

    heads: Sequence[Head]
    lost: list[Head]
    entries: int

    @property
    def common(self) -> Head | None:
        """The last head that lies in the chain, of those before the first that does not."""
        first = self.lost[0].seq if self.lost else None
        return max((head for head in self._kept if first is None or head.seq < first), default=None)

    @property
    def latest(self) -> Head | None:
        """The last head that lies in the chain."""
        return max(self._kept, default=None)

    @property
    def _kept(self) -> set[Head]:
        return {head for head in set(self.heads) - set(self.lost) if head.seq}

    @property
    def beyond(self) -> bool:
        """Whether all that is lost is past the end of the log."""
        return bool(self.lost) and self.lost[0].seq > self.entries


def compare_heads(store: Store, kept: Sequence[Head]) -> Proof:
    """Which of the heads lie in the log. What the chain itself is worth, `verify` says."""
    with store.reading() as session:
        entries = read_head(session).seq
        lost = heads.missing_heads(session, kept)
    return Proof(sorted(set(kept)), lost, entries)


def accept_rewriting(store: Store, reason: str, now: datetime | None = None) -> list[Head]:
    """The operator's word that this log may lack heads that this machine has shown: the server shows it
    again. The heads stay in /heads.txt, the reason beside them; what the team had asked for ends without
    effect. Returns the heads that are missing.

    Raises Refused (`nothing_rewritten`), InvalidRow (`reason_missing`), InvalidValue
    (`file_unreadable`) and what `Store.writing` raises.
    """
    now = now or datetime.now(UTC)
    words = clean_free_text(reason, "reason", required="reason_missing")
    memory = memory_of(store)
    try:
        lost = compare_heads(store, memory.heads()).lost
        if not lost:
            raise Refused("nothing_rewritten")
        with store.writing() as session:
            heads.append_heads(session, [head for head in memory.every() if head.day])
            ((last,),) = session.rows("SELECT coalesce(max(id), 0) FROM published_head")
            ((number,),) = session.rows("SELECT coalesce(max(id), 0) + 1 FROM rewriting")
            session.insert(
                "rewriting",
                ("id", "after_id", "accepted_at", "seq", "hash", "reason"),
                [(number, last, timestamp(now), lost[0].seq, lost[0].hash, words)],
            )
            void_pending_requests(session, now)
            day = now.astimezone(UTC).date().isoformat()
            given = heads.give_head_out(session, day)
        memory.settle(day, words)
        memory.note([given])
    except OSError as error:
        raise InvalidValue("file_unreadable", path=str(memory.path), why=error.strerror) from None
    return lost


def confirm_clock(store: Store, day: date, now: datetime | None = None) -> Head:
    """The operator's word that the clock of this machine is right: writes are taken again. `day` is
    today, as the operator knows it. Raises InvalidValue (`not_today`)."""
    now = now or datetime.now(UTC)
    today = now.astimezone(UTC).date()
    if day != today:
        raise InvalidValue("not_today", value=day.isoformat(), today=today.isoformat())
    with store.writing() as session:
        return heads.give_head_out(session, today.isoformat())

"""What was accepted last, with what became of it since: a page of the feed."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from monitor import queries
from monitor.log import moment_of
from monitor.read import current_log, log_entries, replies
from monitor.read.log_entries import LogEntry
from monitor.read.sample_entries import SampleEntry, sample_entries
from monitor.read.selection import View
from monitor.snapshot import log_today
from monitor.table_rows import PlaceRow

#: Entries of one page.
SIZE = 100


@dataclass(frozen=True)
class Item:
    """An entry: its hash in the chain; UTC times of its recording and of the last that was accepted
    about it; whom it is about, None if nobody knows; the reply to
    it."""

    entry: LogEntry
    hash: str
    published: datetime
    updated: datetime
    person: PlaceRow | None
    reply: queries.Entry | None


def feed_page(view: View, before: int | None = None) -> tuple[list[Item], int | None]:
    """The entries of the view accepted before entry `before` (None: the last ones), newest first,
    and the entry before which the next page is, None for the last.

    By the day of the view if the address names one, else all that there is.
    """
    pinned = "au" in dict(view.query)
    found = log_entries.seqs_by_acceptance(view, view.day if pinned else None)
    start = _after(view, found, before) if before else 0
    seqs = found[start : start + SIZE]
    further = start + SIZE < len(found)
    shown = view if pinned else replace(view, day=log_today())
    return _items(shown, seqs), int(seqs[-1]) if further else None


@dataclass(frozen=True)
class SampleItem:
    """An entry about a random sample: its hash in the chain; UTC times of its recording and of the
    removal of its words, if a court had them removed."""

    entry: SampleEntry
    hash: str
    updated: datetime


def samples_of_page(view: View, before: int | None, following: int | None) -> list[SampleItem]:
    """The entries about random samples that stand in a page of the feed, newest first:
    in a feed of the whole pact alone, since they are about no commitment."""
    if any(view.filters.values()):
        return []
    first = _place_of(view, following) if following else None
    last = _place_of(view, before) if before else None
    pinned = "au" in dict(view.query)
    entries = [
        one
        for one in sample_entries(view)
        if (first is None or (one.recorded_at, one.seq) >= first)
        and (last is None or (one.recorded_at, one.seq) < last)
        and not (pinned and one.recorded_at.date() > view.day)
    ]
    seqs = [one.seq for one in entries]
    with current_log.store().reading() as database:
        hashes = queries.entry_hashes(database, seqs)
        removed = queries.removal_times(database, seqs)
    return [
        SampleItem(
            one,
            hashes[one.seq][0],
            max(one.recorded_at, datetime.fromisoformat(removed.get(one.seq, hashes[one.seq][1]))),
        )
        for one in entries
    ]


def place_of_item(view: View, item: Item | SampleItem) -> tuple[datetime, int]:
    """Where an item stands in the feed: by when it was accepted, or recorded."""
    if isinstance(item, SampleItem):
        return item.entry.recorded_at, item.entry.seq
    return _place_of(view, item.entry.seq)


def _place_of(view: View, seq: int) -> tuple[datetime, int]:
    return _accepted(view, seq), seq


def _after(view: View, found: np.ndarray, before: int) -> int:
    """Where what was accepted before an entry begins; whether it is itself in the view or not."""
    seqs, times = view.log.actions.seq, view.log.actions.accepted_at
    accepted = times[np.searchsorted(seqs, before)]
    own = times[np.searchsorted(seqs, found)]
    return int(np.count_nonzero((own > accepted) | ((own == accepted) & (found >= before))))


def _items(view: View, seqs: np.ndarray) -> list[Item]:
    shown = log_entries.read_entries(view, seqs.tolist())
    people = view.day_state.people_of(one.signatory_id for one in shown)
    given = replies.replies_by_entry(view, shown)
    since = [seq for one in shown for seq in (one.withdrawn_seq, one.redacted_seq) if seq]
    with current_log.store().reading() as database:
        marks = queries.entry_hashes(database, [*seqs.tolist(), *since])
    items = []
    for one in shown:
        reply = given.get(one.seq)
        later = (one.seq, one.later_seq, reply.seq if reply else None)
        recorded = (one.withdrawn_seq, one.redacted_seq)
        times = [_accepted(view, seq) for seq in later if seq]
        times += [datetime.fromisoformat(marks[seq][1]) for seq in recorded if seq]
        items.append(
            Item(
                entry=one,
                hash=marks[one.seq][0],
                published=datetime.fromisoformat(one.recorded_at),
                updated=max(times),
                person=people.get(one.signatory_id),
                reply=reply,
            )
        )
    return items


def _accepted(view: View, seq: int) -> datetime:
    actions = view.log.actions
    row = bisect_left(actions.seq, seq)
    return moment_of(int(actions.accepted_at[row]))

"""The public entries of a view, with their texts: what became of each is said beside it."""

from collections import namedtuple
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

import numpy as np
import pandas as pd

from monitor import queries, status
from monitor.areas import search_words
from monitor.dates import day_number
from monitor.models import Kind
from monitor.read import current_log
from monitor.read.cache import per_filter, per_state
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.schema import plain_whole
from monitor.status import REASONS
from monitor.store import Session

#: What stands for a search that found nothing where something else is known; for an entry about what
#: is not known to have been promised (`unpromised_rows`).
SEARCH, UNPROMISED = "search", "unpromised"
#: An entry, `stands`: whether nothing took it away or replaced it; `uncounted`: why it moves no status
#: although it stands, of Uncounted, SEARCH or UNPROMISED, "" where nothing keeps it from it;
#: `more_sources`: those of sources.csv, with the checks of their addresses.
LogEntry = namedtuple("LogEntry", (*queries.ACTION_COLUMNS, "stands", "uncounted", "more_sources"))
_OPEN: ContextVar[Session | None] = ContextVar("open", default=None)


@contextmanager
def open_texts() -> Iterator[Session]:
    """The database to read texts from; within another of these, the same one, as of the same moment.
    Opening a SQLite file costs milliseconds, for its whole schema is read."""
    if held := _OPEN.get():
        yield held
        return
    with current_log.store().reading() as opened:
        before = _OPEN.set(opened)
        try:
            yield opened
        finally:
            _OPEN.reset(before)


@per_filter
def entry_seqs(view: View, recorded: bool = False) -> np.ndarray:
    """The public entries about the commitments that the filters keep, newest first.

    By the day from which they count, of those that count by the day of the view: what a status rests
    on is there. With `recorded`, by the order in which they came into the log.
    """
    return view.day_state.newest_first(np.sort(view.action_rows), recorded)


@per_filter
def seqs_by_acceptance(view: View, day: date | None) -> np.ndarray:
    """The public entries about the commitments that the filters keep, the last accepted first; with
    a day, those that count by then."""
    actions = view.log.actions
    rows = view.action_rows
    if day is not None:
        rows = rows[view.known.days[rows] <= day_number(day)]
    order = np.lexsort((actions.seq[rows], actions.accepted_at[rows]))
    return actions.seq[rows[order]][::-1]


@per_filter
def seqs_of_people(view: View, typed: str) -> np.ndarray:
    """The public entries about the officials whose name or city holds every word typed, as the
    beginning of one of its words."""
    people = view.everything[["name", "commune_name"]]
    kept = np.ones(len(people), dtype=bool)
    for word in search_words(typed):
        if not kept.any():
            break
        kept &= _holding(view, people, "name", word) | _holding(view, people, "commune_name", word)
    return view.log.actions.seq[view.state.actions_about(np.flatnonzero(kept))]


def _holding(view: View, people: pd.DataFrame, column: str, word: str) -> np.ndarray:
    """Which rows hold a word in a column. Each name is read once, however many rows have it."""
    keys = view.state.search_keys(column)
    held = np.fromiter((f" {word}" in f" {key}" for key in keys), dtype=bool, count=len(keys))
    return held[people[column].array.codes]


def entry_number_in(asked: str | None) -> int:
    """The number of an entry as somebody typed it or put it into an address, 0 if it is none."""
    return int(asked) if asked and asked.isdecimal() and len(asked) < 10 else 0


def read_entries(view: View, seqs: Sequence[int]) -> list[LogEntry]:
    """Public entries with their texts, in that order."""
    if not len(seqs):
        return []
    with open_texts() as opened:
        found = _with_what_replaced(view.state, opened, seqs)
        more = _more_sources(view, opened, {entry.action_id for entry in found})
    numbers = np.array([entry.seq for entry in found], dtype=np.int64)
    standing, moving = (
        _among(numbers, seqs).tolist()
        for seqs in (view.state.current_entries, view.state.current_assessments)
    )
    actions = view.log.actions
    why = view.known.uncounted[np.searchsorted(actions.seq, numbers)].tolist()
    beside = _among(numbers, actions.seq[unpromised_rows(view.state)]).tolist()
    return [
        LogEntry(
            *entry,
            stands=stands or apart or (entry.kind == Kind.RETRACTION and _untouched(entry)),
            uncounted=UNPROMISED
            if apart
            else _uncounted(reason)
            if stands and not moves and entry.kind == Kind.ASSESSMENT
            else "",
            more_sources=() if entry.redacted_seq else more.get(entry.action_id, ()),
        )
        for entry, stands, moves, reason, apart in zip(
            found, standing, moving, why, beside, strict=True
        )
    ]


def _with_what_replaced(
    state: PactState, opened: Session, seqs: Sequence[int]
) -> list[queries.Entry]:
    """Public entries; as the `later_*` of those that were not withdrawn with their file, what took each
    away or replaced it, None where nothing did, whatever else names it."""
    found = queries.published_entries(opened, seqs, state.last_seq)
    if not any(one.later_seq or one.supersedes_seq for one in found):
        return found
    later = {one.seq: _replaced(state).get(one.seq) for one in found if one.withdrawn_seq is None}
    other = {
        one.seq: later[one.seq]
        for one in found
        if later.get(one.seq, one.later_seq) != one.later_seq
    }
    said = queries.published_entries(opened, sorted(filter(None, other.values())), state.last_seq)
    words = {None: (None, None, None)} | {one.seq: (one.seq, one.kind, one.reason) for one in said}
    names = ("later_seq", "later_kind", "later_reason")
    return [
        one._replace(**dict(zip(names, words[other[one.seq]], strict=True)))
        if one.seq in other
        else one
        for one in found
    ]


@per_state
def _replaced(state: PactState) -> dict[int, int]:
    actions = state.log.actions
    return status.replacing_entries(actions, actions.mask_counted(state.known_at))


@per_state
def unpromised_rows(state: PactState) -> np.ndarray:
    """The rows of the public actions that stand and are about a measure that their signatory is not
    known to have promised, as a refusal that was noted after them; in the order of the log."""
    actions = state.log.actions
    rows = status.unpromised_entries(state.known, actions, actions.mask_counted(state.known_at))
    return rows[state.mask_public(rows)] if len(rows) else rows


def _more_sources(view: View, opened: Session, names: set[str]) -> dict[str, list]:
    """By entry, the sources that count beside the one that it cites, in the order of their numbers."""
    table = view.known.sources
    if not len(table):
        return {}
    seqs = table["seq"][table["action_id"].isin(names)].tolist()
    rows = queries.checked_rows_at(opened, "sources", seqs, view.state.last_seq)
    found: dict[str, list] = {}
    for one in sorted(rows, key=lambda one: int(plain_whole(one.source_no))):
        found.setdefault(one.action_id, []).append(one)
    return found


def _uncounted(reason: int) -> str:
    return REASONS[reason].value if reason >= 0 else SEARCH


def _untouched(entry: queries.Entry) -> bool:
    return entry.later_seq is None and entry.withdrawn_seq is None


def _among(seqs: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    if not len(ordered):
        return np.zeros(len(seqs), dtype=bool)
    return ordered[np.minimum(np.searchsorted(ordered, seqs), len(ordered) - 1)] == seqs

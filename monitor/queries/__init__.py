"""The SELECTs that a page needs beyond the snapshot."""

from monitor.queries.hashes import hashes
from monitor.queries.links import addresses, on_dead_sources
from monitor.queries.published import (
    ACTION_COLUMNS,
    Entry,
    actions,
    entries,
    own_areas,
    records,
    reply_requests,
    search,
)

__all__ = [
    "ACTION_COLUMNS", "Entry", "actions", "addresses", "entries", "hashes", "on_dead_sources",
    "own_areas", "records", "reply_requests", "search",
]  # fmt: skip

"""The SELECTs that a page needs beyond the snapshot."""

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
    "ACTION_COLUMNS",
    "Entry",
    "actions",
    "entries",
    "own_areas",
    "records",
    "reply_requests",
    "search",
]

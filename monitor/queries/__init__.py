"""The SELECTs that a page needs beyond the snapshot."""

from monitor.queries.hashes import hashes
from monitor.queries.published import (
    ACTION_COLUMNS,
    Entry,
    actions,
    entries,
    reply_requests,
    search,
)

__all__ = ["ACTION_COLUMNS", "Entry", "actions", "entries", "hashes", "reply_requests", "search"]

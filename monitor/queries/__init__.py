"""The SELECTs that a page needs beyond the snapshot."""

from monitor.queries.hashes import entry_hashes, removal_times
from monitor.queries.links import citing_entries, entries_with_dead_sources, source_addresses
from monitor.queries.published import (
    ACTION_COLUMNS,
    Entry,
    action_ids,
    checked_rows,
    checked_rows_at,
    entry_names,
    open_records,
    published_actions,
    published_entries,
    reply_requests,
    rows_at,
    search_entries,
)
from monitor.queries.samples import sample_plans

__all__ = [
    "ACTION_COLUMNS",
    "Entry",
    "action_ids",
    "checked_rows",
    "checked_rows_at",
    "citing_entries",
    "entries_with_dead_sources",
    "entry_hashes",
    "entry_names",
    "open_records",
    "published_actions",
    "published_entries",
    "removal_times",
    "reply_requests",
    "rows_at",
    "sample_plans",
    "search_entries",
    "source_addresses",
]

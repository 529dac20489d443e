"""The log in memory: read once, then kept up to date by what has been appended."""

from monitor.snapshot.current import Outage, Snapshots, default_day, log_today, replies_day
from monitor.snapshot.kept import KeptActions
from monitor.snapshot.refresh import bulk_read, refresh_snapshot
from monitor.snapshot.rows import ACTIONS
from monitor.snapshot.snapshot import Snapshot

__all__ = [
    "ACTIONS",
    "KeptActions",
    "Outage",
    "Snapshot",
    "Snapshots",
    "bulk_read",
    "default_day",
    "log_today",
    "refresh_snapshot",
    "replies_day",
]

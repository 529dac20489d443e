"""The log in memory: read once, then kept up to date by what has been appended."""

from monitor.snapshot.current import Outage, Snapshots, default_day, replies_day, today
from monitor.snapshot.refresh import Snapshot, refreshed
from monitor.snapshot.rows import ACTIONS

__all__ = [
    "ACTIONS", "Outage", "Snapshot", "Snapshots", "default_day", "refreshed", "replies_day", "today",
]  # fmt: skip

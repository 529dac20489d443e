"""The log in memory: read once, then kept up to date by what has been appended."""

from monitor.snapshot.current import Outage, Snapshots, default_day, replies_day, today
from monitor.snapshot.refresh import ACTIONS, Snapshot, refreshed

__all__ = [
    "ACTIONS", "Outage", "Snapshot", "Snapshots", "default_day", "refreshed", "replies_day", "today",
]  # fmt: skip

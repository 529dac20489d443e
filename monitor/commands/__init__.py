"""Every write: one transaction each, and the reasons when it is refused."""

from monitor.commands.loading import Report, load, load_pact
from monitor.commands.setup import demo, init

__all__ = ["Report", "demo", "init", "load", "load_pact"]

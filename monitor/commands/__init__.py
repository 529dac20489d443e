"""Every write: one transaction each, and the reasons when it is refused."""

from monitor.commands.loading import load
from monitor.commands.pacts import load_pact
from monitor.commands.report import Report
from monitor.commands.setup import demo, init

__all__ = ["Report", "demo", "init", "load", "load_pact"]

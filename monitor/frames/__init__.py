"""A pact as pandas DataFrames, from a database, an HTTP API or the folder of an export."""

from monitor.frames.errors import CannotAnswer, in_words
from monitor.frames.pact_frames import PactFrames
from monitor.frames.sources import source_at

__all__ = ["CannotAnswer", "PactFrames", "open_frames"]


def open_frames(address: str, pact_id: str | None = None) -> PactFrames:
    """What `monitor.open` gives."""
    with in_words():
        return PactFrames(source_at(address, pact_id))

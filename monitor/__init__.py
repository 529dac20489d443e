"""Commitments monitor: one log, one fold, thin pages; `monitor.open` for whoever analyses them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.frames import PactFrames

__version__ = "0.3.0"


def open(address: str, pact: str | None = None) -> "PactFrames":
    """A pact as pandas DataFrames, read only, counted by the functions that the pages use.

    `address`: a database (`sqlite:///data/monitor.db`, `postgresql://…`), an HTTP API
    (`https://…/api/v1`), or the folder of an export (`out/`). `pact`: its id; by default the pact whose
    election is the latest. Raises `monitor.frames.CannotAnswer`, a ValueError that says what to do.
    """
    from monitor.frames import open_frames

    return open_frames(address, pact)

"""A mandate as it is drawn and said."""

from datetime import date
from typing import NamedTuple


class Mandate(NamedTuple):
    """One of somebody's. `start`, `end`: as it is drawn (None: it lasts); then as the file says it.
    `ends_later`: it is shown on a day when it still lasts, and an end after it is on record."""

    office: str
    start: date
    end: date | None
    binding: bool
    started_on: str
    ended_on: str | None
    end_reason: str | None
    ends_later: bool = False

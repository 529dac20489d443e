"""A mandate as it is drawn and said."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from monitor.dates import date_interval
from monitor.models import EndReason


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


def is_after_death(mandates: Iterable[Mandate], happened_on: str) -> bool:
    """Whether a day (EDTF) is surely after the death of whoever held these mandates."""
    deaths = [
        one.ended_on for one in mandates if one.end_reason == EndReason.DEATH and one.ended_on
    ]
    first = date_interval(happened_on).first
    return any(date_interval(ended_on).last < first for ended_on in deaths)

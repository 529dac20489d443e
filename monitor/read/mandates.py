"""A mandate as it is drawn and said."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from monitor.dates import date_interval
from monitor.models import EndReason
from monitor.read.cache import per_roll

if TYPE_CHECKING:
    from monitor.read.pact_state import PactState


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


@per_roll
def deaths(state: "PactState") -> dict[str, list[str]]:
    """By signatory, the days (EDTF) on which their death ended a mandate."""
    table = state.known.mandates
    found: dict[str, list[str]] = {}
    ended = table[(table["end_reason"] == EndReason.DEATH) & table["ended_on"].notna()]
    for signatory_id, ended_on in zip(ended["signatory_id"], ended["ended_on"], strict=True):
        found.setdefault(signatory_id, []).append(ended_on)
    return found


def is_after_death(state: "PactState", signatory_id: str, happened_on: str) -> bool:
    """Whether a day (EDTF) is surely after the death of this signatory."""
    if not (days := deaths(state).get(signatory_id)):
        return False
    first = date_interval(happened_on).first
    return any(date_interval(day).last < first for day in days)

"""What is known of a pact, now or at a past time: kept, and made of what other times share with it."""

from datetime import datetime

from monitor import status
from monitor.log import moment_of
from monitor.read.memoise import per_head
from monitor.read.retracted import public_log
from monitor.snapshot import Snapshot


@per_head(3)
def known(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> status.Known:
    """`status.what_is_known` of a pact; at a past time, without signatories retracted since."""
    if known_at is None:
        return status.what_is_known(snapshot.log(pact_id))
    log = public_log(snapshot, pact_id)
    return status.what_is_known(
        log, known_at, _roll(snapshot, pact_id, status.roll_since(log, known_at))
    )


def _roll(snapshot: Snapshot, pact_id: str, since: int | None) -> status.Roll:
    """The roll that stands since then: calling it costs most of a past time, and few times change it."""
    if since is None:  # what is known now has no retracted signatory anyway
        return known(snapshot, pact_id, None)
    return _past_roll(snapshot, pact_id, since)


@per_head(1)
def _past_roll(snapshot: Snapshot, pact_id: str, since: int) -> status.Roll:
    """`status.bound_roll` of a pact at a time before (microseconds since 1970)."""
    return status.bound_roll(public_log(snapshot, pact_id), moment_of(since))

"""The right of reply: that it was claimed, or offered, on what day. The reply itself is an action."""

from datetime import date, datetime

from monitor.accounts import Bearer
from monitor.commands.absent_signatories import absent_people
from monitor.commands.doubting.log_reading import Reading
from monitor.commands.files import ACCEPTED
from monitor.commands.transaction import (
    Work,
    check_no_conflict,
    clean_free_text,
    number_of_commitment,
    transaction_as,
)
from monitor.dates import date_interval
from monitor.errors import InvalidRow, NotAllowed
from monitor.findings import RowError
from monitor.models import EndReason, Role, Way
from monitor.store import Store

#: A claimed reply is inserted within three days of its receipt: loi n° 2004-575 (LCEN), article 1-1 III.
DAYS_TO_PUBLISH = 3


def request_reply(
    store: Store,
    who: Bearer,
    pact_id: str,
    signatory_id: str,
    measure: str,
    way: Way,
    asked_on: date,
    note: str = "",
    now: datetime | None = None,
) -> int:
    """Record that the official claims the right of reply, or was invited to use it; or that what was
    noted of it was noted by mistake, which of what others noted a reviewer says.

    Raises InvalidRow (`not_committed`, `future_date`, `asked_after_death`; a signatory who was taken
    back), Refused (`conflict_of_interest`), NotAllowed. Returns the seq of the entry.
    """
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        number = number_of_commitment(work.session, pact_id, signatory_id, measure)
        today = work.journal.latest_day
        if asked_on > today:
            code, details = "future_date", (("today", today.isoformat()),)
            raise InvalidRow([RowError(None, "asked_on", asked_on.isoformat(), code, details)])
        names = [] if way is Way.DROPPED else [signatory_id]
        for name, (code, details) in absent_people(work.session, pact_id, names=names).items():
            raise InvalidRow([RowError(None, "signatory_id", name, f"conflict_{code}", details)])
        if way is not Way.DROPPED:
            _check_alive(work, pact_id, signatory_id, asked_on)
        check_no_conflict(work, number)
        if way is Way.DROPPED and not work.account.role.includes(Role.REVIEWER):
            _only_ones_own(work, number)
        text = clean_free_text(note, "note")
        day = asked_on.isoformat()
        digested = (pact_id, signatory_id, measure, way.value, day)
        return work.journal.append(
            "reply_request",
            [(digested, (text,), ())],
            columns=[(pact_id, number, way.value, day)],
        )


def _check_alive(work: Work, pact_id: str, signatory_id: str, asked_on: date) -> None:
    """Raises InvalidRow where the log has that this person died before that day."""
    log = Reading(work.session, pact_id, lambda state: state == ACCEPTED)
    ends = log.mandates([signatory_id]).values()
    for died in (one.ended_on for one in ends if one.end_reason == EndReason.DEATH):
        if died and date_interval(died).last < asked_on:
            day, details = asked_on.isoformat(), (("died", died),)
            raise InvalidRow([RowError(None, "asked_on", day, "asked_after_death", details)])


def _only_ones_own(work: Work, commitment: int) -> None:
    """Raises NotAllowed where another has noted something of the right of reply."""
    if work.session.rows(
        "SELECT 1 FROM reply_request q JOIN entry e ON e.seq = q.seq "
        "WHERE q.commitment_id = :id AND q.way <> 'dropped' AND e.author <> :name LIMIT 1",
        id=commitment,
        name=work.account.name,
    ):
        raise NotAllowed("not_allowed", role=work.account.role.value, needed=Role.REVIEWER.value)

"""How long what is kept of people is kept: declared once, done by the server every day, said on the page
of privacy from the same place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.accounts.attempts import DEVICE_DAYS
from monitor.accounts.authenticator import STEP_MINUTES
from monitor.accounts.identities import WAITING_DAYS
from monitor.accounts.passwords import LINK_HOURS
from monitor.accounts.sessions import SESSION_HOURS
from monitor.store import Session, Store
from monitor.store.clock import check_clock
from monitor.store.journal import timestamp


@dataclass(frozen=True)
class Retention:
    """`kept_for`: how long it is kept, from its beginning. Rows of `table` are deleted once their
    `column` is older than `after`, if `when` holds."""

    code: str
    kept_for: timedelta
    table: str
    column: str
    after: timedelta = timedelta(0)
    when: str = "1 = 1"

    @property
    def condition(self) -> str:
        """What is deleted, as a condition of SQL on `:before`."""
        return f"{self.column} <= :before AND {self.when}"


def _since(code: str, table: str, column: str, when: str = "1 = 1", **span: int) -> Retention:
    """Kept for a time that the row's own time begins."""
    kept = timedelta(**span)
    return Retention(code, kept, table, column, kept, when)


RETENTIONS = (
    _since("sign_in_failures", "sign_in_failure", "failed_at", days=1),
    Retention("sessions", timedelta(hours=SESSION_HOURS), "web_session", "expires_at"),
    Retention("links", timedelta(hours=LINK_HOURS), "activation", "expires_at"),
    Retention("steps", timedelta(minutes=STEP_MINUTES), "sign_in_step", "expires_at"),
    Retention("devices", timedelta(days=DEVICE_DAYS), "known_device", "expires_at"),
    _since(
        "strangers",
        "identity",
        "asked_at",
        "name IS NULL AND refused_at IS NULL",
        days=WAITING_DAYS,
    ),
    _since("refused_strangers", "identity", "refused_at", "name IS NULL", days=365),
    _since("drafts", "draft", "saved_at", days=180),
    _since("proposals", "proposed_pact", "proposed_at", days=180),
    _since("messages", "message", "sent_at", days=365),
)


def purge_expired(store: Store, now: datetime) -> dict[str, int]:
    """Delete what has been kept for its time. Returns how many rows of each kind, by its code.

    Nothing is locked where nothing is due; of several servers that do it at once, one does it.
    Raises Refused (`clock_ahead`): by a clock that cannot be believed, nothing is over; and what
    `Store.writing` raises.
    """
    with store.reading() as session:
        check_clock(session, now)
        due = _due(session, now)
    if not due:
        return {}
    with store.writing() as session:
        due = _due(session, now)
        for one in RETENTIONS:
            if one.code in due:
                session.execute(
                    f"DELETE FROM {one.table} WHERE {one.condition}",
                    before=timestamp(now - one.after),
                )
    return due


def _due(session: Session, now: datetime) -> dict[str, int]:
    counts = {}
    for one in RETENTIONS:
        ((count,),) = session.rows(
            f"SELECT count(*) FROM {one.table} WHERE {one.condition}",
            before=timestamp(now - one.after),
        )
        if count:
            counts[one.code] = count
    return counts

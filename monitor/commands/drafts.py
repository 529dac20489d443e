"""What an account keeps beside the log, one text per purpose: what it has begun to write, word by
word; what it has seen."""

from datetime import datetime

from monitor.accounts import Bearer
from monitor.commands.transaction import Work, transaction_as
from monitor.models import Role
from monitor.store import Store
from monitor.store.journal import timestamp


def save_draft(
    store: Store, who: Bearer, purpose: str, content: str, now: datetime | None = None
) -> str:
    """Save the content, replacing the former one; returns when (UTC, as the log writes it)."""
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        return keep_draft(work, purpose, content)


def keep_draft(work: Work, purpose: str, content: str) -> str:
    """The same, within a transaction."""
    at = timestamp(work.now)
    work.session.execute(
        "INSERT INTO draft (name, purpose, content, saved_at) "
        "VALUES (:name, :purpose, :content, :at) ON CONFLICT (name, purpose) "
        "DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at",
        name=work.account.name,
        purpose=purpose,
        content=content,
        at=at,
    )
    return at


def drop_draft(store: Store, who: Bearer, purpose: str, now: datetime | None = None) -> None:
    """Forget it: it was written into the log, or thrown away."""
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        work.session.execute(
            "DELETE FROM draft WHERE name = :name AND purpose = :purpose",
            name=work.account.name,
            purpose=purpose,
        )

"""What an account keeps beside the log, one text per purpose: what it has begun to write, word by
word; what it has seen."""

import json
from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex

from monitor.accounts import Bearer
from monitor.commands.transaction import Work, transaction_as
from monitor.errors import InvalidValue
from monitor.models import Role
from monitor.store import Store
from monitor.store.journal import timestamp

#: The length, in bytes, of what is kept of a blind rating that is being written. A row of more than some
#: 2,000 bytes PostgreSQL would compress, by what it says.
ONE_SIZE = 1_650


def draft_of_one_size(content: Mapping[str, str]) -> str:
    """The content as JSON, of a length that does not tell what it says: whoever sees how much the
    database writes, while a rating is being written, learns nothing of it. Raises InvalidValue
    (`rating_draft_long`) of more than that."""
    lacks = ONE_SIZE - len(json.dumps({**content, "filling": ""}, ensure_ascii=False).encode())
    if lacks < 0:
        raise InvalidValue("rating_draft_long")
    return json.dumps({**content, "filling": token_hex(ONE_SIZE)[:lacks]}, ensure_ascii=False)


def save_draft(
    store: Store, who: Bearer, purpose: str, content: str, now: datetime | None = None
) -> str:
    """Save the content, replacing the former one; returns when (UTC, as the log writes it)."""
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        return keep_draft(work, purpose, content)


def keep_draft(work: Work, purpose: str, content: str) -> str:
    """The same, within a transaction. A new row takes the place of the former one: of a row that is
    changed, PostgreSQL writes only what differs, whose length would tell what it is."""
    at = timestamp(work.now)
    _forget(work, purpose)
    work.session.execute(
        "INSERT INTO draft (name, purpose, content, saved_at) "
        "VALUES (:name, :purpose, :content, :at)",
        name=work.account.name,
        purpose=purpose,
        content=content,
        at=at,
    )
    return at


def drop_draft(store: Store, who: Bearer, purpose: str, now: datetime | None = None) -> None:
    """Forget it: it was written into the log, or thrown away."""
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        _forget(work, purpose)


def _forget(work: Work, purpose: str) -> None:
    work.session.execute(
        "DELETE FROM draft WHERE name = :name AND purpose = :purpose",
        name=work.account.name,
        purpose=purpose,
    )

"""What a table holds from the moment that a schema file brings it."""

from collections.abc import Collection
from datetime import UTC, datetime

from monitor.store.base import Session
from monitor.store.heads import give_head_out
from monitor.store.id_key import create_id_key

#: The schema files that bring such tables.
_HEADS, _ID_KEY = "0009_heads.sql", "0018_id_key.sql"


def fill_new_tables(session: Session, files: Collection[str]) -> None:
    """Put the first row into the tables that these schema files have just made."""
    if _HEADS in files:
        give_head_out(session, datetime.now(UTC).date().isoformat())
    if _ID_KEY in files:
        create_id_key(session)

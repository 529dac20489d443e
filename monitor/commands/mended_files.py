"""What is kept of a file beside the log: how its columns were matched, and which of its cells a person
wrote anew before it was loaded."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.accounts import Bearer
from monitor.commands.transaction import transaction_as
from monitor.intake import MendedCell, Mending
from monitor.intake.cells import abbreviate_cell
from monitor.models import Role
from monitor.schema import fields_of
from monitor.store import Session, Store
from monitor.store.journal import Journal, timestamp

_MENDED = ("load_seq", "line", "column_name", "was", "became")


def keep_column_match(
    store: Store,
    who: Bearer,
    pact_id: str,
    content: str,
    titles: Sequence[str],
    mending: Mending,
    now: datetime | None = None,
) -> None:
    """Keep how the columns with these titles were matched, for the next file that has them. Raises
    NotAllowed."""
    kept = {"columns": {str(n): name for n, name in mending.columns.items()}, "same": mending.same}
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        work.session.execute(
            "INSERT INTO column_match (pact_id, content, titles, columns, matched_at) "
            "VALUES (:pact, :content, :titles, :columns, :at) "
            "ON CONFLICT (pact_id, content, titles) DO UPDATE SET "
            "columns = excluded.columns, matched_at = excluded.matched_at",
            pact=pact_id,
            content=content,
            titles=_digest(titles),
            columns=json.dumps(kept, ensure_ascii=False),
            at=timestamp(work.now),
        )


def find_column_match(
    session: Session, pact_id: str, content: str, titles: Sequence[str]
) -> Mending:
    """How the columns of the last file with these titles were matched; nothing where there was none."""
    rows = session.rows(
        "SELECT columns FROM column_match WHERE pact_id = :pact AND content = :content "
        "AND titles = :titles",
        pact=pact_id,
        content=content,
        titles=_digest(titles),
    )
    if not rows:
        return Mending()
    kept = json.loads(rows[0][0])
    return Mending({int(n): name for n, name in kept["columns"].items()}, kept["same"])


def _digest(titles: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(titles, ensure_ascii=False).encode()).hexdigest()


def keep_mended_cells(
    journal: Journal, load_seq: int, content: str, cells: Iterable[MendedCell]
) -> None:
    """Say which cells of a file were written anew; what they said and say, of facts only."""
    texts = {field.name for field in fields_of(content) if field.text}
    rows = []
    for line, column, *values in cells:
        kept = [None if column in texts else abbreviate_cell(value or "") for value in values]
        rows.append((load_seq, line, column, *kept))
    journal.insert("mended_cell", _MENDED, rows)

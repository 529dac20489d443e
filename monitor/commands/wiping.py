"""What a court had removed is off the disk as well, and what is left elsewhere is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import InvalidValue
from monitor.store import Store
from monitor.store.journal import timestamp
from monitor.store.wiping import Leftover, copies_with_texts, emptied_entries


@dataclass(frozen=True)
class WipeReport:
    """`entries`: how many are emptied in the log. `inside`: what could not be taken off the disk of the
    database; `copies`: what other files still hold."""

    entries: int
    inside: Sequence[Leftover]
    copies: Sequence[Leftover]


def wipe_removed_texts(
    store: Store, folders: Sequence[Path] = (), now: datetime | None = None
) -> WipeReport:
    """Take what redactions emptied off the disk of the database, and look for it in the safety copies
    beside it and in `folders`. Nobody writes meanwhile.

    Raises InvalidValue (`folder_missing`) and what `Store.writing` raises; on PostgreSQL DatabaseError
    unless the database is the owner's.
    """
    for folder in folders:
        if not folder.is_dir():
            raise InvalidValue("folder_missing", path=str(folder))
    with store.reading() as session:
        emptied = emptied_entries(session)
        ((until,),) = session.rows("SELECT coalesce(max(seq), 0) FROM redaction")
    path: Path | None = getattr(store, "path", None)
    inside = store.wipe(emptied) if emptied else []
    places = [*([path.parent] if path else []), *folders]
    copies = copies_with_texts(places, path, emptied) if emptied else []
    if emptied and not inside:
        with store.writing() as session:
            ((number, last),) = session.rows(
                "SELECT coalesce(max(id), 0) + 1, coalesce(max(until_seq), 0) FROM wiping"
            )
            if last < until:
                row = (number, until, timestamp(now or datetime.now(UTC)))
                session.insert("wiping", ("id", "until_seq", "wiped_at"), [row])
    return WipeReport(len(emptied), inside, copies)

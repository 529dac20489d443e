"""The one row that says where the log ends."""

import re
from typing import NamedTuple

from monitor.errors import DatabaseDamaged
from monitor.store.base import Session

_HASH = re.compile("[0-9a-f]{64}")
#: Beyond any entry.
LAST_SEQ = 2**62


class LogEnd(NamedTuple):
    """The last entry of a log, and its hash."""

    seq: int
    hash: str


def read_head(session: Session) -> LogEnd:
    """Where the log ends; 0 and 64 zeros before the first entry.

    Raises DatabaseDamaged (`head_damaged`) unless there is one row, with a number and a hash.
    """
    rows = session.rows("SELECT id, seq, hash FROM head")
    for number, seq, hash_ in rows if len(rows) == 1 else ():
        sound = (number, type(seq), type(hash_)) == (1, int, str) and seq >= 0
        if sound and _HASH.fullmatch(hash_):
            return LogEnd(seq, hash_)
    raise DatabaseDamaged("head_damaged", rows=len(rows))

"""The one row that says where the log ends."""

import re

from monitor.errors import DatabaseDamaged
from monitor.store.base import Session

_HASH = re.compile("[0-9a-f]{64}")
#: Beyond any entry.
MOST = 2**62


def read_head(session: Session) -> tuple[int, str]:
    """(seq, hash) of the last entry; (0, 64 zeros) before the first.

    Raises DatabaseDamaged (`head_damaged`) unless there is one row, with a number and a hash.
    """
    rows = session.rows("SELECT id, seq, hash FROM head")
    for number, seq, hash_ in rows if len(rows) == 1 else ():
        sound = (number, type(seq), type(hash_)) == (1, int, str) and seq >= 0
        if sound and _HASH.fullmatch(hash_):
            return seq, hash_
    raise DatabaseDamaged("head_damaged", rows=len(rows))

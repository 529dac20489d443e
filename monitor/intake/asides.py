"""What people put under a table, and is no row of it."""

import re
from collections.abc import Sequence

from monitor.areas import search_key

_TOTALS = re.compile(
    r"(?:(?:grand|sous|sub) ?)?(?:total|totaux|totals)\b"
    r"|(?:somme|sum|ensemble|moyenne|average)(?: [0-9]|$)|(?:nombre|nb|number|count) .*[0-9]"
)
#: How a note begins, or how long it is: nobody has a name of seven words.
_NOTE = re.compile(
    r"[*†‡(\[#→•]|(?:N\.?B|P\.?S|note|légende|legend|source|lecture)\b|(?:\S+\s+){6}", re.IGNORECASE
)


def code_of_aside(first: str, cells: Sequence[str]) -> str | None:
    """The code of a refused line that is a total, or a note alone in its line; None where it may be a
    row. `first`: its first cell that says anything."""
    if _TOTALS.match(search_key(first[:100])):
        return "totals_line"
    is_alone = sum(bool(cell.strip()) for cell in cells) == 1
    return "note_line" if is_alone and _NOTE.match(first.strip()) else None

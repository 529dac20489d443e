"""Titles of what happened that may also ask whether it did: « Fait », by what stands below."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from monitor.intake.cells import clean_cell
from monitor.intake.titles import put_column
from monitor.intake.vocabulary import code_of, word_key

#: How people call what happened, or ask whether it did.
_TITLES = (
    *("fait", "faits", "fait constaté", "faits constatés", "fait relevé", "faits relevés"),
    *("fait marquant", "faits marquants", "événement", "événements", "action", "actions"),
    *("action réalisée", "actions réalisées", "réalisation", "réalisations", "réalisé"),
    *("fact", "facts", "event", "events", "achievement", "achievements", "done"),
)
#: A word, and not the letters of a number or a day: « 2e ».
_WORD = re.compile(r"[^\W\d_]{3,}")


def place_facts(
    meant: list[str | None],
    keys: Sequence[str],
    known: Collection[str],
    rows: Sequence[Sequence[str]],
) -> list[str | None]:
    """« Fait » beside the measure is what happened, where no other column says it and words stand below,
    and no yes or no, day or status, which would say that it was done. `keys`: those of the titles."""
    if not {"summary", "status"} <= {*known} or "summary" in meant or "measure" not in meant:
        return meant
    named = [n for n, key in enumerate(keys) if meant[n] is None and key in _keys()]
    return put_column(meant, "summary", [n for n in named if _tells_facts(rows, n)])


@cache
def _keys() -> frozenset[str]:
    return frozenset(map(word_key, _TITLES))


def _tells_facts(rows: Iterable[Sequence[str]], n: int) -> bool:
    """Whether words stand in a column, two or more in half of its cells at least."""
    cells = (clean_cell(row[n]) for row in rows if n < len(row))
    filled = [cell for cell in cells if cell]
    if not filled or any(map(_says_whether, filled)):
        return False
    return 2 * sum(len(_WORD.findall(cell)) > 1 for cell in filled) >= len(filled)


def _says_whether(cell: str) -> bool:
    """Whether a cell says that something was done, or when, and not what."""
    first = cell.split()[0].strip(",;:.!()")
    is_yes = any(code_of("answer", one) for one in (cell, first))
    return is_yes or code_of("status", cell) is not None or not _WORD.search(cell)

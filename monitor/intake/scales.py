"""Columns of marks that say nothing of themselves: lights, notes, stars."""

from collections.abc import Collection, Iterable, Sequence

from monitor.intake.asides import name_sums
from monitor.intake.marks import is_silence, mark_key

#: Marks of a scale, letters of each, and columns that have them.
_MARKS, _SHORT, _ENOUGH = 7, 5, 3


def find_scale(
    rows: Iterable[Sequence[str]],
    free: Collection[int],
    marks: Collection[str],
    answering: Collection[int],
) -> list[int]:
    """Those of some columns that have the same few short marks. What each of them means, somebody has
    yet to say, or has begun to: of `marks`. `answering`: the columns that are known to hold answers."""
    found: dict[int, set[str]] = {n: set() for n in free}
    for cells in rows:
        if name_sums(cells):
            continue
        for n, keys in found.items():
            if n < len(cells) and not is_silence(cells[n]) and len(keys) <= _MARKS:
                keys.add(mark_key(cells[n]))
    known = {*map(mark_key, marks), *(key for n in answering for key in found[n])}
    places = [
        n
        for n, keys in found.items()
        if 0 < len(keys) <= _MARKS
        and all(len(key) <= _SHORT for key in keys)
        and any(keys & other for m, other in found.items() if m != n)
        and not (known and keys.isdisjoint(known))
    ]
    every = set().union(*(found[n] for n in places))
    return places if len(places) >= _ENOUGH and len(every) <= _MARKS else []

"""A few values of long columns in the place of others: what stands between them is copied at once."""

from collections.abc import Iterable

import numpy as np


class Groups:
    """Some groups of columns in which the members of each group stand together, and the members that
    come in their place. `offsets`: where each group then begins, and the end of all.

    `before`: where all groups begin and end; `part`: the same of those that come; `rows`: which groups
    these are, in order."""

    def __init__(self, before: np.ndarray, part: np.ndarray, rows: np.ndarray):
        self._before, self._part, self._rows = before, part, rows
        self.offsets = before.copy()
        more = np.cumsum(np.diff(part) - (before[rows + 1] - before[rows]))
        nexts = np.append(rows[1:], len(before) - 1)
        for row, until, shift in zip(rows, nexts, more, strict=bool(len(rows))):
            self.offsets[row + 1 : until + 1] += shift

    def put(self, column: np.ndarray, part: np.ndarray) -> np.ndarray:
        """The column with the members that come; `part`: theirs."""
        if not len(self._rows):
            return column
        begins, ends = self._before[self._rows], self._before[self._rows + 1]
        return replace_ranges(column, begins, ends, np.split(part, self._part[1:-1]))

    def shift(self, places: np.ndarray) -> None:
        """Make places among the members of before, or of the part, places among those of now."""
        nexts = [*self._rows[1:], len(self._before) - 1]
        for row, begin, until in zip(self._rows, self._part, nexts, strict=False):
            first, last = self.offsets[row], self.offsets[row + 1]
            places[first:last] += first - begin
            places[last : self.offsets[until]] += last - self._before[row + 1]


def exchange(column: np.ndarray, gone: np.ndarray, at: np.ndarray, come: np.ndarray) -> np.ndarray:
    """The column without the values at the places `gone`, in order, and with others that come, each
    before the value that stood `at` a place."""
    nothing = come[:0]
    pieces = [nothing] * len(gone) + [come[one : one + 1] for one in range(len(come))]
    begins, ends = np.concatenate([gone, at]), np.concatenate([gone + 1, at])
    order = np.lexsort((ends, begins))
    return replace_ranges(column, begins[order], ends[order], [pieces[one] for one in order])


def replace_ranges(
    column: np.ndarray, begins: np.ndarray, ends: np.ndarray, pieces: Iterable[np.ndarray]
) -> np.ndarray:
    """The column with a piece in the place of what stands from each beginning to its end."""
    parts, last = [], 0
    for begin, end, piece in zip(begins.tolist(), ends.tolist(), pieces, strict=True):
        parts += [column[last:begin], piece]
        last = end
    return np.concatenate([*parts, column[last:]], dtype=column.dtype)

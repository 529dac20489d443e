"""Empty cells of a sheet that a colour alone fills, as people mark a « yes » with green: none of it is
read, and that is said."""

from collections import Counter
from collections.abc import Mapping

from monitor.findings import Doubt
from monitor.intake.layout import doubt_of

#: Cells that are kept in mind.
_MOST = 10_000
#: So many rows have another colour in the column of a cell that means something: titles are one.
_OTHERS = 2


class Colours:
    """The colours of the cells of a sheet, as its rows are read one after the other."""

    def __init__(self):
        self._rows = 0
        self._counts: Counter[tuple[int, int]] = Counter()
        self._empty: list[tuple[int, int, int]] = []

    def note(self, number: int, fills: Mapping[int, int], texts: Mapping[int, str]) -> None:
        """The row of that number. `fills`: the colour of each of its cells that has one; `texts`: what
        stands in them, both by their columns."""
        self._rows += 1
        self._counts.update(fills.items())
        if not texts or len(self._empty) >= _MOST:
            return
        of_row = fills.get(min(texts))
        self._empty += [
            (number, column, fill)
            for column, fill in fills.items()
            if column not in texts and fill != of_row
        ]

    def doubts(self) -> list[Doubt]:
        """The empty cells that have neither the colour of their row nor that of their column."""
        from openpyxl.utils import get_column_letter

        found = [
            f"{get_column_letter(column)}{number}"
            for number, column, fill in self._empty
            if self._rows - self._counts[column, fill] >= _OTHERS
        ]
        return [doubt_of("coloured_cells", found)] if found else []

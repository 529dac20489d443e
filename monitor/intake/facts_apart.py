"""Rows of facts that name several measures: a fact of each of them, as if so many rows said it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.errors import InvalidValue
from monitor.findings import Doubt
from monitor.intake.ambiguous_titles import MEASURE
from monitor.intake.cells import FaultyCell, abbreviate_cell, clean_cell
from monitor.intake.header_row import Header, Shape
from monitor.intake.row_checker import RowChecker
from monitor.intake.rows import Row

#: What a row has that is one entry, whatever it is about.
_OF_ONE = ("action_id", "supersedes")
#: What stands between measures that a cell names one by one; a range, or all of them, is no such list.
_BETWEEN = re.compile(r"\s*[;\n|,/&+]\s*|\s+(?:et|and)\s+", re.IGNORECASE)


class FactsApart:
    """Checks rows of a file, of facts one for each measure that they name."""

    def __init__(self, checker: RowChecker, shape: Shape, found: Header):
        self._checker, self._rules = checker, shape.rules
        places = dict(zip(shape.names, found.places, strict=True))
        is_alone = not any(column == MEASURE for _, column, _ in found.beside)
        is_of_facts = shape.rules.content == "actions" and is_alone
        self._place = places[MEASURE] if is_of_facts else -1
        self._of_one = [places[name] for name in _OF_ONE] if is_of_facts else []

    def check(self, line: int, cells: list[str], number: int) -> Sequence[Row]:
        """The row at this line, or one for each measure; refused, it is one."""
        measures = self._measures_of(cells) if self._place >= 0 else ()
        if len(measures) < 2:
            return (self._checker.check(line, cells, number),)
        before, after = cells[: self._place], cells[self._place + 1 :]
        rows = []
        for one in measures:
            rows.append(self._checker.check(line, [*before, one, *after], number))
            if rows[-1].errors:
                return rows[-1:]
        values = (("n", str(len(rows))), ("measures", ", ".join(measures)))
        cell = abbreviate_cell(clean_cell(cells[self._place]))
        told = Doubt(line, MEASURE, cell, "fact_of_each", values, number)
        return [replace(rows[0], doubts=(*rows[0].doubts, told)), *rows[1:]]

    def _measures_of(self, cells: Sequence[str]) -> Sequence[str]:
        """The measures that a row names one by one, which has no id of its own."""
        if self._place >= len(cells) or isinstance(cells[self._place], FaultyCell):
            return ()
        named, measures = clean_cell(cells[self._place]), self._rules.measures_of_pact
        if named in measures.ids:  # of a million rows, nearly all
            return ()
        parts = [part for part in _BETWEEN.split(named) if part.strip()]
        if len(parts) < 2 or measures.read(named) is not None:
            return ()
        if any(cells[n].strip() for n in self._of_one if 0 <= n < len(cells)):
            return ()
        try:
            found = measures.listed(named)
        except InvalidValue:
            return ()
        return found if len(found) == len(parts) else ()

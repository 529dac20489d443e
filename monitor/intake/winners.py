"""A table that says who was elected, whether or not they signed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from monitor.errors import InvalidValue
from monitor.intake.asides import name_sums
from monitor.intake.cells import clean_cell
from monitor.intake.days import day_of
from monitor.intake.files import Table
from monitor.intake.marks import is_silence
from monitor.intake.mending import Mending
from monitor.intake.parts import Part
from monitor.intake.periods import year_of
from monitor.intake.titles import column_of
from monitor.intake.unreadable import Unreadable
from monitor.intake.winner_titles import (
    LOOKED,
    find_winner_column,
    names_winners,
    says_when,
    winner_of_title,
)


class Winner(NamedTuple):
    """Who is said to be elected, where, and when (EDTF), "" where that is not said."""

    name: str
    place: str
    when: str = ""

    @property
    def in_words(self) -> str:
        return f"{self.name} ({self.place})" if self.place else self.name


class Winners(NamedTuple):
    """`office`: the word for what they were elected to, "" where the title does not say it. `day`: the
    title of the column that says when, "" where none does; `rest`: those that nothing is read of."""

    title: str
    office: str
    people: Sequence[Winner]
    day: str = ""
    rest: Sequence[str] = ()


def find_winners(part: Part) -> Winners | None:
    """Who was elected by a table with a column of those who were; None of any other."""
    table = replace(part, mending=Mending()).open_table()
    is_of_results = part.is_of_results
    year = year_of(part.sheet or part.name)
    try:
        if not names_winners(table, is_of_results):
            return None
        return _read_winners(table, is_of_results, year)
    except Unreadable:
        return None


def _read_winners(table: Table, is_of_results: bool, year: str) -> Winners | None:
    """`year`: when it was, where no row says it."""
    for line, _, cells in islice(table.first_rows(), LOOKED):
        titles = [clean_cell(cell) for cell in cells]
        at = find_winner_column(titles, is_of_results)
        if at is None:
            continue
        places = [n for n, one in enumerate(titles) if column_of("signatories", one) == "commune"]
        dated = [n for n, one in enumerate(titles) if n != at and says_when(one)]
        title = titles[at]
        people = [
            Winner(
                _cell(row, at),
                _cell(row, places[0]) if len(places) == 1 else "",
                next((day for n in dated if (day := _day(_cell(row, n)))), year),
            )
            for number, _, row in table
            if number > line and not name_sums(row)
        ]
        named = [
            one for one in people if any(map(str.isalpha, one.name)) and not is_silence(one.name)
        ]
        read = {at, *places, *dated[:1]}
        rest = [one for n, one in enumerate(titles) if one and n not in read]
        day = titles[dated[0]] if dated else ""
        return Winners(title, winner_of_title(title) or "", named, day, rest)
    return None


def _day(cell: str) -> str:
    try:
        return day_of(cell)
    except InvalidValue:
        return ""


def _cell(row: Sequence[str], place: int) -> str:
    return clean_cell(row[place]) if place < len(row) else ""

"""Tables of words that sort as the numbers and the days that they say; what is shown stays as it is."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from pandas.io.formats.style import Styler

from monitor.i18n import number_marks

#: What stands where there is nothing to count, alone or in a sentence.
NOTHING = "–"
#: Less than any number that a cell says, and one that a browser takes: beyond 2**53 it shows its own.
LEAST = -1.0


def sortable_table(table: pd.DataFrame, lang: str, days: Sequence[date] | None = None) -> Styler:
    """The table for `st.dataframe`: a column whose cells all say a number holds it, and shows the words.
    `days`: those that the first column says; without, it heads the lines and holds its words."""
    numbers = {name: numbers_of(table[name].to_list(), lang) for name in table.columns[1:]}
    held = {name: values for name, values in numbers.items() if values is not None}
    if days is not None:
        held[table.columns[0]] = pd.to_datetime(pd.Series(list(days)))
    made = table.assign(**held)
    styler = made.style
    words = {name: dict(zip(made[name], table[name], strict=True)) for name in held}
    return styler.format({name: texts.__getitem__ for name, texts in words.items()})


def numbers_of(cells: Sequence[str], lang: str) -> np.ndarray | None:
    """The first number of each cell, None of a column of words.

    Where there is none to compare it is less than any (a cell that is missing would be shown as such);
    so is a count beside percentages, for the two are not compared. The same words may stand before
    each number (« au moins 12 % »); one after others (« moins de 5 ») comes before that number. Cells
    that say different things of one number differ by the least that numbers can, so that each value
    has its own words.
    """
    found = [_number_pattern(lang).search(cell) for cell in cells]
    pairs = list(zip(cells, found, strict=True))
    before = Counter(cell[: one.start()] for cell, one in pairs if one)
    ((usual, most),) = before.most_common(1) or [("", 0)]
    wordy = any(not one and cell and NOTHING not in cell for cell, one in pairs)
    if wordy or most * 2 <= before.total():
        return None
    shares = [bool(one) and _follows(cell, one) == "%" for cell, one in pairs]
    words: dict[float, str] = {}
    values = []
    for (cell, one), share in zip(pairs, shares, strict=True):
        if one is None or (any(shares) and not share):
            value = LEAST
        else:
            value = _value(one.group(), lang)
            if cell[: one.start()] != usual:
                value = float(np.nextafter(value, -np.inf))
        while words.setdefault(value, cell) != cell:
            value = float(np.nextafter(value, np.inf))
        values.append(value)
    return np.array(values, dtype=np.float64)


@cache
def _number_pattern(lang: str) -> re.Pattern[str]:
    """A number as `i18n.number` writes it, with either kind of space that does not break."""
    decimal, group = map(re.escape, number_marks(lang))
    return re.compile(rf"\d[\d\u00a0{group}]*(?:{decimal}\d+)?")


def _follows(cell: str, number: re.Match) -> str:
    return cell[number.end() :].lstrip("\u202f\u00a0 ")[:1]


def _value(words: str, lang: str) -> float:
    whole, _, decimals = words.partition(number_marks(lang)[0])
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{decimals}")

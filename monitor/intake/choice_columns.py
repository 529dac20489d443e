"""Columns « Oui », « Non » under each request, one of which is ticked: read as one column of answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from monitor.areas import search_key
from monitor.findings import Doubt
from monitor.intake.asides import name_sums
from monitor.intake.cells import Cells, FaultyCell, abbreviate_cell, clean_cell
from monitor.intake.marks import answer_meant, is_tick, is_unticked
from monitor.intake.two_title_lines import ENOUGH_OFFERED, JoinedTitles, is_offered

#: Between a request and what a column offers: « Piste [Oui] », « Piste - Oui », « D1 Oui ».
_BETWEEN = re.compile(r"\s*[\[(:–—|/-]\s*|\s+")


class FoldedTitles(JoinedTitles):
    """The titles of a table in which columns that are ticked were put together."""

    __slots__ = ()

    def doubts(self, line: int) -> list[Doubt]:
        return [Doubt(line, "", "", "choice_columns")]


class _Choice(NamedTuple):
    """The columns of one request, by their places, and what each offers."""

    asked: str
    options: Mapping[int, str]


def fold_choices(rows: Iterator[Cells]) -> Iterator[Cells]:
    """The rows; where several columns of their titles offer an answer each to one request, with one
    column instead, in which stands what was ticked."""
    filled = (row for row in rows if any(map(str.strip, row[2])))
    first = next(filled, None)
    if first is None:
        return
    found = find_choices(tuple(first[2]))
    if not found:
        yield first
        yield from rows
        return
    titles = [*first[2]]
    for choice in found.values():
        titles[min(choice.options)] = choice.asked
    gone = {n for choice in found.values() for n in [*choice.options][1:]}
    width = len(titles)
    kept = [n for n in range(width) if n not in gone]
    yield *first[:2], FoldedTitles([titles[n] for n in kept])
    for line, number, cells in rows:
        if len(cells) < width:  # refused, with fewer cells than there are titles
            yield line, number, cells[: len(kept) - 1]
            continue
        is_summed = name_sums(cells)
        own = [
            cells[n] if n not in found else "" if is_summed else _chosen(found[n], cells)
            for n in kept
        ]
        yield line, number, [*own, *cells[width:]]


@lru_cache(200)  # asked of the same titles dozens of times, before it is known what they head
def find_choices(titles: tuple[str, ...]) -> Mapping[int, _Choice]:
    """The requests to which several columns side by side offer an answer each, by the first of these."""
    read = [(n, *parted) for n, title in enumerate(titles) if (parted := _part_title(title))]
    found = {}
    for _, group in groupby(
        enumerate(read), lambda one: (one[1][0] - one[0], search_key(one[1][1]))
    ):
        some = [one for _, one in group]
        offered = [answer_meant(option) or "" for *_, option in some]
        answers = [one for one in offered if one]
        if len({*answers}) == len(answers) >= ENOUGH_OFFERED:
            found[some[0][0]] = _Choice(some[0][1], {n: option for n, _, option in some})
    return found


def _part_title(title: str) -> tuple[str, str] | None:
    """A request and what its column offers; None of any other title."""
    if len(title) > 1_000:
        return None
    for between in _BETWEEN.finditer(title):
        asked, option = title[: between.start()].strip(), title[between.end() :].strip(" ])")
        is_letter = len(option) == 1 and "[" not in between[0]
        if asked and not is_letter and is_offered(option):
            return asked, option
    return None


def _chosen(choice: _Choice, cells: Sequence[str]) -> str:
    """What was ticked; a faulty cell where that is not one column."""
    ticked, others = [], []
    for n, option in choice.options.items():
        cell = clean_cell(cells[n])
        answer = answer_meant(cell)
        if answer == "" or is_unticked(cell):
            continue
        is_option = answer and answer == answer_meant(option)
        (ticked if is_option or is_tick(cell) else others).append((cell, option))
    if not others and len(ticked) <= 1:
        return ticked[0][1] if ticked else ""
    found = " ; ".join(f"{abbreviate_cell(cell)} ({option})" for cell, option in (*others, *ticked))
    return FaultyCell(found, "choice_unclear", known=", ".join(choice.options.values()))

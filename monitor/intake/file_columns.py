"""What stands in the columns of a file, and what their titles mean."""

from dataclasses import dataclass
from itertools import islice

from monitor.intake.ambiguous_titles import settle_columns
from monitor.intake.asides import sums_up
from monitor.intake.beside import find_beside
from monitor.intake.cells import abbreviate_cell, clean_cell, is_filled
from monitor.intake.files import Table
from monitor.intake.header_row import match_title, titles_of
from monitor.intake.marks import hold_answers
from monitor.intake.titles import TITLED
from monitor.intake.unreadable import Unreadable
from monitor.intake.wide import is_published

#: Rows that are looked at for samples of a column, and samples of it.
LOOKED, SAMPLES = 200, 3


@dataclass(frozen=True)
class FileColumn:
    """A column of a file: what heads it, some of the different cells below, the column of ours that its
    title means, None if it means none, "" if it is not read: totals of others. `holds_answers`: half of
    what stands there at least is an answer."""

    title: str
    samples: tuple[str, ...]
    meant: str | None
    holds_answers: bool = False


def file_columns(table: Table, content: str, own_places: bool = True) -> list[FileColumn]:
    """The columns of a file that is to hold `content`; none where it cannot be read. `own_places`: its
    pact names its places itself."""
    try:
        looked = [*islice((row for row in table if is_filled(row[2])), LOOKED)]
    except Unreadable:
        return []
    if not looked:
        return []
    (line, _, header), *rows = looked
    titles = titles_of(header)
    meant = [match_title(content, title) for title in titles]
    meant = settle_columns(meant, titles, TITLED[content], table.rows_below(line), own_places)
    beside = find_beside(titles, meant, TITLED[content], own_places)
    meant = [*meant]
    for place, column, _ in beside:
        meant[place] = column
    comments = [n for n, name in enumerate(meant) if name == "comment"]
    is_across = content == "answers" and "answer" not in meant
    if is_across and len(comments) == 1 and not is_published(titles[comments[0]], titles):
        meant[comments[0]] = ""
    found = []
    for place, title in enumerate(titles):
        cells = [clean_cell(row[place]) for _, _, row in rows if place < len(row)]
        cells = [cell for cell in cells if cell]
        samples = dict.fromkeys(abbreviate_cell(cell) for cell in cells)
        is_summed = sums_up(title, samples)
        means = "" if meant[place] is None and is_summed else meant[place]
        is_answered = hold_answers(cells, with_marks=True)
        found.append(FileColumn(title, tuple(samples)[:SAMPLES], means, is_answered))
    return found

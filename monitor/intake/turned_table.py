"""A table that stands on its side: a column for each signatory, who they are in its first rows and what
they answered to each request below. It is read with a row for each signatory."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from monitor.findings import Doubt
from monitor.intake.asides import is_count
from monitor.intake.cells import Cells, FaultyCell
from monitor.intake.layout import place_of
from monitor.intake.marks import answer_meant
from monitor.intake.packaged_communes import packaged_communes
from monitor.intake.title_words import CIVILITY, FIRST_NAME, KIND_OF_TITLE, WIDER_PLACES
from monitor.intake.titles import column_of
from monitor.intake.two_title_lines import ONLY_NUMBER, JoinedTitles
from monitor.intake.vocabulary import word_key

#: Rows of a table of which each becomes a column; of them, those that say who a column is; columns
#: before those of the signatories, and rows of titles of their own above all.
_ROWS, _HEAD, _LABELS, _CAPTIONS = 500, 12, 3, 4
#: What tells such a table: the name and the place of each signatory, which stand in other columns as a
#: rule.
_NAME, _PLACE = "name", "commune"
#: How a column of counts that names nobody is called.
_SUMS = "Total"
_BESIDE = {
    **{word_key(title): title for title in (*FIRST_NAME, *CIVILITY, "date de la réponse")},
    **dict.fromkeys(map(word_key, WIDER_PLACES), _PLACE),
}
#: What heads the names of those who are no persons, where nothing else heads names.
_OF_KIND = frozenset(map(word_key, KIND_OF_TITLE))


class TurnedTitles(JoinedTitles):
    """The titles of a table that was turned."""

    __slots__ = ()

    def doubts(self, line: int) -> list[Doubt]:
        return [Doubt(line, "", "", "table_turned")]


class _Side(NamedTuple):
    """Where a table that stands on its side has what: by their places, the line of its first row, the
    column of the titles of who signs, and the first of those who did. `unnamed`: the row of the places
    has no title; `heading`: the place among its rows of that which heads the requests, where the names
    or the places stand there, and which of them."""

    line: int
    titles: int
    first: int
    unnamed: bool
    heading: tuple[int, str] | None = None


class Turning:
    """The rows of a table from a line on, turned where it stands on its side; that is found out once.
    `known`: where it is kept, for whoever opens the same table again."""

    def __init__(
        self, rows_from: Callable[[int], Iterator[Cells]], known: list[_Side | None] | None = None
    ):
        self._rows_from = rows_from
        self._known = [] if known is None else known

    def rows_from(self, first: int) -> Iterator[Cells]:
        if not self._known:
            self._known.append(find_side(self._rows_from(1)))
        side = self._known[0]
        if side is None:
            yield from self._rows_from(first)
            return
        yield from (row for row in turn_rows(self._rows_from(side.line), side) if row[0] >= first)


def find_side(rows: Iterator[Cells]) -> _Side | None:
    """How a table stands on its side; None of one that does not."""
    filled = (row for row in rows if any(map(str.strip, row[2])))
    above, row = 0, next(filled, None)
    while row and above < _CAPTIONS and _is_caption(_spread(row[2], row[1])):
        above, row = above + 1, next(filled, None)
    if row is None:
        return None
    line, number, cells = row
    labels = [n for n, cell in enumerate(cells) if cell.strip()]
    is_titled = _meant(cells[labels[0]]) is not None or _heads_names(cells) is not None
    if any(_meant(cells[n]) for n in labels[1:]) or not (is_titled or labels[0]):
        return None
    head = [_spread(cells, number)]
    for _, number, more in islice(filled, _HEAD):
        if not any(map(_meant, more[:_LABELS])) and _heads_names(more) is None:
            break
        head.append(_spread(more, number))
    else:
        return None  # nothing but who they are
    return _read_side(line, head)


def _read_side(line: int, head: Sequence[Sequence[str]]) -> _Side | None:
    if len(head) < 2:
        return None
    heading = [(n, at) for n, cells in enumerate(head) if (at := _heads_names(cells)) is not None]
    if len(heading) > 1:
        return None
    named, titles = heading[0] if heading else (None, None)
    if titles is None:
        titles = next((n for n, cell in enumerate(head[1][:_LABELS]) if _meant(cell)), None)
    if titles is None:
        return None
    labels = [cells[titles].strip() if titles < len(cells) else "" for cells in head]
    meant = [_meant(label) for label in labels]
    if named is not None:
        meant[named] = _PLACE if _NAME in meant else _NAME
    if named is not None and meant.count(_PLACE) + (not labels[0]) != 1:
        return None
    if _NAME not in meant:
        meant = [_NAME if word_key(labels[n]) in _OF_KIND else one for n, one in enumerate(meant)]
    is_unnamed = not labels[0] and _PLACE not in meant
    if _NAME not in meant or not (is_unnamed or _PLACE in meant) or None in meant[1:]:
        return None
    names = head[meant.index(_NAME)]
    first = next((n for n in range(titles + 1, len(names)) if names[n].strip()), None)
    if first is None or first > _LABELS:
        return None
    places = head[0 if is_unnamed else meant.index(_PLACE)][first : len(names)]
    if (is_unnamed or named is not None) and not all(map(_is_place, places)):
        return None
    heading = None if named is None else (named, str(meant[named]))
    return _Side(line, titles, first, is_unnamed, heading)


def turn_rows(rows: Iterator[Cells], side: _Side) -> Iterator[Cells]:
    """A row of titles, then one for each column of a table that stands on its side, at the number of
    that column. What heads its requests is left out."""
    filled = [
        _spread(cells, n) for _, n, cells in islice(rows, _ROWS) if any(map(str.strip, cells))
    ]
    width = max(map(len, filled))
    filled = [[*cells, *[""] * (width - len(cells))] for cells in filled]
    titles, kept, theme, is_head, named = [], [], "", True, 0
    for n, cells in enumerate(filled):
        label, is_filled = cells[side.titles].strip(), any(map(str.strip, cells[side.first :]))
        heads = side.heading[1] if side.heading and side.heading[0] == n else ""
        is_head = is_head and bool(heads or _meant(label) or (n == 0 and side.unnamed))
        if is_head:
            titles.append(heads or label or _PLACE)
            kept.append(cells)
            named = len(kept)
            continue
        words = [" ".join(cell.split()) for cell in cells[: side.first] if cell.strip()]
        if not words or (not is_filled and all(map(_heads_requests, words))):
            continue
        numbers = [one for one in words if ONLY_NUMBER.fullmatch(one)]
        texts = [one for one in words if one not in numbers]
        theme = texts[0] if len(texts) > 1 else theme
        asked = ". ".join((*numbers[:1], *texts[-1:]))
        titles.append(f"{theme} [{asked}]" if theme else asked)
        kept.append(cells)
    yield side.first, side.first, TurnedTitles(titles)
    for n in range(side.first, width):
        column = [cells[n] for cells in kept]
        if not any(map(str.strip, column)):
            continue
        if not any(map(str.strip, column[:named])) and all(map(_is_count, column[named:])):
            column[0] = _SUMS
        yield n + 1, n + 1, column


def _meant(title: str) -> str | None:
    """What a title says of who signs; None where it says nothing of that."""
    if not title.strip() or len(title) > 60:
        return None
    key = word_key(title)
    return column_of("signatories", title) or _BESIDE.get(key)


def _is_caption(cells: Sequence[str]) -> bool:
    """Whether a row has one text, which may be merged over all of it; a place over several is none."""
    said = {cell.strip() for cell in cells if cell.strip()}
    is_of_places = not cells[0].strip() and sum(map(bool, map(str.strip, cells))) > 1
    return len(said) == 1 and not (is_of_places and _is_place(said.pop()))


def _heads_names(cells: Sequence[str]) -> int | None:
    """The column of the title of the requests in a row whose other cells may be names; None of any
    other row."""
    heads = [n for n, cell in enumerate(cells[:_LABELS]) if cell.strip() and _heads_requests(cell)]
    if not heads or any(_meant(cell) for cell in cells):
        return None
    beside = [cell for cell in cells[heads[-1] + 1 :] if cell.strip()]
    if len(heads) < sum(bool(cell.strip()) for cell in cells[: heads[-1] + 1]) or not beside:
        return None
    is_other = any(_heads_requests(cell) or answer_meant(cell) is not None for cell in beside)
    return None if is_other else heads[-1]


def _spread(cells: Sequence[str], number: int) -> Sequence[str]:
    """A row, with the text of each cell that is merged over others beside it in all of them.
    `number`: of the row, as a spreadsheet has it."""
    if not any(type(cell) is FaultyCell and cell.code == "merged_cell" for cell in cells):
        return cells
    spread = [*cells]
    for n, cell in enumerate(cells):
        if type(cell) is FaultyCell and cell.code == "merged_cell":
            (left, top), (_, bottom) = map(place_of, dict(cell.values)["near"].split(":"))
            spread[n] = cells[left - 1] if top == bottom == number else cell
    return spread


def _is_place(cell: str) -> bool:
    return bool(cell.strip() and packaged_communes().codes_meant(cell.strip()))


def _is_count(cell: str) -> bool:
    return not cell.strip() or is_count(cell)


def _heads_requests(title: str) -> bool:
    return column_of("measures", title) is not None

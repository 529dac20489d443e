"""Titles on two lines: themes above requests, requests above « Réponse » and « Commentaire », numbers
above words."""

import re
from collections.abc import Iterator, Sequence

from monitor.areas import search_key
from monitor.findings import Doubt
from monitor.intake.cells import Cells, abbreviate_cell
from monitor.intake.marks import answer_meant
from monitor.intake.titles import column_of
from monitor.intake.vocabulary import word_key

#: « 12 », « Q12 », « Mesure n° 12 », which words nothing.
ONLY_NUMBER = re.compile(r"(?:[^\W\d_]+ ?)?(?:n° ?|#)?[0-9]+(?:[.-][0-9]+)*(?:[.-]?[a-z])?\W?")
#: Answers that the columns of one request offer at least, and what they offer that is none.
ENOUGH_OFFERED, _UNDECIDED = 2, word_key("indécis")
#: Titles that a second line has at least, side by side; letters of a theme.
_ENOUGH, _SHORT = 3, 3


class JoinedTitles(list[str]):
    """The cells of two lines of titles."""

    __slots__ = ()

    def doubts(self, line: int) -> list[Doubt]:
        """That they were read together, with an example, if one of them is read at all."""
        joined = [title for title in self if re.search(r"\[.+\]|[0-9]\. ", title)]
        values = (("title", abbreviate_cell(joined[0])),) if joined else ()
        return [Doubt(line, "", "", "two_title_lines", values)] if values else []


class TitlesAboveThemes(JoinedTitles):
    """Titles that number measures, of which a line below says the themes: it is not read."""

    __slots__ = ()

    def doubts(self, line: int) -> list[Doubt]:
        return [Doubt(line, "", "", "themes_below")]


def join_title_lines(rows: Iterator[Cells], fills: bool) -> Iterator[Cells]:
    """The rows; where the first two are titles together, one row of both, at the place of the first:
    « Vélo [Créer une piste] ». `fills`: the rows below end with their last cell that says anything, and
    get those that they lack."""
    filled = (row for row in rows if any(map(str.strip, row[2])))
    first = next(filled, None)
    if first is None:
        return
    second = next(filled, None)
    joined = second and _join_lines(first[2], second[2])
    if joined:
        yield *first[:2], joined
        width = len(joined)
        for line, number, cells in rows:
            yield line, number, cells + [""] * (width - len(cells)) if fills else cells
        return
    yield first
    if second:
        yield second
    yield from rows


def _join_lines(above: Sequence[str], below: Sequence[str]) -> JoinedTitles | None:
    if joined := join_titles(above, below):
        return JoinedTitles(joined)
    if are_themes_below(above, below):
        return TitlesAboveThemes(" ".join(cell.split()) for cell in above)
    return None


def are_themes_below(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a line has words under titles that are numbers, none of which is an answer, and nothing
    under any other title."""
    under = [n for n, cell in enumerate(below) if cell.strip()]
    numbered = {n for n, cell in enumerate(above) if ONLY_NUMBER.fullmatch(cell.strip())}
    if len(numbered) < _ENOUGH or not under or not numbered.issuperset(under):
        return False
    words = [below[n].strip() for n in under]
    return len(numbered) < len(above) and not any(
        answer_meant(one) is not None or len(one) < _SHORT or not one[0].isalpha() for one in words
    )


def join_titles(above: Sequence[str], below: Sequence[str]) -> list[str] | None:
    """The titles that two lines make together; None where the second is a row.

    It is none where it stands below the first title that the line above has, where it has gaps, or an
    answer; nor unless it heads columns that no title does, or words what the other line only numbers.
    """
    width = max(len(above), len(below))
    tops = [*map(_bare, above), *[""] * (width - len(above))]
    subs = [*map(_bare, below), *[""] * (width - len(below))]
    under = [n for n, sub in enumerate(subs) if sub]
    first = next((n for n, top in enumerate(tops) if top), None)
    if first is None or len(under) < _ENOUGH or first >= under[0]:
        return None
    if not any(tops[n] for n in under):
        return None
    if under[-1] - under[0] + 1 != len(under):
        return None
    if any(answer_meant(subs[n]) for n in under) and not offers_choices(tops, subs, under):
        return None
    if all(tops[n] for n in under):
        return _join_numbers(tops, subs, under)
    titles, group = [*tops], ""
    for n in under:
        group = tops[n] or group
        titles[n] = f"{group} [{subs[n]}]" if group else subs[n]
    return titles


def offers_choices(tops: Sequence[str], subs: Sequence[str], places: Sequence[int]) -> bool:
    """Whether a line offers the same answers below each of several titles, one a column."""
    groups: list[list[str]] = []
    for n in places:
        if tops[n]:
            groups.append([])
        is_comment = column_of("answers", subs[n]) == "comment"
        if not groups or not (is_comment or is_offered(subs[n])):
            return False
        groups[-1].append(search_key(subs[n]))
    codes = {code for sub in groups[0] if (code := answer_meant(sub))}
    return len(codes) >= ENOUGH_OFFERED and all(one == groups[0] for one in groups)


def is_offered(title: str) -> bool:
    """Whether a title is an answer, or what stands beside answers."""
    is_word = any(map(str.isalpha, title))
    return is_word and (answer_meant(title) is not None or word_key(title) == _UNDECIDED)


def _join_numbers(tops: list[str], subs: list[str], under: Sequence[int]) -> list[str] | None:
    keys = {search_key(subs[n]) for n in under}
    if len(keys) < len(under) or not all(ONLY_NUMBER.fullmatch(tops[n]) for n in under):
        return None
    if any(ONLY_NUMBER.fullmatch(subs[n]) for n in under):
        return None
    return [f"{top}. {sub}" if sub else top for top, sub in zip(tops, subs, strict=True)]


def _bare(cell: str) -> str:
    """A cell on one line; brackets stand for the line below."""
    return " ".join(cell.split()).replace("[", "(").replace("]", ")")

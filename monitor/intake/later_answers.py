"""Columns « Réponse » and « Réponse après relance (date) »: read as one, of what was answered last."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from monitor.areas import search_key
from monitor.findings import Doubt
from monitor.intake.cells import Cells, clean_cell
from monitor.intake.marks import AnswerMarks, answer_meant, is_silence
from monitor.intake.titles import column_of
from monitor.intake.two_title_lines import JoinedTitles

#: What is said of a second answer after what it answers, or alone beside the first, as search keys.
_REMINDED = (
    r"(?:(?:apres|suite a|suivant) (?:la |notre |une |le |un )?(?:(?:[0-9]e|[0-9]nde|deuxieme|seconde)"
    r" )?(?:relances?|rappels?)"
    r"|(?:after|following) (?:(?:a|the|our|an) )?(?:(?:second|2nd|third|last) )?"
    r"(?:reminders?|chasing|follow ups?|chase))"
)
#: Before or after the word for an answer only: « Nouvelle piste » beside « Piste » is another request.
_ANEW = (
    r"(?:(?:2e|2eme|2nde|deuxieme|seconde|nouvelle|derniere|second|2nd|new|final|latest|revised|updated"
    r"|corrected|later)(?= ))"
)
_SINCE = (
    r"(?:definitive|finale|corrigee|actualisee|revisee|mise a jour|rectifiee|updated|revised|final)"
)
_LATER = re.compile(
    rf"(?P<base>.*?) ?{_REMINDED}|{_ANEW} (?P<anew>.+)|(?P<since>.+) {_SINCE}", re.DOTALL
)
#: « Réponse après relance (date) ».
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*(?:date|jour|day|jj|dd)[^()\[\]]*[)\]]\s*$", re.IGNORECASE)
#: « ✅ (12/11) », « oui, le 18 nov. », "no on 3/4/2026": an answer, and its day.
_DATED = re.compile(
    r"(?P<said>.*?)\s*(?:[(\[]\s*(?:(?:le|du|on|relance du|rappel du)\s+)?"
    r"(?P<noted>[^()\[\]]*[0-9][^()\[\]]*)[)\]]"
    r"|[,;–-]?\s+(?:le|on)\s+(?P<day>[0-9].*))",
    re.IGNORECASE | re.DOTALL,
)
#: A day as people write it in brackets, often without its year, for which the load then asks.
_DAY = re.compile(
    r"[0-9]{1,2}(?:er)?\s?(?:[/.-]\s?[0-9]{1,2}|\s?[^\W\d_]{3,9}\.?)(?:\s?[/.-]?\s?[0-9]{2,4})?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
)
#: The column that a day of a later answer is put into.
DAY_COLUMN = "answered_on"
#: Those of the answer before, and of its day.
_FORMER, _FORMER_DAY = "former_answer", "former_answered_on"


class LaterTitles(JoinedTitles):
    """The titles of a table in which a later answer stands in place of the first."""

    __slots__ = ()

    def doubts(self, line: int) -> list[Doubt]:
        return [Doubt(line, "", "", "later_answers")]


class LaterJoinedTitles(LaterTitles):
    """The same of titles on two lines."""

    __slots__ = ()

    def doubts(self, line: int) -> list[Doubt]:
        return [*JoinedTitles.doubts(self, line), *super().doubts(line)]


class _Pairs(NamedTuple):
    """The places of later answers, by those of the first ones. Of a table with one answer a row: `more`,
    the columns that it gets for what is said of both, and `day`, the place of the days of answers."""

    later: Mapping[int, int]
    more: Sequence[str] = ()
    day: int | None = None


def take_later_answers(rows: Iterator[Cells]) -> Iterator[Cells]:
    """The rows; where a column of a table holds what was answered after a reminder, this in place of
    the first answer wherever it says anything, and of its day; in a table with one answer a row, the
    first one stands beside it, as the former answer."""
    filled = (row for row in rows if any(map(str.strip, row[2])))
    first = next(filled, None)
    if first is None:
        return
    found = None
    if type(first[2]) in (list, JoinedTitles):
        found = find_later(tuple(map(clean_cell, first[2])))
    if not found:
        yield first
        yield from rows
        return
    line, number, titles = first
    width, gone = len(titles), {*found.later.values()}
    kind = LaterTitles if type(titles) is list else LaterJoinedTitles
    yield line, number, kind([*(one for n, one in enumerate(titles) if n not in gone), *found.more])
    for line, number, cells in rows:
        if len(cells) < width:  # refused, with fewer cells than there are titles
            yield line, number, cells[: width - len(gone) - 1]
            continue
        own = [*cells[:width], *[""] * len(found.more)]
        for place, later in found.later.items():
            _answer_anew(own, place, later, found.day, width)
        yield line, number, [*(one for n, one in enumerate(own) if n not in gone), *cells[width:]]


@lru_cache(200)  # asked of the same titles dozens of times
def find_later(titles: tuple[str, ...]) -> _Pairs | None:
    """The columns of later answers among titles; None where there are none."""
    keys = [search_key(_NOTE.sub("", title)[:300]) for title in titles]
    answers = [n for n, title in enumerate(titles) if column_of("answers", title) == "answer"]
    pairs: dict[int, int] = {}
    for n, key in enumerate(keys):
        if not (match := _LATER.fullmatch(key)):
            continue
        word = match["base"] if match["base"] is not None else match["anew"] or match["since"]
        same = [at for at, other in enumerate(keys) if word and other == word and at != n]
        if match["base"] is None or not word:
            same = [at for at in answers if at != n and (not word or at in same)]
        if len(same) == 1 and same[0] not in pairs and same[0] not in pairs.values():
            pairs[same[0]] = n
    pairs = {first: n for first, n in pairs.items() if n not in pairs}
    if not pairs:
        return None
    columns = [column_of("answers", title) for title in titles]
    days = [n for n, column in enumerate(columns) if column == DAY_COLUMN]
    if len(pairs) > 1 or [*pairs] != answers[:1] or len(days) > 1 or _FORMER in columns:
        return _Pairs(pairs)
    more = (_FORMER, _FORMER_DAY) if days else (_FORMER, DAY_COLUMN)
    return _Pairs(pairs, more, days[0] if days else len(titles) + 1)


def _answer_anew(cells: list[str], place: int, later: int, day: int | None, former: int) -> None:
    """Put a later answer in place of the first, and its day in place of that of the first, which stand
    from `former` on."""
    cell, first = cells[later], cells[place]
    said, dated = _part_day(cell)
    if is_silence(said):
        return
    cells[place] = said if day is not None else cell
    if day is None:
        return
    if not is_silence(first) and clean_cell(first) != clean_cell(said):
        cells[former] = first
        if day < former:
            cells[former + 1] = cells[day]
    cells[day] = dated


def _part_day(cell: str) -> tuple[str, str]:
    """An answer and the day that stands behind it, "" where none does."""
    match = _DATED.fullmatch(clean_cell(cell))
    if not match or not match["said"]:
        bare = clean_cell(cell)
        return ("", "") if match or _DAY.fullmatch(bare) else (cell, "")
    dated = (match["noted"] or match["day"] or "").strip()
    return (match["said"], dated) if _DAY.fullmatch(dated) else (cell, "")


def read_former(cell: str, marks: AnswerMarks, is_of_later: bool) -> str:
    """A cell of former answers, with what its mark means; "" where nobody can tell, in a table where a
    later answer stands (`is_of_later`)."""
    read = marks.read(cell)
    if split := marks.split(read):
        read = split[0]
    return "" if is_of_later and not answer_meant(read) else read

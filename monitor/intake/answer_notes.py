"""Columns of comments and of sources beside those of answers: which answer each is about."""

import re
from collections.abc import Callable, Sequence

from monitor.intake.titles import column_of

#: « Commentaire 3 », « Remarque sur la mesure 3 », « Commentaire (Piste) »; « Mesure 3 [Commentaire] ».
_OF_ANSWER = re.compile(
    r"(?P<word>[^\W\d_]+)(?:\s*[:(\[–-]\s*|\s+(?:sur|on)\s+(?:la\s+)?|\s+)(?P<about>[^()\[\]]+?)[)\]]?"
)
_ANSWER_FIRST = re.compile(r"(?P<about>.+?)\s*[(\[–-]\s*(?P<word>[^\W\d_]+)\s*[)\]]?")
#: What columns say of the answer that they follow.
_SAID = ("comment", "source_url")


def find_notes(
    titles: Sequence[str],
    places: Sequence[int],
    read: Callable[[str], object],
    column: str = "comment",
) -> dict[int, int]:
    """The columns of comments on one answer each, or of another column of answers.csv such as their
    sources, by the column of the answer: they name its measure, or follow it where several do.
    `places`: of the answers; `read`: the measure that a title means."""
    noting = {
        n: word
        for n, title in enumerate(titles)
        if (word := commented_answer(title, column)) is not None
    }
    found = {}
    for place in places:
        meant = read(titles[place])
        for n, about in noting.items():
            if about and read(about) == meant:
                found[place] = n
    after = {n: _answer_before(titles, places, n) for n, about in noting.items() if not about}
    bare = {place: n for n, place in reversed(after.items()) if place is not None}
    if len(bare) > 1:
        found |= {place: n for place, n in bare.items() if place not in found}
    return found


def _answer_before(titles: Sequence[str], places: Sequence[int], n: int) -> int | None:
    """The column of the answer that a column follows, at once or after others that say more of it."""
    at = n - 1
    while (
        at >= 0
        and at not in places
        and any(commented_answer(titles[at], one) == "" for one in _SAID)
    ):
        at -= 1
    return at if at in places else None


def commented_answer(title: str, column: str = "comment") -> str | None:
    """What a comment, or a source, is about by the title of its column, "" where that does not say it;
    None of any other column."""
    bare = title.strip()
    if column_of("answers", bare) == column:
        return ""
    if (match := _OF_ANSWER.fullmatch(bare)) or (match := _ANSWER_FIRST.fullmatch(bare)):
        word, about = match["word"], match["about"]
    else:
        return None
    return about.strip() if column_of("answers", word.strip()) == column else None


def heads_answers(title: str, read: Callable[[str], object]) -> bool:
    """Whether a title heads answers, by what it means for `read`, and neither comments on them nor their
    sources."""
    of_source = commented_answer(title, "source_url")
    return (
        commented_answer(title) is None
        and read(title) is not None
        and not (of_source and read(of_source) is not None)
    )

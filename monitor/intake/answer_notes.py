"""Columns of comments beside those of answers: which answer each is about, by its title."""

import re
from collections.abc import Callable, Sequence

from monitor.intake.titles import column_of

#: « Commentaire 3 », « Remarque sur la mesure 3 », « Commentaire (Piste) »; « Mesure 3 [Commentaire] ».
_OF_ANSWER = re.compile(
    r"(?P<word>[^\W\d_]+)(?:\s*[:(\[–-]\s*|\s+(?:sur|on)\s+(?:la\s+)?|\s+)(?P<about>[^()\[\]]+?)[)\]]?"
)
_ANSWER_FIRST = re.compile(r"(?P<about>.+?)\s*[(\[–-]\s*(?P<word>[^\W\d_]+)\s*[)\]]?")


def find_notes(
    titles: Sequence[str], places: Sequence[int], read: Callable[[str], object]
) -> dict[int, int]:
    """The columns of comments on one answer each, by the column of the answer: they name its measure,
    or follow it where several do. `places`: of the answers; `read`: the measure that a title means."""
    noting = {
        n: word for n, title in enumerate(titles) if (word := commented_answer(title)) is not None
    }
    found = {}
    for place in places:
        meant = read(titles[place])
        for n, about in noting.items():
            if about and read(about) == meant:
                found[place] = n
    bare = [n for n, about in noting.items() if not about and n - 1 in places]
    if len(bare) > 1:
        found |= {n - 1: n for n in bare if n - 1 not in found}
    return found


def commented_answer(title: str) -> str | None:
    """What a comment is about by the title of its column, "" where that does not say it; None of any
    other column."""
    bare = title.strip()
    if column_of("answers", bare) == "comment":
        return ""
    if (match := _OF_ANSWER.fullmatch(bare)) or (match := _ANSWER_FIRST.fullmatch(bare)):
        word, about = match["word"], match["about"]
    else:
        return None
    return about.strip() if column_of("answers", word.strip()) == "comment" else None

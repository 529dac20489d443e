"""The titles of an export of LimeSurvey, which has the code of each question before its words:
« G1Q1. Créer une piste », « Q0[SQ001]. Vos coordonnées [Nom] »."""

import re
from collections.abc import Iterator

from monitor.intake.cells import Cells, clean_cell
from monitor.intake.title_words import FIRST_NAME
from monitor.intake.titles import column_of
from monitor.intake.vocabulary import word_key

#: A code, and the words after it.
_CODED = re.compile(r"[A-Za-z]\w*(?:\[\w+\])*\.\s+(?P<words>.*\S)", re.DOTALL)
#: The codes of columns that every export has.
_OF_EXPORT = re.compile(
    r"(?:id|submitdate|lastpage|startlanguage|seed|token|datestamp)\.\s", re.IGNORECASE
)
#: « Vos coordonnées [Nom] »: who answers, in a question of several lines.
_OF_PERSON = re.compile(r"[^\[\]]*\[(?P<asked>[^\[\]]+)\]")


def strip_question_codes(rows: Iterator[Cells]) -> Iterator[Cells]:
    """The same rows, with titles without the codes of their questions where every one of them has
    one."""
    first = next(rows, None)
    if first is None:
        return
    line, number, titles = first
    cleaned = [clean_cell(title).removeprefix("\ufeff") for title in titles]
    coded = [_CODED.fullmatch(title) for title in cleaned if title]
    if len(coded) > 1 and all(coded) and any(map(_OF_EXPORT.match, cleaned)):
        first = line, number, [_words(title) for title in cleaned]
    yield first
    yield from rows


def _words(title: str) -> str:
    """What a title says after its code."""
    found = _CODED.fullmatch(title)
    words = found["words"] if found else title
    asked = _OF_PERSON.fullmatch(words)
    if asked is None:
        return words
    one = asked["asked"].strip()
    is_of_person = column_of("signatories", one) in ("name", "commune", "list")
    return one if is_of_person or word_key(one) in map(word_key, FIRST_NAME) else words

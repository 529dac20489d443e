"""The words of a cell that say more than its answer or its status: they stand in a column beside it."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.intake.cells import FaultyCell
from monitor.intake.header_row import Header
from monitor.intake.marks import AnswerMarks, StatusMarks, is_silence
from monitor.intake.vocabulary import word_key
from monitor.models import Answer

#: Where the words stand that say more than an answer, or a status.
WORDS_IN = {AnswerMarks.column: "comment", StatusMarks.column: "summary"}
_ANSWERS = frozenset(answer.value for answer in Answer)


def with_column(found: Header, place: int) -> Header:
    """The header of a file with one more column, after its own: that of the words of a status."""
    places = (*found.places[:place], found.width, *found.places[place + 1 :])
    return replace(found, places=places, width=found.width + 1)


def split_in_words(cells: Sequence[str], place: int, marks: AnswerMarks) -> tuple[str, str] | None:
    """The answer and the words of a cell that says more than an answer; None of any other."""
    if not 0 <= place < len(cells) or type(cells[place]) is FaultyCell or cells[place] in _ANSWERS:
        return None
    return marks.split(cells[place])


def keep_words(cells: list[str], place: int, words: str, joint: str = ". ") -> None:
    """Put the words by which a status or an answer was said before what is said of it, where a file has
    a column for that and it does not say the same."""
    if not words or not 0 <= place < len(cells) or type(cells[place]) is FaultyCell:
        return
    summary = cells[place].strip()
    if word_key(words) not in word_key(summary):
        begun = words.rstrip(".") if joint[:1] == "." else words
        cells[place] = f"{begun}{joint}{summary}" if summary else words


def is_unanswered(cells: Sequence[str], answer: int, remark: int) -> bool:
    """Whether a row with one answer has none, and nothing that was said in its place."""
    if not 0 <= answer < len(cells) or type(cells[answer]) is FaultyCell:
        return False
    words = cells[remark] if 0 <= remark < len(cells) else ""
    return is_silence(cells[answer]) and type(words) is not FaultyCell and not words.strip()

"""What a refused mark may mean, for somebody who says it once for the whole file."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from monitor.findings import RowError
from monitor.models import WRITABLE, Answer

#: Letters of the longest cell that may be a mark, and no sentence.
LONGEST = 30


class MarkChoices(NamedTuple):
    """Of a sort of table: the codes that a mark may stand for, and the codes of the errors of a cell
    that may be one."""

    codes: Sequence[str]
    errors: Collection[str]


MARK_CHOICES = {
    "answers": MarkChoices(
        [*map(str, Answer)], ("unknown_code", "unticked_box", "answer_with_note")
    ),
    "actions": MarkChoices(
        [*map(str, WRITABLE)],
        ("unknown_status", "near_status", "likely_status", "refused_status"),
    ),
}


def may_be_mark(content: str, why: RowError, cell: str) -> bool:
    """Whether a cell of a table of answers or of statuses, refused as `why` says, may be a mark."""
    choices = MARK_CHOICES.get(content)
    is_short = 0 < len(cell.strip()) <= LONGEST
    # A code may be unknown in a column that is not of answers.
    is_of_others = why.code == "unknown_code" and not is_of_answers(why)
    return choices is not None and why.code in choices.errors and is_short and not is_of_others


def is_of_answers(why: RowError) -> bool:
    """Whether what was refused stands in place of an answer."""
    return dict(why.values).get("family") == "answer"

"""What a refused mark may mean, for somebody who says it once for the whole file."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

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


def may_be_mark(content: str, code: str, cell: str) -> bool:
    """Whether a cell of a table of answers or of statuses, refused for `code`, may be a mark."""
    choices = MARK_CHOICES.get(content)
    is_short = 0 < len(cell.strip()) <= LONGEST
    return choices is not None and code in choices.errors and is_short

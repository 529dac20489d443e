"""What is found in the rows of a file: errors, doubts and changes."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RowError:
    """One cell of a file that cannot be taken, at that line of the file. `row` is what a spreadsheet
    shows: another number where cells hold line breaks.

    `code` is stable; its sentence is the message `row_error.<code>`, filled with `values`. `heading`:
    how the file calls the column, "" where it calls it so.
    """

    line: int | None
    column: str
    value: str
    code: str
    values: tuple[tuple[str, str], ...] = ()
    row: int | None = None
    heading: str = ""
    #: Of its sentence: `<family>.<code>`.
    family: ClassVar[str] = "row_error"


@dataclass(frozen=True, slots=True)
class Doubt(RowError):
    """What can be taken and is odd: said, and refused by a strict load only. Without a line it is
    about the file as a whole. Its sentence is `doubt.<code>`."""

    family: ClassVar[str] = "doubt"


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes of what the log says: (column, value) of what identifies it, and (column, old
    value, new value) of each cell that differs, None where it is empty. `told`: the (column, value) by
    which people know it, where that is not what identifies it."""

    line: int | None
    key: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str | None, str | None], ...]
    told: tuple[tuple[str, str], ...] = ()

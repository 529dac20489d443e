"""What is read of one file of a pact, or of one sheet of it."""

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from monitor.intake.files import Table
from monitor.intake.mending import MendedTable, Mending
from monitor.intake.part_looks import is_template
from monitor.intake.winner_titles import names_results
from monitor.intake.workbook import Book


@dataclass(frozen=True)
class Part:
    """What is read of one file, or of one sheet of it: `name` is how reports call it. `mending`: how a
    person has put it right. `is_said`: somebody has said what it holds. `words_requests`: measures that
    nothing words but a table of answers."""

    content: str
    name: str
    file: BinaryIO
    sheet: str | None = None
    book: Book | None = None
    mending: Mending = field(default_factory=Mending, compare=False)
    is_said: bool = False
    words_requests: bool = False

    def open_table(self) -> Table:
        if self.mending != Mending() and self.content != "pact":  # which has keys, and no titles
            return MendedTable(self.file, self.content, self.mending, self.sheet, self.book)
        return Table(self.file, self.sheet, self.book)

    @property
    def is_of_results(self) -> bool:
        """Whether it is called after who was elected, or somebody has said that it holds them."""
        return self.content == "signatories" and (self.is_said or names_results(self.title))

    @property
    def title(self) -> str:
        """What its sheet or its file is called."""
        return self.sheet or PurePath(self.name).stem

    @property
    def is_unfilled(self) -> bool:
        """Whether it is a sheet to fill in that nobody has filled in."""
        return self.sheet is not None and is_template(self.open_table())

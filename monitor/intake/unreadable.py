"""What ends the reading of a file."""

from dataclasses import replace
from typing import Self

from monitor.findings import RowError


class Unreadable(Exception):
    """The file cannot be read further. Carries the RowError that says why."""

    def __init__(self, code: str, line: int | None = None, value: str = "", **values: str):
        super().__init__(code)
        self.error = RowError(line, "", value, code, tuple(values.items()))

    def at(self, line: int) -> Self:
        """The same, at this line unless it says one."""
        self.error = replace(self.error, line=self.error.line or line)
        return self


def too_large(size: int, limit: int) -> Unreadable:
    """A workbook that holds more bytes or letters than are read."""
    return Unreadable("xlsx_too_large", size=str(size // 10**6), limit=str(limit // 10**6))

"""What ends the reading of a file."""

from monitor.models import RowError


class Unreadable(Exception):
    """The file cannot be read further. Carries the RowError that says why."""

    def __init__(self, code: str, line: int | None = None, value: str = "", **values: str):
        super().__init__(code)
        self.error = RowError(line, "", value, code, tuple(values.items()))

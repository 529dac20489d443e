"""What the log goes on saying in a column that a file has no more: to leave a column out takes nothing
back, and who published words by mistake must be told."""

from collections.abc import Iterator

from monitor import intake
from monitor.findings import Doubt
from monitor.intake import Row
from monitor.intake.cells import abbreviate_cell
from monitor.intake.reading import Shape
from monitor.schema import Values, fields_of


class StayingTexts:
    """The texts of a file's rows that stay as the log has them, by column: how many, and the first."""

    def __init__(self, content: str, shape: Shape):
        self._shape = shape
        self._texts = {
            place: field.name
            for place, field in enumerate(fields_of(content))
            if field.text and not field.private
        }
        self._found: dict[str, list[str]] = {}

    def fill_absent(self, row: Row, before: Values) -> Row:
        """A row that lacks columns, with what the version of it in the log says there."""
        for place in row.absent & self._texts.keys():
            if text := before[place]:
                self._found.setdefault(self._texts[place], []).append(abbreviate_cell(text))
        return intake.fill_absent(row, before, self._shape)

    def doubts(self) -> Iterator[Doubt]:
        """One for each column."""
        for name in self._texts.values():
            if texts := self._found.get(name):
                told = (("n", str(len(texts))), ("name", name), ("text", texts[0]))
                yield Doubt(None, name, "", "text_stays", told)

"""What the log says already beside a file that comes again: words in a column that the file has no more,
which stay, and rows that it refuses here, which were put right apart."""

from collections.abc import Iterator, Sequence

from monitor import intake
from monitor.commands.files import Version
from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake import Row
from monitor.intake.cells import abbreviate_cell
from monitor.intake.reading import Shape
from monitor.schema import KEYS, Type, Values, fields_of

#: Lines that are named.
SOME = 5


class RowsInLog:
    """`fill_absent` and `see_refused` are told of the rows of a file, one after the other."""

    def __init__(self, content: str, shape: Shape):
        self._content, self._shape = content, shape
        #: The columns in which somebody speaks.
        self._texts = {
            place: field.name
            for place, field in enumerate(fields_of(content))
            if field.type is Type.PROSE
        }
        self._found: dict[str, list[str]] = {}
        self._refused: list[int] = []

    def fill_absent(self, row: Row, before: Values) -> Row:
        """A row that lacks columns, with what the version of it in the log says there."""
        for place in row.absent & self._texts.keys():
            if text := before[place]:
                self._found.setdefault(self._texts[place], []).append(abbreviate_cell(text))
        return intake.fill_absent(row, before, self._shape)

    def see_refused(self, row: Row, history: Sequence[Version]) -> None:
        """A row that is refused, and its versions in the log."""
        is_named = not {error.column for error in row.errors} & {"", *KEYS[self._content]}
        if history and is_named:
            self._refused.append(row.line)

    def doubts(self) -> Iterator[Doubt]:
        """One for each column whose texts stay, and one of all rows that the log has."""
        for name in self._texts.values():
            if texts := self._found.get(name):
                told = (("n", str(len(texts))), ("name", name), ("text", texts[0]))
                yield Doubt(None, name, "", "text_stays", told)
        if lines := list(dict.fromkeys(self._refused)):
            some = join_first([*map(str, lines)], SOME)
            yield Doubt(None, "", "", "refused_known", (("n", str(len(lines))), ("lines", some)))

"""Doubts about what the log already holds beside a file that comes again: words in a column that the
file no longer has, which stay public, and rows that are refused here but were put right in another
file."""

from collections.abc import Iterator, Sequence

from monitor import intake
from monitor.commands.files import Version
from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake import Row
from monitor.intake.cells import abbreviate_cell
from monitor.intake.reading import Shape
from monitor.schema import KEYS, Type, Values, fields_of

#: How many lines are named.
MOST_LINES = 5


class LogDoubts:
    """Looks at the rows of a file one after the other (`complete_row`, `note_refused`); `doubts` then
    gives what is to be said of all of them."""

    def __init__(self, content: str, shape: Shape):
        self._content, self._shape = content, shape
        #: The columns in which somebody speaks.
        self._words = {
            place: field.name
            for place, field in enumerate(fields_of(content))
            if field.type is Type.PROSE
        }
        self._found: dict[str, list[str]] = {}
        self._refused: list[int] = []

    def complete_row(self, row: Row, before: Values) -> Row:
        """The row, with what the log says of it (`before`) in the columns that its file lacks."""
        for place in row.absent & self._words.keys():
            if text := before[place]:
                self._found.setdefault(self._words[place], []).append(abbreviate_cell(text))
        return intake.fill_absent(row, before, self._shape)

    def note_refused(self, row: Row, history: Sequence[Version]) -> None:
        """Remember a row that is refused, if the log has versions of it (`history`)."""
        is_named = not {error.column for error in row.errors} & {"", *KEYS[self._content]}
        if history and is_named:
            self._refused.append(row.line)

    def doubts(self) -> Iterator[Doubt]:
        """A doubt for each column whose texts stay public, and one about all rows that are refused here
        though the log has them."""
        for name in self._words.values():
            if texts := self._found.get(name):
                values = (("n", str(len(texts))), ("name", name), ("text", texts[0]))
                yield Doubt(None, name, "", "text_stays", values)
        if lines := list(dict.fromkeys(self._refused)):
            values = (("n", str(len(lines))), ("lines", join_first([*map(str, lines)], MOST_LINES)))
            yield Doubt(None, "", "", "refused_known", values)

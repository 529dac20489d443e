"""Which cells of a file a person wrote anew before it was loaded: kept beside the log."""

from collections.abc import Iterable

from monitor.intake import MendedCell
from monitor.intake.cells import abbreviate_cell
from monitor.intake.mending import WHOLE_LINE
from monitor.schema import fields_of
from monitor.store.journal import Journal

_MENDED = ("load_seq", "line", "column_name", "was", "became")


def keep_mended_cells(
    journal: Journal, load_seq: int, content: str, cells: Iterable[MendedCell]
) -> None:
    """Say which cells of a file were written anew; what they said and say, of facts only. Of a line that
    was left out, nothing that names somebody is kept."""
    texts = {field.name for field in fields_of(content) if field.text} | {WHOLE_LINE}
    rows = []
    for line, column, *values in cells:
        kept = [None if column in texts else abbreviate_cell(value or "") for value in values]
        rows.append((load_seq, line, column, *kept))
    journal.insert("mended_cell", _MENDED, rows)

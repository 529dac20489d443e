"""A row of a file that lacks columns: what it does not say, the log goes on saying."""

from dataclasses import replace

from monitor.findings import RowError
from monitor.intake.cells import abbreviate_cell, clean_cell
from monitor.intake.reading import Row, Shape, no_column
from monitor.models import Kind
from monitor.schema import POSITIONS, Values

#: What a row is refused for by comparing columns: one of them may be a column that the file lacks.
COMPARING = frozenset(
    {
        "status_needed",
        "status_not_allowed",
        "evidence_needed",
        "search_needed",
        "summary_needed",
        "target_needed",
        "reason_needed",
        "ends_before_start",
        "end_reason_without_end",
    }
)
_AT = POSITIONS["actions"]


def fill_absent(row: Row, before: Values, shape: Shape) -> Row:
    """The row with the values of `before` in the columns that its file lacks, checked as a whole.

    A column that is there and empty stays empty. An action's kind that only its status made follows
    the status of the file.
    """
    if wrong := tuple(error for error in row.errors if error.code not in COMPARING):
        return replace(row, errors=wrong)
    given = row.raw or ()
    values = [
        value
        if name in shape.key
        else before[place]
        if place in row.absent
        else value
        if clean_cell(given[place])
        else None
        for place, (name, value) in enumerate(zip(shape.names, row.values, strict=True))
    ]
    if shape.rules.content == "actions" and row.absent & {_AT.kind, _AT.status} == {_AT.kind}:
        follows = before.kind in (Kind.ASSESSMENT, Kind.NOTE)
        values[_AT.kind] = None if follows else before.kind
    errors = tuple(
        RowError(
            row.line,
            shape.names[place],
            abbreviate_cell(values[place] or ""),
            code,
            details,
            row.row,
        )
        for place, code, details in shape.rules.check(values, no_column)
    )
    return replace(row, values=shape.row(values), errors=errors, reported=0)

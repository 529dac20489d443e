"""A row of a file that lacks columns: what it does not say, the log goes on saying."""

from dataclasses import replace

from monitor.findings import RowError
from monitor.intake.cells import abbreviate_cell, clean_cell
from monitor.intake.people import is_derived_id
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
#: What a row says of the source that it names: true of that one, and of no other.
_OF_SOURCE = ("source_kind", "source_title", "source_publisher", "archive_url", "quote")


def fill_absent(row: Row, before: Values, shape: Shape) -> Row:
    """The row with the values of `before` in the columns that its file lacks, checked as a whole.

    A column that is there and empty stays empty. What was said of a source is not said of another one.
    An action's kind that only its status made follows the status of the file.
    """
    if wrong := tuple(error for error in row.errors if error.code not in COMPARING):
        return replace(row, errors=wrong)
    given = row.raw or ()
    own = () if _names_same_source(row, before, shape) else _OF_SOURCE
    values = [
        value
        if name in shape.key or (place in row.absent and name in own)
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


def _names_same_source(row: Row, before: Values, shape: Shape) -> bool:
    """Whether a row names the source that the log has, as far as its file says. What stands in words in
    the column of addresses is a title; an entry without an id of its own is known by what it says, and
    may be another one where it names none."""
    if not {"source_url", "source_title"} <= {*shape.names}:
        return True
    url, title = shape.names.index("source_url"), shape.names.index("source_title")
    address, words = row.values[url], row.values[title]
    if url in row.absent:
        return title in row.absent or words == before[title]
    is_nameless = shape.rules.content == "actions" and is_derived_id(
        row.values[_AT.action_id] or ""
    )
    if not address and not words and is_nameless:
        return False
    return address == before[url] and words in (None, before[title])

"""The keys of a table of a pact.toml, checked: which must be there, which may, of what type."""

from collections.abc import Iterator
from datetime import date, datetime

from monitor.dates import date_interval
from monitor.errors import InvalidValue
from monitor.findings import RowError
from monitor.intake.cells import abbreviate_cell, named_character
from monitor.intake.days import Order, day_of
from monitor.schema import TEXT_LIMIT

#: A day, a month or a year: 2032-03-01, "2032-03", 2032.
PartialDate = date | str | int


def check_keys(data: dict, required: dict, optional: dict, where: str) -> Iterator[RowError]:
    """What is wrong with a table; `required`, `optional`: key -> type; `where` stands before a key."""
    known = (("known", ", ".join([*required, *optional])),)
    for name in required:
        if name not in data:
            yield RowError(None, where + name, "", "missing_key")
    for name, value in data.items():
        wanted = {**required, **optional}.get(name)
        if wanted is None:
            yield RowError(None, where + name, repeat_value(value), "unknown_key", known)
        elif not _is_a(value, wanted):
            kind = (("wanted", _name_of_type(wanted, name, value)),)
            yield RowError(None, where + name, repeat_value(value), "wrong_type", kind)
        elif wanted is str:
            yield from _text(where + name, value, name in required)


def _is_a(value, wanted) -> bool:
    is_flag = isinstance(value, bool)  # which Python takes for a number
    return (
        isinstance(value, wanted)
        and not isinstance(value, datetime)
        and is_flag == (wanted is bool)
    )


def _name_of_type(wanted, key: str, value) -> str:
    """What the value of a key should have been; of a day, the one that may be meant."""
    if wanted is PartialDate:
        return "date"
    if wanted is not date:
        return wanted.__name__
    try:
        meant = date_interval(partial_date(value))
    except InvalidValue:
        return "date"
    return f"date\u00a0: {meant.last if key.endswith('_end') else meant.first}"


def partial_date(value: PartialDate) -> str:
    """A date as precise as it is known, in EDTF: of a date, a year or a text as people write it. Raises
    InvalidValue."""
    return day_of(str(value), Order.UNSAID)


def _text(name: str, value: str, required: bool) -> Iterator[RowError]:
    if required and not value.strip():
        yield RowError(None, name, "", "required")
    elif len(value) > TEXT_LIMIT:
        counts = (("length", str(len(value))), ("limit", str(TEXT_LIMIT)))
        yield RowError(None, name, abbreviate_cell(value), "too_long", counts)
    elif character := named_character(value):
        values = (("character", character),)
        yield RowError(None, name, abbreviate_cell(value), "control_character", values)


def without_empty_texts(table: dict, optional: dict) -> dict:
    """An optional text that is empty says nothing: it is as if it were not there."""
    return {
        name: value
        for name, value in table.items()
        if not (isinstance(value, str) and name in optional and not value.strip())
    }


def repeat_value(value) -> str:
    """What a report repeats of a value of any type."""
    try:
        return abbreviate_cell(str(value))
    except (ValueError, RecursionError):  # a number of thousands of digits, tables without an end
        return ""

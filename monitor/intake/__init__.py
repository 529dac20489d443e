"""CSV, XLSX and TOML to rows and row errors: pure, and never an exception for what a file holds."""

import re

from monitor.columns import COLUMNS, REQUIRED
from monitor.i18n import partial_day, text
from monitor.intake.columns import CODES
from monitor.intake.links import read_links, state_of
from monitor.intake.pact import read_pact
from monitor.intake.reading import Context, Row, check_one, check_text, read
from monitor.models import RowError

__all__ = [
    "CODES",
    "COLUMNS",
    "REQUIRED",
    "Context",
    "Row",
    "check_one",
    "check_text",
    "read",
    "read_links",
    "read_pact",
    "reason",
    "sentence",
    "state_of",
]


def sentence(error: RowError, lang: str) -> str:
    """Where it is, what it holds, what is wrong and what to do, in one line."""
    where = []
    if error.line is not None:
        where.append(text("row_error.line", lang, line=error.line))
    if error.column:
        where.append(text("row_error.column", lang, column=error.column))
    if error.value:
        where.append(text("row_error.value", lang, value=error.value))
    said = reason(error, lang)
    return text("row_error.sentence", lang, where=", ".join(where), said=said) if where else said


def reason(error: RowError, lang: str) -> str:
    """What is wrong and what to do, days as one says them."""
    filled = {
        name: partial_day(value, lang) if _DAY.fullmatch(value) else value
        for name, value in error.values
    }
    return text(f"row_error.{error.code}", lang, **filled)


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

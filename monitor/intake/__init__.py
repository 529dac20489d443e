"""CSV, XLSX and TOML to rows and row errors: pure, and never an exception for what a file holds."""

from monitor.columns import COLUMNS, REQUIRED
from monitor.i18n import text
from monitor.intake.columns import CODES
from monitor.intake.links import read_links, state_of
from monitor.intake.pact import read_pact
from monitor.intake.partial import completed
from monitor.intake.reading import Context, Row, check_one, check_text, read, shape_of
from monitor.models import RowError

__all__ = [
    "CODES",
    "COLUMNS",
    "REQUIRED",
    "Context",
    "Row",
    "check_one",
    "check_text",
    "completed",
    "read",
    "read_links",
    "read_pact",
    "sentence",
    "shape_of",
    "state_of",
]


def sentence(error: RowError, lang: str, content: str = "") -> str:
    """Where it is, what it holds, what is wrong and what to do, in one line. `content`: what the file
    is; a pact.toml has keys where the others have columns."""
    where = []
    if error.line is not None:
        where.append(text("row_error.line", lang, line=error.line))
    if error.column:
        key = "row_error.key" if content == "pact" else "row_error.column"
        where.append(text(key, lang, column=error.column))
    if error.value:
        where.append(text("row_error.value", lang, value=error.value))
    said = text(f"row_error.{error.code}", lang, **dict(error.values))
    return text("row_error.sentence", lang, where=", ".join(where), said=said) if where else said

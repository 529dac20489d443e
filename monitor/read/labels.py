"""What a status and a measure are called where they are named: plain text, never markup."""

from monitor.charts import SIGNS
from monitor.i18n import catalogue, text
from monitor.models import UNKNOWN, Lateness, Status
from monitor.read.selection import View
from monitor.titles import number_title

#: Stands before what is a part of the measure above it.
PART = "↳ "


def status_label(status: str, lang: str) -> str:
    """Its sign and its word, on one line: « ◐ partly implemented »."""
    return f"{SIGNS[Status(status)]}\u00a0{text(f'status.{status}', lang)}"


def lateness_label(lateness: str, status: str, lang: str) -> str:
    """How a commitment stands with its due date; one of which nothing is known is not called late."""
    behind = lateness == Lateness.OVERDUE and Status(status) not in UNKNOWN
    return text("lateness.behind" if behind else f"lateness.{lateness}", lang)


def measure_title(view: View, measure_id: str) -> str:
    """Its number and its short title: « 1. Social innovation »."""
    return number_title(measure_id, view.titles.get(measure_id, ""))


def listed_title(view: View, measure_id: str) -> str:
    """The same in a list of measures, where a part stands below what it is a part of."""
    title = measure_title(view, measure_id)
    return f"{PART}{title}" if view.measure(measure_id).parent else title


def code_label(view: View, column: str, code: str) -> str | None:
    """What a code means in a column of a table, in words that fit the pact; None where it has none."""
    column = column.removesuffix("_ever").removesuffix("_seen")
    if column == "office":
        return view.office(code)
    key = f"{column}.{code}"
    return view.text(key, **view.state.common_wording) if key in catalogue(view.lang) else None

"""What a status and a measure are called where they are named: plain text, never markup."""

from monitor.charts import SIGNS
from monitor.i18n import text
from monitor.models import Status
from monitor.read.selection import View


def status_label(status: str, lang: str) -> str:
    """Its sign and its word: « ◐ partly implemented »."""
    return f"{SIGNS[Status(status)]} {text(f'status.{status}', lang)}"


def measure_title(view: View, measure_id: str) -> str:
    """Its number and its short title: « 1. Social innovation »."""
    return f"{measure_id}. {view.titles.get(measure_id, '')}".rstrip()

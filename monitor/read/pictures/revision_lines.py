"""What the log said of the day of the view, and when."""

from datetime import datetime

import pandas as pd

from monitor import charts
from monitor.i18n import day
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always
from monitor.read.revisions import revision_table
from monitor.read.selection import View
from monitor.shares import Bound, Share, is_enough
from monitor.table_rows import RevisionRow, read_rows

#: What is said at each time, and whether it is the least.
BOUND_OF: dict[str, Bound] = {"implemented": "low", "assessed": ""}


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    table = revision_table(view)
    if len(table) < 2 or not is_enough(table["due"], table["officials"]).all():
        return None
    return charts.revision_lines(table, view.day, view.lang, dark)


def _table(view: View, _own: str) -> pd.DataFrame:
    return revision_table(view)


def revisions_in_words(view: View, own: str) -> str:
    """What was said first, and what is said now; "" where all came at one time."""
    rows, lang = read_rows(RevisionRow, revision_table(view)), view.lang
    if len(rows) < 2:
        return ""
    values = {}
    for name, row in (("first", rows[0]), ("last", rows[-1])):
        values[f"{name}_day"] = day(datetime.fromisoformat(row.known_on).date(), lang)
        for part, bound in BOUND_OF.items():
            share = Share(getattr(row, part), row.due, row.officials, bound)
            values[f"{name}_{part}"] = share.in_words(lang)
    return view.text("revisions.words", day=day(view.day, lang), **values)


PICTURE = Picture(
    "revisions",
    always("revisions.title"),
    "revisions.alt",
    _drawing,
    _table,
    key=always("revisions.help"),
    sentence=revisions_in_words,
    ignores=STANDING,
)

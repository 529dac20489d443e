"""Groups beside the whole, between the limits of chance."""

import pandas as pd

from monitor import charts
from monitor.i18n import number
from monitor.read import chart_data
from monitor.read.filters import STANDING
from monitor.read.funnel import Funnel, draws_funnel, group_funnel, limit_lines
from monitor.read.pictures import Picture, always, say_with
from monitor.read.selection import View

ALIKE = "_alike"
CHOICES = ("department", f"department{ALIKE}", "region", f"region{ALIKE}")


def parts_of(own: str) -> tuple[str, bool]:
    """(the grouping, whether each is set beside its like) of one of CHOICES."""
    return own.removesuffix(ALIKE), own.endswith(ALIKE)


def _funnel(view: View, own: str) -> Funnel:
    return group_funnel(view, *parts_of(own))


def _drawing(view: View, own: str, dark: bool) -> charts.Figure | None:
    by, alike = parts_of(own)
    if not draws_funnel(view, by):
        return None
    funnel, labels = group_funnel(view, by, alike), chart_data.group_labels(view, by)
    lines = limit_lines(view, by, alike)
    return charts.group_points(funnel.table, lines, funnel.share, labels, view.lang, dark, alike)


def _table(view: View, own: str) -> pd.DataFrame:
    table = _funnel(view, own).table.rename(columns={"group": parts_of(own)[0]})
    return table if view.in_departments else table[:0]


def funnel_in_words(view: View, own: str) -> str:
    """How many groups lie outside the limits, and how many chance alone would put there; "" where no
    funnel is drawn."""
    by, _ = parts_of(own)
    if not draws_funnel(view, by):
        return ""
    outside = _funnel(view, own).table["outside"]
    return view.text(
        f"funnel.words_{by}",
        n=number(len(outside), view.lang),
        chance=number(len(outside) * 0.05, view.lang, 1),
        inner=number(int((outside > 0).sum()), view.lang),
        outer=number(int((outside > 1).sum()), view.lang),
    )


PICTURE = Picture(
    "hasard",
    lambda view: "funnel.title" if view.in_departments else "funnel.title_bare",
    "funnel.alt",
    _drawing,
    _table,
    own="entre",
    choices=CHOICES,
    own_words=say_with("funnel_by"),
    key=always("funnel.help"),
    sentence=funnel_in_words,
    ignores=STANDING,
)

"""How long it takes until commitments are decided, and implemented, group by group."""

import pandas as pd

from monitor import charts
from monitor.analysis_codes import Clock
from monitor.i18n import number, plural
from monitor.read import chart_data
from monitor.read.filters import STANDING
from monitor.read.group_incidence import (
    GROUPS,
    PANELS,
    GroupCurves,
    count_groups,
    group_curves,
    incidence_by_group,
)
from monitor.read.pictures import Picture, always, say_with
from monitor.read.pictures.incidence_curves import BOUNDS_OF_CURVES
from monitor.read.selection import View
from monitor.shares import exact_percent
from monitor.table_rows import IndicatorRow, read_rows


def _drawing(view: View, by: str, dark: bool) -> charts.Figure | None:
    found = group_curves(view, by)
    if not found:
        return None
    labels = chart_data.group_labels(view, by)
    rows = read_rows(IndicatorRow, chart_data.indicators_by_group(view, by))
    efforts = {row.group: charts.assessment_effort(row, view.lang) for row in rows if row.due}
    panels = [
        charts.Panel(
            labels.get(each.group, each.group),
            _words(view, each, efforts.get(each.group)),
            each.steps,
        )
        for each in found
    ]
    return charts.group_curves(panels, view.lang, dark)


def _words(view: View, curves: GroupCurves, effort: str | None) -> list[str]:
    """What stands below the name of a group: how many commitments, and how closely they were looked at;
    where there is no curve, the counts."""
    lang = view.lang
    signatories = view.plural("group_curves.officials", curves.officials)
    lines = [plural("group_curves.commitments", curves.commitments, lang, of=signatories)]
    if effort:
        lines.append(effort)
    if not len(curves.steps):
        counts = {name: number(getattr(curves, name), lang) for name in ("decided", "implemented")}
        lines.append(view.text("group_curves.counts", **counts))
    return lines


def _table(view: View, by: str) -> pd.DataFrame:
    """Since each commitment bound: the clock of the chart."""
    table = incidence_by_group(view, by)
    return table[table["clock"] == Clock.OFFICE].drop(columns="clock")


def curves_in_words(view: View, by: str) -> str:
    """From where to where the curves come in the end, in no order of groups; which groups are drawn,
    where it is not all of them."""
    lang, sentences = view.lang, []
    ends = [each.steps.iloc[-1] for each in group_curves(view, by) if len(each.steps)]
    if ends and not any(end[name] for end in ends for name in ("decided", "implemented")):
        sentences.append(view.text("group_curves.none"))
    elif ends:
        spans = {}
        for name in ("decided", "implemented"):
            shares = [float(end[name]) for end in ends]
            low, high = (
                exact_percent(share, lang, bound="low") for share in (min(shares), max(shares))
            )
            spans[name] = low if low == high else view.text("effort.span", low=low, high=high)
        sentences.append(view.text("group_curves.words", **spans))
    if ends and count_groups(view, by) > PANELS:
        sentences.append(view.text("group_curves.largest", n=number(PANELS, lang)))
    return " ".join(sentences)


PICTURE = Picture(
    "delais-groupes",
    always("group_curves.title"),
    "group_curves.alt",
    _drawing,
    _table,
    own="par",
    choices=GROUPS,
    own_words=say_with("group_by"),
    key=always("group_curves.help"),
    sentence=curves_in_words,
    ignores=STANDING,
    bounds=BOUNDS_OF_CURVES,
)

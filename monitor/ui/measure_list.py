"""Where each of many measures stands, by theme: what a matrix would be too wide or too long to say."""

from urllib.parse import quote, urlencode

import pandas as pd
import streamlit as st

from monitor import indicators
from monitor.i18n import number
from monitor.models import GroupBy, Status
from monitor.read import chart_data
from monitor.read.cache import per_filter, per_view
from monitor.read.city_groups import counts_in_words
from monitor.read.labels import listed_title, status_label
from monitor.read.selection import View
from monitor.ui import figures, paging
from monitor.ui.address import page_part
from monitor.ui.markdown import md
from monitor.ui.page_run import t

#: Themes of a page, and measures of a page of one theme.
THEMES, MEASURES = 10, 25


@page_part
def show_measure_list(view: View) -> None:
    """The themes with the counts of the statuses of what binds, each unfolding its measures; these at
    once where the pact has no themes."""
    themes = _themes(view)
    if len(themes) == 1:
        ((_, measures),) = themes
        page = paging.page_of(len(measures), MEASURES, "page_mesures")
        st.markdown(_lines(view, measures[page]))
        return
    page = paging.page_of(len(themes), THEMES, "page_themes")
    for place, (theme, measures) in [*enumerate(themes)][page]:
        words = md(theme or t("theme.unknown"))
        counts = f"({number(len(measures), view.lang)}) · {_counts(view, measures)}"
        with figures.fold_part(f"**{words}** {counts}", f"_theme_{place}") as wanted:
            if wanted:
                own = paging.page_of(len(measures), MEASURES, f"page_theme_{place + 1}")
                st.markdown(_lines(view, measures[own]))


@per_filter
def _statuses(view: View) -> pd.DataFrame:
    """How many of what binds have each status, by measure."""
    return indicators.count_by_status(chart_data.commitments_in_matrix(view), GroupBy.MEASURE)


@per_filter
def _themes(view: View) -> list[tuple[str, tuple[str, ...]]]:
    """The themes in view, "" last, each with those of its measures of which anything binds."""
    found: dict[str, list[str]] = {}
    for measure in view.pact.measures:
        if measure.id in _statuses(view).index:
            found.setdefault(measure.theme or "", []).append(measure.id)
    return [(theme, tuple(own)) for theme, own in found.items()]


@per_view
def _counts(view: View, measures: tuple[str, ...]) -> str:
    return counts_in_words(view, _counted(_statuses(view).loc[list(measures)].sum()))


@per_view
def _lines(view: View, measures: tuple[str, ...]) -> str:
    """A line a measure, in markdown: where it stands, for one official, and the address of its evidence;
    for several, the counts, and the address of those whom it binds."""
    rows = chart_data.commitments_in_matrix(view)
    alone = rows["signatory_id"].nunique() == 1
    code = str(rows["commune"].iloc[0])
    lines = []
    for measure in measures:
        counts = _counted(_statuses(view).loc[measure])
        title = md(listed_title(view, measure))
        if alone:
            (status,) = counts
            query = urlencode(view.address(commune=None, theme=None, mesure=measure))
            address = f"/ville/{quote(code, safe='')}?{query}"
            state = status_label(status, view.lang).replace(" ", "\u00a0")
            line = f"[{title}]({address}) · {state}"
        else:
            query = urlencode(view.address(commune=None, mesure=measure))
            line = f"[{title}](/mesures?{query}) · {counts_in_words(view, counts)}"
        lines.append(f"- {line}")
    return "\n".join(lines)


def _counted(row: pd.Series) -> dict[Status, int]:
    """Status -> how many, of those that occur."""
    return {status: int(row[status]) for status in Status if row[status]}

"""How many commitments of each measure have which status, on the day and since the start."""

import pandas as pd

from monitor import charts, tables
from monitor.read import chart_data
from monitor.read.pictures import Picture
from monitor.read.selection import View


def _title(view: View) -> str:
    if chart_data.count_theme_statuses(view) is not None:
        return "overview.by_theme"
    many = charts.too_many_measures(chart_data.count_statuses(view).index)
    return "overview.all_measures" if many else "overview.by_measure"


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure:
    counts, themes = chart_data.count_statuses(view), chart_data.count_theme_statuses(view)
    efforts = {"": charts.assessment_effort(chart_data.total_indicators(view), view.lang)}
    if themes is not None:
        words = chart_data.group_labels(view, "theme")
        themes = themes.rename(index=words)
        of_themes = chart_data.efforts_in_words(view, "theme")
        efforts |= {words[theme]: effort for theme, effort in of_themes.items()}
    elif not charts.too_many_measures(counts.index):
        efforts |= chart_data.efforts_in_words(view, "measure")
    return charts.bars_by_measure(counts, view.titles, view.lang, dark, themes, efforts)


def _table(view: View, _own: str) -> pd.DataFrame:
    """Of each theme, where the bars are of themes, else of each measure: what binds on the day, then, in
    columns `…_ever`, all that has ever bound by the day, then how closely what is assessed on the day
    was looked at."""
    themes = chart_data.count_theme_statuses(view)
    if themes is None:
        by, now, ever = (
            "measure",
            chart_data.count_statuses(view),
            chart_data.count_statuses_ever(view),
        )
    else:
        by, now, ever = "theme", themes, chart_data.count_theme_statuses_ever(view)
    on_the_day, ever = (
        counts.assign(due=counts.sum(axis=1) - counts["not_applicable"])[["due", *counts.columns]]
        for counts in (now, ever)
    )
    indicators = chart_data.indicators_by_group(view, by).set_index("group")
    whole = on_the_day.join([ever.add_suffix("_ever"), indicators[list(tables.EFFORT)]])
    return tables.round_shares(whole.rename_axis(by).reset_index())


PICTURE = Picture(
    "mesures",
    _title,
    "overview.by_measure_alt",
    _drawing,
    _table,
    coloured=chart_data.statuses_in_bars,
)

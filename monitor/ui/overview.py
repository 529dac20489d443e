"""The overview's figures: the statuses of each measure."""

import pandas as pd
import streamlit as st

from monitor.charts import too_many_measures
from monitor.i18n import number, plural
from monitor.read import chart_data
from monitor.read.answers import any_answers
from monitor.read.cache import per_filter, per_view
from monitor.read.chart_registry import chart_title
from monitor.read.counts import count_promises, has_anything_bound
from monitor.read.selection import View
from monitor.tables import EFFORT
from monitor.titles import number_title
from monitor.ui import answers, figure_tables, figures, paging, sentences
from monitor.ui.page_run import t

#: Measures of a page of their table; themes whose bars stand open; measures of a page of the table that
#: is unfolded below these.
SHOWN, BARS, UNFOLDED = 25, 20, 12
#: The row of all themes: no theme has a name without a letter.
_ALL = " "


def show_measures(view: View) -> None:
    """Commitments by status, one bar a measure or a theme, and the same figures as a table; the bars of
    many themes once they are unfolded, and of many measures, the table of each by pages. While nothing
    has bound, as before the vote: who committed to each measure."""
    counts = chart_data.count_statuses(view)
    if counts.empty:
        st.info(t("overview.nothing_here" if view.filters else "overview.nothing"))
    elif has_anything_bound(view):
        st.header(chart_title(view, "mesures"))
        _show_statuses(view, counts)
        st.caption(t("overview.binding_only"))
    else:
        _show_promises(view)


def _show_promises(view: View) -> None:
    """Who committed to each measure: nothing binds yet."""
    asked = any_answers(view)
    what = "overview.answers" if asked else "overview.promises"
    st.header(t(what, day=sentences.day_of_view(view)))
    if asked:
        answers.show_answers_by_measure(view)
        return
    made = count_promises(view)
    if len(made) <= SHOWN:
        figures.show_table(_promise_table(view, 0))
        return
    label = plural("overview.each_measure", len(made), view.lang)
    with figures.fold_part(label, "_engagements", opened="page" in st.query_params) as wanted:
        if wanted:
            figures.show_table(_promise_table(view, paging.page_of(len(made), SHOWN).start))


@per_view
def _promise_table(view: View, start: int) -> figures.Texts:
    """Of the measures of one page: how many have committed to each."""
    some = [*count_promises(view).items()][start : start + SHOWN]
    return figures.table_texts(
        pd.DataFrame(
            {
                t("filter.measure"): [number_title(one, view.titles[one]) for one, _ in some],
                t("overview.committed"): [number(made, view.lang) for _, made in some],
            }
        )
    )


def _show_statuses(view: View, counts: pd.DataFrame) -> None:
    themes = chart_data.count_theme_statuses(view)
    themed = themes is not None
    if themed and len(themes) > BARS:
        figures.show_legend(chart_data.statuses_in_bars(view), view)
        figures.show_table(_theme_table(view))
        with figures.fold_part(t("overview.theme_bars"), "_theme_bars") as wanted:
            if wanted:
                figures.show_chart("mesures", view)
    else:
        if counts.to_numpy().any():
            figures.show_chart("mesures", view)
        if themed:
            figures.show_table(_theme_table(view))
    same = _is_one_whole(view)
    whole = t("overview.one_whole" if same else "overview.two_wholes")
    if not themed and len(counts) <= SHOWN:
        figures.show_table(_measure_table(view, 0, SHOWN))
        st.caption(whole)
        return
    label = plural("overview.each_measure", len(counts), view.lang)
    with figures.fold_part(label, "_par_mesure", opened="page" in st.query_params) as wanted:
        if wanted:
            page = paging.page_of(len(counts), UNFOLDED)
            figures.show_table(_measure_table(view, page.start, UNFOLDED))
    st.caption(whole)


@per_filter
def _is_one_whole(view: View) -> bool:
    """Whether what binds on the day is all that ever did, as it stood."""
    return chart_data.count_statuses(view).equals(chart_data.count_statuses_ever(view))


@per_view
def _theme_table(view: View) -> figures.Texts:
    """Of each theme, and of all of them first."""
    themes = chart_data.count_theme_statuses(view), chart_data.count_theme_statuses_ever(view)
    counts, ever = (
        pd.concat([table.sum().to_frame(_ALL).T, table]) for table in themes if table is not None
    )
    words = chart_data.group_labels(view, "theme") | {_ALL: t("analyses.total")}
    return figures.table_texts(figure_tables.status_table(counts, ever, words, view, "theme"))


@per_view
def _measure_table(view: View, start: int, size: int) -> figures.Texts:
    """Of the measures of one page."""
    counts, ever = (
        table.iloc[start : start + size]
        for table in (chart_data.count_statuses(view), chart_data.count_statuses_ever(view))
    )
    more = _efforts(view).loc[counts.index] if _bars_are_sums(view) else None
    return figures.table_texts(
        figure_tables.status_table(counts, ever, view.titles, view, more=more)
    )


def _bars_are_sums(view: View) -> bool:
    """Whether the bars, which say how closely one looked, are of themes or of all measures."""
    themed = chart_data.count_theme_statuses(view) is not None
    return themed or too_many_measures(chart_data.count_statuses(view).index)


def _efforts(view: View) -> pd.DataFrame:
    """How closely each measure was looked at, in numbers as they are said."""
    indicators = chart_data.indicators_by_group(view, "measure").set_index("group")[list(EFFORT)]
    in_words = indicators.map(lambda each: number(each, view.lang, 1), na_action="ignore").fillna(
        "–"
    )
    return in_words.rename(columns={name: t(f"figure.{name}") for name in EFFORT})

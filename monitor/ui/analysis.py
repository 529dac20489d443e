"""Progress over time, and indicators by group with their bounds."""

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from monitor import charts, dates, indicators, status
from monitor.i18n import day, number
from monitor.models import Status
from monitor.ui import changes, figures, paging
from monitor.ui.address import part
from monitor.ui.officials import labels
from monitor.ui.sentences import on
from monitor.ui.view import t
from monitor.views import session
from monitor.views.kept import per_filter, per_view
from monitor.views.view import PLACES, View, matching

#: With more changes than this, the line is drawn by months.
STEPS = 120
#: The latest changes that are listed under the line, each with its entry.
STEPS_SHOWN = 50
GROUPS = ("measure", "region", "department", "size", "office")
SHOWN = 30


def show_over_time(view: View) -> None:
    st.subheader(t("analyses.over_time", day=on(view)))
    present, figure = _over_time(view, figures.dark())
    figures.show_legend(present, view)
    figures.draw(figure, alt=t("analyses.over_time_alt"), key="over_time")
    st.caption(t("analyses.over_time_help"))
    with figures.unfolded(t("analyses.over_time_table"), "_over_time_table") as wanted:
        if wanted:
            figures.show_table(_over_time_table(view))
    steps = t("analyses.steps", n=number(STEPS_SHOWN, view.lang))
    with figures.unfolded(steps, "_steps") as wanted:
        if wanted:
            changes.show(view, STEPS_SHOWN)


@part
def show_groups(view: View) -> None:
    view = view.without("statut")
    st.subheader(t("analyses.groups", day=on(view)))
    by = paging.order("par", t("analyses.by"), {g: t(f"group_by.{g}") for g in GROUPS})
    figure, table, cut = _groups(view, by, figures.dark())
    figures.draw(figure, alt=t("analyses.groups_alt"), key="intervals")
    if cut:
        st.caption(t("analyses.largest", n=number(SHOWN, view.lang)))
    st.caption(t("analyses.groups_help"))
    figures.show_table(table)


@per_filter
def _series(view: View) -> pd.DataFrame:
    """`status.over_time` of the view."""
    runs = session.runs(view.snapshot, view.log.pact.id, view.known_at)
    return status.over_time(runs, _days(view.whole), _rows(view))


def _present(series: pd.DataFrame) -> list[Status]:
    """The statuses that occur."""
    return [each for each in Status if each is not Status.NOT_APPLICABLE and series[each].any()]


@per_view
def _over_time(view: View, dark: bool) -> tuple[list[Status], charts.Figure]:
    series = _series(view)
    return _present(series), figures.marked(charts.over_time(series, view.lang, dark), view)


@per_view
def _over_time_table(view: View) -> figures.Texts:
    series = _series(view)
    table = {t("column.day"): [day(moment, view.lang) for moment in series["day"]]}
    table[t("column.due")] = [number(value, view.lang) for value in series["due"]]
    for each in _present(series):
        table[t(f"status.{each}")] = [number(value, view.lang) for value in series[each]]
    return figures.texts(pd.DataFrame(table))


@per_view
def _groups(view: View, by: str, dark: bool) -> tuple[charts.Figure, figures.Texts, bool]:
    """(figure of the largest groups, table of all, whether the figure leaves some out)."""
    words = labels(view, by)
    table = indicators.table(view.commitments, by)
    order = {code: place for place, code in enumerate(words)}
    table = table.sort_values("group", key=lambda codes: codes.map(order), ignore_index=True)
    largest = table.sort_values("due", ascending=False, kind="stable").head(SHOWN)
    shown = table[table.index.isin(largest.index)]
    figure = figures.marked(charts.intervals(shown, words, view.lang, dark), view)
    total = indicators.table(view.commitments).assign(group=t("analyses.total"))
    everything = pd.concat([table, total], ignore_index=True)
    heading = t(f"group_by.{by}")
    table = figures.indicator_table(everything, words, heading, view)
    return figure, figures.texts(table), len(shown) < len(everything) - 1


@per_filter
def _days(view: View) -> tuple[date, ...]:
    """Every day on which something changes, when they are few; else the ends of months."""
    start, end = view.pact.term_start, view.day
    if end <= start:
        return (end,)
    known = view.known
    first, last = dates.to_day(start), dates.to_day(end)
    moments = np.concatenate(
        [
            session.changed(view.snapshot, view.log.pact.id, view.known_at)["day"],
            known.starts.ravel(),
            known.ends.ravel() + 1,
        ]
    )
    moments = np.unique(moments[(moments > first) & (moments < last)])
    if len(moments) <= STEPS:
        return tuple(dates.from_day(moment) for moment in [first, *moments, last])
    months = pd.date_range(start, end, freq="ME").date
    return (start, *(month for month in months if start < month < end), end)


def _rows(view: View) -> np.ndarray | None:
    """The commitments that the filters keep whatever the day: by place and by measure."""
    lasting = view.columns(*PLACES, "mesure")
    return matching(view.known.commitments, lasting) if lasting else None

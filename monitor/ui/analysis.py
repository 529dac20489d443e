"""Progress over time, and indicators by group with their bounds."""

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from monitor import charts, dates, indicators
from monitor.i18n import day, number
from monitor.models import Status
from monitor.ui import changes, figures, paging, session
from monitor.ui.officials import labels
from monitor.ui.sentences import on
from monitor.ui.view import COLUMNS, View, t

#: With more changes than this, the line is drawn by months.
STEPS = 120
#: The latest changes that are listed under the line, each with its entry.
STEPS_SHOWN = 50
GROUPS = ("measure", "region", "department", "size", "office")
SHOWN = 30


def show_over_time(view: View) -> None:
    st.subheader(t("analyses.over_time", day=on(view)))
    series = session.series(view.log, view.known_at, _days(view), _place(view))
    figures.show_legend(
        [
            status
            for status in Status
            if status is not Status.NOT_APPLICABLE and series[status].any()
        ],
        view,
    )
    figures.draw(
        charts.over_time(series, view.lang, figures.dark()),
        alt=t("analyses.over_time_alt"),
        key="over_time",
    )
    st.caption(t("analyses.over_time_help"))
    with st.expander(t("analyses.over_time_table")):
        figures.show_table(_series_table(view, series))
    with st.expander(t("analyses.steps", n=number(STEPS_SHOWN, view.lang))):
        changes.show(view, STEPS_SHOWN)


def show_groups(view: View) -> None:
    st.subheader(t("analyses.groups", day=on(view)))
    by = paging.order("par", t("analyses.by"), {g: t(f"group_by.{g}") for g in GROUPS})
    words = labels(view, by)
    table = indicators.table(view.commitments, by)
    order = {code: place for place, code in enumerate(words)}
    table = table.sort_values("group", key=lambda codes: codes.map(order), ignore_index=True)
    largest = table.sort_values("due", ascending=False, kind="stable").head(SHOWN)
    kept = table[table.index.isin(largest.index)]
    figures.draw(
        charts.intervals(kept, words, view.lang, figures.dark()),
        alt=t("analyses.groups_alt"),
        key="intervals",
    )
    if len(kept) < len(table):
        st.caption(t("analyses.largest", n=number(SHOWN, view.lang)))
    st.caption(t("analyses.groups_help"))
    total = indicators.table(view.commitments)
    total["group"] = t("analyses.total")
    everything = pd.concat([table, total], ignore_index=True)
    figures.show_table(figures.indicator_table(everything, words, t(f"group_by.{by}"), view))


def _days(view: View) -> tuple[date, ...]:
    """Every day on which something changes, when they are few; else the ends of months."""
    start, end = view.pact.term_start, view.day
    if end <= start:
        return (end,)
    known = view.known
    first, last = dates.to_day(start), dates.to_day(end)
    moments = np.concatenate(
        [
            session.changed(view.log, view.known_at)["day"],
            known.starts.ravel(),
            known.ends.ravel() + 1,
        ]
    )
    moments = np.unique(moments[(moments > first) & (moments < last)])
    if len(moments) <= STEPS:
        return tuple(dates.from_day(moment) for moment in [first, *moments, last])
    months = pd.date_range(start, end, freq="ME").date
    return (start, *(month for month in months if start < month < end), end)


def _place(view: View) -> tuple[tuple[str, str], ...]:
    """The filters that do not depend on the day: a status or an office is not one of them."""
    fixed = ("region", "departement", "commune", "mesure")
    return tuple((COLUMNS[name], value) for name, value in view.filters.items() if name in fixed)


def _series_table(view: View, series: pd.DataFrame) -> pd.DataFrame:
    present = [
        status for status in Status if status is not Status.NOT_APPLICABLE and series[status].any()
    ]
    table = {t("column.day"): [day(moment, view.lang) for moment in series["day"]]}
    table[t("column.due")] = [number(value, view.lang) for value in series["due"]]
    for status in present:
        table[t(f"status.{status}")] = [number(value, view.lang) for value in series[status]]
    return pd.DataFrame(table)

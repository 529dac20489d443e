"""Progress over time, and indicators by group with their bounds."""

import pandas as pd
import streamlit as st

from monitor.i18n import day, number, plural
from monitor.models import Status
from monitor.read import chart_data, timeline
from monitor.read.cache import per_view
from monitor.read.chart_registry import PICTURES, chart_key, chart_title
from monitor.read.group_incidence import group_curves
from monitor.read.selection import View
from monitor.read.what_if import what_if_table
from monitor.shares import is_enough
from monitor.table_rows import IndicatorRow, read_rows
from monitor.ui import changes, figure_tables, figures
from monitor.ui.address import page_part
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.two_groupings import choose_groupings, show_two_groupings

#: The latest changes that are listed under the line, each with its entry.
STEPS_SHOWN = 10
#: Groups whose tables are not folded: both together are as long as what stands above them.
IN_TABLES = 6
GROUPS = ("theme", "measure", "region", "department", "size", "office")
#: Of these, those that are offered only where they tell anything apart.
TOLD_APART = ("theme", "region", "department", "size", "office")


def show_over_time(view: View) -> None:
    """The statuses over time and, where anything was read, when it was; each with its table."""
    st.header(chart_title(view, "evolution"))
    figures.show_chart("evolution", view)
    st.caption(chart_key(view, "evolution"))
    if PICTURES["lectures"].draw(view, "", figures.is_dark()):
        st.subheader(chart_title(view, "lectures"))
        figures.show_folding_chart("lectures", view)
    with figures.fold_part(t("analyses.over_time_table"), "_over_time_table") as wanted:
        if wanted:
            figures.show_table(_over_time_table(view))
    _show_steps(view)


def _show_steps(view: View) -> None:
    """The latest changes, each with its entry; and where those before them are."""
    found = timeline.count_changes(view)
    if not found:
        return
    words = plural("analyses.steps", found, view.lang)
    if found > STEPS_SHOWN:
        shown, all_of = (number(each, view.lang) for each in (STEPS_SHOWN, found))
        words = t("analyses.last_steps", n=shown, total=all_of)
    with figures.fold_part(words, "_steps") as wanted:
        if wanted:
            changes.show_recent_changes(view, STEPS_SHOWN)
            if found > STEPS_SHOWN:
                st.markdown(t("analyses.older_steps", log=view.url("actions")))


@page_part
def show_assumptions(view: View) -> None:
    """What the bounds become under assumptions; nothing where everything is assessed, or too little."""
    view = view.of_every_status
    if not len(what_if_table(view)):
        return
    st.header(chart_title(view, "hypotheses"))
    figures.show_chart("hypotheses", view)
    st.caption(chart_key(view, "hypotheses"))


@page_part
def show_groups(view: View) -> None:
    """The indicators by one or two groupings, as bars and as a table."""
    view = view.of_every_status
    heading = st.container()
    groups = [
        group
        for group in GROUPS
        if group not in TOLD_APART
        or chart_data.has_several_groups(view, group)
        or group == st.query_params.get("par") == "office"  # once offered to every pact
    ]
    by, then = choose_groupings({group: t(f"group_by.{group}") for group in groups})
    heading.header(chart_title(view, "effort", by))
    _show_effort(view, by)
    if then:
        show_two_groupings(view, by, then)
    _show_curves(view, by)
    st.header(chart_title(view, "intervalles", by))
    figures.show_chart("intervalles", view, by)
    table, most = chart_data.indicators_by_group(view, by), chart_data.most_bars(view, by)
    if (
        len(table) > most
        and is_enough(table["due"], table["officials"]).any()
        and table["assessed"].any()
    ):
        st.caption(t("analyses.largest", n=number(most, view.lang)))
    figure = PICTURES["intervalles"].draw(view, by, figures.is_dark())
    key = "" if figure and figure.sentence else chart_key(view, "intervalles")
    if words := f"{key} {_likeness(view, by)}".strip():
        st.caption(words)
    if len(table) <= IN_TABLES:
        _show_tables(view, by)
        return
    with figures.fold_part(t("measures.groups_table"), "_groups_table") as wanted:
        if wanted:
            _show_tables(view, by)


def _show_effort(view: View, by: str) -> None:
    """Who was looked at stands above every comparison; folded where the groups are many."""
    many = len(chart_data.indicators_by_group(view, by)) > figures.MOST_GROUPS
    with figures.fold_part(t("effort.open"), f"_effort_{by}", opened=not many) as wanted:
        if wanted:
            figures.show_chart("effort", view, by)
            st.caption(chart_key(view, "effort"))


def _show_curves(view: View, by: str) -> None:
    """How long it takes in each group, folded; nothing where no two groups have a curve."""
    if not group_curves(view, by):
        return
    st.header(chart_title(view, "delais-groupes", by))
    with figures.fold_part(t("group_curves.open"), f"_group_curves_{by}") as wanted:
        if wanted:
            figures.show_chart("delais-groupes", view, by)
            st.caption(chart_key(view, "delais-groupes"))


def _show_tables(view: View, by: str) -> None:
    known, figures_of = _groups_tables(view, by)
    figures.show_table(known)
    with st.container(key="bilans"):
        figures.show_table(figures_of)


def _likeness(view: View, by: str) -> str:
    """Whether the groups are compared like with like, and how to."""
    if by == "size":
        return ""
    binding = view.pact.binding_offices if view.pact.offices_said else [""]
    held = [view.filters["fonction"]] if "fonction" in view.filters else binding
    if by != "office" and len({view.pact.level_of(office) for office in held}) > 1:
        return t("analyses.unlike_levels")
    size = view.filters.get("taille")
    if size is None:
        return t("analyses.unlike") if chart_data.has_several_groups(view, "size") else ""
    offices = md(", ".join(view.office(office) for office in held))
    return t("analyses.alike", size=t(f"size.{size}"), office=offices)


@per_view
def _over_time_table(view: View) -> figures.Texts:
    series = timeline.status_series(view)
    table = {t("column.day"): [day(moment, view.lang) for moment in series["day"]]}
    table[t("column.due")] = [number(value, view.lang) for value in series["due"]]
    for each in timeline.layers_in_series(view):
        table[t(f"status.{each}")] = [number(value, view.lang) for value in series[each]]
    if series["ended"].any():
        table[t("analyses.ended_as")] = [_ended(row, view) for row in series.to_dict("records")]
    return figures.table_texts(pd.DataFrame(table), series["day"].to_list())


def _ended(row: dict, view: View) -> str:
    """How what has ended stood while it last bound: « mis en œuvre : 3, non évalué : 9 »."""
    counts = {status: row[f"ended_{status}"] for status in Status if row[f"ended_{status}"]}
    words = (
        t("analyses.ended_count", status=t(f"status.{status}"), n=number(count, view.lang))
        for status, count in counts.items()
    )
    return t("sentence.comma").join(words) or "–"


@per_view
def _groups_tables(view: View, by: str) -> tuple[figures.Texts, figures.Texts]:
    """All the groups, then their total: what is known of them, and their indicators."""
    total = chart_data.total_indicators(view)._replace(group=t("analyses.total"))
    everything = [*read_rows(IndicatorRow, chart_data.indicators_by_group(view, by)), total]
    heading, words = figure_tables.group_heading(by), chart_data.group_labels(view, by)
    known, indicators = (
        figures.table_texts(make(everything, words, heading, view))
        for make in (figure_tables.knowledge_table, figure_tables.indicator_table)
    )
    return known, indicators

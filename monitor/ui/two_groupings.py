"""Indicators by two things at once, as programs and commands count them: the choice, and the table."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from monitor.export import SPREADSHEETS
from monitor.export.forms import form_words
from monitor.i18n import day
from monitor.models import GroupBy
from monitor.read import chart_data, files
from monitor.read.cache import per_view
from monitor.read.selection import View
from monitor.table_rows import IndicatorRow, read_rows
from monitor.ui import figure_tables, figures
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import t

NAME = "par"


def choose_groupings(words: Mapping[str, str]) -> tuple[str, str]:
    """By what, and by what within that ("" for nothing): the address says both, as for programs
    (`par=size,measure`); one alone that comes first is not written. What it asks for and does not exist
    is said."""
    default, *_ = words
    asked = st.query_params.get(NAME, default)
    first, comma, then = asked.partition(",")
    if first not in words or (comma and (then not in words or then == first)):
        st.warning(t("frame.unknown_value", name=NAME, value=md(asked[:80])))
        first, then = first if first in words else default, ""
    keys = f"_{NAME}", f"_{NAME}_then"
    st.session_state[keys[0]], st.session_state[keys[1]] = first, then

    def changed() -> None:
        by, within = (st.session_state[key] for key in keys)
        both = by if within in ("", by) else f"{by},{within}"
        write_address(**{NAME: None if both == default else both})

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            t("analyses.by"),
            list(words),
            format_func=words.__getitem__,
            key=keys[0],
            on_change=changed,
            required=True,
            wrap=True,
        )
        if others := [one for one in words if one != first]:
            st.selectbox(
                t("data.by_then"),
                ["", *others],
                format_func=lambda one: words[one] if one else t("data.by_no_more"),
                key=keys[1],
                on_change=changed,
                width=220,
            )
    return first, then


def show_two_groupings(view: View, by: str, then: str) -> None:
    """The indicators of each group within each, folded at first where they are many, and their file."""
    names = {"first": t(f"group_by.{by}"), "then": t(f"group_by.{then}")}
    st.header(t("analyses.by_both", day=day(view.day, view.lang), **names))
    few = len(chart_data.indicators_by_two(view, by, then)) <= chart_data.LARGEST
    key = f"_both_{by}_{then}"
    with figures.fold_part(t("measures.groups_table"), key, opened=few) as wanted:
        if wanted:
            _show_table(view, by, then)


def _show_table(view: View, by: str, then: str) -> None:
    with st.container(key="bilans_deux"):
        figures.show_table(_texts(view, by, then))
    both = GroupBy(by), GroupBy(then)
    links = ", ".join(
        f"[{form_words(form, view.lang)}]({files.table_address(view, 'indicators', form, both)})"
        for form in SPREADSHEETS
    )
    st.markdown(f":small[{t('analyses.by_both_files', files=links)}]")


@per_view
def _texts(view: View, by: str, then: str) -> figures.Texts:
    """A line a group within a group: their names, then their indicators."""
    found = chart_data.indicators_by_two(view, by, then)
    first, second = (
        [labels.get(code, code) for code in found[column].to_list()]
        for column, labels in ((one, chart_data.group_labels(view, one)) for one in (by, then))
    )
    rows = read_rows(IndicatorRow, found.assign(group=found[by]))
    table = figure_tables.indicator_table(rows, {}, figure_tables.group_heading(by), view)
    table[figure_tables.group_heading(by)] = first
    table.insert(1, figure_tables.group_heading(then), pd.Series(second, dtype="str"))
    return figures.table_texts(table)

"""All groups of officials by the measures, as a table under the chart of the largest."""

import pandas as pd
import streamlit as st

from monitor import charts
from monitor.i18n import number
from monitor.read import chart_data
from monitor.read.cache import per_view
from monitor.read.selection import View
from monitor.shares import share_of
from monitor.table_rows import CrossedRow, read_rows
from monitor.titles import number_title
from monitor.ui import figures, paging
from monitor.ui.page_run import t

#: Cells of a page of the table: they are tall where measures are many.
CELLS = 54


def show_crossed_table(view: View, by: str, heading: str) -> None:
    """The table of all groups by the measures, folded: the chart shows the largest."""
    shown = chart_data.most_groups(view)
    if chart_data.indicators_by_group_and_measure(view, by)[by].nunique() > shown:
        st.caption(t("analyses.largest", n=number(shown, view.lang)))
    with figures.fold_part(t("measures.groups_table"), f"_crossed_{by}") as wanted:
        if wanted:
            figures.show_table(_crossed(view, by, heading, *_rows_shown(view, by)))


def _rows_shown(view: View, by: str) -> tuple[int, int]:
    """From which group to which a page of the table goes: all of them where it scrolls by itself."""
    count = len(_cells(view, by))
    size = max(1, CELLS // len(view.kept_titles))
    if count > figures.PLAIN_ROWS:
        return 0, count
    page = paging.page_of(count, size, "page_groupes")
    return page.start, page.stop


@per_view
def _crossed(view: View, by: str, heading: str, start: int, stop: int) -> figures.Texts:
    words, titles = chart_data.group_labels(view, by), view.kept_titles
    cells = dict([*_cells(view, by).items()][start:stop])
    table = {heading: [words.get(code, code) for code in cells]}
    for measure, title in titles.items():
        table[number_title(measure, title)] = [each.get(measure, "–") for each in cells.values()]
    return figures.table_texts(pd.DataFrame(table))


@per_view
def _cells(view: View, by: str) -> dict[str, dict[str, str]]:
    """What the table says of each group, by measure."""
    cells: dict[str, dict[str, str]] = {}
    crossed = chart_data.indicators_by_group_and_measure(view, by).rename(columns={by: "group"})
    for row in read_rows(CrossedRow, crossed):
        if row.due:
            cells.setdefault(row.group, {})[row.measure] = _cell(row, view.lang)
    return cells


def _cell(row: CrossedRow, lang: str) -> str:
    """One group and one measure, both wholes and the effort; no percentage of too few."""
    ever = {name: number(getattr(row, name), lang) for name in ("implemented_ever", "due_ever")}
    more = t("measures.groups_cell_more", effort=charts.assessment_effort(row, lang), **ever)
    return f"{_on_the_day(row, lang)} {more}"


def _on_the_day(row: CrossedRow, lang: str) -> str:
    counts = {name: number(getattr(row, name), lang) for name in ("implemented", "assessed", "due")}
    if not row.assessed:
        return t("measures.groups_cell_unseen", **counts)
    least = share_of(row, "rate_low")
    if not least.enough:
        return t("measures.groups_cell_few", **counts)
    shares = {"share": least.percent(lang), "coverage": share_of(row, "coverage").percent(lang)}
    return t("measures.groups_cell", **shares, **counts)

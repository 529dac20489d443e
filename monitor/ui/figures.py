"""A chart on a page: its title says what is counted and as of when; its table stands beside it."""

from collections.abc import Iterable, Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from monitor import charts
from monitor.charts import SIGNS
from monitor.i18n import number, percent
from monitor.models import Status
from monitor.ui.view import View, t
from monitor.ui.words import md

CONFIG = {"displayModeBar": False, "scrollZoom": False, "showTips": False}
#: Above this, a table is drawn by the browser as it scrolls; below, it is a plain HTML table.
PLAIN_ROWS = 40
#: Fewer due commitments than this: no percentage.
FEW = 5


def dark() -> bool:
    """Whether the reader's page is dark."""
    return st.context.theme.type == "dark"


def draw(figure: go.Figure, alt: str, key: str, config: Mapping | None = None, **options):
    """The figure over the whole width, with a text for who cannot see it."""
    return st.plotly_chart(
        figure, theme=None, key=key, config={**CONFIG, **(config or {})}, alt=alt, **options
    )


def marked(figure: go.Figure, view: View) -> go.Figure:
    """The figure; that of a fictional pact says so across itself, for it may be cut out."""
    if view.pact.fictional:
        figure.add_annotation(
            text=t("frame.fictional_mark"), x=0.5, y=0.5, xref="paper", yref="paper",
            showarrow=False, opacity=0.18, font={"size": 30, "color": charts.ink(dark())},
        )  # fmt: skip
    return figure


def show_legend(present: Iterable[str], view: View) -> None:
    """Colour, sign and word of the statuses that a chart shows, in the order of every legend."""
    statuses = [status for status in Status if status in set(present)]
    if statuses:
        # Constants only: no text from data ever goes into HTML.
        st.html(charts.legend(statuses, view.lang, dark()))


def show_table(table: pd.DataFrame, markdown: str | None = None) -> None:
    """A table of texts: HTML while it is short, so that it is read aloud, printed and copied.

    `markdown`: a column whose cells are markdown already; all others are shown as they are.
    """
    if len(table) <= PLAIN_ROWS or markdown:
        plain = table.apply(lambda cells: cells if cells.name == markdown else cells.map(md))
        plain.columns = [md(name) for name in table.columns]
        st.table(plain.set_index(plain.columns[0]), border="horizontal")
    else:
        st.dataframe(table, hide_index=True)


def status_table(counts: pd.DataFrame, labels: Mapping[str, str], view: View) -> pd.DataFrame:
    """Counts by status in words: one line per status that occurs, a column per measure."""
    present = [status for status in Status if counts[status].any()]
    due = counts.drop(columns=[Status.NOT_APPLICABLE]).sum(axis=1)
    words = [*(f"{SIGNS[status]} {t(f'status.{status}')}" for status in present), t("column.due")]
    table = {t("filter.status"): words}
    for code in counts.index:
        values = [*counts.loc[code, present], due[code]]
        table[f"{code}. {labels.get(code, code)}"] = [number(value, view.lang) for value in values]
    return pd.DataFrame(table)


def indicator_table(
    table: pd.DataFrame, labels: Mapping[str, str], heading: str, view: View
) -> pd.DataFrame:
    """Indicators in words. A group of fewer than five has counts, and no percentage."""
    lang = view.lang
    rows = []
    for row in table.itertuples():
        rate = "–"
        if row.due >= FEW:
            values = (percent(value, lang) for value in (row.rate, row.rate_low, row.rate_high))
            rate = t("column.rate_of", **dict(zip(("rate", "low", "high"), values, strict=True)))
        covered = f" ({percent(row.coverage, lang)})" if row.due >= FEW else ""
        rows.append(
            (
                labels.get(row.group, row.group),
                f"{number(row.assessed, lang)} / {number(row.due, lang)}{covered}",
                f"{number(row.implemented, lang)} ({number(row.partly, lang)})",
                rate,
            )
        )
    columns = [heading, t("column.assessed"), t("column.implemented"), t("column.rate")]
    return pd.DataFrame(rows, columns=columns)

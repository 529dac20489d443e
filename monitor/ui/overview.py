"""The overview's figures: the funnel, and the statuses of each measure."""

import pandas as pd
import plotly.graph_objects as go

from monitor import charts, indicators
from monitor.ui import figures, session
from monitor.ui.view import View, t


@session.per_view
def funnel(view: View) -> dict[str, int]:
    """`indicators.funnel` of the view."""
    return indicators.funnel(view.people, view.commitments)


def show_measures(view: View) -> None:
    """Commitments by status, one bar a measure, and the same figures as a table."""
    present, figure, table = _measures(view, figures.dark())
    figures.show_legend(present, view)
    figures.draw(figure, alt=t("overview.by_measure_alt"), key="by_measure")
    figures.show_table(table)


@session.per_view
def _measures(view: View, dark: bool) -> tuple[list[str], go.Figure, pd.DataFrame]:
    counts = indicators.by_status(view.commitments, "measure")
    figure = charts.by_measure(counts, view.titles, view.lang, dark)
    present = list(counts.columns[counts.any()])
    return present, figures.marked(figure, view), figures.status_table(counts, view.titles, view)

"""The overview's figures: the funnel, and the statuses of each measure."""

from monitor import charts, indicators
from monitor.ui import figures
from monitor.ui.view import t
from monitor.views.kept import per_view
from monitor.views.view import View


@per_view
def funnel(view: View) -> dict[str, int]:
    """`indicators.funnel` of the view."""
    return indicators.funnel(view.people, view.commitments)


def show_measures(view: View) -> None:
    """Commitments by status, one bar a measure, and the same figures as a table."""
    present, figure, table = _measures(view, figures.dark())
    figures.show_legend(present, view)
    figures.draw(figure, alt=t("overview.by_measure_alt"), key="by_measure")
    figures.show_table(table)


@per_view
def _measures(view: View, dark: bool) -> tuple[list[str], charts.Figure, figures.Texts]:
    counts = indicators.by_status(view.commitments, "measure")
    figure = charts.by_measure(counts, view.titles, view.lang, dark)
    present = list(counts.columns[counts.any()])
    table = figures.status_table(counts, view.titles, view)
    return present, figures.marked(figure, view), figures.texts(table)

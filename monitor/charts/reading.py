"""How much was read of each month: bars under a line of time."""

import pandas as pd

from monitor.charts.style import LINE, QUIET, Figure, bare_figure
from monitor.charts.time import ENDS, LEFT, date_axis
from monitor.dates import date_interval
from monitor.i18n import number, text

#: Pixels: the bars; what stands above them, and below.
BARS, ABOVE, BELOW = 90, 26, 30


def month_bars(table: pd.DataFrame, lang: str, dark: bool = False) -> Figure:
    """One bar a month, as wide as the line of time. `table`: `read.timeline.entries_by_month`."""
    figure = bare_figure(dark, BARS + ABOVE + BELOW)
    most = int(table["entries"].max())
    figure.trace(
        "bar",
        x=[f"{month}-15" for month in table["month"]],
        y=table["entries"].to_list(),
        marker={"color": QUIET[dark]},
        customdata=[number(count, lang) for count in table["entries"]],
        hovertemplate="%{customdata}<extra></extra>",
    )
    first, last = (date_interval(table["month"].iloc[at]) for at in (0, -1))
    figure.xaxis(**date_axis(first.first, last.last, lang), showline=True, linecolor=LINE[dark])
    figure.yaxis(
        range=[0, max(most, 1)],
        tickvals=[0, most],
        ticktext=[number(tick, lang) for tick in (0, most)],
        automargin=False,
    )
    figure.note_above(text("chart.month_bars", lang), QUIET[dark], left=LEFT, up=6)
    figure.layout["margin"] = {"l": LEFT, "r": ENDS, "t": ABOVE, "b": BELOW}
    return figure

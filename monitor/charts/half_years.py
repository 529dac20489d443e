"""The chance of an event within each half-year, as bars from the first to the last."""

import pandas as pd

from monitor.charts.cells import NAMED
from monitor.charts.style import (
    FONT,
    INK,
    LINE,
    PAPER,
    QUIET,
    Figure,
    bare_figure,
    status_colour,
)
from monitor.charts.swatches import line_colour
from monitor.i18n import number, percent, text
from monitor.models import THIN, Status
from monitor.shares import exact_percent, is_enough
from monitor.table_rows import HalfYearRow, read_rows

#: Pixels: a half-year, its bar, the room of its name at the left, a letter of its words at the right.
ROW, BAR, LEFT, LETTER = 30, 18, 34, 6
#: The least share that the axis ends at: what chance makes of nothing does not fill it.
LEAST = 0.05


def half_year_bars(table: pd.DataFrame, status: Status, lang: str, dark: bool = False) -> Figure:
    """One bar a half-year, its share of what waited at its start; both numbers stand behind it, and a
    line is what chance alone would move. Of too few, the numbers alone; hollow below THIN.

    `table`: `read.half_years.half_year_table` of one event; `status`: whose colour the bars have.
    """
    rows = read_rows(HalfYearRow, table)
    enough = [bool(is_enough(row.at_risk, row.officials)) for row in rows]
    drawn = [row for row, shown in zip(rows, enough, strict=True) if shown]
    figure = bare_figure(dark, ROW * len(rows) + 54)
    fill, edge = status_colour(status, dark), line_colour(status, dark)
    figure.trace(
        "bar",
        orientation="h",
        x=[row.share for row in drawn],
        y=[row.half_year for row in drawn],
        width=BAR / ROW,
        marker={
            "color": [PAPER[dark] if row.at_risk < THIN else fill for row in drawn],
            "line": {"color": edge, "width": 1},
        },
        hoverinfo="skip",
    )
    for row in drawn:
        for width, colour in ((5, PAPER[dark]), (1.5, INK[dark])):  # seen on the bar, and beside it
            figure.shape(
                "line",
                x0=row.low,
                x1=row.high,
                y0=row.half_year,
                y1=row.half_year,
                line={"width": width, "color": colour},
            )
    highest = max([LEAST, *(row.high for row in drawn)])
    labels = [_label(row, shown, lang) for row, shown in zip(rows, enough, strict=True)]
    longest = max(map(len, labels))
    for row, label in zip(rows, labels, strict=True):
        figure.note(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=row.half_year,
            align="left",
            text=label,
            font={"size": FONT - 1, "color": INK[dark]},
        )
    figure.yaxis(
        range=[len(rows) + 0.6, 0.4],
        tickvals=[row.half_year for row in rows],
        ticktext=[number(row.half_year, lang) for row in rows],
        automargin=False,
        **NAMED,
    )
    ticks = [0, _round(highest)]
    figure.xaxis(
        range=[0, max(highest, ticks[1])],
        tickvals=ticks,
        ticktext=[percent(tick, lang) for tick in ticks],
        showline=True,
        linecolor=LINE[dark],
    )
    figure.note_above(text("chart.half_years", lang), QUIET[dark], left=LEFT, up=4, size=FONT - 2)
    figure.layout["margin"] = {"l": LEFT, "r": 12 + LETTER * longest, "t": 26, "b": 28}
    figure.in_full = {"margin": {"r": 2 * longest}}
    return figure


def _label(row: HalfYearRow, shown: bool, lang: str) -> str:
    """Both numbers of a half-year, after its share where it may be shown."""
    numbers = text(
        "share.count", lang, part=number(row.happened, lang), base=number(row.at_risk, lang)
    )
    return f"{exact_percent(row.share, lang, 1)} · {numbers}" if shown else numbers


def _round(highest: float) -> float:
    """The largest tick that is not beyond the longest line: a share that is read at a glance."""
    return next(step for step in (1, 0.5, 0.25, 0.2, 0.1, 0.05, 0.02, 0.01, 0) if step <= highest)

"""The share implemented, under some assumptions about what nobody assessed."""

import pandas as pd

from monitor.charts.cells import NAMED
from monitor.charts.style import (
    FONT,
    INK,
    LEADING,
    LINE,
    QUIET,
    Figure,
    bare_figure,
    status_colour,
    wrap_text,
)
from monitor.i18n import number, percent, text
from monitor.models import Status
from monitor.shares import exact_percent
from monitor.table_rows import WhatIfRow, read_rows

#: Pixels: a line, its bar, the room at the left of them all and at the right.
ROW, BAR, LEFT, RIGHT = 34, 16, 46, 62
#: Letters of a line on a telephone.
LETTERS = 50


def what_if_bars(table: pd.DataFrame, lang: str, dark: bool = False) -> Figure:
    """One bar of the whole for each assumption: filled, what is known to be implemented; outlined, what
    the assumption adds. `table`: `read.what_if.what_if_table`."""
    rows = read_rows(WhatIfRow, table)
    fill = status_colour(Status.IMPLEMENTED, dark)
    figure = bare_figure(dark, ROW * len(rows) + 28, barmode="stack")
    known = rows[0].share
    for parts, colour in (
        ([known for _ in rows], fill),
        ([row.share - known for row in rows], "rgba(0,0,0,0)"),
    ):
        figure.trace(
            "bar",
            orientation="h",
            x=parts,
            y=list(range(len(rows))),
            width=BAR / ROW,
            marker={"color": colour, "line": {"color": fill, "width": 1}},
            hoverinfo="skip",
        )
    for place, row in enumerate(rows):
        figure.note(
            x=row.share,
            xanchor="left",
            xshift=6,
            y=place,
            text=exact_percent(row.share, lang, bound="" if row.times else "low"),
            font={"size": FONT - 1, "color": INK[dark]},
        )
    figure.yaxis(
        range=[len(rows) - 0.4, -0.6],
        tickvals=list(range(len(rows))),
        ticktext=[number(row.times, lang, 0 if row.times in (0, 1) else 2) for row in rows],
        automargin=False,
        **NAMED,
    )
    figure.xaxis(
        range=[0, 1],
        tickvals=[0, 0.5, 1],
        ticktext=[percent(tick, lang) for tick in (0, 0.5, 1)],
        showline=True,
        linecolor=LINE[dark],
    )
    words = text("chart.what_if", lang)
    lines = wrap_text(words, LETTERS)
    figure.note_above("<br>".join(lines), QUIET[dark], left=LEFT, up=4, size=FONT - 2)
    figure.in_full = {"words": {"<br>".join(lines): words}}
    above = 8 + LEADING * len(lines)
    figure.layout["height"] += above
    figure.layout["margin"] = {"l": LEFT, "r": RIGHT, "t": above, "b": 28}
    return figure

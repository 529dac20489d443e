"""Groups beside the whole: a point each, between the limits that chance alone would keep to."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from monitor.charts.style import (
    ACCENT,
    FONT,
    INK,
    LEADING,
    LINE,
    PAPER,
    QUIET,
    UNKNOWN,
    Figure,
    bare_figure,
    escape_text,
    wrap_text,
)
from monitor.i18n import number, percent, plural, text
from monitor.models import FEW, HORIZON, THIN
from monitor.shares import exact_percent
from monitor.table_rows import FunnelRow, read_rows

#: Pixels: the points; the room at the left, and above them.
POINTS, LEFT, ABOVE = 360, 46, 14 + 4 * LEADING
#: Letters of a line on a telephone.
LETTERS = 44


def group_points(
    table: pd.DataFrame,
    limits: pd.DataFrame,
    share: float,
    labels: Mapping[str, str],
    lang: str,
    dark: bool = False,
) -> Figure:
    """The rate of each group by how many of its commitments are assessed; the whole as a line, and two
    pairs of limits of chance. All points are alike, hollow below THIN, pale where less than half was
    looked at or the last look is old; a name stands only beyond the outer limits.

    `table`: that of `read.funnel.group_funnel`; `limits`: `read.funnel.limit_lines`; `share`: the whole.
    """
    figure = bare_figure(dark, ABOVE + POINTS + 44)
    for names, look in (
        (("outer_low", "outer_high"), {"width": 1.2, "dash": "dot"}),
        (("inner_low", "inner_high"), {"width": 1.2}),
    ):
        for name in names:
            figure.trace(
                "scatter",
                x=limits["assessed"].to_list(),
                y=limits[name].to_list(),
                mode="lines",
                line={"color": QUIET[dark], **look},
                hoverinfo="skip",
            )
    most = float(limits["assessed"].iloc[-1])
    figure.shape(
        "line", x0=0, x1=most, y0=share, y1=share, line={"color": ACCENT[dark], "width": 1.5}
    )
    rows = read_rows(FunnelRow, table)
    unseen = ((table["coverage"] < 0.5) | (table["months_since_entry"] > HORIZON)).to_list()
    hollow = (table["assessed"] < THIN).to_list()
    colours = [UNKNOWN[dark] if pale else QUIET[dark] for pale in unseen]
    figure.trace(
        "scatter",
        x=table["assessed"].to_list(),
        y=table["rate"].to_list(),
        mode="markers",
        marker={
            "size": 10,
            "color": [
                PAPER[dark] if empty else colour
                for empty, colour in zip(hollow, colours, strict=True)
            ],
            "line": {"width": 1.5, "color": QUIET[dark]},
        },
        customdata=[
            [
                escape_text(labels.get(row.group, row.group)),
                text(
                    "chart.funnel_point",
                    lang,
                    implemented=number(row.implemented, lang),
                    expected=number(row.expected, lang, 1),
                    assessed=number(row.assessed, lang),
                ),
            ]
            for row in rows
        ],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )
    for row in (each for each in rows if each.outside == 2):
        figure.note(
            x=row.assessed,
            y=row.rate,
            xanchor="left" if row.assessed < most / 2 else "right",
            xshift=8 if row.assessed < most / 2 else -8,
            text=escape_text(labels.get(row.group, row.group)),
            bgcolor=PAPER[dark],  # the limits pass there
            borderpad=1,
            font={"size": FONT - 1, "color": INK[dark]},
        )
    highest = min(1.0, max(table["rate"].max(), limits["inner_high"].iloc[0]) + 0.05)
    ticks = [tick / 10 for tick in range(11) if tick / 10 <= highest]
    figure.yaxis(
        range=[-0.02, highest],
        tickvals=ticks,
        ticktext=[percent(tick, lang) for tick in ticks],
        automargin=False,
    )
    figure.xaxis(
        range=[0, most * 1.03],
        tickvals=(steps := _steps(most)),
        ticktext=[number(step, lang) for step in steps],
        showline=True,
        linecolor=LINE[dark],
    )
    said = (
        text("chart.funnel_whole", lang, share=exact_percent(share, lang, 1)),
        plural("chart.funnel_key", THIN, lang),
    )
    lines = (escape_text(line) for words in said for line in wrap_text(words, LETTERS))
    figure.note_above("<br>".join(lines), QUIET[dark], left=LEFT)
    figure.note(
        text=text("chart.funnel_axis", lang),
        x=1,
        xref="paper",
        xanchor="right",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-24,
        font={"size": FONT - 2, "color": QUIET[dark]},
    )
    figure.layout["margin"] = {"l": LEFT, "r": 10, "t": ABOVE, "b": 44}
    return figure


def _steps(most: float) -> list[int]:
    """Round numbers from FEW up, at most five."""
    step = next(
        each * 10**power
        for power in range(9)
        for each in (1, 2, 5)
        if most / (each * 10**power) <= 5
    )
    return [FEW, *(int(each) for each in np.arange(step, most + 1, step) if each > 2 * FEW)]

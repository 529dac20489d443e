"""Groups beside the whole: a point each, between the limits that chance alone would keep to."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor.charts.style import (
    FONT,
    INK,
    LEADING,
    LINE,
    PAPER,
    QUIET,
    Figure,
    bare_figure,
    escape_text,
    key_lines,
    wrap_text,
)
from monitor.i18n import number, percent, plural, text
from monitor.models import FEW, HORIZON, THIN
from monitor.shares import exact_percent
from monitor.table_rows import FunnelRow, read_rows

#: Pixels: the points; the room at the left.
POINTS, LEFT = 360, 46
#: The same of the points' width on a telephone, and of a letter of a name.
WIDE, LETTER = 290, 7
#: What little was seen of: paler than the others, and darker than the page (on light, on dark).
PALE = ("#B4BDC5", "#55616B")
#: Letters of a line on a telephone, and in a picture.
LETTERS, IN_FULL = 44, 120


def group_points(
    table: pd.DataFrame,
    limits: pd.DataFrame,
    share: float,
    labels: Mapping[str, str],
    lang: str,
    dark: bool = False,
    alike: bool = False,
) -> Figure:
    """The rate of each group by how many of its commitments are assessed; the whole as a line, and two
    pairs of limits of chance. All points are alike, hollow below THIN, pale where less than half was
    looked at or the last look is old; a name stands only beyond the outer limits.

    `table`: that of `read.funnel.group_funnel`; `limits`: `read.funnel.limit_lines`; `share`: the whole;
    `alike`: whether each is set beside what the whole would make of its like.
    """
    key, whole = (_key(share, alike, letters, lang, dark) for letters in (LETTERS, IN_FULL))
    above = 12 + LEADING * len(key)
    figure = bare_figure(dark, above + POINTS + 44)
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
        "line", x0=FEW, x1=most, y0=share, y1=share, line={"color": INK[dark], "width": 2.5}
    )
    rows = read_rows(FunnelRow, table)
    unseen = ((table["coverage"] < 0.5) | (table["months_since_entry"] > HORIZON)).to_list()
    hollow = (table["assessed"] < THIN).to_list()
    colours = [PALE[dark] if pale else QUIET[dark] for pale in unseen]
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
    highest = min(1.0, max(table["rate"].max(), limits["inner_high"].iloc[0]) + 0.05)
    named = [
        (row.assessed / most, row.rate / highest, labels.get(row.group, row.group))
        for row in rows
        if row.outside == 2
    ]
    for (x, y, words), (side, up) in zip(named, _place_names(named), strict=True):
        figure.note(
            x=x * most,
            y=y * highest,
            xanchor=side,
            xshift=8 if side == "left" else -8,
            yshift=up,
            text=escape_text(words),
            borderpad=0,
            font={"size": FONT - 1, "color": INK[dark]},
        )
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
    figure.note_above("<br>".join(key), INK[dark], left=LEFT)
    figure.in_full = {"words": {"<br>".join(key): "<br>".join(whole)}}
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
    figure.layout["margin"] = {"l": LEFT, "r": 10, "t": above, "b": 44}
    return figure


def _key(share: float, alike: bool, letters: int, lang: str, dark: bool) -> list[str]:
    """What each mark is, after a piece of it, on lines of so many letters."""
    marks = [
        ("━━", INK, text("chart.funnel_whole", lang, share=exact_percent(share, lang, 1))),
        ("──", QUIET, text("chart.funnel_inner", lang)),
        ("····", QUIET, text("chart.funnel_outer", lang)),
        ("○", QUIET, plural("chart.funnel_key", THIN, lang)),
        ("●", PALE, text("chart.funnel_pale", lang)),
    ]
    lines = [
        line
        for piece, colours, words in marks
        for line in key_lines(piece, colours[dark], words, letters)
    ]
    if alike:
        lines += map(escape_text, wrap_text(text("chart.funnel_alike", lang), letters))
    return lines


def _place_names(named: Sequence[tuple[float, float, str]]) -> list[tuple[str, int]]:
    """At which side of its point each name stands, and by how many pixels above it: over no other name
    and no other named point, on a telephone. `named`: where, in shares of width and height."""
    taken = [_Box(WIDE * x - 6, POINTS * y - 6, WIDE * x + 6, POINTS * y + 6) for x, y, _ in named]
    places = []
    for x, y, words in named:
        length, found = LETTER * len(words), None
        for up, side in product((0, 16, -16, 32, -32, 48, -48), ("left", "right")):
            start = WIDE * x + (8 if side == "left" else -8 - length)
            low = POINTS * y + up - LEADING / 2 + 1
            box = _Box(start, low, start + length, low + LEADING - 2)
            inside = box.left >= 0 and box.right <= WIDE + 10 and box.low >= -10
            found = found or (box, side, up)
            if inside and not any(box.meets(other) for other in taken):
                found = (box, side, up)
                break
        box, side, up = found or (taken[0], "left", 0)
        taken.append(box)
        places.append((side, up))
    return places


class _Box(NamedTuple):
    left: float
    low: float
    right: float
    high: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.high
            and other.low < self.high
        )


def _steps(most: float) -> list[int]:
    """Round numbers from FEW up, at most five."""
    step = next(
        each * 10**power
        for power in range(9)
        for each in (1, 2, 5)
        if most / (each * 10**power) <= 5
    )
    return [FEW, *(int(each) for each in np.arange(step, most + 1, step) if each >= 2 * FEW)]

"""How long it takes, group by group: the same curves in small panels on one scale."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from monitor.charts.curves import curve_key, draw_curve
from monitor.charts.style import (
    FONT,
    INK,
    LEADING,
    LINE,
    QUIET,
    Figure,
    bare_figure,
    escape_text,
    wrap_text,
    write_lines,
)
from monitor.dates import YEAR
from monitor.i18n import number, percent

#: Pixels: the curves of a panel, its ticks below, what separates two; the room of shares at the left, of
#: what the curves come to at the right.
CURVES, TICKS, APART, LEFT, RIGHT = 104, 24, 14, 46, 54
#: Letters of a line on a telephone, and the room of a label in pixels.
LETTERS, LABEL = 44, 17
#: The curves of a panel.
NAMES = ("decided", "implemented")


class Panel(NamedTuple):
    """One group. `head`: its name; `under`: lines of words below it; `steps`: years, decided and
    implemented (shares), empty where there is no curve."""

    head: str
    under: Sequence[str]
    steps: pd.DataFrame


def group_curves(
    panels: Sequence[Panel],
    lang: str,
    dark: bool = False,
) -> Figure:
    """The shares of commitments that were ever decided, and ever implemented, by the years since their
    clock began: a panel a group, from the first to the last, all on one scale."""
    figure = bare_figure(dark, 0)
    key = curve_key(NAMES, LETTERS, lang, dark)
    _write(figure, key, 0, FONT - 1)
    top = LEADING * len(key) + APART
    days = max(int(panel.steps["days"].max()) for panel in panels if len(panel.steps))
    last = round(days / YEAR, 3)  # as the curves: plotly.js drops what is said beyond the axis
    for panel in panels:
        names = [f"<b>{escape_text(line)}</b>" for line in wrap_text(panel.head, LETTERS)]
        words = [line for note in panel.under for line in wrap_text(note, LETTERS + 6)]
        _write(figure, names, top)
        top += LEADING * len(names)
        _write(figure, [escape_text(line) for line in words], top, FONT - 2, QUIET[dark])
        top += LEADING * len(words) + 6
        if len(panel.steps):
            _draw_panel(figure, panel.steps, top, last, lang, dark)
            top += CURVES + TICKS
        top += APART
    figure.xaxis(visible=False, range=[0, last])
    figure.yaxis(visible=False, range=[top, 0])
    figure.layout["margin"] = {"l": LEFT, "r": RIGHT, "t": 0, "b": 0}
    figure.layout["height"] = top
    return figure


def _write(
    figure: Figure, lines: Sequence[str], top: float, size: int = FONT, ink: str | None = None
) -> None:
    """Lines of words from the edge of the picture on, not from that of the curves."""
    first = len(figure.layout.get("annotations", ()))
    write_lines(figure, lines, top, size, ink)
    for note in figure.layout["annotations"][first:]:
        note["xshift"] = -LEFT


def _draw_panel(
    figure: Figure, steps: pd.DataFrame, top: float, last: float, lang: str, dark: bool
) -> None:
    base = top + CURVES
    for share in (0, 0.5, 1):
        height = base - CURVES * share
        figure.shape(
            "line",
            x0=0,
            x1=last,
            y0=height,
            y1=height,
            line={"color": QUIET[dark] if share == 0 else LINE[dark], "width": 1},
            layer="below",
        )
        figure.note(
            x=0,
            xanchor="right",
            xshift=-6,
            y=height,
            borderpad=0,
            text=percent(share, lang),
            font={"size": FONT - 2, "color": QUIET[dark]},
        )
    for year in range(int(last) + 1):
        figure.note(
            x=year,
            y=base + 4,
            yanchor="top",
            borderpad=0,
            text=number(year, lang),
            font={"size": FONT - 2, "color": QUIET[dark]},
        )
    (end, decided, _), (_, implemented, _) = ends = [
        draw_curve(
            figure,
            steps,
            name,
            lang,
            dark,
            width=2.5,
            height=lambda share: base - CURVES * share,
            dated=True,
        )
        for name in NAMES
    ]
    near = max(0, LABEL - (implemented - decided)) / 2  # what is decided is never less
    for (_, height, words), shift in zip(ends, (-near, near), strict=True):
        figure.note(
            x=end,
            xanchor="left",
            xshift=5,
            y=min(height + shift, base + near),
            borderpad=0,
            text=words,
            font={"size": FONT - 1, "color": INK[dark]},
        )

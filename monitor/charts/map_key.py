"""What stands below the map by department: the scale of its colours, the key of its other grounds."""

from collections.abc import Sequence
from enum import StrEnum

from monitor.charts.style import (
    FONT,
    INK,
    NOTHING,
    PAPER,
    QUIET,
    UNKNOWN,
    Figure,
    escape_text,
    outline_colour,
)
from monitor.i18n import percent, text

#: Pixels: the border of a department, the frame of a hollow one, a line of the key.
BORDER, HOLLOW, KEY_LINE = 0.8, 2.4, 22
#: Pixels: a swatch of the key, what is left of it, and between it and its words.
SWATCH, SWATCH_LEFT, GAP = 14, 4, 8
#: A shape is measured in pixels, from the lower left corner of the map.
_PIXELS = {
    "xref": "paper",
    "yref": "paper",
    "xsizemode": "pixel",
    "ysizemode": "pixel",
    "xanchor": 0,
    "yanchor": 0,
}


class Ground(StrEnum):
    """Why a department has no full colour: fewer than THIN commitments are in force, none is assessed,
    there are too few for a percentage, none is in force."""

    THIN = "thin"
    UNSEEN = "unseen"
    FEW = "few"
    NONE = "none"


def colour_scale(highest: float, lang: str) -> dict:
    """The scale of the shares, below the map at the left, with what they are shares of."""
    ticks = [
        tick / 10 for tick in range(0, int(highest * 10 + 1e-9) + 1, 1 if highest < 0.7 else 2)
    ]
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "xpad": 14,
        "y": 0,
        "yanchor": "top",
        "ypad": 8,
        "lenmode": "pixels",
        "len": 270,
        "thickness": 10,
        "outlinewidth": 0,
        "tickvals": ticks,
        "ticktext": [percent(tick, lang) for tick in ticks],
        "tickfont": {"size": FONT - 2},
        "ticklabeloverflow": "allow",
        "title": {"text": text("map.scale", lang), "side": "top", "font": {"size": FONT - 1}},
    }


def draw_key(figure: Figure, grounds: Sequence[Ground], below: int, lang: str, dark: bool) -> int:
    """A swatch and words for each of these grounds, from so many pixels below the map downwards. Returns
    where the key ends."""
    for ground in grounds:
        _draw_swatch(figure, ground, -below, dark)
        words = escape_text(text(f"map.{ground}", lang))
        draw_note(figure, words, SWATCH_LEFT + SWATCH + GAP, 3 - below, INK[dark])
        below += KEY_LINE
    return below


def _draw_swatch(figure: Figure, ground: Ground, top: int, dark: bool) -> None:
    left, size = SWATCH_LEFT, SWATCH
    square = {"x0": left, "x1": left + size, "y0": top, "y1": top - size, **_PIXELS}
    fill = {Ground.NONE: NOTHING[dark], Ground.THIN: PAPER[dark]}.get(ground, UNKNOWN[dark])
    line = {"color": QUIET[dark], "width": BORDER}
    if ground is Ground.THIN:
        hollow = {"color": outline_colour(0.5, 1, dark), "width": HOLLOW}
        figure.shape("rect", fillcolor=fill, line=hollow, **square)
        figure.shape("rect", line=line, **square)
        return
    figure.shape("rect", fillcolor=fill, line=line, **square)
    if ground is Ground.UNSEEN:
        path = "".join(
            f"M{left + max(0, s - size)},{top - size + max(0, size - s)}"
            f"L{left + min(size, s)},{top - max(0, s - size)}"
            for s in (6, 12, 18, 24)
        )
        figure.shape("path", path=path, line={"color": QUIET[dark], "width": 1}, **_PIXELS)
    elif ground is Ground.FEW:
        for x, y in ((3, 3), (9, 3), (6, 7), (3, 11), (9, 11)):
            dot = {"x0": left + x - 1, "x1": left + x + 2, "y0": top - y + 1, "y1": top - y - 2}
            figure.shape("circle", fillcolor=QUIET[dark], line={"width": 0}, **dot, **_PIXELS)


def draw_note(figure: Figure, words: str, left: float, top: float, ink: str) -> None:
    """A line of words below the map."""
    figure.note(
        text=words,
        x=0,
        xref="paper",
        xanchor="left",
        xshift=left,
        y=0,
        yref="paper",
        yanchor="top",
        yshift=top,
        borderpad=0,
        font={"size": FONT - 1, "color": ink},
    )

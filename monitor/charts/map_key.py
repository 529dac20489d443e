"""What stands below the map by department: the scale of its colours, the key of its other grounds."""

from collections.abc import Sequence

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


def draw_key(figure: Figure, kinds: Sequence[str], below: int, lang: str, dark: bool) -> int:
    """A swatch and words for each ground that has no full colour, from so many pixels below the map
    downwards: where it ends."""
    size = 14
    for kind in kinds:
        top = -below
        pixels = {
            "xref": "paper",
            "yref": "paper",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": 0,
            "yanchor": 0,
        }
        fill = {"none": NOTHING[dark], "thin": PAPER[dark]}.get(kind, UNKNOWN[dark])
        line = {"color": QUIET[dark], "width": BORDER}
        if kind == "thin":
            line = {"color": outline_colour(0.5, 1, dark), "width": HOLLOW}
        square = {"x0": 4, "x1": 4 + size, "y0": top, "y1": top - size, **pixels}
        figure.shape("rect", fillcolor=fill, line=line, **square)
        if kind == "thin":
            figure.shape("rect", line={"color": QUIET[dark], "width": BORDER}, **square)
        if kind == "unseen":
            path = "".join(
                f"M{4 + max(0, s - size)},{top - size + max(0, size - s)}"
                f"L{4 + min(size, s)},{top - max(0, s - size)}"
                for s in (6, 12, 18, 24)
            )
            figure.shape("path", path=path, line={"color": QUIET[dark], "width": 1}, **pixels)
        if kind == "few":
            for x, y in ((3, 3), (9, 3), (6, 7), (3, 11), (9, 11)):
                figure.shape(
                    "circle",
                    x0=3 + x,
                    x1=6 + x,
                    y0=top - y + 1,
                    y1=top - y - 2,
                    fillcolor=QUIET[dark],
                    line={"width": 0},
                    **pixels,
                )
        draw_note(figure, escape_text(text(f"map.{kind}", lang)), 26, top + 3, INK[dark])
        below += KEY_LINE
    return below


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

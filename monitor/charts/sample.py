"""What a sample drawn at random says of all, beside what is known without it: one line."""

from monitor.charts.style import (
    FONT,
    INK,
    LEADING,
    LINE,
    QUIET,
    UNKNOWN,
    Figure,
    bare_figure,
    escape_text,
    status_colour,
)
from monitor.i18n import percent, text
from monitor.models import Status
from monitor.shares import exact_percent

#: Pixels: above the line, the line itself, below it; the room at the left and at the right.
ABOVE, ROW, BELOW, SIDE = LEADING, 96, 24, 14


def sample_line(
    bounds: tuple[float, float],
    share: tuple[float, float] | None,
    interval: tuple[float, float],
    rate: float | None,
    lang: str,
    dark: bool = False,
) -> Figure:
    """A light bar from the lower to the upper bound of what is known; within it the estimate as a point,
    or as a thick line where something stays unknown of who was drawn, and its margin as a whisker; a
    tick where the rate of what is assessed stands. `share`: (least, most), None before enough is known:
    there is no point then, nor a whisker."""
    figure = bare_figure(dark, ABOVE + ROW + BELOW)
    figure.shape(
        "rect",
        x0=bounds[0],
        x1=bounds[1],
        y0=-0.5,
        y1=0.5,
        fillcolor=UNKNOWN[dark],
        line={"width": 1, "color": QUIET[dark]},
        layer="below",
    )
    colour = status_colour(Status.IMPLEMENTED, dark)
    if share:
        middle = sum(share) / 2
        figure.trace(
            "scatter",
            x=[middle],
            y=[0],
            mode="markers",
            # Where it is not known within which two shares, none between them is more likely.
            marker={"size": 13, "color": colour, "opacity": float(share[0] == share[1])},
            error_x={
                "type": "data",
                "array": [max(interval[1] - middle, 0)],
                "arrayminus": [max(middle - interval[0], 0)],
                "thickness": 2.5,
                "width": 9,
                "color": INK[dark],
            },
            hoverinfo="skip",
        )
        if share[1] > share[0]:
            figure.shape(
                "line", x0=share[0], x1=share[1], y0=0, y1=0, line={"width": 9, "color": colour}
            )
        _label(figure, middle, 0.5, 4, range_in_words(share, lang), INK[dark], FONT)
    else:
        words = text("chart.sample_bounds", lang)
        _label(figure, sum(bounds) / 2, 0.5, 4, words, QUIET[dark], FONT - 1)
    if rate is not None:
        figure.shape(
            "line",
            x0=rate,
            x1=rate,
            y0=-0.85,
            y1=-0.15,
            line={"width": 2, "color": QUIET[dark], "dash": "dot"},
        )
        words = text("chart.sample_rate", lang, share=exact_percent(rate, lang))
        _label(figure, rate, -0.85, -LEADING, words, QUIET[dark], FONT - 1)
    figure.yaxis(range=[-1.6, 1], visible=False)
    ticks = (0, 0.25, 0.5, 0.75, 1)
    figure.xaxis(
        range=[0, 1],
        tickvals=list(ticks),
        ticktext=[percent(tick, lang) for tick in ticks],
        showline=True,
        linecolor=LINE[dark],
    )
    figure.layout["margin"] = {"l": SIDE, "r": SIDE + 10, "t": ABOVE, "b": BELOW}
    return figure


def range_in_words(share: tuple[float, float], lang: str) -> str:
    """One percentage, or from which to which."""
    low, high = (exact_percent(each, lang) for each in share)
    return low if low == high else text("chart.sample_range", lang, low=low, high=high)


def _label(figure: Figure, x: float, y: float, shift: int, words: str, ink: str, size: int) -> None:
    """Words above or below a place, on the side that has room for them."""
    side = "left" if x < 0.3 else "right" if x > 0.7 else "center"
    figure.note(
        x=x,
        y=y,
        text=escape_text(words),
        xanchor=side,
        yanchor="bottom",
        yshift=shift,
        font={"size": size, "color": ink},
    )

"""What a sample drawn at random says of all, beside what is known without it: one line."""

from monitor.charts.style import (
    INK,
    LEADING,
    LINE,
    QUIET,
    UNKNOWN,
    Figure,
    bare_figure,
    status_colour,
)
from monitor.i18n import percent, text
from monitor.models import Status
from monitor.shares import Bound, exact_percent

#: Pixels: the line with what stands around it, below it; the room at the left and at the right.
ROW, BELOW, SIDE = 84, 24, 14


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
    tick where the rate of what is assessed stands. Each is named above with its numbers, which are those
    of the table. `share`: (least, most), None before enough is known: there is no point then, nor a
    whisker."""
    key = _key(bounds, share, interval, rate, lang, dark)
    above = 12 + LEADING * len(key)
    figure = bare_figure(dark, above + ROW + BELOW)
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
    if rate is not None:
        figure.shape(
            "line",
            x0=rate,
            x1=rate,
            y0=-0.9,
            y1=0.9,
            line={"width": 2, "color": INK[dark], "dash": "dot"},
        )
    figure.yaxis(range=[-1.1, 1.1], visible=False)
    ticks = (0, 0.25, 0.5, 0.75, 1)
    figure.xaxis(
        range=[0, 1],
        tickvals=list(ticks),
        ticktext=[percent(tick, lang) for tick in ticks],
        showline=True,
        linecolor=LINE[dark],
    )
    figure.note_above("<br>".join(key), INK[dark], left=SIDE)
    figure.layout["margin"] = {"l": SIDE, "r": SIDE + 10, "t": above, "b": BELOW}
    return figure


def _key(
    bounds: tuple[float, float],
    share: tuple[float, float] | None,
    interval: tuple[float, float],
    rate: float | None,
    lang: str,
    dark: bool,
) -> list[str]:
    """What each mark is, after a piece of it, with its numbers."""
    if share is None:
        marks = [("", INK[dark], text("chart.sample_bounds", lang))]
    else:
        span, margin = (range_in_words(each, lang) for each in (share, interval))
        piece = "●" if share[0] == share[1] else "━━"
        colour = status_colour(Status.IMPLEMENTED, dark)
        marks = [
            (piece, colour, f"<b>{text('chart.sample_share', lang, span=span)}</b>"),
            ("├┤", INK[dark], text("chart.sample_margin", lang, span=margin)),
        ]
    known = text("chart.sample_known", lang, span=range_in_words(bounds, lang, "low", "high"))
    marks.append(("▭", QUIET[dark], known))
    if rate is not None:
        words = text("chart.sample_rate", lang, share=exact_percent(rate, lang, 1))
        marks.append(("┊", INK[dark], words))
    return [
        f'<span style="color:{colour}">{piece}</span> {words}'.removeprefix(" ")
        for piece, colour, words in marks
    ]


def range_in_words(
    share: tuple[float, float], lang: str, least: Bound = "", most: Bound = ""
) -> str:
    """One percentage, or from which to which, with a decimal, as in the table."""
    low, high = (
        exact_percent(each, lang, 1, bound)
        for each, bound in zip(share, (least, most), strict=True)
    )
    return low if low == high else text("chart.sample_range", lang, low=low, high=high)

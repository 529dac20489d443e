"""How long it takes: the share of commitments to which something has happened, by the time since."""

from collections.abc import Mapping
from itertools import pairwise

import pandas as pd

from monitor.charts.cells import NAMED
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
)
from monitor.charts.time import share_ticks
from monitor.dates import YEAR
from monitor.i18n import CHOICES, Choice, number, text

#: Pixels: the curves; room at the left of them, and at the right for what they come to; a row of the
#: table below, and what stands between the two.
CURVES, LEFT, RIGHT, ROW, BELOW = 300, 46, 54, 40, 52
#: Letters of a line on a telephone, and in a picture.
LETTERS, IN_FULL = 46, 120
#: From so much on, what partial dates may move of a curve is drawn.
ENVELOPE = 0.01
#: The least difference by which two curves are two.
APART = 0.0005
#: The least distance of two labels at the right edge.
NEAR = 0.055
#: The rows of the table below the curves: columns of `read.incidence.incidence_table`.
COUNTS = ("happened", "abandoned", "left_office", "not_applicable", "censored", "at_risk")


def incidence_curves(
    steps: pd.DataFrame,
    table: pd.DataFrame,
    middle: float | None,
    chance: bool,
    lang: str,
    dark: bool = False,
    wording: Mapping[str, Choice] = CHOICES,
    of: str = "incidence",
) -> Figure:
    """The shares of commitments that were ever decided, and ever implemented, by the years since their
    clock began; dashed, what is implemented if silence were ignorance, and, where that moves the curve,
    if partial dates were early. Under each mark of the axis, how many stand where.

    `steps`, `table`: `read.incidence.incidence_steps` and `incidence_table`, neither empty; `middle`:
    the year in which half of the term is over, None where it does not end; `chance`: whether to draw
    what chance alone would move, at the marks that it is computed for; `of`: by which messages the
    parts are called.
    """
    marks = table[table["event"] == "implemented"]
    years = (steps["days"] / YEAR).round(3).to_list()
    names = ["decided", "implemented"]
    if (steps["implemented_seen"] - steps["implemented"]).abs().max() > APART:
        names.append("implemented_seen")
    if (steps["implemented_early"] - steps["implemented"]).max() > ENVELOPE:
        names.append("implemented_early")
    told = [*names, *(["chance"] if chance else [])]
    key, whole = (curve_key(told, letters, lang, dark, of) for letters in (LETTERS, IN_FULL))
    above = 14 + LEADING * len(key)
    below = BELOW + ROW * (len(table.columns.intersection(COUNTS)) + 1)
    figure = bare_figure(dark, above + CURVES + below, hovermode="x unified", hoverdistance=-1)
    if chance:
        for event in ("decided", "implemented"):
            _whiskers(figure, table[table["event"] == event], dark)
    if middle is not None and middle < years[-1]:
        figure.shape(
            "line",
            x0=middle,
            x1=middle,
            y0=0,
            y1=1,
            line={"color": QUIET[dark], "width": 1, "dash": "dot"},
        )
        figure.note(
            x=middle,
            xanchor="left",
            xshift=3,
            y=1,
            yanchor="top",
            text=text("chart.incidence_middle", lang),
            font={"size": FONT - 2, "color": QUIET[dark]},
        )
    drawn = [draw_curve(figure, steps, name, lang, dark, of=of) for name in names]
    for year, place, words in drawn:
        if year < years[-1]:  # it ends before the others: its label stands over its end
            figure.note(
                x=year,
                xanchor="left" if year < years[-1] / 4 else "right",
                y=place,
                yanchor="bottom",
                yshift=2,
                text=words,
                font={"size": FONT - 1},
            )
    ends = [(place, words) for year, place, words in drawn if year == years[-1]]
    for place, words in _apart(ends):
        figure.note(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=place,
            text=words,
            font={"size": FONT - 1},
        )
    ticks = (marks["days"] / YEAR).round(3).to_list()
    figure.xaxis(
        range=[0, years[-1]],
        tickvals=ticks,
        ticktext=[number(tick, lang, _decimals(tick)) for tick in ticks],
        **NAMED,
        hoverformat=".1f",
        showline=True,
        linecolor=LINE[dark],
    )
    figure.yaxis(range=[0, 1.01], **share_ticks(lang), **NAMED, automargin=False)
    figure.layout["margin"] = {"l": LEFT, "r": RIGHT, "t": above, "b": below}
    figure.note_above("<br>".join(key), INK[dark], left=LEFT)
    figure.in_full = {"words": {"<br>".join(key): "<br>".join(whole)}}
    _table(figure, table, marks, ticks, lang, dark, wording, of)
    return figure


def _whiskers(figure: Figure, rows: pd.DataFrame, dark: bool) -> None:
    """What chance alone would move of a curve, at each mark: between two, the curve is a step, and
    nothing was computed."""
    bands = rows.dropna(subset=["band_low", "band_high"])
    figure.trace(
        "scatter",
        x=(bands["days"] / YEAR).round(3).to_list(),
        y=bands["share"].round(5).to_list(),
        mode="markers",
        marker={"size": 1, "color": INK[dark]},
        error_y={
            "type": "data",
            "array": (bands["band_high"] - bands["share"]).round(5).to_list(),
            "arrayminus": (bands["share"] - bands["band_low"]).round(5).to_list(),
            "thickness": 1.5,
            "width": 4,
            "color": INK[dark],
        },
        cliponaxis=False,
        hoverinfo="skip",
    )


def _apart(ends: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Labels from the bottom up, none on another; one for curves that end together and say the same."""
    places: list[tuple[float, str]] = []
    for place, words in sorted(ends):
        if not places or places[-1][1] != words or place - places[-1][0] > NEAR:
            places.append((place, words))
    for at, ((low, _), (high, words)) in enumerate(pairwise(list(places)), 1):
        places[at] = (max(high, places[at - 1][0] + NEAR, low), words)
    return places


def _table(
    figure: Figure,
    table: pd.DataFrame,
    marks: pd.DataFrame,
    ticks: list[float],
    lang: str,
    dark: bool,
    wording: Mapping[str, Choice],
    of: str,
) -> None:
    """Under each mark, how many commitments stand where."""
    decided = table.loc[table["event"] == "decided", "happened"].to_list()
    rows = {"decided": decided, **{name: marks[name].to_list() for name in COUNTS if name in marks}}
    for place, (name, counts) in enumerate(rows.items()):
        top = -BELOW - ROW * place + 14
        look = {"yref": "paper", "y": 0, "yanchor": "top", "borderpad": 0}
        figure.note(
            **look,
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-LEFT,
            yshift=top,
            text=escape_text(text(f"chart.{of}_row_{name}", lang, **wording)),
            font={"size": FONT - 2, "color": QUIET[dark]},
        )
        for tick, count in zip(ticks, counts, strict=True):
            figure.note(
                **look,
                x=tick,
                yshift=top - 17,
                text=number(count, lang),
                font={"size": FONT - 2, "color": INK[dark]},
            )


def _decimals(tick: float) -> int:
    """A whole year has none."""
    return int(abs(tick - round(tick)) > 0.01)

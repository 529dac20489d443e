"""How many commitments went from where to where between two days: a table whose ink says how many."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import log
from textwrap import wrap

import pandas as pd

from monitor.charts.cells import draw_cells
from monitor.charts.style import (
    ACCENT,
    FONT,
    LEADING,
    LINE,
    PAPER,
    PHONE,
    QUIET,
    UNKNOWN,
    Figure,
    bare_figure,
    empty_figure,
    escape_text,
    mix_colours,
    status_sign,
    text_colour_on,
)
from monitor.i18n import CHOICES, Choice, day, number, text

#: Pixels: a row; the room of signs at the left, and above.
ROW, LEFT, ABOVE = 30, 52, 44
#: The room of their words in a picture, at the left and above; letters of a line above a column.
WORDS_LEFT, WORDS_ABOVE, LETTERS = 226, 96, 14
#: The room of words beside rows on a telephone, the letters of a line of them; what a cell takes beside
#: its number, and for each digit.
NAMES, NAME, PAD, DIGIT = 112, 16, 6, 6
#: The most columns above which words stand level.
WIDE = 6


def transition_cells(
    table: pd.DataFrame,
    order: Sequence[str],
    days: tuple[date, date],
    lang: str,
    dark: bool = False,
    wording: Mapping[str, Choice] = CHOICES,
) -> Figure:
    """A row where commitments stood before, a column where they stand after: the more, the darker, on a
    scale of logarithms; grey where nothing changed. What was not known before has a frame. States stand
    in words in a picture; on a page, rows do where a telephone has room for them, else signs.

    `table`: `read.transitions.transition_table`; `order`: its states, in order; `days`: the two days.
    """
    if table.empty:
        return empty_figure(text("chart.nothing", lang), dark)
    rows = [state for state in order if (table["before"] == state).any()]
    columns = [state for state in order if (table["after"] == state).any()]
    figure = bare_figure(dark, ABOVE + ROW * len(rows) + 8)
    most = max(log(1 + count) for count in table["commitments"])
    moved = table["change"] != ""
    for changed in (False, True):
        kept = table[moved == changed]
        fills = [
            mix_colours(PAPER[dark], ACCENT[dark], 0.12 + 0.88 * log(1 + count) / most)
            if changed
            else UNKNOWN[dark]
            for count in kept["commitments"]
        ]
        draw_cells(
            figure,
            [
                (columns.index(after) + 0.03, 0.94, rows.index(before) + 0.5, 0.92)
                for before, after in zip(kept["before"], kept["after"], strict=True)
            ],
            [number(count, lang) for count in kept["commitments"]],
            [
                [*(text(f"status.{state}", lang, **wording) for state in pair), number(count, lang)]
                for *pair, count in zip(
                    kept["before"], kept["after"], kept["commitments"], strict=True
                )
            ],
            "%{customdata[0]} → %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
            fills,
            LINE[dark],
            [text_colour_on(fill) for fill in fills],
            size=FONT - 3,
        )
    unknown = [rows.index(state) for state in ("not_assessed", "no_evidence") if state in rows]
    if unknown:
        figure.shape(
            "rect",
            x0=0,
            x1=len(columns),
            y0=min(unknown),
            y1=max(unknown) + 1,
            line={"color": QUIET[dark], "width": 1, "dash": "dot"},
        )
    named = {state: text(f"status.{state}", lang, **wording) for state in {*rows, *columns}}
    digits = max(len(number(count, lang)) for count in table["commitments"])
    worded = NAMES + len(columns) * (PAD + DIGIT * digits) <= PHONE
    left = NAMES if worded else LEFT
    signs = {state: status_sign(state) for state in named}
    beside = {
        state: "<br>".join(map(escape_text, wrap(f"{words} {signs[state]}", NAME)))
        for state, words in named.items()
    }
    for states, axis, shown in (
        (rows, figure.yaxis, beside if worded else signs),
        (columns, figure.xaxis, signs),
    ):
        axis(
            tickvals=[place + 0.5 for place in range(len(states))],
            ticktext=[shown[state] for state in states],
            tickfont={"size": FONT - 3 if shown is beside else FONT},
            automargin=False,
        )
    narrow = len(columns) > WIDE
    figure.in_full = {
        "margin": {"l": WORDS_LEFT - left, "t": WORDS_ABOVE if narrow else LEADING},
        "yaxis": {
            "ticktext": [f"{escape_text(named[each])} {signs[each]}" for each in rows],
            "tickfont": {"size": FONT},
        },
        "xaxis": {
            "ticktext": [
                # Turned with its word, a sign would be another one.
                f"{'' if narrow else signs[each]} {escape_text(named[each], LETTERS)}".strip()
                for each in columns
            ],
            "tickfont": {"size": FONT - 3},
            "tickangle": -90 if narrow else 0,
        },
    }
    figure.yaxis(range=[len(rows), 0])
    figure.xaxis(range=[0, len(columns)], side="top")
    since, on = (day(each, lang) for each in days)
    axes = text("chart.transitions_axes", lang, since=since, day=on)
    figure.note_above(axes, QUIET[dark], left=left, up=26, size=FONT - 2)
    figure.layout["margin"] = {"l": left, "r": 4, "t": ABOVE, "b": 8}
    return figure

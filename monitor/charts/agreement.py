"""Which two statuses two people gave to one commitment: a triangle whose cells say how often."""

from collections.abc import Mapping, Sequence
from math import log
from textwrap import wrap

from monitor.charts.cells import draw_cells
from monitor.charts.style import (
    ACCENT,
    FONT,
    LINE,
    PAPER,
    UNKNOWN,
    Figure,
    bare_figure,
    mix_colours,
    status_sign,
    text_colour_on,
)
from monitor.i18n import CHOICES, Choice, number, text
from monitor.models import Status

#: Pixels: a row; the room of the statuses in words at the left, and that of their signs below.
ROW, LEFT, ABOVE, BELOW = 32, 112, 8, 28
#: Letters of a line beside a row: a phone has no room for more, with ten columns.
LETTERS = 16
#: The same below a column, in a picture.
IN_FULL = 14


def agreement_cells(
    table: Mapping[tuple[Status, Status], int],
    lang: str,
    dark: bool = False,
    wording: Mapping[str, Choice] = CHOICES,
) -> Figure:
    """A row and a column for each status that anybody gave; each pair once, below the diagonal. Grey on
    the diagonal, where both said the same; elsewhere the more, the darker, on a scale of logarithms."""
    order = [status for status in Status if any(status in pair for pair in table)]
    figure = bare_figure(dark, ABOVE + ROW * len(order) + BELOW)
    most = max((log(1 + count) for count in table.values()), default=1)
    for apart in (False, True):
        kept = {pair: count for pair, count in table.items() if (pair[0] is not pair[1]) is apart}
        if not kept:
            continue
        fills = [
            mix_colours(PAPER[dark], ACCENT[dark], 0.12 + 0.88 * log(1 + count) / most)
            if apart
            else UNKNOWN[dark]
            for count in kept.values()
        ]
        draw_cells(
            figure,
            [
                (order.index(first) + 0.03, 0.94, order.index(second) + 0.5, 0.92)
                for first, second in kept
            ],
            [number(count, lang) for count in kept.values()],
            [
                [
                    *(text(f"status.{status}", lang, **wording) for status in pair),
                    number(count, lang),
                ]
                for pair, count in kept.items()
            ],
            "%{customdata[0]} / %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
            fills,
            LINE[dark],
            [text_colour_on(fill) for fill in fills],
            size=FONT - 3,
        )
    _name_statuses(figure, order, lang, wording)
    figure.layout["margin"] = {"l": LEFT, "r": 4, "t": ABOVE, "b": BELOW}
    return figure


def _name_statuses(
    figure: Figure, order: Sequence[Status], lang: str, wording: Mapping[str, Choice]
) -> None:
    """Signs and words beside the rows, the same signs below the columns."""
    signs = [status_sign(status) for status in order]
    words = [
        "<br>".join(wrap(f"{text(f'status.{status}', lang, **wording)} {sign}", LETTERS))
        for status, sign in zip(order, signs, strict=True)
    ]
    for axis, names in ((figure.yaxis, words), (figure.xaxis, signs)):
        axis(
            tickvals=[place + 0.5 for place in range(len(order))],
            ticktext=names,
            tickfont={"size": FONT - 3},
            automargin=False,
        )
    figure.yaxis(range=[len(order), 0])
    figure.xaxis(range=[0, len(order)])
    below = [
        [sign, *wrap(text(f"status.{status}", lang, **wording), IN_FULL)]
        for sign, status in zip(signs, order, strict=True)
    ]
    figure.in_full = {
        "margin": {"b": 13 * (max(map(len, below), default=1) - 1)},
        "xaxis": {
            "ticktext": ["<br>".join(lines) for lines in below],
            "tickfont": {"size": FONT - 4},
            "tickangle": 0,
        },
    }

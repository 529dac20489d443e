"""What shows the colour of a status beside its word: it can be seen on the page, whatever the colour."""

import html
from collections.abc import Iterable, Mapping, Sequence

from monitor.charts.style import (
    INK,
    PAPER,
    QUIET,
    Figure,
    contrast,
    escape_text,
    mix_colours,
    status_colour,
    status_sign,
)
from monitor.i18n import CHOICES, Choice, text
from monitor.models import Status

#: The least contrast of a line, or of the edge of a filled part, with the page (WCAG 2.2, 1.4.11).
SEEN = 3
#: Pixels in a picture: a swatch, the room of a letter of its word, the height of a line of them.
_SIDE, _LETTER, _LINE = 10, 7.4, 18


def line_colour(status: str, dark: bool) -> str:
    """The colour of a status as that of a line: moved towards the ink until the line can be seen."""
    colour = status_colour(status, dark)
    steps = (mix_colours(colour, INK[dark], part / 20) for part in range(21))
    return next(each for each in steps if contrast(each, PAPER[dark]) >= SEEN)


def legend(
    statuses: Iterable[str],
    lang: str,
    dark: bool,
    absent: Mapping[str, str] | None = None,
    wording: Mapping[str, Choice] = CHOICES,
) -> str:
    """The colour, sign and word of each status as HTML that wraps; made of nothing but our words.
    `absent`: sign and word of each mark of a place without a commitment."""
    apart = '<span style="white-space:nowrap;margin-right:1.2em">'
    words = [
        f'{apart}<span style="display:inline-block;width:.85em;height:.85em;margin-right:.35em;'
        f"background:{status_colour(status, dark)};border:1px solid {QUIET[dark]};"
        f'forced-color-adjust:none"></span>'
        f"{status_sign(status)} {html.escape(text(f'status.{status}', lang, **wording))}</span>"
        for status in statuses
    ]
    words += [
        f"{apart}{sign} {html.escape(label)}</span>" for sign, label in (absent or {}).items()
    ]
    return f'<p style="line-height:1.9;margin:0">{" ".join(words)}</p>'


def draw_legend(
    figure: Figure,
    statuses: Sequence[Status],
    lang: str,
    absent: Mapping[str, str],
    wording: Mapping[str, Choice],
    *,
    left: float,
    down: float,
    width: float,
) -> float:
    """The colour, sign and word of each status on the white of a picture, in columns from the edge of
    the figure, so far `left` of the axes and so far `down` from them; the height that they take.
    `absent`: as in `legend`."""
    words = [
        (
            status_colour(each, False),
            f"{status_sign(each)} {text(f'status.{each}', lang, **wording)}",
        )
        for each in statuses
    ]
    words += [("", f"{sign} {label}") for sign, label in absent.items()]
    if not words:
        return 0
    longest = max(len(label) for _, label in words)
    columns = max(min(int(width / (3 * _SIDE + _LETTER * longest)), len(words)), 1)
    for place, (fill, label) in enumerate(words):
        x = width / columns * (place % columns) - left
        y = -down - _LINE * (place // columns)
        if fill:
            figure.shape(
                "rect",
                **dict.fromkeys(("xref", "yref"), "paper"),
                **dict.fromkeys(("xsizemode", "ysizemode"), "pixel"),
                xanchor=0,
                x0=x,
                x1=x + _SIDE,
                yanchor=0,
                y0=y - _SIDE - 3,
                y1=y - 3,
                fillcolor=fill,
                line={"width": 1, "color": QUIET[False]},
            )
        figure.note(
            text=escape_text(label),
            x=0,
            xref="paper",
            xanchor="left",
            xshift=x + 1.6 * _SIDE * bool(fill),
            y=0,
            yref="paper",
            yanchor="top",
            yshift=y,
            borderpad=0,
            font={"size": 12, "color": QUIET[False]},
        )
    return _LINE * -(-len(words) // columns)

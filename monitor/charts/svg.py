"""A picture that needs no script: a city's progress on a line of time; and what pictures are made of."""

import re
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

import resvg_py

from monitor.charts.style import (
    INK,
    LINE,
    QUIET,
    status_colour,
    status_sign,
    text_colour_on,
    wrap_text,
)

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu Sans"
#: How long each status, or one of BANDS, was kept: (first day, last day, its code).
Segments = Sequence[tuple[date, date, str]]
_BAND, _ROW, _HEAD, _LINE = 22, 58, 8, 18
#: Letters of a title, and years of a term, that a telephone has room for.
_WIDE, _YEARS = 40, 8


def progress_svg(
    lines: Sequence[tuple[str, Segments]],
    term: tuple[date, date],
    on: date,
    label: str,
) -> str:
    """An SVG as wide as the page: a band for each line (its whole words, its segments) over the term,
    each status with its sign; on each a dotted mark of the day `on`; the years below. `label`: for who
    cannot see it.

    Lengths are shares of the width and texts have sizes of their own, so that a phone reads it. Colours
    are of a light page; their classes (`s-…`) let a style sheet change them.
    """
    start, span = term[0], max((term[1] - term[0]).days, 1)

    def at(day: date) -> float:
        return 100 * min(max((day - start).days / span, 0), 1)

    heads = [wrap_text(words, _WIDE) for words, _ in lines]
    foot = _HEAD + sum(_ROW + _LINE * (len(head) - 1) for head in heads)
    mark = f'x1="{at(on):.2f}%" x2="{at(on):.2f}%"'
    parts, bottom = [], _HEAD
    for head, (_, segments) in zip(heads, lines, strict=True):
        for place, words in enumerate(head):
            parts.append(svg_text(words, "0", bottom + 14 + _LINE * place, "ink", weight="600"))
        top = bottom + 20 + _LINE * (len(head) - 1)
        bottom = top + _ROW - 20
        parts.append(
            f'<rect class="empty" x="0" y="{top}" width="100%" height="{_BAND}" '
            f'fill="none" stroke="{LINE[False]}"/>'
        )
        for begins, ends, status in segments:
            left = at(begins)
            width = max(at(ends) - left + 100 / span, 0.3)
            fill = status_colour(status, False)
            parts.append(
                f'<rect class="s-{status}" x="{left:.2f}%" y="{top}" width="{width:.2f}%" '
                f'height="{_BAND}" fill="{fill}"/>'
            )
            if width > 3:
                parts.append(
                    f'<text class="on-{status}" x="{left + 0.6:.2f}%" y="{top + 16}" font-size="13" '
                    f'fill="{text_colour_on(fill)}">{status_sign(status)}</text>'
                )
        parts.append(
            f'<line class="mark" {mark} y1="{top - 4}" y2="{top + _BAND + 4}" '
            f'stroke="{INK[False]}" stroke-dasharray="2 3"/>'
        )
    first, last = (day.year for day in term)
    for year in range(first + 1, last + 1, -(-(last - first) // _YEARS) or 1):
        left = at(date(year, 1, 1))
        if left > 90:  # its words would be cut
            continue
        parts.append(
            f'<line class="tick" x1="{left:.2f}%" x2="{left:.2f}%" y1="{foot - 14}" y2="{foot}" '
            f'stroke="{LINE[False]}"/>'
        )
        parts.append(svg_text(str(year), f"{left:.2f}%", foot + 14, "quiet", size=12))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(label)}" '
        f'width="100%" height="{foot + 20}" font-family="inherit">{"".join(parts)}</svg>'
    )


def to_png(svg: str) -> bytes:
    """The picture as PNG, with the packaged fonts alone: the same bytes on every machine."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
    )


def svg_text(words: str, x: str, y: float, ink: str, size: int = 14, weight: str = "normal") -> str:
    """A line of text at a place, "ink" or "quiet"."""
    fill = {"ink": INK, "quiet": QUIET}[ink][False]
    return (
        f'<text class="{ink}" x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}">{escape(xml_text(words))}</text>'
    )


def xml_text(words: str, instead: str = "\ufffd") -> str:
    """The words, with characters replaced that XML 1.0 (2.2) forbids even when escaped."""
    return _FORBIDDEN.sub(instead, words)


_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

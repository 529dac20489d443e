"""Stacked bars of statuses.

A chart is drawn once for every width: what is long has lines of its own, and heights are in pixels.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import pandas as pd

from monitor.charts.cells import too_many_measures
from monitor.charts.style import (
    FONT,
    LEADING,
    LINE,
    PHONE,
    QUIET,
    SIGNS,
    Figure,
    bare_figure,
    empty_figure,
    escape_text,
    status_colour,
    text_colour_on,
    wrap_text,
    write_lines,
)
from monitor.i18n import number, plural, text
from monitor.models import Status
from monitor.titles import number_title

#: Pixels: a bar, what separates two groups, the width of a figure, a sign and the room around both.
BAR, APART, DIGIT, SIGN = 30, 20, 8, 19
#: Characters of a title, in bold, that a phone has room for.
TITLE = 42


class _Room(NamedTuple):
    """What there is room for: characters of a title, in bold, and of a note, and pixels of a bar, some
    less than it has: in a picture the letters may be wider."""

    title: int
    note: int
    bar: int


_ON_PHONE, _IN_PICTURE = _Room(TITLE, 48, PHONE), _Room(95, 120, 700)


def bars_by_measure(
    counts: pd.DataFrame,
    titles: Mapping[str, str],
    lang: str,
    dark: bool = False,
    themes: pd.DataFrame | None = None,
    efforts: Mapping[str, str] | None = None,
) -> Figure:
    """Commitments by status, one bar a measure, or one for all where they are `too_many_measures`; with
    `themes`, one for all and one a theme. Sign and count stand once: in the segment where a phone has
    room for them, else below the bar.

    `counts`: `indicators.count_by_status` (index = measure); `themes`: the same by theme (index = its
    words), whose bars have a scale of their own; `efforts`: how closely each bar was looked at, that of
    all under "". The title of each measure stands above its bar, so that a phone has the whole width for
    the bar. A picture, which is wide, breaks no line where a phone must.
    """
    if counts.empty or not counts.to_numpy().sum():
        return empty_figure(text("chart.nothing", lang), dark)
    of_page, of_picture = (
        _draw_bars(counts, titles, lang, dark, themes, efforts or {}, room)
        for room in (_ON_PHONE, _IN_PICTURE)
    )
    of_page.in_picture = of_picture
    return of_page


def _draw_bars(
    counts: pd.DataFrame,
    titles: Mapping[str, str],
    lang: str,
    dark: bool,
    themes: pd.DataFrame | None,
    efforts: Mapping[str, str],
    room: _Room,
) -> Figure:
    names = {measure: number_title(measure, titles[measure]) for measure in counts.index}
    if themes is not None or too_many_measures(names):
        names = {"": plural("chart.all_measures", len(counts), lang)}
        counts = counts.sum().to_frame("").T
    scales = dict.fromkeys(counts.index, int(counts.sum(axis=1).max()))
    if themes is not None:
        names |= {theme: str(theme) for theme in themes.index}
        scales |= dict.fromkeys(themes.index, max(int(themes.sum(axis=1).max()), 1))
        counts = pd.concat([counts, themes])
    rows = list(counts.index)
    of = {status: counts[status].to_list() for status in Status}
    present = [status for status in Status if any(of[status])]
    widest = max(scales.values())
    due = (counts.to_numpy().sum(axis=1) - counts[Status.NOT_APPLICABLE].to_numpy()).tolist()
    heads = [
        [
            *_scale_note(row, themes, lang, dark),
            *(f"<b>{escape_text(line)}</b>" for line in wrap_text(names[row], room.title)),
            *_quiet(_counted(total, efforts.get(row), lang, room), dark),
        ]
        for row, total in zip(rows, due, strict=True)
    ]
    feet = [
        _narrow({status: of[status][place] for status in present}, scales[row], lang, dark, room)
        for place, row in enumerate(rows)
    ]
    heights = [
        LEADING * (len(head) + len(foot)) + BAR + 8 for head, foot in zip(heads, feet, strict=True)
    ]
    tops, total = _stacked(heights)
    figure = bare_figure(
        dark, total, barmode="stack", uniformtext={"mode": "hide", "minsize": FONT}
    )
    places = [
        top + LEADING * len(head) + 4 + BAR / 2 for top, head in zip(tops, heads, strict=True)
    ]
    colon = text("sentence.colon", lang)
    for status in present:
        values = of[status]
        fill = status_colour(status, dark)
        label = f"{SIGNS[status]} {text(f'status.{status}', lang)}"
        figure.trace(
            "bar",
            orientation="h",
            y=places,
            x=[
                value if scales[row] == widest else value * widest / scales[row]
                for row, value in zip(rows, values, strict=True)
            ],
            width=BAR,
            name=label,
            marker={"color": fill, "line": {"color": LINE[dark], "width": 0.5}},
            text=[
                _label(status, value, lang) if _fits(value, scales[row], lang, room) else ""
                for row, value in zip(rows, values, strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": text_colour_on(fill), "size": FONT},
            customdata=[
                [
                    "<br>".join(map(escape_text, wrap_text(names[row], TITLE))),
                    label,
                    number(value, lang),
                ]
                for row, value in zip(rows, values, strict=True)
            ],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}"
            + colon
            + "%{customdata[2]}<extra></extra>",
        )
    for top, place, head, foot in zip(tops, places, heads, feet, strict=True):
        write_lines(figure, head, top)
        write_lines(figure, foot, place + BAR / 2 + 4, size=FONT - 1)
    figure.xaxis(visible=False, range=[0, widest])
    figure.yaxis(visible=False, range=[total, 0])
    return figure


def _scale_note(row: str, themes: pd.DataFrame | None, lang: str, dark: bool) -> list[str]:
    """That the bars of themes have a scale of their own, above the first of them."""
    if themes is None or row != themes.index[0]:
        return []
    return [*_quiet([text("chart.by_theme", lang)], dark), ""]


def _counted(due: int, effort: str | None, lang: str, room: _Room) -> list[str]:
    """How many commitments a bar is made of, and how closely they were looked at."""
    counted = plural("chart.commitments", due, lang)
    if not due or not effort:
        return [counted]
    return wrap_text(f"{counted} · {effort}", room.note)


def _quiet(lines: Sequence[str], dark: bool) -> list[str]:
    return [f'<span style="color:{QUIET[dark]}">{escape_text(line)}</span>' for line in lines]


def _label(status: Status, value: int, lang: str) -> str:
    return f"{SIGNS[status]} {number(value, lang)}"


def _fits(value: int, widest: int, lang: str, room: _Room) -> bool:
    """Whether there is room for sign and count in the segment of so many commitments."""
    return bool(value) and room.bar * value / widest >= SIGN + DIGIT * len(number(value, lang))


def _narrow(
    counts: Mapping[Status, int], widest: int, lang: str, dark: bool, room: _Room
) -> list[str]:
    """Colour, sign and count of the segments in which there is no room for them."""
    labels = {
        status: _label(status, value, lang)
        for status, value in counts.items()
        if value and not _fits(value, widest, lang, room)
    }
    keys = [
        f'<span style="color:{status_colour(status, dark)}">■</span> {label}'
        for status, label in labels.items()
    ]
    step = room.bar // (15 + DIGIT * max(map(len, labels.values()), default=1))
    return ["     ".join(keys[start : start + step]) for start in range(0, len(keys), step)]


def _stacked(heights: Sequence[int]) -> tuple[list[int], int]:
    """(where each part begins, where the last one ends), from the top."""
    ends = list(accumulate(height + APART for height in heights))
    return [0, *ends[:-1]], ends[-1]

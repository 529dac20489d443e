"""Stacked bars of statuses, and intervals of rates.

A chart is drawn once for every width: what is long has lines of its own, and heights are in pixels.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate

import pandas as pd

from monitor.charts.cells import too_many
from monitor.charts.style import (
    ACCENT,
    FONT,
    INK,
    LEADING,
    LINE,
    PHONE,
    QUIET,
    SIGNS,
    Figure,
    bare,
    colour,
    safe,
    said,
    text_on,
    wrapped,
)
from monitor.i18n import number, percent, plural, text
from monitor.models import Status
from monitor.shares import enough, share_of

#: Pixels: a bar, what separates two groups, the width of a figure, a sign and the room around both.
BAR, APART, DIGIT, SIGN = 30, 20, 8, 19
#: Characters that a phone has room for, in bold and in small.
TITLE, NOTE = 42, 48


def by_measure(
    counts: pd.DataFrame, titles: Mapping[str, str], lang: str, dark: bool = False
) -> Figure:
    """Commitments by status, one bar a measure, or one for all where they are `too_many`. Sign and count
    stand once: in the segment where a phone has room for them, else below the bar.

    `counts`: `indicators.by_status` (index = measure). The title of each measure stands above its
    bar, so that a phone has the whole width for the bar.
    """
    if counts.empty or not counts.to_numpy().sum():
        return said(text("chart.nothing", lang), dark)
    names = {measure: f"{measure}. {titles[measure]}" for measure in counts.index}
    if too_many(names):
        names = {"": plural("chart.all_measures", len(counts), lang)}
        counts = counts.sum().to_frame("").T
    rows = list(counts.index)
    present = [status for status in Status if counts[status].any()]
    widest = int(counts.sum(axis=1).max())
    due = (counts.to_numpy().sum(axis=1) - counts[Status.NOT_APPLICABLE].to_numpy()).tolist()
    heads = [
        [
            *(f"<b>{safe(line)}</b>" for line in wrapped(names[row], TITLE)),
            f'<span style="color:{QUIET[dark]}">{plural("chart.commitments", total, lang)}</span>',
        ]
        for row, total in zip(rows, due, strict=True)
    ]
    feet = [_narrow(counts.loc[row, present], widest, lang, dark) for row in rows]
    heights = [
        LEADING * (len(head) + len(foot)) + BAR + 8 for head, foot in zip(heads, feet, strict=True)
    ]
    tops, total = _stacked(heights)
    figure = bare(dark, total, barmode="stack", uniformtext={"mode": "hide", "minsize": FONT})
    places = [
        top + LEADING * len(head) + 4 + BAR / 2 for top, head in zip(tops, heads, strict=True)
    ]
    for status in present:
        values = counts[status].to_list()
        fill = colour(status, dark)
        label = f"{SIGNS[status]} {text(f'status.{status}', lang)}"
        figure.trace(
            "bar",
            orientation="h",
            y=places,
            x=values,
            width=BAR,
            name=label,
            marker={"color": fill, "line": {"color": LINE[dark], "width": 0.5}},
            text=[_label(status, value, lang) if _fits(value, widest, lang) else "" for value in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": text_on(fill), "size": FONT},
            customdata=[["<br>".join(map(safe, wrapped(names[row], TITLE))), label, number(value, lang)]
                        for row, value in zip(rows, values, strict=True)],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]} : %{customdata[2]}<extra></extra>",
        )  # fmt: skip
    for top, place, head, foot in zip(tops, places, heads, feet, strict=True):
        _lines(figure, head, top)
        _lines(figure, foot, place + BAR / 2 + 4, size=FONT - 1)
    figure.xaxis(visible=False, range=[0, widest])
    figure.yaxis(visible=False, range=[total, 0])
    return figure


def intervals(
    table: pd.DataFrame, labels: Mapping[str, str], lang: str, dark: bool = False
) -> Figure:
    """The rate of each group as a dot between its bounds; its name above, n and coverage below.

    `table`: `indicators.table` by one grouping. A group of fewer than five due commitments shows
    its counts instead; where every group is one, nothing is drawn.
    """
    table = table[table["due"] > 0]
    if table.empty:
        return said(text("chart.nothing", lang), dark)
    if not enough(table["due"], table["officials"]).any():
        return said(text("chart.all_few", lang), dark)
    rows = list(table.itertuples())
    heads = [
        [f"<b>{safe(line)}</b>" for line in wrapped(labels.get(row.group, row.group), TITLE)]
        for row in rows
    ]
    feet = [[safe(line) for line in wrapped(_counted(row, lang), NOTE)] for row in rows]
    room = [BAR - 6 if share_of(row, "rate_low").enough else 0 for row in rows]
    heights = [
        LEADING * (len(head) + len(foot)) + bar
        for head, foot, bar in zip(heads, feet, room, strict=True)
    ]
    tops, total = _stacked(heights)
    figure = bare(dark, total + 30)
    shown = []
    for row, top, head, foot, bar in zip(rows, tops, heads, feet, room, strict=True):
        below = top + LEADING * len(head) + bar
        _lines(figure, head, top)
        _lines(figure, foot, below, size=FONT - 1, ink=QUIET[dark])
        if not bar:
            continue
        place = below - bar / 2
        figure.shape(
            "line", x0=row.rate_low, x1=row.rate_high, y0=place, y1=place,
            line={"color": ACCENT[dark], "width": 7}, opacity=0.35,
        )  # fmt: skip
        if row.assessed:
            shown.append((place, row))
    figure.trace(
        "scatter",
        mode="markers",
        x=[row.rate for _, row in shown],
        y=[place for place, _ in shown],
        marker={"color": ACCENT[dark], "size": 11, "line": {"color": INK[dark], "width": 1}},
        customdata=[
            [safe(labels.get(row.group, row.group)), *(
                share_of(row, name).said(lang, 1) for name in ("rate", "rate_low", "rate_high")
            )]
            for _, row in shown
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]} [%{customdata[2]} – %{customdata[3]}]"
        "<extra></extra>",
    )  # fmt: skip
    ticks = [0, 0.25, 0.5, 0.75, 1]
    figure.xaxis(
        range=[-0.02, 1.02], tickvals=ticks, ticktext=[percent(tick, lang) for tick in ticks],
        showgrid=True, gridcolor=LINE[dark], side="bottom", layer="below traces",
    )  # fmt: skip
    figure.yaxis(visible=False, range=[total, 0])
    figure.layout["margin"] = {"l": 8, "r": 14, "t": 0, "b": 30}
    return figure


def _label(status: Status, value: int, lang: str) -> str:
    return f"{SIGNS[status]} {number(value, lang)}"


def _fits(value: int, widest: int, lang: str) -> bool:
    """Whether a phone has room for sign and count in the segment of so many commitments."""
    return bool(value) and PHONE * value / widest >= SIGN + DIGIT * len(number(value, lang))


def _narrow(counts: pd.Series, widest: int, lang: str, dark: bool) -> list[str]:
    """Colour, sign and count of the segments in which a phone has no room for them."""
    labels = {
        status: _label(Status(status), value, lang)
        for status, value in counts.items()
        if value and not _fits(value, widest, lang)
    }
    keys = [
        f'<span style="color:{colour(status, dark)}">■</span> {label}'
        for status, label in labels.items()
    ]
    step = PHONE // (15 + DIGIT * max(map(len, labels.values()), default=1))
    return ["     ".join(keys[start : start + step]) for start in range(0, len(keys), step)]


def _counted(row, lang: str) -> str:
    if not share_of(row, "rate_low").enough:
        return text("chart.few", lang, implemented=row.implemented, due=row.due)
    return text(
        "chart.rate_of",
        lang,
        implemented=number(row.implemented, lang),
        assessed=number(row.assessed, lang),
        rate=share_of(row, "rate").said(lang),
        due=number(row.due, lang),
    )


def _stacked(heights: Sequence[int]) -> tuple[list[int], int]:
    """(where each part begins, where the last one ends), from the top."""
    ends = list(accumulate(height + APART for height in heights))
    return [0, *ends[:-1]], ends[-1]


def _lines(
    figure: Figure, lines: Sequence[str], top: float, size: int = FONT, ink: str | None = None
) -> None:
    """Lines of text at the left, from this height downwards."""
    for place, line in enumerate(lines):
        figure.note(
            x=0, xanchor="left", y=top + LEADING * place, yanchor="top", align="left", borderpad=0,
            text=line, font={"size": size, **({"color": ink} if ink else {})},
        )  # fmt: skip

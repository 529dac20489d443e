"""Stacked bars of statuses, and intervals of rates."""

from collections.abc import Mapping

import pandas as pd

from monitor.charts.style import (
    ACCENT,
    FONT,
    INK,
    LINE,
    QUIET,
    SIGNS,
    Figure,
    bare,
    colour,
    safe,
    said,
    text_on,
)
from monitor.i18n import number, percent, plural, text
from monitor.models import FEW, Status

#: A segment narrower than this share of the widest bar has no room for its label.
ROOM = 0.07


def by_measure(
    counts: pd.DataFrame, titles: Mapping[str, str], lang: str, dark: bool = False
) -> Figure:
    """Commitments by status, one bar a measure: sign and count in each segment.

    `counts`: `indicators.by_status` (index = measure). The title of each measure stands above its
    bar, so that a phone has the whole width for the bar.
    """
    if counts.empty or not counts.to_numpy().sum():
        return said(text("chart.nothing", lang), dark)
    rows = list(counts.index)
    places = list(range(len(rows)))[::-1]
    present = [status for status in Status if counts[status].any()]
    widest = int(counts.sum(axis=1).max())
    figure = bare(
        dark,
        10 + 74 * len(rows),
        barmode="stack",
        bargap=0.55,
    )  # fmt: skip
    for status in present:
        values = counts[status].to_list()
        fill = colour(status, dark)
        label = f"{SIGNS[status]} {text(f'status.{status}', lang)}"
        figure.trace(
            "bar",
            orientation="h",
            y=places,
            x=values,
            name=label,
            marker={"color": fill, "line": {"color": LINE[dark], "width": 0.5}},
            text=[
                f"{SIGNS[status]} {number(value, lang)}" if value >= ROOM * widest else ""
                for value in values
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": text_on(fill), "size": FONT},
            customdata=[[safe(titles[row]), label, number(value, lang)]
                        for row, value in zip(rows, values, strict=True)],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]} : %{customdata[2]}<extra></extra>",
        )  # fmt: skip
    due = (counts.to_numpy().sum(axis=1) - counts[Status.NOT_APPLICABLE].to_numpy()).tolist()
    for place, row, total in zip(places, rows, due, strict=True):
        figure.note(
            x=0, xanchor="left", y=place, yshift=28, align="left",
            text=f"<b>{safe(row)}. {safe(titles[row])}</b> · "
            f"{plural('chart.commitments', total, lang)}",
        )  # fmt: skip
    figure.xaxis(visible=False, range=[0, widest])
    figure.yaxis(visible=False, range=[-0.5, len(rows) - 0.35])
    return figure


def intervals(
    table: pd.DataFrame, labels: Mapping[str, str], lang: str, dark: bool = False
) -> Figure:
    """The rate of each group as a dot between its bounds; n and coverage beside it.

    `table`: `indicators.table` by one grouping. A group of fewer than five due commitments shows
    its counts instead.
    """
    table = table[table["due"] > 0]
    if table.empty:
        return said(text("chart.nothing", lang), dark)
    rows = list(table.itertuples())[::-1]
    figure = bare(dark, 60 + 46 * len(rows))
    for place, row in enumerate(rows):
        name = f"<b>{safe(labels.get(row.group, row.group), 48)}</b>"
        figure.note(x=0, xanchor="left", y=place, yshift=14, text=name, align="left")
        if row.due < FEW:
            note = text("chart.few", lang, implemented=row.implemented, due=row.due)
        else:
            note = text(
                "chart.rate_of",
                lang,
                implemented=number(row.implemented, lang),
                assessed=number(row.assessed, lang),
                rate=percent(row.rate, lang),
                due=number(row.due, lang),
            )
            figure.shape(
                "line", x0=row.rate_low, x1=row.rate_high, y0=place, y1=place,
                line={"color": ACCENT[dark], "width": 7}, opacity=0.35,
            )  # fmt: skip
        figure.note(
            x=1, xanchor="right", y=place, yshift=14, text=note,
            font={"color": QUIET[dark], "size": FONT - 1},
        )  # fmt: skip
    shown = [(place, row) for place, row in enumerate(rows) if row.due >= FEW and row.assessed]
    figure.trace(
        "scatter",
        mode="markers",
        x=[row.rate for _, row in shown],
        y=[place for place, _ in shown],
        marker={"color": ACCENT[dark], "size": 11, "line": {"color": INK[dark], "width": 1}},
        customdata=[
            [safe(labels.get(row.group, row.group)), percent(row.rate, lang, 1),
             percent(row.rate_low, lang, 1), percent(row.rate_high, lang, 1)]
            for _, row in shown
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]} [%{customdata[2]} – %{customdata[3]}]"
        "<extra></extra>",
    )  # fmt: skip
    ticks = [0, 0.25, 0.5, 0.75, 1]
    figure.xaxis(
        range=[-0.01, 1.01], tickvals=ticks, ticktext=[percent(tick, lang) for tick in ticks],
        showgrid=True, gridcolor=LINE[dark], side="bottom",
    )  # fmt: skip
    figure.yaxis(visible=False, range=[-0.5, len(rows) - 0.2])
    figure.layout["margin"] = {"l": 14, "r": 24, "t": 6, "b": 30}
    return figure

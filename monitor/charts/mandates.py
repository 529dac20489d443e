"""Mandates on a line of time."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from monitor.charts.style import (
    ACCENT,
    FONT,
    INK,
    QUIET,
    Figure,
    bare_figure,
    empty_figure,
    escape_text,
)
from monitor.charts.time import date_axis
from monitor.i18n import day, since_day, text
from monitor.table_rows import read_rows


class _Mandate(NamedTuple):
    label: str
    start: date
    end: date | None
    binding: bool
    ends_later: bool


def mandate_lines(
    table: pd.DataFrame, term: tuple[date, date], on: date, lang: str, dark: bool = False
) -> Figure:
    """Time in office on a line, the term of the pact behind it, the day of the view as a mark.

    `table`: columns label (text), start, end (dates; None: it lasts), binding, ends_later (bool: it is
    drawn as lasting, and that no end is known is not said).
    """
    if table.empty:
        return empty_figure(text("chart.no_mandate", lang), dark)
    rows = list(dict.fromkeys(table["label"]))[::-1]
    figure = bare_figure(dark, 54 + 40 * len(rows))
    for row in read_rows(_Mandate, table):
        place = rows.index(row.label)
        fill = ACCENT[dark] if row.binding else QUIET[dark]
        when = since_day(row.start.isoformat(), lang)
        if not row.ends_later:
            end = day(row.end, lang) if row.end else text("date.open", lang)
            when = f"{day(row.start, lang)} – {end}"
        figure.trace(
            "scatter",
            x=[row.start.isoformat(), (row.end or term[1]).isoformat()],
            y=[place, place],
            mode="lines",
            line={"color": fill, "width": 12},
            customdata=[[escape_text(row.label), when]] * 2,
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        )
    for place, label in enumerate(rows):
        figure.note(
            x=term[0].isoformat(),
            xanchor="left",
            y=place,
            yshift=15,
            text=escape_text(label),
            font={"size": FONT - 2},
        )
    figure.shape(
        "line",
        x0=on.isoformat(),
        x1=on.isoformat(),
        y0=0,
        y1=1,
        yref="paper",
        line={"color": INK[dark], "width": 1, "dash": "dot"},
    )
    figure.xaxis(**date_axis(*term, lang))
    figure.yaxis(visible=False, range=[-0.5, len(rows) - 0.2])
    figure.layout["margin"] = {"l": 0, "r": 0, "t": 4, "b": 30}
    return figure

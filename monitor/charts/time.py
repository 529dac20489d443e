"""Progress over time, and mandates on a line of time."""

from datetime import date

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
)
from monitor.i18n import day, percent, text
from monitor.models import Status

#: The least distance between two labels at the right edge, as a share of the height.
APART = 0.055


def over_time(series: pd.DataFrame, lang: str, dark: bool = False) -> Figure:
    """The share of due commitments by status, as steps; each status is named at the right edge.

    `series`: `status.over_time`. Where nothing is due there is nothing to share out: a gap.
    """
    due = series["due"].where(series["due"] > 0)
    if not due.notna().any():
        return said(text("chart.nothing", lang), dark)
    counted = [status for status in Status if status is not Status.NOT_APPLICABLE]
    present = [status for status in counted if series[status].any()]
    figure = bare(
        dark,
        340,
        hovermode="x unified",
    )  # fmt: skip
    days = series["day"].dt.strftime("%Y-%m-%d").to_list()
    base, ends = 0.0, []
    for status in present:
        shares = (series[status] / due).fillna(0)
        word = f"{SIGNS[status]} {text(f'status.{status}', lang)}"
        figure.trace(
            "scatter",
            x=days,
            y=shares.to_list(),
            name=word,
            stackgroup="all",
            mode="lines",
            line={"shape": "hv", "width": 0.5, "color": LINE[dark]},
            fillcolor=colour(status, dark),
            customdata=[
                [f"{count} / {whole} ({percent(share, lang)})"]
                for count, whole, share in zip(series[status], series["due"], shares, strict=True)
            ],
            hovertemplate="%{customdata[0]}",
        )
        share = float(shares.iloc[-1])
        if share > 0:
            ends.append((base + share / 2, f"{SIGNS[status]} {percent(share, lang)}"))
        base += share
    place = -1.0
    for middle, words in ends:
        place = max(middle, place + APART)
        figure.note(
            x=1, xref="paper", xanchor="left", xshift=6, y=place, text=words,
            align="left", font={"size": FONT - 2},
        )  # fmt: skip
    ticks = [0, 0.25, 0.5, 0.75, 1]
    figure.yaxis(range=[0, 1], tickvals=ticks, ticktext=[percent(tick, lang) for tick in ticks])
    figure.xaxis(
        tickformat="%Y", dtick="M12", hoverformat="%d/%m/%Y" if lang == "fr" else "%d %b %Y"
    )
    figure.layout["margin"] = {"l": 44, "r": 64, "t": 14, "b": 24}
    return figure


def mandates(
    table: pd.DataFrame, term: tuple[date, date], on: date, lang: str, dark: bool = False
) -> Figure:
    """Time in office on a line, the term of the pact behind it, the day of the view as a mark.

    `table`: columns label (text), start, end (dates), binding (bool).
    """
    if table.empty:
        return said(text("chart.no_mandate", lang), dark)
    rows = list(dict.fromkeys(table["label"]))[::-1]
    figure = bare(dark, 54 + 40 * len(rows))
    for row in table.itertuples():
        place = rows.index(row.label)
        fill = ACCENT[dark] if row.binding else QUIET[dark]
        figure.trace(
            "scatter",
            x=[row.start.isoformat(), row.end.isoformat()], y=[place, place], mode="lines",
            line={"color": fill, "width": 12},
            customdata=[[safe(row.label), day(row.start, lang), day(row.end, lang)]] * 2,
            hovertemplate="%{customdata[0]}<br>%{customdata[1]} – %{customdata[2]}<extra></extra>",
        )  # fmt: skip
    for place, label in enumerate(rows):
        figure.note(
            x=term[0].isoformat(), xanchor="left", y=place, yshift=15, text=safe(label),
            font={"size": FONT - 2},
        )  # fmt: skip
    figure.shape(
        "line", x0=on.isoformat(), x1=on.isoformat(), y0=0, y1=1, yref="paper",
        line={"color": INK[dark], "width": 1, "dash": "dot"},
    )  # fmt: skip
    figure.xaxis(range=[each.isoformat() for each in term], tickformat="%Y", dtick="M12")
    figure.yaxis(visible=False, range=[-0.5, len(rows) - 0.2])
    figure.layout["margin"] = {"l": 0, "r": 0, "t": 4, "b": 24}
    return figure

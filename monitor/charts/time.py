"""Progress over time, and mandates on a line of time."""

from collections.abc import Sequence
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
from monitor.i18n import day, number, percent, plural, text
from monitor.models import FEW, Status

#: The least distance between two labels at the right edge, as a share of the height; and between two
#: along the line of what is due, as a share of the width; the shortest time that is written there.
APART, ALONG, SHORTEST = 0.055, 0.14, 0.01
#: The width in pixels of that line on a telephone.
NARROW = 250
#: Up to this many commitments due at once are drawn as counts.
COUNTED = 20
#: Where the areas begin, and where the line of what is due ends, as shares of the height.
AREAS, STRIP = 0.25, 0.1


def counted(series: pd.DataFrame) -> bool:
    """Whether a line of time counts commitments rather than shares: they are few, or fewer than five
    on some day, so that one who leaves would move every share.

    `series`: `status.over_time`.
    """
    due = series["due"]
    return bool(due.max() <= COUNTED or ((due > 0) & (due < FEW)).any())


def over_time(series: pd.DataFrame, lang: str, dark: bool = False) -> Figure:
    """The due commitments by status, as steps; each status is named at the right edge. Their number
    where it is `counted`, else their share; and in each case how many are due, on a line below.

    `series`: `status.over_time`. Where nothing is due there is a gap.
    """
    if not (series["due"] > 0).any():
        return said(text("chart.nothing", lang), dark)
    counts = counted(series)
    present = [s for s in Status if s is not Status.NOT_APPLICABLE and series[s].any()]
    # The nearest day answers, for a step can be years long.
    figure = bare(dark, 410, hovermode="x unified", hoversubplots="axis", hoverdistance=-1)
    days = series["day"].dt.strftime("%Y-%m-%d").to_list()
    whole = 1 if counts else series["due"].where(series["due"] > 0)
    base, ends = 0.0, []
    for status in present:
        values = (series[status] / whole).fillna(0)
        figure.trace(
            "scatter",
            x=days,
            y=(series[status] if counts else values).to_list(),
            name=f"{SIGNS[status]} {text(f'status.{status}', lang)}",
            stackgroup="all",
            mode="lines",
            line={"shape": "hv", "width": 0.5, "color": LINE[dark]},
            fillcolor=colour(status, dark),
            customdata=[
                _said(count, due, lang)
                for count, due in zip(series[status].tolist(), series["due"].tolist(), strict=True)
            ],
            hovertemplate="%{customdata}",
        )
        last = float(values.iloc[-1])
        if last > 0:
            words = number(int(series[status].iloc[-1]), lang) if counts else percent(last, lang)
            ends.append((base + last / 2, f"{SIGNS[status]} {words}"))
        base += last
    top = int(series["due"].max()) if counts else 1
    for place, words in _apart(ends, top):
        figure.note(
            x=1, xref="paper", xanchor="left", xshift=6, y=place, text=words,
            align="left", font={"size": FONT - 2},
        )  # fmt: skip
    ticks = _ticks(top) if counts else [0, 0.25, 0.5, 0.75, 1]
    say = number if counts else percent
    figure.yaxis(
        range=[0, top], domain=[AREAS, 1], tickvals=ticks, ticktext=[say(t, lang) for t in ticks]
    )
    figure.xaxis(
        tickformat="%Y", dtick="M12", hoverformat="%d/%m/%Y" if lang == "fr" else "%d %b %Y",
        range=[days[0], days[-1]], anchor="y2",
    )  # fmt: skip
    figure.layout["margin"] = {"l": 44, "r": 64, "t": 30, "b": 24}
    _above(figure, text("chart.axis_count" if counts else "chart.axis_share", lang), 1, dark)
    _due(figure, series, days, lang, dark)
    return figure


def _said(count: int, due: int, lang: str) -> str:
    """« 3 sur 6 (50 %) »; without the percentage of fewer than five."""
    said = f"{number(count, lang)} / {number(due, lang)}"
    return said if due < FEW else f"{said} ({percent(count / due, lang)})"


def _due(figure: Figure, series: pd.DataFrame, days: list[str], lang: str, dark: bool) -> None:
    """How many commitments are due, on a line below: a whole that changes is seen to change."""
    due = series["due"].to_list()
    figure.trace(
        "scatter", x=days, y=due, yaxis="y2", mode="lines", fill="tozeroy", fillcolor=LINE[dark],
        line={"shape": "hv", "width": 1.5, "color": QUIET[dark]}, name=text("chart.due", lang),
        customdata=[number(value, lang) for value in due], hovertemplate="%{customdata}",
    )  # fmt: skip
    figure.layout["yaxis2"] = {
        "domain": [0, STRIP], "range": [0, max(due) * 1.05], "visible": False, "fixedrange": True,
        "anchor": "x",
    }  # fmt: skip
    _above(figure, text("chart.due", lang), STRIP, dark, 20)
    small = {"size": FONT - 2}
    for place in _told(series["day"], due):
        figure.note(
            x=days[place], xanchor="left", xshift=2, y=due[place], yref="y2", yanchor="bottom",
            borderpad=0, text=number(due[place], lang), font=small,
        )  # fmt: skip
    figure.note(
        x=1, xref="paper", xanchor="left", xshift=6, y=STRIP / 2, yref="paper", align="left",
        text=plural("chart.due_now", due[-1], lang), font=small,
    )  # fmt: skip


def _told(days: pd.Series, due: Sequence[int]) -> list[int]:
    """Where what is due is written on its line: where it lasts longest, as far apart as can be read,
    and not at the right edge, which has its own. Nowhere if it never changes."""
    span = max((days.iloc[-1] - days.iloc[0]).days, 1)
    at = ((days - days.iloc[0]).dt.days / span).to_list()
    begins = [place for place in range(len(due)) if not place or due[place] != due[place - 1]]
    if len(begins) == 1:
        return []
    lasts = {place: end - at[place] for place, end in
             zip(begins, [*(at[place] for place in begins[1:]), 1], strict=True)}  # fmt: skip
    apart = max(ALONG, (8 * len(str(max(due))) + 8) / NARROW)
    kept: list[int] = []
    for place in sorted(begins, key=lambda place: -lasts[place]):
        wide = lasts[place] >= SHORTEST and at[place] < 1 - ALONG / 2
        if wide and all(abs(at[place] - at[other]) >= apart for other in kept):
            kept.append(place)
    return sorted(kept)


def _apart(ends: list[tuple[float, str]], top: float) -> list[tuple[float, str]]:
    """Labels from the bottom up, none on another and none above the top."""
    least, places = APART * top, []
    place = -top
    for middle, _ in ends:
        place = max(middle, place + least)
        places.append(place)
    limit = top
    for at in reversed(range(len(places))):
        places[at] = min(places[at], limit)
        limit = places[at] - least
    return [(place, words) for place, (_, words) in zip(places, ends, strict=True)]


def _ticks(top: int) -> list[int]:
    """Whole numbers from 0 to `top`, at most six."""
    step = next(
        each * 10**power for power in range(12) for each in (1, 2, 5) if top / (each * 10**power) <= 5
    )  # fmt: skip
    return list(range(0, top + 1, step))


def _above(figure: Figure, words: str, y: float, dark: bool, shift: int = 4) -> None:
    """What an axis counts, above it at the left."""
    figure.note(
        text=safe(words), x=0, xref="paper", xanchor="left", y=y, yref="paper", yanchor="bottom",
        yshift=shift, borderpad=0, font={"size": FONT - 1, "color": QUIET[dark]},
    )  # fmt: skip


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

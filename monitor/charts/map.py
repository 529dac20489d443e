"""A map by department, when there are enough places for one."""

import pandas as pd

from monitor.charts import hatch
from monitor.charts.style import (
    FONT,
    INK,
    LINE,
    PAPER,
    QUIET,
    SCALES,
    UNKNOWN,
    Figure,
    bare,
    safe,
)
from monitor.i18n import number, percent, text
from monitor.shares import enough, share_of

GEOJSON = "/carte/departements.geojson"
#: Departments of metropolitan France (INSEE): those without a commitment are drawn as well.
METROPOLITAN = (
    *(f"{number:02}" for number in range(1, 96) if number != 20), "2A", "2B",
)  # fmt: skip
#: plotly.js asks for a world map before it draws ours: our own empty one, so nothing goes outside.
MAP_CONFIG = {"topojsonURL": "/topo/", "displayModeBar": False, "scrollZoom": False}
#: Pixels: the map, and what stands below it.
MAP, BELOW, SWATCH = 430, 138, 22


def departments(table: pd.DataFrame, names: dict[str, str], lang: str, dark: bool = False):
    """The share implemented among due commitments: a colour only where there is one. Hatched where
    nothing was assessed, dotted where too little is due for a percentage, bare where nothing is.

    `table`: `indicators.table` by department. Metropolitan France: the departments overseas stand
    in the table beside the map.
    """
    figure: Figure = bare(dark, MAP + BELOW)
    told = (table["assessed"] > 0) & enough(table["due"], table["officials"])
    known, unseen = table[told], table[table["assessed"] == 0]
    few = table[~told & (table["assessed"] > 0)]
    highest = max(0.5, float(known["rate_low"].max())) if len(known) else 0.5
    bare_ground = sorted(set(METROPOLITAN) - set(table["group"]))
    _ground(figure, bare_ground, PAPER[dark], LINE[dark], hoverinfo="skip")
    for rows in (unseen, few):
        hover = _hover(rows, names, lang)
        _ground(figure, rows["group"].to_list(), UNKNOWN[dark], PAPER[dark], **hover)
    figure.trace(
        "choropleth",
        geojson=GEOJSON,
        featureidkey="id",
        locations=known["group"].to_list(),
        z=known["rate_low"].to_list(),
        zmin=0,
        zmax=highest,
        colorscale=SCALES[dark],
        showscale=True,
        marker={"line": {"color": PAPER[dark], "width": 0.8}},
        colorbar=_scale(highest, lang),
        **_hover(known, names, lang),
    )
    drawn = set(METROPOLITAN)
    for rows, points, look in (
        (unseen, hatch.lines, {"mode": "lines", "line": {"color": QUIET[dark], "width": 1}}),
        (few, hatch.dots, {"mode": "markers", "marker": {"color": QUIET[dark], "size": 2.5}}),
    ):
        lons, lats = points(code for code in rows["group"] if code in drawn)
        if lons:
            figure.trace("scattergeo", lon=lons, lat=lats, hoverinfo="skip", **look)
    figure.layout["geo"] = {
        "visible": False, "bgcolor": "rgba(0,0,0,0)", "projection": {"type": "mercator"},
        "lonaxis": {"range": [-5.4, 9.8]}, "lataxis": {"range": [41.2, 51.3]},
    }  # fmt: skip
    figure.layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": BELOW}
    _key(figure, lang, dark)
    return figure


def _ground(figure: Figure, places: list[str], fill: str, border: str, **values) -> None:
    """Departments of one colour that says no share."""
    figure.trace(
        "choropleth", geojson=GEOJSON, featureidkey="id", locations=places, z=[0] * len(places),
        showscale=False, colorscale=[[0, fill], [1, fill]],
        marker={"line": {"color": border, "width": 0.8}}, **values,
    )  # fmt: skip


def _scale(highest: float, lang: str) -> dict:
    """The scale of the shares, below the map at the left, with what they are shares of."""
    ticks = [
        tick / 10 for tick in range(0, int(highest * 10 + 1e-9) + 1, 1 if highest < 0.7 else 2)
    ]
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "xpad": 14, "y": 0, "yanchor": "top",
        "ypad": 8, "lenmode": "pixels", "len": 270, "thickness": 10, "outlinewidth": 0,
        "tickvals": ticks, "ticktext": [percent(tick, lang) for tick in ticks],
        "tickfont": {"size": FONT - 2}, "ticklabeloverflow": "allow",
        "title": {"text": text("map.scale", lang), "side": "top", "font": {"size": FONT - 1}},
    }  # fmt: skip


def _key(figure: Figure, lang: str, dark: bool) -> None:
    """A swatch and words for each ground that has no share."""
    size = 14
    for place, kind in enumerate(("unseen", "few", "none")):
        top = -66 - SWATCH * place
        pixels = {
            "xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel",
            "xanchor": 0, "yanchor": 0,
        }  # fmt: skip
        fill = PAPER[dark] if kind == "none" else UNKNOWN[dark]
        figure.shape(
            "rect", x0=4, x1=4 + size, y0=top, y1=top - size, fillcolor=fill,
            line={"color": QUIET[dark], "width": 0.8}, **pixels,
        )  # fmt: skip
        if kind == "unseen":
            path = "".join(
                f"M{4 + max(0, s - size)},{top - size + max(0, size - s)}"
                f"L{4 + min(size, s)},{top - max(0, s - size)}"
                for s in (6, 12, 18, 24)
            )
            figure.shape("path", path=path, line={"color": QUIET[dark], "width": 1}, **pixels)
        if kind == "few":
            for x, y in ((3, 3), (9, 3), (6, 7), (3, 11), (9, 11)):
                figure.shape(
                    "circle", x0=3 + x, x1=6 + x, y0=top - y + 1, y1=top - y - 2,
                    fillcolor=QUIET[dark], line={"width": 0}, **pixels,
                )  # fmt: skip
        figure.note(
            text=safe(text(f"map.{kind}", lang)), x=0, xref="paper", xanchor="left",
            xshift=26, y=0, yref="paper", yanchor="top", yshift=top + 3, borderpad=0,
            font={"size": FONT - 1, "color": INK[dark]},
        )  # fmt: skip


def _hover(rows: pd.DataFrame, names: dict[str, str], lang: str) -> dict:
    return {
        "customdata": [_facts(row, names, lang) for row in rows.itertuples()],
        "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    }


def _facts(row, names: dict[str, str], lang: str) -> list[str]:
    """The counts; the share and the coverage where five or more are due, as percentages."""
    least, coverage = share_of(row, "rate_low"), share_of(row, "coverage")
    key = "map_hover" if least.enough else "map_hover_few"
    said = text(
        f"chart.{key}",
        lang,
        implemented=number(row.implemented, lang),
        due=number(row.due, lang),
        assessed=number(row.assessed, lang),
        share=least.said(lang),
        coverage=coverage.said(lang),
    )
    return [safe(f"{names.get(row.group, row.group)} ({row.group})"), said]

"""A map by department, when there are enough places for one."""

import pandas as pd

from monitor.charts.style import LINE, SCALES, UNKNOWN, Figure, bare, safe
from monitor.i18n import number, percent, text
from monitor.models import FEW

GEOJSON = "/carte/departements.geojson"
#: Departments of metropolitan France (INSEE): those without a commitment are drawn as well.
METROPOLITAN = (
    *(f"{number:02}" for number in range(1, 96) if number != 20), "2A", "2B",
)  # fmt: skip
#: The colour of the page itself.
PAPER = ("#FFFFFF", "#0F1417")
#: plotly.js asks for a world map before it draws ours: our own empty one, so nothing goes outside.
MAP_CONFIG = {"topojsonURL": "/topo/", "displayModeBar": False, "scrollZoom": False}


def departments(table: pd.DataFrame, names: dict[str, str], lang: str, dark: bool = False):
    """The share implemented among due commitments; grey where nothing was assessed, or too little
    is due for a percentage.

    `table`: `indicators.table` by department. Metropolitan France: the departments overseas stand
    in the table beside the map.
    """
    figure: Figure = bare(dark, 430)
    told = (table["assessed"] > 0) & (table["due"] >= FEW)
    known = table[told]
    highest = max(0.5, float(known["rate_low"].max())) if len(known) else 0.5
    ticks = [tick / 10 for tick in range(int(highest * 10) + 1)]
    bare_ground = sorted(set(METROPOLITAN) - set(table["group"]))
    figure.trace(
        "choropleth", geojson=GEOJSON, featureidkey="id", locations=bare_ground,
        z=[0] * len(bare_ground), showscale=False, hoverinfo="skip",
        colorscale=[[0, PAPER[dark]], [1, PAPER[dark]]],
        marker={"line": {"color": LINE[dark], "width": 0.6}},
    )  # fmt: skip
    for rows, values, scale, shown in (
        (table[~told], None, [[0, UNKNOWN[dark]], [1, UNKNOWN[dark]]], False),
        (known, known["rate_low"], SCALES[dark], True),
    ):
        figure.trace(
            "choropleth",
            geojson=GEOJSON,
            featureidkey="id",
            locations=rows["group"].to_list(),
            z=[0] * len(rows) if values is None else values.to_list(),
            zmin=0,
            zmax=highest,
            colorscale=scale,
            showscale=shown,
            marker={"line": {"color": LINE[dark], "width": 0.6}},
            colorbar={
                "tickvals": ticks,
                "ticktext": [percent(tick, lang) for tick in ticks],
                "thickness": 10,
                "len": 0.6,
                "outlinewidth": 0,
            },
            customdata=[_facts(row, names, lang) for row in rows.itertuples()],
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
        )
    figure.layout["geo"] = {
        "visible": False, "bgcolor": "rgba(0,0,0,0)", "projection": {"type": "mercator"},
        "lonaxis": {"range": [-5.4, 9.8]}, "lataxis": {"range": [41.2, 51.3]},
    }  # fmt: skip
    return figure


def _facts(row, names: dict[str, str], lang: str) -> list[str]:
    said = text(
        "chart.map_hover",
        lang,
        implemented=number(row.implemented, lang),
        due=number(row.due, lang),
        coverage=percent(row.coverage, lang),
    )
    return [safe(names.get(row.group, row.group)), said]

"""A map by department, when there are enough places for one."""

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd

from monitor.charts import hatch, insets
from monitor.charts.knowledge import assessment_effort
from monitor.charts.map_key import BORDER, HOLLOW, Ground, colour_scale, draw_key, draw_note
from monitor.charts.style import (
    FONT,
    INK,
    LEADING,
    LINE,
    NO_COLOUR,
    NOTHING,
    PAPER,
    QUIET,
    SCALES,
    UNKNOWN,
    Figure,
    bare_figure,
    escape_text,
    outline_colour,
    wrap_text,
)
from monitor.i18n import join_items, number, text
from monitor.models import THIN
from monitor.program import program_digest
from monitor.shares import is_enough, share_of
from monitor.table_rows import IndicatorRow, read_rows

#: The contours of the departments, and those of Paris and around it.
DEPARTMENTS, RING = "departements", "couronne"
#: Departments of metropolitan France (INSEE).
METROPOLITAN = (
    *(f"{number:02}" for number in range(1, 96) if number != 20),
    "2A",
    "2B",
)
#: All that have a contour: those without a commitment are drawn as well.
DRAWN = frozenset((*METROPOLITAN, *insets.OVERSEAS))
#: Collectivities overseas that have none (INSEE).
UNDRAWN = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "986": "Wallis et Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
}
#: The most counts of departments that a picture tells one by one.
READ = 12
#: plotly.js asks for a world map before it draws ours: our own empty one, so nothing goes outside.
MAP_CONFIG = {"topojsonURL": "/topo/", "displayModeBar": False, "scrollZoom": False}
HOVER = "<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>"
#: Pixels: the map, and the scale below it. Characters in a line of a note.
MAP, SCALE, NOTE = 480, 58, 62
#: By so much the map is higher where there is room.
LARGER = 200


def department_map(
    table: pd.DataFrame, names: dict[str, str], lang: str, dark: bool = False, effort: str = ""
):
    """The share implemented among due commitments: a colour only where there is one, a hollow contour
    where it rests on fewer than `THIN`. Hatched where nothing was assessed, dotted where too little is
    due for a percentage, in a ground of its own where nothing is. Departments overseas stand in frames,
    Paris and those around it once more enlarged; what has no contour is told below.

    `table`: `indicators.indicator_table` by department. `effort`: how closely they were looked at, told
    below.
    """
    figure: Figure = bare_figure(dark, 0)
    rows = [row for row in read_rows(IndicatorRow, table) if row.due]
    here = [row for row in rows if row.group in DRAWN]
    unseen = [row for row in here if not row.assessed]
    seen = [row for row in here if row.assessed]
    shown = [row for row in seen if is_enough(row.due, row.officials)]
    few = [row for row in seen if not is_enough(row.due, row.officials)]
    thin = [row for row in shown if row.due < THIN]
    none = sorted(DRAWN - {row.group for row in here})
    highest = max([0.5, *(row.rate_low for row in shown if row.due >= THIN)])
    empty = [(code, 0, None) for code in none]
    _fill(figure, empty, [NOTHING[dark]] * 2, LINE[dark], hoverinfo="skip")
    facts = {row.group: _facts(row, names, lang) for row in here}
    for kind in (unseen, few):
        places = [(row.group, 0, facts[row.group]) for row in kind]
        _fill(figure, places, [UNKNOWN[dark]] * 2, QUIET[dark], hovertemplate=HOVER)
    places = [(row.group, row.rate_low, facts[row.group]) for row in shown]
    _fill(
        figure,
        places,
        SCALES[dark],
        PAPER[dark],
        hovertemplate=HOVER,
        zmin=0,
        zmax=highest,
        colorbar=colour_scale(highest, lang),
    )
    if thin:
        places = [(row.group, 0, facts[row.group]) for row in thin]
        borders = {row.group: outline_colour(row.rate_low, highest, dark) for row in thin}
        _fill(figure, places, [PAPER[dark]] * 2, borders, HOLLOW, hovertemplate=HOVER)
        # The colour of a small share is close to that of the page: a thin line holds it.
        _fill(figure, places, [NO_COLOUR] * 2, QUIET[dark], hoverinfo="skip")
    for kind, points, look in (
        (unseen, hatch.hatch_lines, {"mode": "lines", "line": {"color": QUIET[dark], "width": 1}}),
        (few, hatch.hatch_dots, {"mode": "markers", "marker": {"color": QUIET[dark], "size": 2.5}}),
    ):
        lons, lats = points(row.group for row in kind)
        if lons:
            figure.trace("scattergeo", lon=lons, lat=lats, hoverinfo="skip", **look)
    _frames(figure, lang, dark)
    # What stands enlarged comes after the whole country: plotly draws lines and words above both.
    figure.traces.sort(key=lambda trace: trace.get("geojson") == contours_address(RING))
    figure.layout["geo"] = {
        "visible": False,
        "bgcolor": NO_COLOUR,
        "projection": {"type": "mercator"},
        "lonaxis": {"range": list(insets.LONGITUDES)},
        "lataxis": {"range": list(insets.LATITUDES)},
    }
    present = [
        ground
        for ground, found in (
            (Ground.THIN, thin),
            (Ground.UNSEEN, unseen),
            (Ground.FEW, few),
            (Ground.NONE, none),
        )
        if found
    ]
    scale = SCALE if shown else 0
    below = draw_key(figure, present, 8 + scale, lang, dark)
    sentences = (effort, _counts(few, names, lang), _outside(rows, names, lang))
    notes = [line for words in sentences if words for line in wrap_text(words, NOTE)]
    for place, line in enumerate(notes):
        draw_note(figure, escape_text(line), 0, -below - LEADING * place, QUIET[dark])
    below += LEADING * len(notes) + 8
    figure.layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": below}
    figure.layout["height"] = MAP + below
    figure.in_full = {"height": {"more": LARGER}}
    return figure


@cache
def contours_address(contours: str) -> str:
    """Where browsers get contours; what follows the address makes them ask again for what changed."""
    return f"/carte/{contours}.geojson?v={program_digest()[:12]}"


def _fill(
    figure: Figure,
    places: Sequence[tuple],
    colours: Sequence,
    border: str | Mapping[str, str],
    width: float = BORDER,
    **look,
) -> None:
    """Departments drawn alike, and those of them that stand enlarged as well. `places`: (code, z, what
    it says) of each, which answers if there is a `hovertemplate`; `colours`: the scale of z, or its two
    ends; `border`: the colour of all, or by code."""
    scale = colours if len(colours) > 2 else [[0, colours[0]], [1, colours[1]]]
    for contours in (DEPARTMENTS, RING):
        own = [place for place in places if contours == DEPARTMENTS or place[0] in insets.RING]
        if contours == RING and not own:
            continue
        facts = {"customdata": [hover for *_, hover in own]} if "hovertemplate" in look else {}
        line = border if isinstance(border, str) else [border[code] for code, *_ in own]
        figure.trace(
            "choropleth",
            geojson=contours_address(contours),
            featureidkey="id",
            locations=[code for code, *_ in own],
            z=[z for _, z, _ in own],
            colorscale=scale,
            showscale="colorbar" in look and contours == DEPARTMENTS,
            marker={"line": {"color": line, "width": width}},
            **facts,
            **look,
        )


def _frames(figure: Figure, lang: str, dark: bool) -> None:
    """Thin frames around what stands apart, each with its name."""
    lons, lats = insets.inset_frames()
    figure.trace(
        "scattergeo",
        mode="lines",
        lon=lons,
        lat=lats,
        hoverinfo="skip",
        line={"color": QUIET[dark], "width": 0.6},
    )
    words = {code: text(f"map.frame_{code}", lang) for code in insets.OVERSEAS}
    named = insets.frame_names({**words, "": text("map.frame_paris", lang)})
    figure.trace(
        "scattergeo",
        mode="text",
        hoverinfo="skip",
        lon=[lon for lon, _, _ in named],
        lat=[lat for _, lat, _ in named],
        text=[name for _, _, name in named],
        textfont={"size": FONT - 3, "color": INK[dark]},
    )


def _counts(few: Sequence[IndicatorRow], names: dict[str, str], lang: str) -> str:
    """The counts of the departments that have too few for a percentage, while they can be read."""
    if not 0 < len(few) <= READ:
        return ""
    places = [
        f"{names.get(row.group, row.group)} {number(row.implemented, lang)} / {number(row.due, lang)}"
        for row in few
    ]
    return text("map.few_counts", lang, places=text("sentence.semicolon", lang).join(places))


def _outside(rows: Sequence[IndicatorRow], names: dict[str, str], lang: str) -> str:
    """What is not on the map, with its counts where it has any."""
    rows = [row for row in rows if row.group not in DRAWN]
    named = [
        text(
            "map.outside_of",
            lang,
            place=f"{names.get(row.group, row.group)} ({row.group})"
            if row.group
            else text("map.no_department", lang),
            implemented=number(row.implemented, lang),
            due=number(row.due, lang),
        )
        for row in rows
    ]
    apart = text("sentence.semicolon", lang)
    empty = [name for code, name in UNDRAWN.items() if code not in {row.group for row in rows}]
    if all(row.group for row in rows):
        empty.append(text("map.no_department", lang))
    sentences = [text("map.outside", lang, places=apart.join(named))] if named else []
    sentences += [text("map.outside_none", lang, places=join_items(empty, lang))] if empty else []
    return " ".join(sentences)


def _facts(row: IndicatorRow, names: dict[str, str], lang: str) -> list[str]:
    """The counts; the share and the coverage where five or more are due, as percentages."""
    least, coverage = share_of(row, "rate_low"), share_of(row, "coverage")
    key = "map_hover" if least.enough else "map_hover_few"
    figures = text(
        f"chart.{key}",
        lang,
        implemented=number(row.implemented, lang),
        due=number(row.due, lang),
        assessed=number(row.assessed, lang),
        share=least.in_words(lang),
        coverage=coverage.in_words(lang),
    )
    effort = "<br>".join(wrap_text(assessment_effort(row, lang), NOTE))
    return [
        escape_text(f"{names.get(row.group, row.group)} ({row.group})"),
        f"{figures}<br>{effort}",
    ]

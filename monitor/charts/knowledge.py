"""What is known of the implementation, group by group: done, not done, or not known."""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import pandas as pd

from monitor.charts.bars import APART, BAR, TITLE
from monitor.charts.style import (
    FONT,
    INK,
    LEADING,
    NO_COLOUR,
    PAPER,
    QUIET,
    UNKNOWN,
    Figure,
    bare_figure,
    empty_figure,
    escape_text,
    mix_colours,
    status_colour,
    text_colour_on,
    wrap_text,
    write_lines,
)
from monitor.i18n import number, percent, plural, text
from monitor.models import THIN, Status
from monitor.shares import Share, is_enough, share_of
from monitor.table_rows import IndicatorRow, RateRow, read_rows

#: The parts of a bar, from the left: what is known, then what is not, by how much of it is hatched.
PARTS = {"implemented": 0, "read": 0, "never": 0.5, "fruitless": 0.28, "stale": 0.12}
UNKNOWN_PARTS = ("never", "fruitless", "stale")
#: How much of the page is in the colour of what was read and is not implemented.
PALER = 0.25
#: Shares of the width in which words fit on a telephone: « on ne sait pas », and a percentage.
ROOM, NARROW = 0.42, 0.105
#: Letters of a line of the list of the parts.
NAME = 47
#: With more groups than this, a bar is SLIM, and so is what separates two.
MANY, SLIM, NEAR = 12, 18, 12
#: Pixels: a line of the list of the parts above the bars, and what stands around it; the room of n at
#: the right of the bars.
KEY_LINE, KEY, AT_RIGHT = 20, 22, 76


def effort_parts(row: IndicatorRow) -> dict[str, int]:
    """The parts of a bar: they make what is due."""
    known = {
        "implemented": row.implemented,
        "read": row.assessed - row.implemented - row.no_evidence - row.stale,
    }
    unknown = (row.due - row.assessed, row.no_evidence, row.stale)
    counts = known | dict(zip(UNKNOWN_PARTS, unknown, strict=True))
    return {part: int(count) for part, count in counts.items()}


def assessment_effort(row: RateRow, lang: str, short: bool = False) -> str:
    """How closely the assessed were looked at: « 2,3 entrées lues par engagement évalué, la dernière
    il y a 5 mois (médiane) »; `short`, where this is explained beside it: « 2,3 entrées lues, il y a
    5 mois »."""
    if not row.assessed:
        return text("chart.no_effort", lang)
    months = plural("chart.months", round(row.months_since_entry), lang)
    key = "chart.effort_short" if short else "chart.effort"
    return plural(key, row.entries_per_assessed, lang, digits=1, months=months)


def department_effort(table: pd.DataFrame, total: IndicatorRow, lang: str) -> str:
    """The same of all departments together, then from the least to the most looked at: a picture has no
    room for the words of each. `table`: `indicators.indicator_table` by department; `total`: in all."""
    seen = table[table["assessed"] > 0]
    effort = assessment_effort(total, lang)
    if len(seen) < 2:
        return text("chart.effort_in_all", lang, effort=effort)
    entries, months = seen["entries_per_assessed"], seen["months_since_entry"]
    return text(
        "chart.effort_by_department",
        lang,
        effort=effort,
        fewest=number(entries.min(), lang, 1),
        most=number(entries.max(), lang, 1),
        newest=number(months.min(), lang),
        oldest=number(months.max(), lang),
    )


def knowledge_bars(
    table: pd.DataFrame, labels: Mapping[str, str], lang: str, dark: bool = False
) -> Figure:
    """One bar of 100 % a group: implemented; read and not implemented; not known, hatched the more the
    less was read. Its name and the effort above, n at the right. Hollow where it rests on fewer than
    THIN; the counts alone where a percentage may not be shown. A sentence where bars would say nothing.

    `table`: `indicators.indicator_table` by one grouping, in the order in which it is drawn.
    """
    rows = [row for row in read_rows(IndicatorRow, table) if row.due]
    if not rows:
        return empty_figure(text("chart.no_group", lang), dark)
    enough = [is_enough(row.due, row.officials) for row in rows]
    if not any(enough):
        return empty_figure(text("chart.all_few", lang), dark)
    if not any(row.assessed for row in rows):
        return empty_figure(text("chart.none_read", lang), dark)
    heads = [wrap_text(labels.get(row.group, row.group), TITLE) for row in rows]
    feet = [wrap_text(assessment_effort(row, lang), TITLE) for row in rows]
    few = [
        [] if shown else wrap_text(_few(row, lang), TITLE)
        for row, shown in zip(rows, enough, strict=True)
    ]
    lines = [
        len(head) + len(foot) + len(count)
        for head, foot, count in zip(heads, feet, few, strict=True)
    ]
    bar, apart = (SLIM, NEAR) if len(rows) > MANY else (BAR, APART)
    heights = [
        LEADING * count + (bar + 4 if shown else 0) + apart
        for count, shown in zip(lines, enough, strict=True)
    ]
    ends = list(accumulate(heights))
    above = KEY + KEY_LINE * sum(len(_name(part, lang)) for part in PARTS)
    figure = bare_figure(dark, ends[-1] + above + 24, barmode="stack", showlegend=True)
    places = {}
    for row, top, head, foot, count, shown in zip(
        rows, [0, *ends[:-1]], heads, feet, few, enough, strict=True
    ):
        write_lines(figure, [f"<b>{escape_text(line)}</b>" for line in head], top)
        below = top + LEADING * len(head)
        small = [escape_text(line) for line in (*foot, *count)]
        write_lines(figure, small, below, size=FONT - 1, ink=QUIET[dark])
        if shown:
            places[row.group] = below + LEADING * len(foot) + 4 + bar / 2
    drawn = [row for row in rows if row.group in places]
    for part, solid in PARTS.items():
        _part(figure, part, solid, drawn, list(places.values()), bar, labels, lang, dark)
    for row in drawn:
        _words(figure, row, places[row.group], bar, lang, dark)
    for tick in (0, 0.25, 0.5, 0.75, 1):
        figure.note(
            x=tick,
            xanchor={0.0: "left", 1.0: "right"}.get(tick, "center"),
            y=ends[-1],
            yanchor="top",
            borderpad=0,
            yshift=-6,
            text=percent(tick, lang),
        )
    figure.xaxis(range=[0, 1.002], showticklabels=False)  # the edge of the last part too
    figure.yaxis(visible=False, range=[ends[-1], 0])
    figure.layout["margin"] = {"l": 0, "r": AT_RIGHT, "t": above, "b": 24}
    figure.layout["legend"] = {
        "orientation": "v",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
        "bgcolor": NO_COLOUR,
        "font": {"size": FONT - 1, "color": INK[dark]},
    }
    return figure


def _part(
    figure, part: str, solid: float, rows, places, bar: int, labels, lang: str, dark: bool
) -> None:
    fill = {
        "implemented": status_colour(Status.IMPLEMENTED, dark),
        # Printed in grey too, it differs from what is implemented.
        "read": mix_colours(status_colour(Status.IN_PROGRESS, dark), PAPER[dark], PALER),
    }.get(part, UNKNOWN[dark])
    edge = fill if not solid else QUIET[dark]
    thin = [row.due < THIN for row in rows]

    def look(hollow, full):
        """One look a bar; a single one where all are full."""
        return [hollow if each else full for each in thin] if any(thin) else full

    name = text(f"chart.known_{part}", lang)
    bound = "low" if part == "implemented" else ""
    shares = [Share(effort_parts(row)[part], row.due, row.officials, bound) for row in rows]
    marker = {
        "color": look(PAPER[dark], fill),
        # Printed in grey, what is filled is alike: a line of paper stands between.
        "line": {
            "color": look(edge, edge if solid else PAPER[dark]),
            "width": look(1.5, 0.5 if solid else 1.5),
        },
    }
    if solid:
        marker["pattern"] = {
            "shape": "/",
            # Else plotly.js draws the hatching of bars with a colour each in that colour.
            "fillmode": "overlay",
            "size": 7,
            "solidity": look(solid / 2, solid),
            "fgcolor": QUIET[dark],
            "fgopacity": 1,
            "bgcolor": marker["color"],
        }
    figure.trace(
        "bar",
        orientation="h",
        y=places,
        width=bar,
        x=[share.part / share.base for share in shares],
        name=name,
        showlegend=False,
        marker=marker,
        customdata=[
            [
                escape_text(labels.get(row.group, row.group)),
                f"{share.count(lang)} ({share.percent(lang)})",
            ]
            for row, share in zip(rows, shares, strict=True)
        ],
        hovertemplate="<b>%{customdata[0]}</b><br>%{fullData.name}"
        + text("sentence.colon", lang)
        + "%{customdata[1]}<extra></extra>",
    )
    name = "<br>".join(map(escape_text, _name(part, lang)))
    key = {"color": fill, "line": {"color": edge, "width": 0.5}}
    if solid:
        key["pattern"] = {**marker["pattern"], "solidity": solid, "bgcolor": fill}
    figure.trace(
        "bar", orientation="h", x=[None], y=[None], name=name, marker=key, hoverinfo="skip"
    )


def _name(part: str, lang: str) -> list[str]:
    """What a part is called in the list above, on lines that a telephone has room for."""
    return wrap_text(text(f"chart.known_{part}", lang), NAME)


def _words(
    figure: Figure, row: IndicatorRow, place: float, bar: int, lang: str, dark: bool
) -> None:
    """What is said inside a bar where there is room, and n beside it: on hatching in a box, for which a
    slim bar has no room."""
    counts = effort_parts(row)
    unknown = sum(counts[part] for part in UNKNOWN_PARTS)
    least = share_of(row, "rate_low")
    figure.note(
        text=f"n = {number(row.due, lang)}",
        x=1,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=place,
        font={"size": FONT - 1, "color": INK[dark]},
    )
    if unknown / row.due >= ROOM and bar > SLIM:
        figure.note(
            text=text("chart.not_known", lang),
            x=1 - unknown / row.due / 2,
            y=place,
            borderpad=1,
            bgcolor=PAPER[dark],
            font={"size": FONT - 2, "color": INK[dark]},
        )
    if least.part / row.due >= NARROW:
        fill = PAPER[dark] if row.due < THIN else status_colour(Status.IMPLEMENTED, dark)
        figure.note(
            text=least.percent(lang),
            x=least.part / row.due / 2,
            y=place,
            borderpad=0,
            font={"size": FONT - 2, "color": text_colour_on(fill)},
        )


def _few(row: IndicatorRow, lang: str) -> str:
    counts = effort_parts(row)
    unknown = sum(counts[part] for part in UNKNOWN_PARTS)
    parts = {"implemented": counts["implemented"], "read": counts["read"], "unknown": unknown}
    values: dict[str, Any] = {name: number(count, lang) for name, count in parts.items()}
    return plural("chart.known_few", int(row.due), lang, **values)

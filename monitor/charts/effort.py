"""How closely each group was looked at: three dots on one line, whatever came of it."""

from collections.abc import Mapping

import pandas as pd

from monitor.charts.style import (
    FONT,
    LEADING,
    LINE,
    QUIET,
    Figure,
    bare_figure,
    empty_figure,
    escape_text,
    wrap_text,
    write_lines,
)
from monitor.i18n import number, text
from monitor.shares import Share
from monitor.table_rows import IndicatorRow, read_rows

#: What the dots say: columns of `indicators.indicator_table`.
COLUMNS = ("coverage", "entries_per_assessed", "months_since_entry")
#: Pixels: the heads of the columns, the line of dots of a group, what separates two groups.
HEADS, DOTS, APART = 3 * LEADING + 8, 22, 8
#: Letters of a name, and of a head, on a telephone, of a head in a picture; the part of a column that
#: dots are spread over.
NAME, HEAD, IN_FULL, SPREAD = 42, 13, 38, 0.6


def effort_dots(
    table: pd.DataFrame, labels: Mapping[str, str], lang: str, dark: bool = False
) -> Figure:
    """Of each group, the share of what is due that anybody looked at, the entries read per assessed
    commitment, and the months since the last of them, each on a scale of its own from 0.

    `table`: `indicators.indicator_table` by one grouping, in the order in which it is drawn.
    """
    rows = [row for row in read_rows(IndicatorRow, table) if row.due]
    if not rows:
        return empty_figure(text("chart.no_group", lang), dark)
    top, places = HEADS, []
    figure = bare_figure(dark, 0)
    for row in rows:
        lines = wrap_text(labels.get(row.group, row.group), NAME)
        write_lines(figure, [f"<b>{escape_text(line)}</b>" for line in lines], top)
        places.append(top + LEADING * len(lines) + DOTS / 2)
        top += LEADING * len(lines) + DOTS + APART
    for column, name in enumerate(COLUMNS):
        values = [getattr(row, name) for row in rows]
        known = [value for value in values if value == value]
        most = 1.0 if name == "coverage" else max([*known, 1])
        words = text(f"chart.effort_{name}", lang)
        head = "<br>".join(map(escape_text, wrap_text(words, HEAD)))
        figure.in_full.setdefault("words", {})[head] = escape_text(words, IN_FULL)
        figure.note(
            x=column,
            xanchor="left",
            y=HEADS - 6,
            yanchor="bottom",
            align="left",
            borderpad=0,
            text=head,
            font={"size": FONT - 2, "color": QUIET[dark]},
        )
        for place in places:
            figure.shape(
                "line",
                x0=column,
                x1=column + SPREAD,
                y0=place,
                y1=place,
                line={"color": LINE[dark], "width": 1},
                layer="below",
            )
        at = [n for n, value in enumerate(values) if value == value]
        figure.trace(
            "scatter",
            x=[column + SPREAD * values[n] / most for n in at],
            y=[places[n] for n in at],
            mode="markers",
            marker={"size": 10, "color": QUIET[dark]},
            hoverinfo="skip",
        )
        for row, place in zip(rows, places, strict=True):
            figure.note(
                x=column + SPREAD + 0.08,
                xanchor="left",
                y=place,
                borderpad=0,
                text=_value_label(row, name, lang),
                font={"size": FONT - 2},
            )
    figure.xaxis(visible=False, range=[-0.03, len(COLUMNS)])
    figure.yaxis(visible=False, range=[top, 0])
    figure.layout["height"] = top
    return figure


def _value_label(row: IndicatorRow, name: str, lang: str) -> str:
    """The value beside its dot; the count where a percentage may not be shown."""
    value = getattr(row, name)
    if name == "coverage":
        share = Share(row.assessed, row.due, row.officials)
        return share.percent(lang) if share.enough else f"{share.part}/{share.base}"
    return "–" if value != value else number(value, lang, int(name == "entries_per_assessed"))

"""What was said of one day, by when it was said."""

from datetime import date, datetime

import pandas as pd

from monitor.charts.cells import NAMED
from monitor.charts.style import (
    FONT,
    INK,
    LEADING,
    LINE,
    QUIET,
    Figure,
    bare_figure,
    escape_text,
    status_colour,
    wrap_text,
)
from monitor.charts.time import date_axis, share_ticks
from monitor.i18n import day, text
from monitor.models import Status
from monitor.shares import BOUNDS, exact_percent

#: Pixels: the lines; the room at the left, and at the right of them.
LINES, LEFT, RIGHT = 240, 46, 54
#: Letters of a line on a telephone, and the least distance of the two labels.
LETTERS, APART = 44, 0.075


def revision_lines(table: pd.DataFrame, on: date, lang: str, dark: bool = False) -> Figure:
    """Two stepped lines by the day of knowledge: the share of what was in force `on` a day that was at
    least implemented, and that assessed.

    `table`: `read.revisions.revision_table`, of two rows or more.
    """
    figure = bare_figure(dark, LINES + 34, hovermode="x unified", hoverdistance=-1)
    moments = [datetime.fromisoformat(each) for each in table["known_on"]]
    days = [each.date().isoformat() for each in moments]
    colours = {"rate_low": status_colour(Status.IMPLEMENTED, dark), "coverage": QUIET[dark]}
    key = []
    for (name, colour), part in zip(colours.items(), ("implemented", "assessed"), strict=True):
        words = text(f"chart.revisions_{name}", lang)
        key.append(f'<span style="color:{colour}">━━</span> {escape_text(words)}')
        values, bound = (table[part] / table["due"]).to_list(), BOUNDS.get(name, "")
        figure.trace(
            "scatter",
            x=days,
            y=values,
            name=words,
            mode="lines+markers",
            line={"shape": "hv", "color": colour, "width": 3 if name == "rate_low" else 1.5},
            marker={"size": 6, "color": colour},
            cliponaxis=False,
            customdata=[exact_percent(value, lang, 1, bound) for value in values],
            hovertemplate="%{customdata}",
        )
        figure.note(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=values[-1],
            text=exact_percent(values[-1], lang, bound=bound),
            font={"size": FONT - 1},
        )
    axis = text("chart.revisions_axis", lang, day=day(on, lang))
    short, whole = (
        [*key, *(f'<span style="color:{QUIET[dark]}">{escape_text(line)}</span>' for line in lines)]
        for lines in (wrap_text(axis, LETTERS), [axis])
    )
    above = 20 + LEADING * len(short)
    figure.note_above("<br>".join(short), INK[dark], left=LEFT, up=10)
    figure.in_full = {"words": {"<br>".join(short): "<br>".join(whole)}}
    figure.yaxis(range=[0, 1.02], **share_ticks(lang), **NAMED, automargin=False)
    figure.layout["height"] += above
    figure.xaxis(
        **date_axis(moments[0].date(), moments[-1].date(), lang),
        showline=True,
        linecolor=LINE[dark],
    )
    figure.layout["margin"] = {"l": LEFT, "r": RIGHT, "t": above, "b": 34}
    return figure

"""What was said of one day, by when it was said."""

from datetime import datetime

import pandas as pd

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
)
from monitor.charts.time import date_axis, share_ticks
from monitor.i18n import text
from monitor.models import Status
from monitor.shares import BOUNDS, exact_percent

#: Pixels: the lines; the room at the left, above, and at the right of them.
LINES, LEFT, ABOVE, RIGHT = 240, 46, 20 + 2 * LEADING, 54


def revision_lines(table: pd.DataFrame, lang: str, dark: bool = False) -> Figure:
    """Two stepped lines by the day of knowledge: the share at least implemented, and that assessed.

    `table`: `read.revisions.revision_table`, of two rows or more.
    """
    figure = bare_figure(dark, LINES + ABOVE + 34, hovermode="x unified", hoverdistance=-1)
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
    figure.note_above("<br>".join(key), INK[dark], left=LEFT, up=10)
    figure.yaxis(range=[0, 1.02], **share_ticks(lang), automargin=False)
    figure.xaxis(
        **date_axis(moments[0].date(), moments[-1].date(), lang),
        showline=True,
        linecolor=LINE[dark],
    )
    figure.layout["margin"] = {"l": LEFT, "r": RIGHT, "t": ABOVE, "b": 34}
    return figure

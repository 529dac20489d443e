"""Cells: each fills its own place with its colour, and bears its words only where they have room.

They are bars, of which plotly hides the words that do not fit. A chart is drawn once for every width:
up to IN_COLUMNS measures a place has a column each; more go on in lines of IN_LINE cells, so that no
cell is ever narrower than what a telephone can show.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence, Sized

from monitor.charts.style import (
    FONT,
    NO_COLOUR,
    Figure,
    escape_text,
    wrap_text,
    write_lines,
)
from monitor.titles import number_title

#: The most columns beside names on a telephone (8 pixels each), and the cells of a line below names.
IN_COLUMNS, IN_LINE = 24, 15
#: Above this many measures, or where a title needs more lines of so many letters, they stand by number.
WORDED, TITLE_LINES, TITLE = 3, 5, 13
#: Letters in such a line where the columns are fewer than WORDED.
WIDER = {1: 28, 2: 17}
#: Letters after which a word that is too long for its column is broken.
PART = 9
#: Letters in a line of a name beside columns, and beside those that leave it less: WORDED with their
#: titles, or more than FEW.
NAME, SHORT, FEW = 22, 17, 9
#: Pixels: a line of a name; a cell with a sign, and one with words of two lines; between two groups.
LINE_OF_NAME, CELL, WORDED_CELL, APART = 17, 28, 42, 18
#: The room around cells in lines, as a share of a cell.
GAP = 0.04

#: Where a cell begins and how wide it is, in columns; its middle and its height, in pixels.
Place = tuple[float, float, float, float]


def draw_cells(
    figure: Figure,
    places: Sequence[Place],
    words: Sequence[str],
    customdata: Sequence,
    hovertemplate: str,
    fill: str | Sequence[str],
    border: str | Sequence[str],
    ink: str | Sequence[str],
    thick: float | Sequence[float] = 1,
    name: str = "",
    size: int = FONT,
) -> None:
    """Cells of one kind. `customdata`: of each, what `hovertemplate` says. What is the same of all is
    sent once."""
    figure.trace(
        "bar",
        orientation="h",
        name=name,
        base=[begin for begin, _, _, _ in places],
        x=[wide for _, wide, _, _ in places],
        y=[middle for _, _, middle, _ in places],
        width=_same([high for _, _, _, high in places]),
        marker={"color": _same(fill), "line": {"color": _same(border), "width": _same(thick)}},
        text=list(words),
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": _same(ink), "size": size},
        customdata=list(customdata),
        hovertemplate=hovertemplate,
        unselected={"marker": {"opacity": 1}},
    )
    # The words of all cells have one size, or are not there: nothing is written over a neighbour.
    figure.layout |= {
        "barmode": "overlay",
        "uniformtext": {"mode": "hide", "minsize": size},
    }


def _same(values):
    """The one value of all, if they are the same."""
    return values[0] if isinstance(values, list) and len(set(values)) == 1 else values


def cells_in_lines(count: int, top: float, height: float, room: int = IN_LINE) -> list[Place]:
    """The places of so many cells from this height downwards, `room` to a line."""
    return [
        (place % room + GAP, 1 - 2 * GAP, top + height * (place // room + 0.5), height - 2)
        for place in range(count)
    ]


def count_lines(count: int) -> int:
    """How many lines so many cells take."""
    return -(-count // IN_LINE)


def set_line_axes(figure: Figure, height: float, room: int = IN_LINE) -> None:
    """The axes of cells in lines, for a drawing of that height."""
    figure.xaxis(visible=False, range=[0, room])
    figure.yaxis(visible=False, range=[height, 0])
    figure.layout["height"] = height


def write_cell_lines(
    figure: Figure, lines: Sequence[str], top: float, size: int = FONT, ink: str | None = None
) -> None:
    """`write_lines` beside columns, which have no place of their own at the left."""
    write_lines(figure, lines, top, size, ink, xref="paper")


def too_many_measures(titles: Sized) -> bool:
    """Whether the measures are too many for a column each."""
    return len(titles) > IN_COLUMNS


def has_titled_columns(titles: Mapping[str, str]) -> bool:
    """Whether the titles of the measures stand above their columns."""
    return len(titles) <= WORDED and all(len(lines) <= TITLE_LINES for lines in _heads(titles))


def measures_key(titles: Mapping[str, str]) -> str:
    """What the numbers of narrow columns mean; "" where titles stand there in words, and where there are
    too many for columns."""
    if has_titled_columns(titles) or too_many_measures(titles):
        return ""
    return " · ".join(
        f"{numbered_title(measure)}\u00a0{title}" for measure, title in titles.items()
    )


def numbered_title(measure: str) -> str:
    return f"M{measure}" if measure.isdecimal() else measure


def name_width(titles: Mapping[str, str]) -> int:
    """Letters in a line of a name beside a column for each of these measures."""
    fills = len(titles) == WORDED and has_titled_columns(titles)
    return SHORT if fills or len(titles) > FEW else NAME


#: An axis whose names stand a little away from what is drawn.
NAMED = {"ticks": "outside", "ticklen": 6, "tickcolor": NO_COLOUR}


def draw_columns(figure: Figure, titles: Mapping[str, str], height: int) -> None:
    """The measures above their columns, and the size of the whole for rows of that height."""
    heads = (
        _heads(titles) if has_titled_columns(titles) else [[_short(measure)] for measure in titles]
    )
    figure.xaxis(
        tickvals=list(range(len(titles))),
        ticktext=[f"<b>{'<br>'.join(escape_text(line) for line in head)}</b>" for head in heads],
        side="top",
        range=[-0.5, len(titles) - 0.5],
        tickangle=0 if len(titles) <= WORDED else -90,
        ticklabeloverflow="allow",
        tickfont={"size": FONT - 2 if len(titles) == WORDED else FONT - 1},
        automargin=False,
    )
    above = 8 + LINE_OF_NAME * max(map(len, heads))
    if len(titles) > WORDED:
        above = 12 + 8 * max(len(head[0]) for head in heads)
    figure.layout["margin"] = {"l": 0, "r": 0, "t": above, "b": 8}
    figure.layout["height"] = height + above + 8


def _heads(titles: Mapping[str, str]) -> list[list[str]]:
    heads = {measure: number_title(measure, title) for measure, title in titles.items()}
    room = WIDER.get(len(titles), TITLE)
    return [wrap_text(re.sub(rf"\w{{{room},}}", _broken, head), room) for head in heads.values()]


def _broken(word: re.Match) -> str:
    """A long word with hyphens, at which its lines may end."""
    return "-".join(textwrap.wrap(word.group(), PART))


def _short(measure: str) -> str:
    """The number of a measure, no longer than what stands above a column."""
    words = numbered_title(measure)
    return words if len(words) <= 12 else f"{words[:11]}…"

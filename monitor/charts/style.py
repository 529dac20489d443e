"""One colour, one sign and one word for each status, everywhere; and the bare figure."""

import html
import itertools
import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from monitor.models import SIGNS, Status

#: What a commitment of a constant whole is on a day on which it does not bind: no status.
BANDS = {"ended": "⊣", "not_yet": "⊢"}
#: (on a light page, on a dark page).
_COLOURS = {
    **{status: status.colours for status in Status},
    "ended": ("#EDE8DE", "#2E2A24"),
    "not_yet": ("#FFFFFF", "#0F1417"),
}
#: The mark of a place in which somebody has no commitment, of one that was refused, and of one to which
#: the answer was neither yes nor no: no statuses.
ABSENT, REFUSED, NEITHER = "·", "⊘", "…"
INK = ("#1A1F24", "#E8ECEF")
QUIET = ("#5B6670", "#A3AEB7")
LINE = ("#D5DADF", "#38424A")
ACCENT = ("#1F5F99", "#7FB8E8")
#: One hue for shares: nothing done has a tint of its own, that no ground without a share has.
SCALES = (
    [[0, "#BFE3D1"], [0.5, "#6DBE9B"], [1, "#00593B"]],
    [[0, "#1B4A39"], [0.5, "#2E7F61"], [1, "#8ED8B8"]],
)
UNKNOWN = ("#E3E6E9", "#2C343A")
#: The ground of a place that has nothing to count.
NOTHING = ("#EDEFF1", "#1C242A")
NO_COLOUR = "rgba(0,0,0,0)"
#: The colour of the page itself.
PAPER = ("#FFFFFF", "#0F1417")
FONT = 14
#: The height in pixels of a line of text, and the width that a chart has at least: a phone's.
LEADING, PHONE = 19, 340
FAMILY = '"Source Sans", sans-serif'


def status_colour(status: str, dark: bool) -> str:
    """The colour of a status, or of one of BANDS."""
    return _COLOURS[status][dark]


def status_sign(status: str) -> str:
    """The sign of a status, or of one of BANDS."""
    return BANDS.get(status) or SIGNS[Status(status)]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_colour_on(background: str) -> str:
    """Black or white, whichever reads better on the colour."""
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, background))


def scale_colour(share: float, highest: float, dark: bool) -> str:
    """The colour of a share on `SCALES` that ends at `highest`, as plotly.js mixes it."""
    place = min(max(share / highest, 0), 1)
    (low, one), (high, other) = next(
        pair for pair in itertools.pairwise(SCALES[dark]) if place <= pair[1][0]
    )
    return mix_colours(one, other, (place - low) / (high - low))


def outline_colour(share: float, highest: float, dark: bool) -> str:
    """The colour of the frame of what is hollow: that of the share, lighter, so never the darkest."""
    return mix_colours(scale_colour(share, highest, dark), PAPER[dark], 0.3)


def mix_colours(one: str, other: str, part: float) -> str:
    """The colour on the way from one to the other: 0 is the first, 1 the second."""
    mixed = (
        round(int(one[i : i + 2], 16) * (1 - part) + int(other[i : i + 2], 16) * part)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{each:02X}" for each in mixed)


def wrap_text(words: str, width: int, hyphens: bool = True) -> list[str]:
    """A whole text from data on lines of about `width` letters, not escaped: a word longer than a line
    goes on on the next one. `hyphens`: whether a line may end at one."""
    return list(_wrapped(words, width, hyphens))


@lru_cache(10_000)
def _wrapped(words: str, width: int, hyphens: bool) -> tuple[str, ...]:
    """Names and titles stand in every cell and every bar."""
    fit = max(int(width * len(words) / max(sum(map(_room, words)), 1)), 4)
    lines: list[str] = []
    for line in textwrap.wrap(words, fit, break_on_hyphens=hyphens):
        while lines and line and not _room(line[0]):  # an accent stays with its letter
            lines[-1], line = lines[-1] + line[0], line[1:]
        if line:
            lines.append(line)
    return tuple(lines) or ("",)


def _room(letter: str) -> float:
    """The width of a character, in letters."""
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Mn":
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    return 1.25 if letter.isupper() else 1


def escape_text(words: str, width: int | None = None) -> str:
    """A text from data: escaped; with a width, on lines of it."""
    lines = [words] if width is None else wrap_text(words, width)
    return "<br>".join(html.escape(line) for line in lines)


def key_lines(piece: str, colour: str, words: str, letters: int) -> list[str]:
    """What a mark is, after a piece of it, on lines of so many letters."""
    first, *others = wrap_text(words, letters)
    line = f'<span style="color:{colour}">{piece}</span> {escape_text(first)}'
    return [line, *(f"      {escape_text(other)}" for other in others)]


@dataclass
class Figure:
    """A plotly figure as plotly.js reads it (https://plotly.com/javascript/reference/): traces and
    layout in plain lists and dictionaries, with no template. The objects of plotly.py check every
    value again at each page, for several times the price of the figure itself; the tests do it once.

    `in_full`: what a picture, which is wide, writes otherwise than a page, which may be a telephone:
    `words` instead of others in its annotations, more of the layout's `margin` for them, `more` of its
    `height`, `xaxis` and `yaxis`. `in_picture`: what a picture draws instead of all of it. `sentence`:
    that of a figure that draws nothing.
    """

    traces: list[dict] = field(default_factory=list)
    layout: dict = field(default_factory=dict)
    in_full: dict[str, dict] = field(default_factory=dict)
    in_picture: "Figure | None" = None
    sentence: str = ""

    def trace(self, kind: str, **values) -> None:
        self.traces.append({"type": kind, **values})

    def note(self, **values) -> None:
        """An annotation without an arrow."""
        self.layout.setdefault("annotations", []).append({"showarrow": False, **values})

    def note_above(
        self, words: str, colour: str, *, left: float, up: float = 8, size: float = FONT - 1
    ) -> None:
        """Lines of words, as Plotly marks them up, above the axes, from so far left of them on."""
        self.note(
            text=words,
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-left,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=up,
            borderpad=0,
            align="left",
            font={"size": size, "color": colour},
        )

    def shape(self, kind: str, **values) -> None:
        self.layout.setdefault("shapes", []).append({"type": kind, **values})

    def xaxis(self, **values) -> None:
        self.layout["xaxis"] = {**self.layout["xaxis"], **values}

    def yaxis(self, **values) -> None:
        self.layout["yaxis"] = {**self.layout["yaxis"], **values}

    def to_dict(self) -> dict:
        return {"data": self.traces, "layout": self.layout}


#: No grid, no zoom, and room for the labels.
_AXIS: Mapping = {
    "showgrid": False,
    "zeroline": False,
    "fixedrange": True,
    "ticks": "",
    "automargin": True,
}


def bare_figure(dark: bool, height: int, **layout) -> Figure:
    """An empty figure: no background, no grid, our ink."""
    return Figure(
        layout={
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "paper_bgcolor": NO_COLOUR,
            "plot_bgcolor": NO_COLOUR,
            "font": {"size": FONT, "color": INK[dark], "family": FAMILY},
            "hoverlabel": {
                "bgcolor": PAPER[dark],
                "bordercolor": QUIET[dark],
                "align": "left",
                "font": {"size": FONT, "color": INK[dark], "family": FAMILY},
            },
            "hovermode": "closest",
            "dragmode": False,
            "showlegend": False,
            "xaxis": _AXIS,
            "yaxis": _AXIS,
            **layout,
        }
    )


def stamp_figure(figure: Figure, words: str, dark: bool) -> Figure:
    """The figure under a stamp, in a margin of its own so that it hides nothing, and above it;
    so does its picture."""
    layout, room = figure.layout, 34
    margin = layout["margin"]
    figure.note(
        text=f"<b>{escape_text(words)}</b>",
        x=1,
        xref="paper",
        xanchor="right",
        xshift=margin["r"] - 2,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=margin["t"] + 6,
        borderpad=3,
        bordercolor=INK[dark],
        borderwidth=1,
        font={"size": FONT, "color": INK[dark]},
    )
    layout["margin"] = {**margin, "t": margin["t"] + room}
    layout["height"] += room
    if figure.in_picture:
        stamp_figure(figure.in_picture, words, dark)
    return figure


def empty_figure(sentence: str, dark: bool) -> Figure:
    """A figure that has nothing to draw, and says so."""
    lines = wrap_text(sentence, 46)
    figure = bare_figure(dark, 40 + LEADING * len(lines))
    figure.sentence = sentence
    figure.xaxis(visible=False)
    figure.yaxis(visible=False)
    figure.note(
        # Read aloud or copied, the lines are one text.
        text=" <br>".join(map(html.escape, lines)),
        font={"color": QUIET[dark]},
        x=0,
        xanchor="left",
        xref="paper",
        y=0.5,
        yref="paper",
        align="left",
    )
    return figure


def write_lines(
    figure: Figure,
    lines: Sequence[str],
    top: float,
    size: int = FONT,
    ink: str | None = None,
    **origin: str,
) -> None:
    """Lines of text at the left, from this height downwards. `origin`: what their place counts from, if
    not from the axes."""
    for place, line in enumerate(lines):
        figure.note(
            x=0,
            **origin,
            xanchor="left",
            y=top + LEADING * place,
            yanchor="top",
            align="left",
            borderpad=0,
            text=line,
            font={"size": size, **({"color": ink} if ink else {})},
        )

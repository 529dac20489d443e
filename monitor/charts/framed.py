"""A figure that travels: what it counts, as of when, from where and under what licence, inside it."""

from collections.abc import Sequence

from monitor.charts.style import FAMILY, INK, QUIET, Figure, safe

#: The width in pixels of a picture, whatever the screen that it was taken from.
WIDTH = 960
_MARGIN, _LABELS, _CHARACTERS = 16, 190, 88
_TITLE_LINE, _NOTE_LINE = 24, 17


def framed(figure: Figure, title: str, notes: Sequence[str]) -> Figure:
    """The figure on white, WIDTH pixels wide, with a title above and lines of notes below."""
    layout = dict(figure.layout)
    heading = safe(title, _CHARACTERS)
    lines = [line for note in notes for line in safe(note, 135).split("<br>")]
    above = 28 + _TITLE_LINE * (heading.count("<br>") + 1)
    below = 22 + _NOTE_LINE * len(lines)
    margin = layout["margin"]
    # Names at the left are given their room: what stands below begins at the edge of the picture.
    left = _LABELS if layout["yaxis"].get("ticktext") and not margin["l"] else margin["l"]
    layout |= {
        "width": WIDTH,
        "height": layout["height"] + above + below,
        "margin": {"l": left + _MARGIN, "r": margin["r"] + _MARGIN,
                   "t": margin["t"] + above, "b": margin["b"] + below},
        "paper_bgcolor": "#FFFFFF",
        "title": {
            "text": f"<b>{heading}</b>", "x": 0, "xref": "container", "xanchor": "left",
            "y": 1, "yref": "container", "yanchor": "top", "pad": {"l": _MARGIN, "t": 18},
            "font": {"size": 18, "color": INK[False], "family": FAMILY},
        },
        "yaxis": {**layout["yaxis"], "automargin": False},
    }  # fmt: skip
    made = Figure(figure.traces, {**layout, "annotations": list(layout.get("annotations", ()))})
    made.note(
        text="<br>".join(lines), x=0, xref="paper", xanchor="left", xshift=-left, align="left",
        y=0, yref="paper", yanchor="top", yshift=-margin["b"] - 12,
        font={"size": 12, "color": QUIET[False], "family": FAMILY},
    )  # fmt: skip
    return made

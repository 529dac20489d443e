"""A figure that travels: what it counts, as of when, from where and under what licence, inside it."""

import re
from collections.abc import Mapping, Sequence

from monitor.charts.style import (
    FAMILY,
    INK,
    QUIET,
    Figure,
    escape_text,
    wrap_text,
)
from monitor.charts.swatches import draw_legend
from monitor.i18n import CHOICES, Choice
from monitor.models import Status

#: The width in pixels of a picture, whatever the screen that it was taken from.
WIDTH = 960
_MARGIN, _LABELS = 16, 190
_LEAD_SIZE = 14
_TITLE_LINE, _LEAD_LINE, _NOTE_LINE = 24, 19, 17


def caption_figure(
    figure: Figure,
    title: str,
    notes: Sequence[str],
    lang: str,
    statuses: Sequence[Status] = (),
    absent: Mapping[str, str] | None = None,
    lead: str = "",
    wording: Mapping[str, Choice] = CHOICES,
) -> Figure:
    """The figure on white, WIDTH pixels wide and in its whole words, under a whole title and what it
    comes to (`lead`), above the meaning of its marks (of `statuses`, and of places without a commitment)
    and lines of notes."""
    figure = figure.in_picture or write_in_full(figure)
    layout = dict(figure.layout)
    heading, lead_lines = _wrapped(title, 82), _wrapped(lead, 120) if lead else []
    lines = [line for note in notes for line in _wrapped(note, 135)]
    above = (
        32 + _TITLE_LINE * len(heading) + (8 + _LEAD_LINE * len(lead_lines) if lead_lines else 0)
    )
    margin = layout["margin"]
    # Names at the left are given their room: what stands below begins at the edge of the picture.
    left = _LABELS if layout["yaxis"].get("ticktext") and not margin["l"] else margin["l"]
    made = Figure(
        figure.traces,
        {
            **layout,
            "shapes": list(layout.get("shapes", ())),
            "annotations": [
                {**each, "text": _unlinked(each["text"])} for each in layout.get("annotations", ())
            ],
        },
    )
    marks = draw_legend(
        made,
        statuses,
        lang,
        absent or {},
        wording,
        left=left,
        down=margin["b"] + 14,
        width=WIDTH - 2 * _MARGIN,
    )
    below = 28 + marks + _NOTE_LINE * len(lines)
    # plotly.js hangs a title of several lines by the middle of what it adds to one.
    hung = 18 + _TITLE_LINE // 2 * (len(heading) - 1)
    made.layout |= {
        "width": WIDTH,
        "height": layout["height"] + above + below,
        "margin": {
            "l": left + _MARGIN,
            "r": margin["r"] + _MARGIN,
            "t": margin["t"] + above,
            "b": margin["b"] + below,
        },
        "paper_bgcolor": "#FFFFFF",
        "title": {
            "text": f"<b>{'<br>'.join(heading)}</b>",
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": _MARGIN, "t": hung},
            "font": {"size": 18, "color": INK[False], "family": FAMILY},
        },
        "yaxis": {**layout["yaxis"], "automargin": False},
    }
    if names := layout["yaxis"].get("ticktext"):
        made.yaxis(ticktext=[_unlinked(name) for name in names])
    if lead_lines:
        made.note_above(
            "<br>".join(lead_lines), INK[False], left=left, up=margin["t"] + 14, size=_LEAD_SIZE
        )
    made.note(
        text="<br>".join(lines),
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-left,
        align="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-margin["b"] - 18 - marks,
        font={"size": 12, "color": QUIET[False], "family": FAMILY},
    )
    return made


def write_in_full(figure: Figure) -> Figure:
    """The figure in its whole words, for who has the room; what stands at its edges stays there."""
    more = figure.in_full
    if not more:
        return figure
    layout, room = dict(figure.layout), {**dict.fromkeys("lrtb", 0), **more.get("margin", {})}
    layout["margin"] = {side: layout["margin"][side] + room[side] for side in "lrtb"}
    layout["height"] += room["t"] + room["b"] + more.get("height", {}).get("more", 0)
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {**layout[axis], **more.get(axis, {})}
    words, notes = more.get("words", {}), []
    for note in layout.get("annotations", ()):
        moved = {**note, "text": words.get(note["text"], note["text"])}
        if (note.get("xref"), note["x"], note.get("xanchor")) == ("paper", 0, "left"):
            moved["xshift"] = note.get("xshift", 0) - room["l"]
        if (note.get("xref"), note["x"], note.get("xanchor")) == ("paper", 1, "right"):
            moved["xshift"] = note.get("xshift", 0) + room["r"]
        if (note.get("yref"), note["y"], note.get("yanchor")) == ("paper", 1, "bottom"):
            moved["yshift"] = note.get("yshift", 0) + room["t"]
        notes.append(moved)
    return Figure(figure.traces, {**layout, "annotations": notes})


def _unlinked(words: str) -> str:
    """Words that lead nowhere: a picture has no address that theirs could be relative to."""
    return re.sub("</?[au]\\b[^>]*>", "", words)


def _wrapped(words: str, width: int) -> list[str]:
    """The words on lines; a licence or an address is not cut at its hyphens."""
    return [escape_text(line) for line in wrap_text(words, width, hyphens=False)]

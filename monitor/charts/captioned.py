"""A figure that travels: what it counts, as of when, from where and under what licence, inside it."""

import re
from collections.abc import Mapping, Sequence

from monitor.charts.style import (
    FAMILY,
    INK,
    QUIET,
    Figure,
    escape_text,
    status_colour,
    status_sign,
    wrap_text,
)
from monitor.i18n import text
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
) -> Figure:
    """The figure on white, WIDTH pixels wide, under a whole title and what it comes to (`lead`), above
    the meaning of its marks (of `statuses`, and of places without a commitment) and lines of notes."""
    layout = dict(figure.layout)
    heading, told = _wrapped(title, 82), _wrapped(lead, 120) if lead else []
    lines = _legend(statuses, lang, absent or {})
    lines += [line for note in notes for line in _wrapped(note, 135)]
    above = 28 + _TITLE_LINE * len(heading) + (8 + _LEAD_LINE * len(told) if told else 0)
    below = 22 + _NOTE_LINE * len(lines)
    margin = layout["margin"]
    # plotly.js hangs a title of several lines by the middle of what it adds to one.
    hung = 18 + _TITLE_LINE // 2 * (len(heading) - 1)
    # Names at the left are given their room: what stands below begins at the edge of the picture.
    left = _LABELS if layout["yaxis"].get("ticktext") and not margin["l"] else margin["l"]
    layout |= {
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
    own = [{**each, "text": _unlinked(each["text"])} for each in layout.get("annotations", ())]
    if names := layout["yaxis"].get("ticktext"):
        layout["yaxis"]["ticktext"] = [_unlinked(name) for name in names]
    made = Figure(figure.traces, {**layout, "annotations": own})
    if told:
        made.note_above(
            "<br>".join(told), INK[False], left=left, up=margin["t"] + 14, size=_LEAD_SIZE
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
        yshift=-margin["b"] - 12,
        font={"size": 12, "color": QUIET[False], "family": FAMILY},
    )
    return made


def _unlinked(words: str) -> str:
    """Words that lead nowhere: a picture has no address that theirs could be relative to."""
    return re.sub("</?[au]\\b[^>]*>", "", words)


def _wrapped(words: str, width: int) -> list[str]:
    """The words on lines; a licence or an address is not cut at its hyphens."""
    return [escape_text(line) for line in wrap_text(words, width, hyphens=False)]


def _legend(statuses: Sequence[Status], lang: str, absent: Mapping[str, str]) -> list[str]:
    """Colour, sign and word of each status, and the marks of places without one, five a line."""
    words = [
        f'<span style="color:{status_colour(status, False)}">■</span> {status_sign(status)} '
        f"{escape_text(text(f'status.{status}', lang))}"
        for status in statuses
    ]
    words += [f"{sign} {escape_text(said)}" for sign, said in absent.items()]
    return ["    ".join(words[start : start + 5]) for start in range(0, len(words), 5)]

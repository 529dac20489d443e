"""Curves of shares that rise in steps by the years since something began, with their key: the same in a
chart of one and in panels of many."""

from collections.abc import Callable, Iterable

import pandas as pd

from monitor.charts.style import QUIET, Figure, escape_text, key_lines
from monitor.charts.swatches import line_colour
from monitor.dates import YEAR
from monitor.i18n import number, text
from monitor.models import Status
from monitor.shares import exact_percent

#: By the name of its column, the status in whose colour a curve is drawn; all others are quiet.
_COLOURS = {
    "decided": Status.DECIDED,
    "implemented": Status.IMPLEMENTED,
    "implemented_seen": Status.IMPLEMENTED,
}
#: What is known is drawn whole: all else is dashed.
_KNOWN = ("decided", "implemented")
#: What stands for a curve in the key, and for what chance would move of it.
_PIECES = {**dict.fromkeys(_KNOWN, "━━"), "chance": "├┤"}


def curve_key(
    names: Iterable[str], letters: int, lang: str, dark: bool = False, of: str = "incidence"
) -> list[str]:
    """What each curve is, after a piece of it, on lines of so many letters; then what the axes say.
    `of`: by which messages they are called."""
    lines = []
    for name in names:
        words, piece = text(f"chart.{of}_{name}", lang), _PIECES.get(name, "╌╌")
        lines += key_lines(piece, _colour(name, dark), words, letters)
    axes = escape_text(text(f"chart.{of}_axis", lang))
    return [*lines, f'<span style="color:{QUIET[dark]}">{axes}</span>']


def draw_curve(
    figure: Figure,
    steps: pd.DataFrame,
    name: str,
    lang: str,
    dark: bool = False,
    *,
    width: float = 3,
    height: Callable[[float], float] = float,
    dated: bool = False,
    of: str = "incidence",
) -> tuple[float, float, str]:
    """One curve of `steps` (days, shares by name); the years and the height at which it ends, and what
    it comes to. `height`: where a share stands; `dated`: pointed at, it says the years as well; `of`: as
    in `curve_key`."""
    steps = steps[steps[name].notna()]
    years = (steps["days"] / YEAR).round(3).to_list()
    shares = steps[name].to_list()
    words = text(f"chart.{of}_{name}", lang)
    hovers = [
        [number(year, lang, 1), exact_percent(share, lang, 1, "low")]
        for year, share in zip(years, shares, strict=True)
    ]
    shown = f"{words}<br>%{{customdata[0]}} · %{{customdata[1]}}<extra></extra>"
    line = {"shape": "hv", "color": _colour(name, dark)}
    heights = [round(height(share), 5) for share in shares]
    figure.trace(
        "scatter",
        x=years,
        y=heights,
        name=words,
        mode="lines",
        line={**line, "width": width}
        if name in _KNOWN
        else {**line, "width": width / 2, "dash": "dash"},
        customdata=hovers,
        hovertemplate=shown if dated else "%{customdata[1]}",
    )
    return years[-1], heights[-1], exact_percent(shares[-1], lang, bound="low")


def _colour(name: str, dark: bool) -> str:
    return line_colour(_COLOURS[name], dark) if name in _COLOURS else QUIET[dark]

"""Progress over time."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from math import inf
from statistics import mean

import pandas as pd

from monitor.charts.cells import NAMED
from monitor.charts.style import (
    BANDS,
    FONT,
    LEADING,
    LINE,
    QUIET,
    Figure,
    bare_figure,
    empty_figure,
    escape_text,
    status_colour,
    status_sign,
    wrap_text,
)
from monitor.i18n import (
    CHOICES,
    LANGUAGE_TABLE,
    Choice,
    day,
    number,
    number_marks,
    percent,
    plural,
    text,
)
from monitor.models import Status
from monitor.shares import Share, is_enough

#: The least distance between two labels at the right edge, as a share of the height.
APART = 0.055
#: Pixels at the left, for what the ticks say; letters of a line above them, on a telephone.
LEFT, ABOVE = 44, 62
#: Pixels at the right: the last day, and all that stands there; a letter of a label in a picture.
END, ENDS, LETTER = 12, 78, 7.4
#: The shares that an axis names.
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
#: Up to this many commitments are drawn as counts.
COUNTED = 20
#: The letters of a CLDR pattern, as the browser writes dates.
_DATE_MARKS = {
    "d": "%-d",
    "dd": "%d",
    "M": "%-m",
    "MM": "%m",
    "MMM": "%b",
    "MMMM": "%B",
    "y": "%Y",
    "yy": "%y",
    "yyyy": "%Y",
}
#: Months between two ticks, by the most months that they are for.
STEPS = {4: 1, 14: 3, 30: 6, 80: 12, 240: 24, inf: 120}
#: What is drawn of a constant whole, from the bottom: who binds, by status; then who does not.
LAYERS = (*Status, *BANDS)


def shows_counts(series: pd.DataFrame) -> bool:
    """Whether a line of time counts commitments rather than shares: they, or their officials, are few.

    `series`: as for `status_timeline`.
    """
    whole, officials = _whole(series), int(series["officials"].iloc[-1])
    return whole <= COUNTED or not is_enough(whole, officials)


def status_timeline(
    series: pd.DataFrame,
    lang: str,
    dark: bool = False,
    wording: Mapping[str, Choice] = CHOICES,
) -> Figure:
    """All that ever bound by the last day, as steps: by status while it binds, then what has ended and,
    before it begins, what does not bind yet; each is named at the right edge. The whole is the same on
    every day, and the last day stands once more at the right, beside its labels. Told as numbers where
    it is `shows_counts`, else as shares of that whole.

    `series`: `status.over_time`, with `officials`: of how many the whole is.
    """
    whole = _whole(series)
    if not whole:
        return empty_figure(text("chart.nothing", lang), dark)
    counts, officials = shows_counts(series), int(series["officials"].iloc[-1])
    # The nearest day answers, for a step can be years long.
    figure = bare_figure(
        dark, 380, hovermode="x unified", hoverdistance=-1, separators="".join(number_marks(lang))
    )
    days = series["day"].dt.strftime("%Y-%m-%d").to_list()
    base, ends, in_full = 0, [], {}
    for layer in visible_layers(series):
        values = series[layer].to_list()
        last = values[-1]
        figure.trace(
            "scatter",
            x=days,
            y=values,
            name=f"{status_sign(layer)} {text(f'status.{layer}', lang, **wording)}",
            stackgroup="all",
            mode="lines",
            line={"shape": "hv", "width": 0.5, "color": LINE[dark]},
            fillcolor=status_colour(layer, dark),
            **_pointed_at(series, layer, whole, officials, lang),
        )
        if last:
            words = number(last, lang) if counts else Share(last, whole, officials).in_words(lang)
            label = f"{status_sign(layer)} {words}"
            ends.append((base + last / 2, label))
            in_full[label] = f"{label} {text(f'status.{layer}', lang, **wording)}"
            _end_piece(figure, layer, base, base + last, dark)
        base += last
    longest = max(map(len, in_full.values()), default=0)
    figure.in_full = {"words": in_full, "margin": {"r": max(END + 8 + LETTER * longest - ENDS, 0)}}
    for place, words in _apart(ends, whole):
        figure.note(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=END + 8,
            y=place,
            text=words,
            align="left",
            font={"size": FONT - 2},
        )
    if counts:
        ticks = {tick: number(tick, lang) for tick in _ticks(whole)}
    else:
        ticks = {share * whole: percent(share, lang) for share in QUARTERS}
    figure.yaxis(range=[0, whole], tickvals=list(ticks), ticktext=list(ticks.values()))
    first, last = (each.date() for each in series["day"].iloc[[0, -1]])
    pointed = browser_pattern(LANGUAGE_TABLE[lang].short_day)
    figure.xaxis(hoverformat=pointed, **date_axis(first, last, lang))
    axis = f"chart.axis_{'count' if counts else 'share'}"
    counting = wrap_text(plural(axis, whole, lang, **wording), ABOVE)
    figure.layout["margin"] = {"l": LEFT, "r": ENDS, "t": 16 + LEADING * len(counting), "b": 30}
    figure.layout["height"] += LEADING * (len(counting) - 1)
    _above(figure, counting, dark)
    return figure


def _end_piece(figure: Figure, layer: str, low: float, high: float, dark: bool) -> None:
    """A layer as it is on the last day, beside the end of the axis: a step of that very day has no width
    of its own, and its label would stand beside another height."""
    figure.shape(
        "rect",
        xref="paper",
        xsizemode="pixel",
        xanchor=1,
        x0=4,
        x1=4 + END,
        y0=low,
        y1=high,
        fillcolor=status_colour(layer, dark),
        line={"width": 0.5, "color": QUIET[dark]},
    )


def visible_layers(series: pd.DataFrame) -> list[str]:
    """Those of LAYERS that a line of time shows, from the bottom."""
    return [layer for layer in LAYERS if series[layer].any()]


def _whole(series: pd.DataFrame) -> int:
    return sum(int(series[layer].array[-1]) for layer in LAYERS)


def _pointed_at(
    series: pd.DataFrame, layer: str, whole: int, officials: int, lang: str
) -> dict[str, object]:
    """What a layer says at each step: « 30 sur 60 (50 %) », without the percentage of too few; of what
    has ended, how it stood then. What is the same at every step stands in the template."""
    counted = text("share.count", lang, part="%{y:,d}", base=number(whole, lang))
    percentages = [""] * len(series)
    if is_enough(whole, officials):
        percent_sign = percent(0, lang).removeprefix(number(0, lang))
        values = series[layer].to_list()
        shares = {value: Share(value, whole, officials).percent(lang) for value in values}
        percentages = [shares[value].removesuffix(percent_sign) for value in values]
        counted += f" (%{{customdata[0]}}{percent_sign})"
    if layer != "ended":
        return {
            "customdata": percentages,
            "hovertemplate": counted.replace("customdata[0]", "customdata"),
        }
    stood = _stood(series, lang)
    return {
        "customdata": list(map(list, zip(percentages, stood, strict=True))),
        "hovertemplate": f"{counted}%{{customdata[1]}}",
    }


def _stood(series: pd.DataFrame, lang: str) -> list[str]:
    """How what has ended stood while it last bound, a line a status."""
    lines, colon = [""] * len(series), text("sentence.colon", lang)
    for status in Status:
        word = f"<br>    {status_sign(status)} {text(f'status.{status}', lang)}{colon}"
        for place, count in enumerate(series[f"ended_{status}"].to_list()):
            if count:
                lines[place] += f"{word}{number(count, lang)}"
    return lines


def _apart(ends: list[tuple[float, str]], top: float) -> list[tuple[float, str]]:
    """Labels from the bottom up, none on another and none above the top: together as near as can be to
    what they name (isotonic regression, by pooling adjacent violators)."""
    least = APART * top
    pools: list[list[float]] = []
    for place, (middle, _) in enumerate(ends):
        pools.append([middle - place * least])
        while len(pools) > 1 and mean(pools[-2]) > mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    highest = top - least * (len(ends) - 1)
    places = (min(mean(pool), highest) for pool in pools for _ in pool)
    return [
        (place + at * least, words)
        for at, (place, (_, words)) in enumerate(zip(places, ends, strict=True))
    ]


def _ticks(top: int) -> list[int]:
    """Whole numbers from 0 to `top`, at most six."""
    step = next(
        each * 10**power
        for power in range(12)
        for each in (1, 2, 5)
        if top / (each * 10**power) <= 5
    )
    return list(range(0, top + 1, step))


def date_axis(first: date, last: date, lang: str) -> dict:
    """An axis between two days: as many ticks as a telephone has room for, the two days themselves where
    no two months begin between them."""
    months = (last.year - first.year) * 12 + last.month - first.month
    ends = {"range": [first.isoformat(), last.isoformat()], **NAMED}
    if months < 2:
        return ends | {
            "tickvals": ends["range"],
            "ticktext": [day(each, lang, "short") for each in (first, last)],
        }
    step = next(step for most, step in STEPS.items() if months <= most)
    form = "yyyy" if step >= 12 else LANGUAGE_TABLE[lang].short_month
    return ends | {"dtick": f"M{step}", "tickformat": browser_pattern(form)}


def share_ticks(lang: str) -> dict[str, list]:
    """The ticks of an axis of shares, from none to all."""
    return {
        "tickvals": [*QUARTERS],
        "ticktext": [percent(share, lang) for share in QUARTERS],
    }


def browser_pattern(pattern: str) -> str:
    """A CLDR pattern of a date as the browser writes dates (d3); what it quotes stays as it is."""

    def mark(part: re.Match) -> str:
        return part[1] if part[1] is not None else _DATE_MARKS[part[0]]

    return re.sub(r"'([^']*)'|([dMy])\2*", mark, pattern)


def _above(figure: Figure, lines: Sequence[str], dark: bool) -> None:
    """What the axis counts, above it from the left edge of the figure."""
    figure.note_above("<br>".join(map(escape_text, lines)), QUIET[dark], left=LEFT)

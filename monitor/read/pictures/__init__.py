"""The charts that have a name, and an address of their own: one file each, with its title, its drawing
and its figures as numbers. `read/chart_registry.py` lists them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

import pandas as pd

from monitor.charts import Figure, stamp_figure
from monitor.i18n import text
from monitor.read.cache import per_view
from monitor.read.selection import View
from monitor.shares import BOUNDS, Bound


@dataclass(frozen=True)
class Picture:
    """One chart. `name`: in addresses; `title`, `key`: the messages that name it and say how to read it
    ("" for none); `alt`: the text alternative; `names`: what its signs and numbers stand for, in
    words, if need be.

    `drawing(view, own, dark)`: the figure, None where there is none; `table(view, own)`: its figures as
    numbers and codes; `coloured(view)`: the statuses whose colours it shows; `absent(view)`: sign
    and word of each mark of a place without a commitment. `own`: a name of its own in an address, with
    the values it may take (any if there are no `choices`; the first by default); `own_words(view, own)`:
    the value in words, as `{group}` of the title; `sentence(view, own)`: what the figures come to, above
    the chart; `ignores`: the filters that it does not follow; `day_of(view)`: the day that it is about,
    where that is not the reader's to choose; `bounds`: which columns of the
    table are said to be the least, or the most."""

    name: str
    title: Callable[[View], str]
    alt: str
    drawing: Callable[[View, str, bool], Figure | None]
    table: Callable[[View, str], pd.DataFrame]
    coloured: Callable[[View], Sequence[str]] = lambda view: ()
    absent: Callable[[View], Mapping[str, str]] = lambda view: {}
    own: str = ""
    choices: tuple[str, ...] = ()
    own_words: Callable[[View, str], str] = lambda view, own: ""
    key: Callable[[View], str] = lambda view: ""
    names: Callable[[View], str] = lambda view: ""
    sentence: Callable[[View, str], str] = lambda view, own: ""
    ignores: tuple[str, ...] = ()
    day_of: Callable[[View], date] = attrgetter("day")
    bounds: Mapping[str, Bound] = field(default_factory=lambda: BOUNDS, hash=False)

    def draw(self, view: View, own: str, dark: bool) -> Figure | None:
        """The figure, made once, None where there is none; that of a fictional pact says so above
        itself."""
        return _draw(view, self, own, dark)


@per_view
def _draw(view: View, picture: Picture, own: str, dark: bool) -> Figure | None:
    figure = picture.drawing(view, own, dark)
    if figure is None or not view.pact.fictional:
        return figure
    return stamp_figure(figure, text("frame.fictional_mark", view.lang), dark)


def say_with(prefix: str) -> Callable[[View, str], str]:
    """The words of a value of a chart's own name: the message `<prefix>.<value>`."""
    return lambda view, own: view.text(f"{prefix}.{own}")


def always(message: str) -> Callable[[View], str]:
    """The same message, whatever the view."""
    return lambda view: message

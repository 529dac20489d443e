"""A chart on a page: its title says what is counted and as of when; its table stands beside it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date

import pandas as pd
import pyarrow as pa
import streamlit as st
from pandas.io.formats.style import Styler
from plotly.basedatatypes import BaseFigure

from monitor import charts
from monitor.export import SPREADSHEETS
from monitor.export.forms import form_words
from monitor.models import Status
from monitor.read.cache import per_view
from monitor.read.chart_registry import PICTURES, chart_address, chart_key, chart_title
from monitor.read.selection import View
from monitor.ui import paging
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.sortable import sortable_table

CONFIG = {"displayModeBar": False, "scrollZoom": False, "showTips": False}
#: Above this, a table is drawn by the browser as it scrolls; below, it is a plain HTML table.
PLAIN_ROWS = 40
#: More groups than this have either their chart or their table folded, for a page to be read through.
MOST_GROUPS = 10
#: Charts that say more, or larger, where there is room.
WIDE = ("carte", "evolution", "changements", "accord")
#: Characters of a first column beyond which it is cut, for the figures beside it to be seen.
FIRST = 26


def is_dark() -> bool:
    """Whether the reader's page is dark."""
    return st.context.theme.type == "dark"


def is_touch_screen() -> bool:
    """Whether the reader has a telephone. There a chart that answers clicks holds the page where it is
    touched, and takes one touch for the one before it."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


class _Drawn(BaseFigure):
    """A figure for Streamlit, which asks a plotly object for its dictionary and checks anything else
    value by value."""

    def __init__(self, figure: charts.Figure):
        self._figure = figure

    def to_dict(self) -> dict:
        return self._figure.to_dict()


def draw_figure(
    figure: charts.Figure, alt: str, key: str, config: Mapping | None = None, **options
):
    """The figure over the whole width, with a text alternative."""
    config = {**CONFIG, **(config or {})}
    return st.plotly_chart(_Drawn(figure), theme=None, key=key, config=config, alt=alt, **options)


def show_chart(
    name: str,
    view: View,
    own: str = "",
    *,
    alt: str = "",
    config: Mapping | None = None,
    sentence: bool = True,
    **options,
):
    """A chart of `chart_registry.PICTURES` under its legend, with the ways to take it along: its
    address, its picture, its figures. `alt`: what it shows here, in words; by default, the chart's.
    `sentence`: whether what it says in words stands above it. On a screen that is no telephone's, those
    of WIDE are written in full."""
    picture = PICTURES[name]
    if sentence:
        show_sentence(name, view, own)
    show_legend(picture.coloured(view), view, picture.absent(view))
    if names := picture.names(view):
        st.caption(md(names))
    figure, alt = picture.draw(view, own, is_dark()), alt or t(picture.alt)
    key = f"{name}-{own}"
    if name in WIDE and not is_touch_screen():
        key += "-en-toutes-lettres" if {"words", "xaxis"} & {*figure.in_full} else ""
        figure = charts.write_in_full(figure)
    event = draw_figure(figure, alt, key, config, **options)
    st.markdown(chart_links(view, name, own))
    return event


def show_sentence(name: str, view: View, own: str = "") -> None:
    """What a chart says, in words, where there are any."""
    if sentence := PICTURES[name].sentence(view, own):
        st.markdown(md(sentence))


def show_folding_chart(name: str, view: View, own: str = "", *, further: str = "") -> None:
    """A chart between its sentence and its key, which `further` follows. Where a pact has too many
    measures for a page to be read through, it is folded at first, under its sentence."""
    show_sentence(name, view, own)
    many = charts.too_many_measures(view.titles)
    with fold_part(t("analyses.chart"), f"_{name}_chart") if many else nullcontext(True) as wanted:
        if wanted:
            show_chart(name, view, own, sentence=False)
            st.caption(f"{chart_key(view, name)} {further}".rstrip())


@per_view
def chart_links(view: View, name: str, own: str = "") -> str:
    """The ways to take a chart along, in markdown: its address, its picture, its figures."""
    files = ", ".join(
        f"[{form_words(form, view.lang)}]({chart_address(view, name, own, form)})"
        for form in SPREADSHEETS
    )
    return f":small[{t('chart.ways', page=chart_address(view, name, own), files=files)}]"


def show_legend(
    present: Iterable[str], view: View, absent: Mapping[str, str] | None = None
) -> None:
    """Colour, sign and word of the statuses that a chart shows, in the order of every legend.
    `absent`: sign and word of each mark of a place without a commitment."""
    shown = [status for status in (*Status, *charts.BANDS) if status in set(present)]
    if shown:
        # Constants only: no text from data ever goes into HTML.
        st.html(charts.legend(shown, view.lang, is_dark(), absent, view.state.wording))


@contextmanager
def fold_part(label: str, key: str, *, opened: bool = False):
    """A part that is folded at first, unless `opened`; True while it is open: nothing is made or sent
    before."""
    with st.expander(label, opened, key=key, on_change="rerun") as part:
        yield part.open


def show_chosen_chart(name: str, view: View, label: str, words: Mapping[str, str]) -> str:
    """A chart that folds, under the title of what the reader chooses of it, in these words by choice;
    the choice is returned."""
    heading = st.container()
    own = paging.choose_order(PICTURES[name].own, label, words)
    heading.header(chart_title(view, name, own))
    show_folding_chart(name, view, own)
    return own


@dataclass(frozen=True)
class Texts:
    """A table of texts made ready once, for it is sent at every run: `plain` as HTML."""

    table: pa.Table | Styler
    plain: bool


def table_texts(table: pd.DataFrame, days: Sequence[date] | None = None) -> Texts:
    """A table to show: HTML while it is short, so that it is read aloud, printed and copied; else one
    that sorts by the numbers that its words say, and by the `days` of its first column."""
    if len(table) > PLAIN_ROWS:
        return Texts(sortable_table(table, language(), days), plain=False)
    return markdown_table(
        {md(name): list(map(md, column.to_list())) for name, column in table.items()}
    )


def markdown_table(columns: Mapping[str, Sequence[str]]) -> Texts:
    """A short table in markdown; the first column heads each line for a screen reader."""
    (name, first), *others = columns.items()
    table = pd.DataFrame(dict(others), index=pd.Index(first, name=name))
    return Texts(pa.Table.from_pandas(table), plain=True)


def show_table(texts: Texts) -> None:
    """A table of numbers."""
    if texts.plain:
        st.table(texts.table, border="horizontal", hide_index=False)
    else:
        st.dataframe(texts.table, hide_index=True, column_config=_first_column(texts.table.data))


def _first_column(table: pd.DataFrame) -> dict | None:
    """Its width where its words are long: left alone, they would hide every figure on a telephone."""
    first = table.iloc[:, 0]
    if not pd.api.types.is_string_dtype(first) or first.str.len().max() <= FIRST:
        return None
    return {table.columns[0]: st.column_config.Column(width="medium")}


def show_words(texts: Texts, name: str) -> None:
    """A table of sentences, which are set to the left. `name`: its own on the page."""
    with st.container(key=f"mots_{name}"):
        show_table(texts)

"""The charts by their names: the title, the drawing and the figures of each, and a version that
travels, with all that it is a view of inside the picture."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import pandas as pd

from monitor import tables
from monitor.charts import (
    Figure,
    caption_figure,
    measures_key,
    parts_of,
    too_many_measures,
    too_wide,
)
from monitor.export.licences import licence_in_words
from monitor.i18n import day, number, plural, text
from monitor.models import GroupBy, Status
from monitor.read import chart_data, filter_labels, last_changes, timeline
from monitor.read.filters import FILTERS, STANDING
from monitor.read.selection import View
from monitor.shares import Share

GROUPS = tuple(group.value for group in GroupBy if group is not GroupBy.COMMUNE)
CROSSED = ("region", "department", "size")


@dataclass(frozen=True)
class Picture:
    """`title`, `key`: the messages that name it and say how to read it ("" for none); `alt`: one for
    who cannot see it; `names`: what stands for what in it, in words, if need be.

    `draw(view, own, dark)`: the figure, None where there is none; `table(view, own)`: its figures as
    numbers and codes; `coloured(view)`: the statuses whose colours it shows; `absent(view)`: what a
    place without a commitment is called, "" if there is none. `own`: a name of its own in an address,
    with the values it may take (any if there are no `choices`; the first by default); `ignores`: the
    filters that it does not follow."""

    title: Callable[[View], str]
    alt: str
    draw: Callable[[View, str, bool], Figure | None]
    table: Callable[[View, str], pd.DataFrame]
    coloured: Callable[[View], list[Status]] = lambda view: []
    absent: Callable[[View], str] = lambda view: ""
    own: str = ""
    choices: tuple[str, ...] = ()
    key: Callable[[View], str] = lambda view: ""
    names: Callable[[View], str] = lambda view: ""
    ignores: tuple[str, ...] = ()


def _statuses(view: View, _own: str) -> pd.DataFrame:
    """What binds on the day, then, in columns `…_ever`, all that has ever bound by the day."""
    on_the_day, ever = (
        counts.assign(due=counts.sum(axis=1) - counts["not_applicable"])[["due", *counts.columns]]
        for counts in (chart_data.statuses(view), chart_data.statuses_ever(view))
    )
    both = on_the_day.join(ever.add_suffix("_ever"))
    return both.rename_axis("measure").reset_index()


def _departments(view: View, _own: str) -> pd.DataFrame:
    return tables.published_indicators(chart_data.by_department(view), "department")


def _matrix(view: View, _own: str) -> pd.DataFrame:
    names = ["signatory_id", "name", "commune", "commune_name", "measure", "status", "since"]
    table = chart_data.by_city(view)[names]
    since = last_changes.since(view, chart_data.by_city(view))
    return table.assign(since=since).reset_index(drop=True)


def _crossed(view: View, by: str) -> pd.DataFrame:
    table = chart_data.by_group_and_measure(view, by)
    return tables.round_shares(table[[by, "measure", *tables.INDICATOR_COLUMNS]])


def _series(view: View, _own: str) -> pd.DataFrame:
    series = timeline.series(view)
    return series.assign(day=series["day"].dt.strftime("%Y-%m-%d"))


def _indicators(view: View, by: str) -> pd.DataFrame:
    return tables.published_indicators(chart_data.by_group(view, by), by)


def _mandates(view: View, signatory_id: str) -> pd.DataFrame:
    return view.state.mandates_of(signatory_id).drop(columns=["start", "end"])


def _always(key: str) -> Callable[[View], str]:
    return lambda view: key


def _by_measure(view: View) -> str:
    many = too_many_measures(chart_data.statuses(view).index)
    return "overview.all_measures" if many else "overview.by_measure"


def _measures(view: View) -> str:
    return measures_key(chart_data.titles(view))


def _officials(view: View) -> str:
    """How the cells of officials stand where a column each would be too narrow."""
    return "measures.matrix_lines" if too_many_measures(chart_data.titles(view)) else ""


def _known(view: View) -> str:
    """What the bars of knowledge come to, in all."""
    row, lang = chart_data.total(view), view.lang
    if not row.due:
        return ""
    counts = parts_of(row)
    done, read = counts["implemented"], counts["read"]

    def told(part: int, key: str) -> str:
        share = Share(part, int(row.due), int(row.officials))
        return text(key, lang, share=share.percent(lang)) if share.enough else ""

    return plural(
        "analyses.known",
        int(row.due),
        lang,
        done=number(done, lang),
        read=number(read, lang),
        unknown=number(int(row.due) - done - read, lang),
        least=told(done, "analyses.known_least"),
        not_done=told(read, "analyses.known_share"),
        not_known=told(int(row.due) - done - read, "analyses.known_share"),
    )


def _cells(view: View) -> str:
    """What the cells of groups hold: beside many columns there is no room for the coverage."""
    if too_wide(chart_data.titles(view)):
        return "measures.groups_lines"
    return "measures.groups_narrow" if _measures(view) else "measures.groups_help"


PICTURES = {
    "mesures": Picture(
        _by_measure,
        "overview.by_measure_alt",
        lambda view, own, dark: chart_data.measures(view, dark),
        _statuses,
        chart_data.in_measures,
    ),
    "carte": Picture(
        _always("map.title"),
        "map.alt",
        lambda view, own, dark: chart_data.departments(view, dark),
        _departments,
        key=_always("map.legend"),
        ignores=STANDING,
    ),
    "matrice": Picture(
        _always("measures.matrix"),
        "measures.matrix_alt",
        lambda view, own, dark: chart_data.matrix(view, dark),
        _matrix,
        chart_data.in_matrix,
        chart_data.absent,
        key=_officials,
        names=_measures,
    ),
    "groupes": Picture(
        _always("measures.groups"),
        "measures.groups_alt",
        chart_data.crossed,
        _crossed,
        own="par",
        choices=CROSSED,
        key=_cells,
        names=_measures,
        ignores=STANDING,
    ),
    "evolution": Picture(
        timeline.over_time_title,
        "analyses.over_time_alt",
        lambda view, own, dark: timeline.over_time(view, dark),
        _series,
        timeline.in_series,
        key=timeline.over_time_key,
        ignores=STANDING,
    ),
    "intervalles": Picture(
        _always("analyses.groups"),
        "analyses.groups_alt",
        chart_data.knowledge,
        _indicators,
        own="par",
        choices=GROUPS,
        key=_always("analyses.groups_help"),
        names=_known,
        ignores=STANDING,
    ),
    "mandats": Picture(
        _always("chart.mandates"),
        "chart.mandates_alt",
        chart_data.mandates,
        _mandates,
        own="signataire",
        ignores=tuple(FILTERS),
    ),
}


def followed(view: View, name: str) -> View:
    """The view less the filters that a chart does not follow: nothing may say that it does."""
    for ignored in PICTURES[name].ignores:
        view = view.without(ignored)
    return view


def address(view: View, name: str, own: str = "", form: str = "") -> str:
    """The address of a chart in this view, or that of its figures as a file (`form`)."""
    query = followed(view, name).canonical() | ({PICTURES[name].own: own} if own else {})
    return f"/graphique/{quote(name)}{f'.{form}' if form else ''}?{urlencode(query)}"


def title(view: View, name: str, own: str = "") -> str:
    """What the chart counts, by what, and as of when."""
    choices = PICTURES[name].choices
    by = text(f"group_by.{own or choices[0]}", view.lang) if choices else ""
    measures = number(len(chart_data.titles(view)), view.lang)
    when = day(view.day, view.lang)
    return text(PICTURES[name].title(view), view.lang, day=when, group=by, n=measures)


def key(view: View, name: str) -> str:
    """How to read the chart, in words; "" where it needs none."""
    message = PICTURES[name].key(view)
    return text(message, view.lang) if message else ""


def travelling(view: View, name: str, own: str, source: str) -> Figure | None:
    """The chart with its title, the day, the filters, the source, the licence and the head of the log
    inside the picture. `source`: the address to cite."""
    view = followed(view, name)
    figure = PICTURES[name].draw(view, own, False)
    if figure is None:
        return None
    said = filter_labels.filters(view) or [text("filter.none", view.lang)]
    notes = [
        *(words for words in (PICTURES[name].names(view), key(view, name)) if words),
        text(
            "chart.about",
            view.lang,
            pact=view.pact.title,
            day=day(view.day, view.lang),
            filters=text("sentence.semicolon", view.lang).join(said),
        ),
        text(
            "chart.source",
            view.lang,
            source=source,
            licence=licence_in_words(view.pact.licence, view.lang),
            seq=number(view.snapshot.seq, view.lang),
            hash=view.snapshot.short_hash,
        ),
    ]
    picture = PICTURES[name]
    return caption_figure(
        figure,
        title(view, name, own),
        notes,
        view.lang,
        picture.coloured(view),
        picture.absent(view),
    )

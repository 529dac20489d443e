"""The charts by their names: the title, the drawing and the figures of each, and a version that
travels, with all that it is a view of inside the picture."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import pandas as pd

from monitor import tables
from monitor.charts import Figure, framed
from monitor.i18n import day, number, text
from monitor.models import GroupBy, Status
from monitor.views import drawn, wording
from monitor.views.view import COLUMNS, View

GROUPS = tuple(group.value for group in GroupBy if group is not GroupBy.COMMUNE)
CROSSED = ("region", "department", "size")
#: A share needs commitments of every status.
RATES = ("statut",)


@dataclass(frozen=True)
class Picture:
    """`title`, `alt`: messages. `draw(view, own, dark)`: the figure, None where there is none;
    `table(view, own)`: its figures as numbers and codes. `coloured(view)`: the statuses whose colours
    it shows. `own`: a name of its own in an address, with the values it may take (any if there are no
    `choices`; the first by default). `key`: a message that says how to read it. `ignores`: the filters
    that it does not follow."""

    title: str
    alt: str
    draw: Callable[[View, str, bool], Figure | None]
    table: Callable[[View, str], pd.DataFrame]
    coloured: Callable[[View], list[Status]] = lambda view: []
    own: str = ""
    choices: tuple[str, ...] = ()
    key: str = ""
    ignores: tuple[str, ...] = ()


def _statuses(view: View, _own: str) -> pd.DataFrame:
    counts = drawn.statuses(view)
    due = counts.sum(axis=1) - counts["not_applicable"]
    table = counts.assign(due=due).rename_axis("measure").reset_index()
    return table[["measure", "due", *counts.columns]]


def _departments(view: View, _own: str) -> pd.DataFrame:
    return tables.indicators(drawn.by_department(view), "department")


def _matrix(view: View, _own: str) -> pd.DataFrame:
    names = ["signatory_id", "name", "commune", "commune_name", "measure", "status", "since"]
    table = drawn.by_city(view)[names]
    return table.assign(since=table["since"].dt.strftime("%Y-%m-%d")).reset_index(drop=True)


def _crossed(view: View, by: str) -> pd.DataFrame:
    table = drawn.by_group_and_measure(view, by)
    return tables.rounded(table[[by, "measure", *tables.INDICATOR_COLUMNS]])


def _series(view: View, _own: str) -> pd.DataFrame:
    series = drawn.series(view)
    return series.assign(day=series["day"].dt.strftime("%Y-%m-%d"))


def _intervals(view: View, by: str) -> pd.DataFrame:
    return tables.indicators(drawn.by_group(view, by), by)


def _mandates(view: View, signatory_id: str) -> pd.DataFrame:
    return drawn.terms(view, signatory_id).drop(columns=["start", "end"])


PICTURES = {
    "mesures": Picture(
        "overview.by_measure", "overview.by_measure_alt",
        lambda view, own, dark: drawn.measures(view, dark), _statuses,
        lambda view: drawn.present(drawn.statuses(view)),
    ),
    "carte": Picture(
        "map.title", "map.alt",
        lambda view, own, dark: drawn.departments(view, dark), _departments,
        key="map.legend", ignores=RATES,
    ),
    "matrice": Picture(
        "measures.matrix", "measures.matrix_alt",
        lambda view, own, dark: drawn.matrix(view, dark), _matrix,
        drawn.in_matrix,
    ),
    "groupes": Picture(
        "measures.groups", "measures.groups_alt", drawn.crossed, _crossed,
        own="par", choices=CROSSED, key="measures.groups_help", ignores=RATES,
    ),
    "evolution": Picture(
        "analyses.over_time", "analyses.over_time_alt",
        lambda view, own, dark: drawn.over_time(view, dark), _series, drawn.in_series,
        ignores=RATES,
    ),
    "intervalles": Picture(
        "analyses.groups", "analyses.groups_alt", drawn.intervals, _intervals,
        own="par", choices=GROUPS, key="analyses.groups_help", ignores=RATES,
    ),
    "mandats": Picture(
        "chart.mandates", "chart.mandates_alt", drawn.mandates, _mandates,
        own="signataire", ignores=tuple(COLUMNS),
    ),
}  # fmt: skip


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
    return text(PICTURES[name].title, view.lang, day=day(view.day, view.lang), group=by)


def travelling(view: View, name: str, own: str, source: str) -> Figure | None:
    """The chart with its title, the day, the filters, the source, the licence and the head of the log
    inside the picture. `source`: the address to cite."""
    view = followed(view, name)
    figure = PICTURES[name].draw(view, own, False)
    if figure is None:
        return None
    said = wording.filters(view) or [text("filter.none", view.lang)]
    notes = [
        *(text(key, view.lang) for key in [PICTURES[name].key] if key),
        text("chart.about", view.lang, pact=view.pact.title, day=day(view.day, view.lang),
             filters=" ; ".join(said)),
        text("chart.source", view.lang, source=source, licence=view.pact.licence,
             seq=number(view.snapshot.seq, view.lang), hash=view.snapshot.hash[:16]),
    ]  # fmt: skip
    return framed(figure, title(view, name, own), notes, view.lang, PICTURES[name].coloured(view))

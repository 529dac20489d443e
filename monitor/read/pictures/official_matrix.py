"""Officials and measures: the status of each commitment, where the officials are few enough."""

import pandas as pd

from monitor import charts
from monitor.read import chart_data, last_changes
from monitor.read.pictures import Picture, always
from monitor.read.selection import View

COLUMNS = ["signatory_id", "name", "commune", "commune_name", "measure", "status", "since"]


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    if not chart_data.fits_a_matrix(view):
        return None
    shown = chart_data.matrix_by_city(view)
    known = last_changes.status_since(view, shown).to_list()
    pages = {code: view.url("communes", commune=code) for code in shown["commune"].unique()}
    titles = chart_data.titles_in_view(view)
    return charts.status_matrix(shown, titles, view.lang, dark, known, pages)


def _table(view: View, _own: str) -> pd.DataFrame:
    shown = chart_data.matrix_by_city(view)
    since = last_changes.status_since(view, shown)
    return shown[COLUMNS].assign(since=since).reset_index(drop=True)


def _key(view: View) -> str:
    """How the cells of officials stand where a column each would be too narrow."""
    many = charts.too_many_measures(chart_data.titles_in_view(view))
    return "measures.matrix_lines" if many else ""


PICTURE = Picture(
    "matrice",
    always("measures.matrix"),
    "measures.matrix_alt",
    _drawing,
    _table,
    coloured=chart_data.statuses_in_matrix,
    absent=chart_data.absence_in_words,
    key=_key,
    names=chart_data.measure_names,
)

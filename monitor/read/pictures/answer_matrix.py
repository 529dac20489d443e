"""What each person answered about each measure, where they are few enough."""

import pandas as pd

from monitor import charts
from monitor.i18n import text
from monitor.read import answers, chart_data
from monitor.read.pictures import Picture, always
from monitor.read.selection import View

#: Lines of names and of cells: room for 40 people asked about 40 measures.
LINES = 280
COLUMNS = ["signatory_id", "name", "commune", "commune_name", "measure", "answer"]


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    table, titles = answers.answer_table(view), view.kept_titles
    people = table["signatory_id"].nunique()
    if not people or not chart_data.fits_lines([len(titles)] * people, titles, LINES):
        return None
    pages = {code: view.url("communes", commune=code) for code in table["commune"].unique()}
    shown = table.assign(name=answers.names_on_day(view, table))
    return charts.answer_matrix(shown, titles, _words(view), view.lang, dark, pages)


def _table(view: View, _own: str) -> pd.DataFrame:
    return answers.answer_table(view)[COLUMNS]


def _words(view: View) -> dict[str, str]:
    return {one.name.lower(): answers.answer_in_words(view, one) for one in answers.SHOWN}


def _names(view: View) -> str:
    """What each sign means, and the numbers of the measures."""
    there = set(answers.answer_table(view)["answer"])
    words = _words(view)
    signs = [
        f"{sign}\u00a0{words[one]}" for one, sign in charts.ANSWER_SIGNS.items() if one in there
    ]
    legend = text("sentence.comma", view.lang).join(signs)  # one of the signs is a point
    return " · ".join(filter(None, (legend, chart_data.measure_names(view))))


PICTURE = Picture(
    "reponses",
    always("answers.matrix"),
    "answers.matrix_alt",
    _drawing,
    _table,
    key=lambda view: "answers.matrix_lines" if charts.too_many_measures(view.kept_titles) else "",
    names=_names,
    ignores=("statut", "fonction", "retard"),
)

"""Officials and measures: the status of each commitment, where the officials are few enough."""

import pandas as pd

from monitor import charts
from monitor.i18n import text
from monitor.read import answers, chart_data, known_days
from monitor.read.cache import per_filter, per_view
from monitor.read.pictures import Picture, always
from monitor.read.selection import View

COLUMNS = ["signatory_id", "name", "commune", "commune_name", "measure", "status", "since"]


#: The marks of places without a commitment where people were asked, in the order of the legend: the
#: answers that they stand for, and their word.
_MARKS = {
    charts.REFUSED: (("no",), "answer.refused"),
    charts.NEITHER: (("neither",), "answer.given_neither"),
    charts.ABSENT: (("silent",), "answer.silent"),
    charts.ANSWER_SIGNS["signed"]: (("yes", "partly", "signed"), "chart.not_binding"),
}


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    if not chart_data.fits_a_matrix(view):
        return None
    shown = chart_data.matrix_by_city(view)
    return charts.status_matrix(
        shown,
        view.kept_titles,
        view.lang,
        dark,
        known_days.status_since(view, shown).to_list(),
        {code: view.url("communes", commune=code) for code in shown["commune"].unique()},
        _absent(view),
        answers.partly_in_words(view),
    )


@per_filter
def _answered(view: View) -> pd.DataFrame:
    """What each official of the matrix answered about each measure, and where the commitment stands, if
    there is one, else "": COLUMNS and `answer`. Nothing where nobody was asked."""
    shown = chart_data.matrix_by_city(view)
    people = shown["signatory_id"].unique()
    given = answers.answers_of_people(view.without_filters, people)
    given = given[given["measure"].isin(list(view.kept_titles))]
    since = known_days.status_since(view, shown)
    pair = ["signatory_id", "measure"]
    stand = shown[[*pair, "status"]].astype("str").assign(since=since)
    return given.merge(stand, "left", pair)[[*COLUMNS, "answer"]].fillna("")


@per_view
def _absent(view: View) -> dict[tuple[str, str], tuple[str, str]]:
    """By official and measure, the mark and the words of a place without a commitment. Nothing where
    nobody was asked."""
    marks = {
        answer: (sign, text(message, view.lang))
        for sign, (states, message) in _MARKS.items()
        for answer in states
    }
    left = _answered(view)
    left = left[left["status"] == ""]
    return {
        (who, measure): marks[answer]
        for who, measure, answer in zip(
            left["signatory_id"], left["measure"], left["answer"], strict=True
        )
    }


def _absent_marks(view: View) -> dict[str, str]:
    """Sign -> word of the places without a commitment, of a drawing that has some."""
    if not answers.any_answers(view):
        words = chart_data.absence_in_words(view)
        return {charts.ABSENT: words} if words else {}
    many = charts.too_many_measures(view.kept_titles)
    if many or not chart_data.fits_a_matrix(view):
        return {}  # lines of cells say them in words
    there = dict(_absent(view).values())
    return {sign: there[sign] for sign in _MARKS if sign in there}


def _table(view: View, _own: str) -> pd.DataFrame:
    if answers.any_answers(view):
        return _answered(view)
    shown = chart_data.matrix_by_city(view)
    since = known_days.status_since(view, shown)
    return shown[COLUMNS].assign(since=since).reset_index(drop=True)


def _key(view: View) -> str:
    """How the cells of officials stand where a column each would be too narrow."""
    many = charts.too_many_measures(view.kept_titles)
    return "measures.matrix_lines" if many else ""


PICTURE = Picture(
    "matrice",
    always("measures.matrix"),
    "measures.matrix_alt",
    _drawing,
    _table,
    coloured=chart_data.statuses_in_matrix,
    absent=_absent_marks,
    key=_key,
    names=chart_data.measure_names,
)

"""What people answered about each measure, and who gave no answer."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from monitor import queries
from monitor.i18n import text
from monitor.read import log_state
from monitor.read.filters import FILTERS
from monitor.read.selection import View, matching
from monitor.schema import OPEN

#: What is said of whoever answered, beside the columns of answers.csv.
PERSON = ("name", "commune", "commune_name", "outcome")


def rows(view: View) -> pd.DataFrame:
    """The answers that the filters of people and measures keep, in the order of the log: the facts of
    `Roll.answers`."""
    table = view.known.answers
    if not view.filters or not len(table):
        return table
    people, kept = view.everybody, np.ones(len(table), dtype=bool)
    for name, value in view.filters.items():
        column = FILTERS[name].column
        if column in people:
            kept &= np.isin(table["person"], matching(people, {column: value}))
        elif column == "theme":
            inside = [measure.id for measure in view.pact.measures if measure.theme == value]
            kept &= table["measure"].isin(inside).to_numpy()
        elif column in table:
            kept &= (table[column] == value).to_numpy()
    return table[kept]


def with_words(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Answers (of `rows`) with all that they say: the columns of answers.csv, then PERSON; None where
    there is nothing."""
    with log_state.store().reading() as database:
        said = queries.rows_at(database, "answers", table["seq"].tolist())
    found = pd.DataFrame(said, columns=list(OPEN["answers"]), dtype=object)
    people = view.known.signatories.iloc[table["person"].to_numpy()]
    for name in PERSON:
        found[name] = people[name].astype(object).to_numpy()
    return found.astype(object).where(found.notna(), None)


def parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """All of them with their words, in parts of so many."""
    table = rows(view)
    return (
        with_words(view, table.iloc[start : start + at_once])
        for start in range(0, max(len(table), 1), at_once)
    )


def word_of(view: View, answer: str) -> str:
    """An answer as one says it."""
    return text(f"answer.{answer}", view.lang)

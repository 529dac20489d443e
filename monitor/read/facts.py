"""What files say of single commitments, with the words that only the database has."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from monitor import queries
from monitor.read import log_entries
from monitor.read.selection import View
from monitor.schema import ANSWER_COLUMNS, OPEN, Values

#: What files about single commitments say of whoever made them, beside their own columns.
PERSON = ("name", "commune", "commune_name", "outcome")

#: By signatory and measure, a row of a file.
Rows = dict[str, dict[str, Values]]


def read_rows(file: str, seqs: Sequence[int]) -> list[Values]:
    """The rows of a file that these entries say, in that order."""
    if not seqs:
        return []
    with log_entries.open_texts() as database:
        return queries.rows_at(database, file, seqs)


def rows_by_measure(
    view: View, file: str, table: pd.DataFrame, signatories: Sequence[str], measure: str | None
) -> Rows:
    """By signatory and measure, of rows that count (a table of `Roll`), those about these people, with
    their words and what was found of their addresses (`queries.checked_rows`); of one `measure` alone,
    unless None."""
    about = table["signatory_id"].isin(list(signatories))
    if measure is not None:
        about &= table["measure"] == measure
    own = table[about]
    if not len(own):
        return {}
    with log_entries.open_texts() as database:
        rows = _as_they_stood(own, queries.rows_at(database, file, own["seq"].tolist()))
        rows = queries.checked_rows(database, file, rows, view.state.last_seq)
    found: Rows = {}
    for one in rows:
        found.setdefault(one.signatory_id, {})[one.measure] = one
    return found


def _as_they_stood(table: pd.DataFrame, rows: list[Values]) -> list[Values]:
    """The rows of a table of `status.answers_on`, the former answer in place of the later one where it
    stood then; of any other table, the rows as they are."""
    if "is_former" not in table or not table["is_former"].any():
        return rows
    before = table[table["is_former"]]
    then = {*zip(before["signatory_id"], before["measure"], strict=True)}
    return [former_row(row) if (row.signatory_id, row.measure) in then else row for row in rows]


def former_row(row: Values) -> Values:
    """A row of answers.csv as it was before the answer changed."""
    stood = {name: getattr(row, f"former_{name}") for name in ANSWER_COLUMNS}
    return row._replace(**stood, **dict.fromkeys(f"former_{name}" for name in ANSWER_COLUMNS))


def answers_of(view: View, signatories: Sequence[str], measure: str | None = None) -> Rows:
    """The answers of these people, given by the day: rows of answers.csv; about one `measure` alone,
    unless None."""
    return rows_by_measure(view, "answers", view.day_state.answers, signatories, measure)


def details_of(view: View, signatories: Sequence[str]) -> Rows:
    """What is said of single commitments of these people: rows of details.csv."""
    return rows_by_measure(view, "details", view.known.details, signatories, None)


def row_parts(view: View, file: str, table: pd.DataFrame, at_once: int) -> Iterator[pd.DataFrame]:
    """Rows that count of a file about signatories and measures (a table of `Roll`) with their words, in
    parts of so many: the columns of the file, then PERSON; None where there is nothing."""
    for start in range(0, max(len(table), 1), at_once):
        part = table.iloc[start : start + at_once]
        rows = _as_they_stood(part, read_rows(file, part["seq"].tolist()))
        found = pd.DataFrame(rows, columns=list(OPEN[file]))
        who = view.everybody.iloc[part["person"].to_numpy()]
        for name in PERSON:
            found[name] = who[name].astype(object).to_numpy()
        yield _empty_as_none(found)


def detail_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """`row_parts` of what is said of the commitments alone that the filters keep."""
    table = view.known.details
    if view.filters and len(table):
        kept, own = (
            pd.MultiIndex.from_frame(rows[["signatory_id", "measure"]].astype("str"))
            for rows in (view.commitments, table)
        )
        table = table[own.isin(kept)]
    return row_parts(view, "details", table, at_once)


def source_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """The sources that count beside those that the entries of a view cite, in the order of the entries
    in the log, in parts of so many: the columns of sources.csv; None where there is nothing."""
    table = view.known.sources
    seqs = log_entries.entry_seqs(view, True)[::-1] if len(table) else []
    with log_entries.open_texts() as database:
        names = queries.action_ids(database, seqs)
    place = {name: at for at, name in enumerate(dict.fromkeys(names))}
    own = table[table["action_id"].isin(place)]
    order = [own["action_id"].map(place), own["source_no"].astype("int64")]
    own = own.iloc[np.lexsort(order[::-1])] if len(own) else own
    for start in range(0, max(len(own), 1), at_once):
        rows = read_rows("sources", own["seq"].iloc[start : start + at_once].tolist())
        yield _empty_as_none(pd.DataFrame(rows, columns=list(OPEN["sources"])))


def _empty_as_none(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).where(table.notna(), None)

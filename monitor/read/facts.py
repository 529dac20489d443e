"""What files say of single commitments, with the words that only the database has."""

from collections.abc import Sequence

import pandas as pd

from monitor import queries
from monitor.read import log_entries
from monitor.read.selection import View
from monitor.schema import Values

#: By signatory and measure, a row of a file.
Rows = dict[str, dict[str, Values]]


def read_rows(file: str, seqs: Sequence[int]) -> list[Values]:
    """The rows of a file that these entries say, in that order."""
    if not seqs:
        return []
    with log_entries.open_texts() as database:
        return queries.rows_at(database, file, seqs)


def rows_by_measure(file: str, table: pd.DataFrame, signatories: Sequence[str]) -> Rows:
    """Of rows that count (a table of `Roll`), those about these people, with their words."""
    own = table["seq"][table["signatory_id"].isin(list(signatories))]
    found: Rows = {}
    for one in read_rows(file, own.tolist()):
        found.setdefault(one.signatory_id, {})[one.measure] = one
    return found


def details_of(view: View, signatories: Sequence[str]) -> Rows:
    """What is said of single commitments of these people: rows of details.csv."""
    return rows_by_measure("details", view.known.details, signatories)

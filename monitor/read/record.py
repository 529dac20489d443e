"""What the figures of a view are computed from, as tables: who signed, in office when, where, what, and
from what day each entry counts."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pandas as pd

from monitor import export
from monitor.export import fields
from monitor.read import answers, log_entries
from monitor.read.cache import per_filter
from monitor.read.selection import View
from monitor.schema import OPEN


def signatory_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """The columns of signatories.csv of those whom the filters keep, in parts of so many."""
    return _in_parts(_people(view)[list(OPEN["signatories"])], at_once)


def mandate_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """The columns of mandates.csv of the same people."""
    table = view.known.mandates
    theirs = table["signatory_id"].isin(_people(view)["signatory_id"])
    return _in_parts(table.loc[theirs, list(OPEN["mandates"])], at_once)


def area_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """`export.signed_areas` of the places of these people."""
    return _in_parts(export.signed_areas(view.known, _people(view)["commune"]), at_once)


def measure_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """What the pact says of the measures that the filters keep."""
    kept = view.kept_titles
    rows = [asdict(measure) for measure in view.pact.measures if measure.id in kept]
    names = [column.name for column in fields.TABLES["measures"]]
    return _in_parts(pd.DataFrame(rows, columns=names, dtype=object), at_once)


def entry_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """`export.entry_table` of the entries that stand about the commitments of the view."""
    for part in export.entry_parts(_entries(view), at_once):
        with log_entries.open_texts() as database:
            found = export.entry_table(database, view.known, part)
        yield found


@per_filter
def _entries(view: View) -> pd.DataFrame:
    facts = export.standing_facts(view.log, view.known, view.known_at)
    rows = view.rows
    return facts if rows is None else facts[np.isin(facts["row"], rows)]


def _people(view: View) -> pd.DataFrame:
    return view.known.signatories.iloc[answers.people_in_view(view)]


def _in_parts(table: pd.DataFrame, at_once: int) -> Iterator[pd.DataFrame]:
    for start in range(0, max(len(table), 1), at_once):
        part = table.iloc[start : start + at_once]
        yield part.astype(object).where(part.notna(), None)

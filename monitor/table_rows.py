"""The rows of the tables that are computed, their columns as attributes that a type checker knows.

A row holds what its readers need of a table, each column under its name there: text, and dates as text,
as str; None where there is nothing, but NaN of a float.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from monitor.text_columns import FEW

Row = TypeVar("Row", bound=NamedTuple)


class CommitmentRow(NamedTuple):
    """Of `status.fold`; `Index`: its place in that table."""

    Index: int
    commitment: int
    signatory_id: str
    name: str
    commune: str
    commune_name: str
    department_code: str
    measure: str
    theme: str
    due_on: datetime | None
    office: str
    binding: bool
    ever_bound: bool
    left: bool
    withdrawn: bool
    status: str
    since: datetime | None
    said_by: int
    verdict: str
    lateness: str | None
    actions: int
    last_on: datetime | None


class StatusRow(NamedTuple):
    """Of `status.fold`, for long lists: what a line about one commitment says."""

    Index: int
    signatory_id: str
    name: str
    commune: str
    commune_name: str
    department_code: str
    measure: str
    status: str
    binding: bool
    due_on: datetime | None


class ChangeRow(NamedTuple):
    """Of `read.between_days.changes_between`."""

    signatory_id: str
    name: str
    commune: str
    commune_name: str
    department_code: str
    measure: str
    before: str
    status: str
    change: str
    since: datetime | None
    said_by: int


class MatrixRow(NamedTuple):
    """Of `status.fold`, for a cell of `charts.status_matrix`; `since`: as EDTF, "" for nothing."""

    signatory_id: str
    name: str
    commune: str
    commune_name: str
    department_code: str
    measure: str
    status: str
    since: str
    binding: bool
    actions: int


class AnswerRow(NamedTuple):
    """Of `read.answers.answer_table`."""

    signatory_id: str
    name: str
    commune: str
    commune_name: str
    department_code: str
    measure: str
    answer: str


class StepRow(NamedTuple):
    """Of `status.status_changes`; `before` and `after`: codes of Status."""

    row: int
    day: int
    seq: int
    before: int
    after: int


class PersonRow(NamedTuple):
    """Of `status.fold_people`; `Index`: its place in that table."""

    Index: int
    signatory_id: str
    name: str
    commune: str
    commune_name: str
    department_code: str
    department: str
    size: str
    kind: str | None
    signed_on: str | None
    withdrawn_on: str | None
    list: str | None
    source_url: str | None
    person_id: str | None
    outcome: str
    signed: bool
    withdrawn: bool
    elected: bool
    came_later: bool
    elsewhere: bool
    unknown: bool
    in_office: bool


class PlaceRow(NamedTuple):
    """Of `DayState.people_by_id`; `Index`: the id of the signatory."""

    Index: str
    name: str
    commune: str
    commune_name: str
    department_code: str


class MandateRow(NamedTuple):
    """Of `Log.mandates`, as the file says it."""

    office: str
    started_on: str
    ended_on: str | None
    end_reason: str | None


class ProposedRow(NamedTuple):
    """Of `matching.tables.proposal_table`; `missing`: the column of a day that must be given."""

    Index: int
    started_on: str | None
    ended_on: str | None
    end_reason: str | None
    missing: str | None


class AreaRow(NamedTuple):
    """Of `Log.areas`; `Index`: its code."""

    Index: str
    name: str
    department_code: str | None


class IndicatorRow(NamedTuple):
    """Of `indicators.indicator_table` in all or by one grouping, which says what each is."""

    group: str
    due: int
    assessed: int
    coverage: float
    implemented: int
    partly: int
    rate: float
    rate_low: float
    rate_high: float
    no_evidence: int
    stale: int
    officials: int
    officials_assessed: int
    entries_per_assessed: float
    months_since_entry: float
    possible: int
    due_ever: int
    assessed_ever: int
    implemented_ever: int
    partly_ever: int


class CrossedRow(NamedTuple):
    """Of `indicators.indicator_table` by one grouping, read as `group`, and by measure."""

    group: str
    measure: str
    due: int
    assessed: int
    implemented: int
    partly: int
    rate_low: float
    officials: int
    officials_assessed: int
    entries_per_assessed: float
    months_since_entry: float
    possible: int
    due_ever: int
    implemented_ever: int


class HalfYearRow(NamedTuple):
    """Of `read.half_years.half_year_table`."""

    half_year: int
    at_risk: int
    officials: int
    happened: int
    share: float
    low: float
    high: float


class RevisionRow(NamedTuple):
    """Of `read.revisions.revision_table`."""

    known_on: str
    due: int
    officials: int
    assessed: int
    coverage: float
    implemented: int
    rate_low: float


class FunnelRow(NamedTuple):
    """Of the table of `read.funnel.group_funnel`."""

    group: str
    assessed: int
    implemented: int
    expected: float
    rate: float
    outside: int


class WhatIfRow(NamedTuple):
    """Of `read.what_if.what_if_table`."""

    times: float
    share: float


#: A row about one signatory in one place.
PlacedRow = CommitmentRow | StatusRow | ChangeRow | PersonRow | PlaceRow
#: A row with a rate, its base and the effort behind it.
RateRow = IndicatorRow | CrossedRow


def read_rows(
    kind: type[Row], table: pd.DataFrame, at: np.ndarray | slice | None = None
) -> list[Row]:
    """The rows of a table, or those at some places. `DataFrame.itertuples` makes a type each time, which
    nobody knows beforehand, and cuts out every column."""
    columns = (table.index if name == "Index" else table[name].array for name in kind._fields)
    return list(map(kind._make, zip(*(_values(one, at) for one in columns), strict=True)))


def _values(column, at: np.ndarray | slice | None) -> list:
    column = column if at is None else column[at]
    if column.dtype.kind in "biuf":  # in an array of its own they would stay numpy's
        return column.to_numpy().tolist()
    values = column.tolist()
    if not column.isna().any():
        return values
    return [None if value != value else value for value in values]


def find_texts(
    texts: pd.Series | pd.Index, among: pd.Series | pd.Index | Sequence[str]
) -> np.ndarray:
    """The place of each text among others, of which each is there once; -1 for none. As
    `pd.Index.get_indexer`, in a third of its time, and of few texts in a tenth."""
    if len(texts) + len(among) <= FEW:
        places = {text: place for place, text in enumerate(among)}
        return np.array([places.get(text, -1) for text in texts.tolist()], dtype=np.int32)
    # A column without rows may not know that it is one of texts.
    values, wanted = (
        pa.array(one, type=pa.large_string(), from_pandas=True) for one in (texts, among)
    )
    found = pc.index_in(values, value_set=wanted)
    return found.fill_null(-1).to_numpy(zero_copy_only=False)

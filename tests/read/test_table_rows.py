"""The rows of the tables that are computed hold what their types say."""

from typing import get_type_hints

import numpy as np
import pandas as pd
import pytest

from monitor import indicators
from monitor.models import GroupBy
from monitor.read import answers, funnel, half_years, query, revisions
from monitor.read.between_days import changes_between
from monitor.read.mandates import Mandate
from monitor.read.places import signed_areas
from monitor.snapshot import Snapshot, Snapshots
from monitor.table_rows import (
    AnswerRow,
    AreaRow,
    ChangeRow,
    CommitmentRow,
    CrossedRow,
    FunnelRow,
    HalfYearRow,
    IndicatorRow,
    MandateRow,
    PersonRow,
    PlaceRow,
    RevisionRow,
    StatusRow,
    StepRow,
    read_rows,
)
from tests.support.random_logs import log_of, random_world


def check(kind, rows) -> None:
    """Each value is of the type that its attribute is said to have."""
    types = get_type_hints(kind)
    wrong = {
        (name, type(getattr(row, name)).__name__)
        for row in rows
        for name, wanted in types.items()
        if not isinstance(getattr(row, name), wanted)
    }
    assert not wrong


def check_view(view) -> None:
    table, people = view.everything, view.everybody
    crossed = indicators.indicator_table(table, [GroupBy.SIZE, GroupBy.MEASURE])
    by_size = indicators.indicator_table(table, GroupBy.SIZE)
    for kind, found in (
        (CommitmentRow, table),
        (StatusRow, table),
        (PersonRow, people),
        (PlaceRow, view.day_state.people_by_id),
        (MandateRow, view.known.mandates),
        (AreaRow, signed_areas(view.state)),
        (StepRow, view.state.status_changes),
        (ChangeRow, changes_between(view, view.pact.term_start)),
        (AnswerRow, answers.answer_table(view)),
        (IndicatorRow, by_size),
        (IndicatorRow, indicators.indicator_table(table)),
        (RevisionRow, revisions.revision_table(view)),
        (HalfYearRow, half_years.half_year_table(view)),
        (FunnelRow, funnel.group_funnel(view, "region", False).table),
        (CrossedRow, crossed.rename(columns={"size": "group"})),
    ):
        rows = read_rows(kind, found)
        assert len(rows) == len(found)
        check(kind, rows)
    for who in people["signatory_id"]:
        check(Mandate, view.day_state.mandates_of(who))


@pytest.mark.parametrize("day", ["2014-01-01", "2017-06-01", "2020-07-05"])
def test_rows_of_random_logs_are_what_their_types_say(day):
    for seed in range(3):
        snapshot = Snapshot(seq=1, logs={"p": log_of(random_world(seed))})
        check_view(query.read_view(snapshot, {"pacte": "p", "au": day}))


def test_rows_of_the_packaged_pact_are_what_their_types_say(store):
    check_view(query.read_view(Snapshots(store).current(), {"pacte": "mouves-2014"}))


def test_what_is_missing_is_none_but_of_a_float():
    table = pd.DataFrame(
        {
            "row": [1, 2],
            "day": pd.array(["2014", None], dtype="str"),
            "seq": pd.to_datetime(["2014-03-30", None]),
            "before": pd.Categorical(["a", None]),
            "after": [0.5, np.nan],
        }
    )
    first, second = read_rows(StepRow, table)
    assert first == (1, "2014", pd.Timestamp("2014-03-30"), "a", 0.5)
    assert second[:4] == (2, None, None, None) and np.isnan(second.after)


def test_rows_at_some_places_come_in_their_order():
    table = pd.DataFrame(
        {name: ["Alix", "Bao", "Cléo"] for name in PlaceRow._fields[1:]}, index=["a", "b", "c"]
    )
    assert [row.Index for row in read_rows(PlaceRow, table, np.array([2, 0]))] == ["c", "a"]
    assert [row.name for row in read_rows(PlaceRow, table, slice(1, 2))] == ["Bao"]
    assert read_rows(PlaceRow, table, np.array([], dtype=np.int64)) == []

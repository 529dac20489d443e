"""What chance alone moves of a share, beside figures of R."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.hazards import hazard_table
from monitor.analysis.incidence import Spells
from monitor.analysis.intervals import design_effect, wilson_interval


@pytest.mark.parametrize(
    ("hits", "cases", "limits"),
    [
        (0, 10, (0, 0.277533)),
        (1, 4, (0.045587, 0.699358)),
        (3, 10, (0.107791, 0.603222)),
        (5, 5, (0.565518, 1)),
        (10, 40, (0.141871, 0.401940)),
        (88, 663 / 1.1675, None),
    ],
)
def test_the_interval_of_a_share_is_wilsons(hits, cases, limits):
    found = wilson_interval(hits / cases, cases)
    if limits:
        assert found == pytest.approx(limits, abs=1e-6)
    assert 0 <= found[0] <= hits / cases <= found[1] <= 1


def test_a_share_of_nothing_has_no_interval():
    assert np.isnan(wilson_interval(np.nan, 0)).all()


def test_commitments_of_an_official_that_go_the_same_way_count_for_fewer():
    assert design_effect(np.array([3, 0, 3, 0]), np.full(4, 3)) == pytest.approx(4)
    assert design_effect(np.array([0, 1, 0, 1]), np.ones(4)) == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    ("hits", "cases"), [([0, 0], [3, 3]), ([2], [3]), ([], []), ([3, 3], [3, 3])]
)
def test_where_nothing_can_be_told_the_design_changes_nothing(hits, cases):
    assert design_effect(np.array(hits), np.array(cases)) == 1


#: (entry, stay, cause, official) of some commitments.
SPELL = st.tuples(st.integers(-1, 10), st.integers(1, 10), st.integers(0, 2), st.integers(0, 4))


@given(st.lists(SPELL, min_size=1, max_size=30))
def test_each_stretch_has_what_waited_at_its_start_for_its_whole(drawn):
    entry, stay, cause, cluster = (np.array(column) for column in zip(*drawn, strict=True))
    edges = np.array([0, 5, 10, 20])
    found = hazard_table(Spells(entry, entry + stay, cause, cluster), 1, edges)
    for row, (first, after) in zip(found.itertuples(), [(0, 5), (5, 10), (10, 20)], strict=True):
        waiting = [
            (end, why, who)
            for start, end, why, who in zip(entry, entry + stay, cause, cluster, strict=True)
            if start < first <= end
        ]
        hit = [end for end, why, _ in waiting if why == 1 and end < after]
        assert (row.at_risk, row.happened) == (len(waiting), len(hit))
        assert row.clusters == len({who for *_, who in waiting})
        if waiting:
            assert row.share == pytest.approx(len(hit) / len(waiting))
            assert 0 <= row.low <= row.share <= row.high <= 1
        else:
            assert pd.isna(row.share) and pd.isna(row.low)

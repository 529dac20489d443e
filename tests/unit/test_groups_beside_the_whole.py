"""What chance alone moves between groups, beside figures of R."""

from math import ceil, comb, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.groups import (
    MANY,
    funnel_limits,
    over_dispersion,
    standardise_groups,
)


@pytest.mark.parametrize(
    ("cases", "share", "level", "counts"),
    [
        (20, 0.2377, 0.95, (1, 9)),
        (20, 0.2377, 0.998, (0, 11)),
        (5, 0, 0.95, (0, 0)),
        (5, 1, 0.95, (5, 5)),
    ],
)
def test_the_limits_of_a_funnel_end_at_the_counts_of_the_binomial(cases, share, level, counts):
    limits = funnel_limits(cases, share, level)
    low, high = (cases * limit for limit in limits)
    assert (ceil(low - 1e-9), floor(high + 1e-9)) == counts


@given(st.integers(1, 200), st.floats(0.01, 0.99), st.sampled_from([0.95, 0.998]))
def test_chance_puts_no_more_outside_a_limit_than_its_level_leaves(cases, share, level):
    low, high = funnel_limits(cases, share, level)
    chance = [
        comb(cases, hits) * share**hits * (1 - share) ** (cases - hits) for hits in range(cases + 1)
    ]
    shares = [hits / cases for hits in range(cases + 1)]
    below = sum(each for each, rate in zip(chance, shares, strict=True) if rate < low - 1e-9)
    above = sum(each for each, rate in zip(chance, shares, strict=True) if rate > high + 1e-9)
    assert max(below, above) <= (1 - level) / 2 + 1e-9


@given(st.integers(1, 1_200), st.floats(0.01, 0.99))
def test_what_did_not_happen_has_the_limits_of_what_did_from_the_other_end(cases, share):
    low, high = funnel_limits(cases, share, 0.998)
    assert funnel_limits(cases, 1 - share, 0.998) == pytest.approx((1 - high, 1 - low), abs=1e-6)


def test_a_group_in_which_all_is_done_is_within_what_a_whole_of_nearly_all_leaves_to_chance():
    assert funnel_limits(5, 0.97, 0.998)[1] == 1


@pytest.mark.parametrize("share", [0.05, 0.24, 0.9])
def test_the_limits_of_many_cases_go_on_where_those_of_fewer_end(share):
    exact, normal = (funnel_limits(cases, share, 0.998) for cases in (MANY, MANY + 1))
    assert exact == pytest.approx(normal, abs=0.006)


@given(st.integers(20, 300), st.floats(0.2, 0.8))
def test_the_outer_limits_hold_the_inner_ones_and_the_whole(cases, share):
    inner, outer = (funnel_limits(cases, share, level) for level in (0.95, 0.998))
    assert 0 <= outer[0] <= inner[0] <= share <= inner[1] <= outer[1] <= 1


def test_a_group_is_set_beside_the_whole_of_its_like():
    implemented = np.array([True, False, False, False, True, True])
    group = np.array([0, 0, 1, 1, 1, 0])
    stratum = np.array([0, 0, 0, 0, 1, 1])
    found = standardise_groups(implemented, group, 3, stratum)
    assert found.cases.tolist() == [3, 3, 0]
    assert found.observed.tolist() == [2, 1, 0]
    assert found.expected == pytest.approx([1.5, 1.5, 0])
    assert found.distances() == pytest.approx(
        [0.5 / np.sqrt(0.375), -0.5 / np.sqrt(0.375), np.nan], nan_ok=True
    )
    assert found.distances(4)[0] == pytest.approx(found.distances()[0] / 2)


def test_groups_that_differ_by_chance_only_are_not_widened():
    assert over_dispersion(np.array([0.5, -0.5, 0.1])) == 1
    assert over_dispersion(np.array([])) == 1
    assert over_dispersion(np.array([3.0, -3.0, np.nan])) == 9


def test_one_group_far_out_does_not_widen_the_funnel_alone():
    assert over_dispersion(np.array([*np.tile([0.9, -0.9], 10), 50.0])) == 1


def test_a_group_that_is_as_its_like_stands_where_the_whole_stands():
    implemented = np.array([True, False, True, False, False, False, True, False])
    group, stratum = np.array([0, 0, 1, 1, 0, 0, 1, 1]), np.array([0, 0, 0, 0, 1, 1, 1, 1])
    found = standardise_groups(implemented, group, 2, stratum)
    assert found.adjusted_rates(0.375).tolist() != [0.375, 0.375]
    alike = standardise_groups(implemented, stratum, 2, stratum)
    assert alike.adjusted_rates(0.375) == pytest.approx([0.375, 0.375])


def test_without_strata_the_rate_is_the_plain_share():
    implemented, group = np.array([True, False, False, True, True]), np.array([0, 0, 0, 1, 1])
    found = standardise_groups(implemented, group, 2, np.zeros(5, dtype=int))
    assert found.adjusted_rates(0.6) == pytest.approx([1 / 3, 1])

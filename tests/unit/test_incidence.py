"""How long until something befalls a commitment, beside figures of R's `survival`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.incidence import (
    Incidence,
    Spells,
    band_quantile,
    log_log_interval,
    standard_error,
)
from monitor.analysis.intervals import normal_quantile

AT = np.array([100, 150, 200, 300, 350, 400])
ALONE = np.arange(8)
OFFICIALS = np.array([0, 0, 0, 1, 1, 2, 2, 1])


def eight(cluster=ALONE) -> Spells:
    """Eight commitments: three causes, one followed for 250 days only and two to the end."""
    exit_ = np.array([100, 150, 200, 250, 300, 350, 400, 400])
    return Spells(np.zeros(8, int), exit_, np.array([1, 2, 1, 0, 3, 1, 0, 0]), cluster)


def share_still_at_risk(found: Incidence, days) -> np.ndarray:
    return np.append(1.0, found.still)[np.searchsorted(found.days, days, side="right")]


def test_the_share_of_each_cause_is_that_of_aalen_and_johansen():
    found = Incidence(eight(), 3)
    assert found.share_at(1, AT) == pytest.approx([1 / 8, 1 / 8, 1 / 4, 1 / 4, 13 / 32, 13 / 32])
    assert found.share_at(2, AT) == pytest.approx([0, 1 / 8, 1 / 8, 1 / 8, 1 / 8, 1 / 8])
    assert found.share_at(3, AT) == pytest.approx([0, 0, 0, 5 / 32, 5 / 32, 5 / 32])
    assert share_still_at_risk(found, AT) == pytest.approx(
        [7 / 8, 3 / 4, 5 / 8, 15 / 32, 10 / 32, 10 / 32]
    )


def test_nobody_is_counted_before_the_first_end():
    assert Incidence(eight(), 3).share_at(1, np.array([0, 99])).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("cluster", "errors"),
    [
        (
            ALONE,
            [
                [0.116927, 0.116927, 0.153093, 0.153093, 0.183884, 0.183884],
                [0, 0.116927, 0.116927, 0.116927, 0.116927, 0.116927],
                [0, 0, 0, 0.141921, 0.141921, 0.141921],
            ],
        ),
        (
            OFFICIALS,
            [
                [0.096319, 0.096319, 0.192638, 0.192638, 0.172495, 0.172495],
                [0, 0.096319, 0.096319, 0.096319, 0.096319, 0.096319],
                [0, 0, 0, 0.138768, 0.138768, 0.138768],
            ],
        ),
    ],
)
def test_the_standard_error_is_that_of_the_jackknife_by_official(cluster, errors):
    found = Incidence(eight(cluster), 3)
    for cause, expected in enumerate(errors, 1):
        assert standard_error(found.influences(cause, AT)) == pytest.approx(expected, abs=1e-6)


def test_the_interval_is_that_on_log_minus_log():
    found = Incidence(eight(), 3)
    low, high = log_log_interval(found.share_at(1, AT), standard_error(found.influences(1, AT)))
    assert low == pytest.approx(
        [0.006593, 0.006593, 0.037067, 0.037067, 0.089652, 0.089652], abs=1e-6
    )
    assert high == pytest.approx(
        [0.422706, 0.422706, 0.558084, 0.558084, 0.714313, 0.714313], abs=1e-6
    )


def test_a_share_of_none_or_all_has_no_interval():
    low, high = log_log_interval(np.array([0.0, 1.0]), np.array([0.0, 0.0]))
    assert np.isnan([*low, *high]).all()


def test_the_table_under_the_curve_counts_who_is_at_risk_and_what_ended():
    spells = eight()
    rows = [
        spells.count_at_risk(AT + 1),
        *(spells.count_ended(cause, AT) for cause in (1, 2, 3, 0)),
    ]
    assert np.stack(rows, axis=1).tolist() == [
        [7, 1, 0, 0, 0],
        [6, 1, 1, 0, 0],
        [5, 2, 1, 0, 0],
        [3, 2, 1, 1, 1],
        [2, 3, 1, 1, 1],
        [0, 3, 1, 1, 3],
    ]


def test_a_band_is_wider_than_an_interval_and_the_same_each_time():
    influences = Incidence(eight(), 3).influences(1, AT)
    assert normal_quantile() < band_quantile(influences) < 3
    assert band_quantile(influences) == band_quantile(influences)


#: Entries, exits and causes; then the share of cause 1, and its standard error by cluster, on the
#: last day: those of R (survival 3.5, the influences of `survfit` summed by cluster).
OF_R = {
    "ties": ([-1] * 6, [5, 5, 5, 9, 9, 9], [1, 2, 1, 1, 0, 3], 0.5, 0.235702260396),
    "late entry": (
        [-1, 3, 3, 6, -1, 2],
        [4, 7, 9, 9, 12, 8],
        [1, 1, 2, 1, 0, 3],
        0.52,
        0.243441984875,
    ),
    "all end at once": ([-1] * 5, [7] * 5, [1, 1, 2, 3, 1], 0.6, 0.299332590942),
}


@pytest.mark.parametrize("name", OF_R)
def test_small_cases_are_those_of_another_program(name):
    entry, exit_, cause, share, error = OF_R[name]
    cluster = np.arange(len(entry)) // 2
    found = Incidence(Spells(*map(np.array, (entry, exit_, cause)), cluster), 3)
    last = np.array([max(exit_)])
    assert found.share_at(1, last) == pytest.approx([share])
    assert standard_error(found.influences(1, last)) == pytest.approx([error])


def test_a_day_at_which_nothing_varies_but_rounding_widens_no_band():
    influences = np.array([[0.2], [-0.1], [-0.1]])
    rounding = np.array([[1e-17], [3e-17], [-2e-17]])
    assert band_quantile(np.hstack([influences, rounding])) == band_quantile(influences)


@pytest.mark.parametrize("causes", [1, 3])
def test_where_nothing_has_ended_the_share_is_0_and_nothing_varies(causes):
    spells = Spells(np.zeros(2, int), np.array([5, 9]), np.zeros(2, int), np.arange(2))
    found = Incidence(spells, causes)
    assert found.share_at(causes, np.array([9])).tolist() == [0]
    assert share_still_at_risk(found, np.array([9])).tolist() == [1]
    assert standard_error(found.influences(causes, np.array([9]))).tolist() == [0]


def test_where_there_is_nobody_nothing_fails():
    none = np.array([], dtype=int)
    found = Incidence(Spells(none, none, none, none), 2)
    assert found.share_at(1, np.array([9])).tolist() == [0]
    assert found.influences(1, np.array([9])).shape == (0, 1)
    assert band_quantile(found.influences(1, np.array([9]))) == normal_quantile()


#: (exit, cause) of some commitments, of which each ended: by something, or where all are followed to.
ENDED = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 3)), min_size=1, max_size=30)


@given(ENDED)
def test_with_nobody_lost_from_sight_the_curve_is_the_plain_share(ended):
    exit_, cause = (np.array(column) for column in zip(*ended, strict=True))
    found = Incidence(Spells(exit_ * 0 - 1, exit_, cause, np.arange(len(cause))), 3)
    for day in (0, 7, 20):
        plain = ((exit_ <= day) & (cause == 2)).mean()
        assert found.share_at(2, np.array([day]))[0] == pytest.approx(plain, abs=1e-12)


@pytest.mark.parametrize("count", [5, 7, 10, 49, 300])
def test_where_it_has_happened_to_all_the_share_is_1_and_has_no_interval(count):
    """Whatever sums leave: a little more than 1 would be 100.00000000000002 %."""
    days = np.arange(count)
    found = Incidence(Spells(days * 0 - 1, days, days * 0 + 1, days // 3), 4)
    share, last = found.share_at(1, days[-1:]), standard_error(found.influences(1, days[-1:]))
    assert share.tolist() == [1.0]
    assert np.isnan([*log_log_interval(share, last)]).all()


SPELL = st.tuples(st.integers(-1, 10), st.integers(1, 10), st.integers(0, 3), st.integers(0, 4))


@given(st.lists(SPELL, min_size=1, max_size=30))
def test_the_shares_and_what_is_still_at_risk_make_a_whole(drawn):
    entry, stay, cause, cluster = (np.array(column) for column in zip(*drawn, strict=True))
    found = Incidence(Spells(entry, entry + stay, cause, cluster), 3)
    days = np.arange(0, 25)
    whole = share_still_at_risk(found, days) + sum(found.share_at(one, days) for one in (1, 2, 3))
    assert whole == pytest.approx(np.ones(25))
    for one in (1, 2, 3):
        assert found.influences(one, days).sum(axis=0) == pytest.approx(np.zeros(25), abs=1e-9)


@given(st.lists(SPELL, min_size=2, max_size=12))
def test_the_influence_is_what_a_little_more_weight_changes(drawn):
    entry, stay, cause, _ = (np.array(column) for column in zip(*drawn, strict=True))
    exit_, days = entry + stay, np.array([3, 8, 20])
    found = Incidence(Spells(entry, exit_, cause, np.arange(len(cause))), 3)
    if (found.still[:-1] == 0).any():  # all had ended before others came: the curve stands still
        return
    exact = found.influences(1, days)
    step = 1e-6
    for row in range(len(cause)):
        more = np.ones(len(cause))
        more[row] += step
        changed = (weighted(entry, exit_, cause, more, days) - found.share_at(1, days)) / step
        assert changed == pytest.approx(exact[row], abs=1e-4)


@given(st.lists(SPELL, min_size=1, max_size=10))
def test_the_influence_of_a_cluster_is_the_derivative_by_its_weight(drawn):
    """By a step into the imaginary, which loses nothing by rounding: with ties, late entry, clusters of
    one, and days on which all that was at risk had ended before others came."""
    entry, stay, cause, cluster = (np.array(column) for column in zip(*drawn, strict=True))
    exit_, days = entry + stay, np.array([0, 3, 8, 20])
    _, cluster = np.unique(cluster, return_inverse=True)
    exact = Incidence(Spells(entry, exit_, cause, cluster), 3).influences(1, days)
    for one in range(cluster.max() + 1):
        moved = weighted(entry, exit_, cause, 1 + (cluster == one) * 1e-30j, days)
        assert np.imag(moved) / 1e-30 == pytest.approx(exact[one], abs=1e-9)


def weighted(entry, exit_, cause, weight, days) -> np.ndarray:
    """The share of cause 1, where commitments weigh differently; by its definition."""
    still, share, at = 1.0, 0.0, {}
    for day in range(int(exit_.max()) + 1):
        at_risk = weight[(entry < day) & (day <= exit_)].sum()
        if at_risk:
            ended = (exit_ == day) & (cause > 0)
            share += still * weight[ended & (cause == 1)].sum() / at_risk
            still *= weight[(entry < day) & (day <= exit_) & ~ended].sum() / at_risk
        at[day] = share
    return np.array([at.get(int(day), share) for day in days])

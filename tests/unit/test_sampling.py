"""What a sample drawn at random says of all, beside figures of R."""

import math
from hashlib import sha256
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.intervals import student_quantile
from monitor.analysis.sampling import (
    DrawnStratum,
    Whole,
    allocate,
    draw_double_rated,
    draw_order,
    estimate,
    estimate_change,
    expected_margin,
)

NOTHING = Whole(0, 0, 0)
TEN = [f"s{number}" for number in range(1, 11)]


def drawn(size, hits, cases, unknown=None, officials=None) -> DrawnStratum:
    return DrawnStratum(
        size,
        officials or [f"p{number}" for number in range(len(hits))],
        np.array(hits),
        np.zeros(len(hits), dtype=int) if unknown is None else np.array(unknown),
        np.array(cases),
    )


A = drawn(10, [1, 0, 2, 1], [3, 3, 3, 2])
B = drawn(20, [0, 0, 1, 0, 3], [3, 2, 3, 3, 3], officials=list("vwxyz"))


def test_the_order_of_a_draw_is_that_of_the_digests():
    assert draw_order("demo", TEN) == [f"s{n}" for n in (9, 8, 5, 6, 3, 4, 7, 2, 1, 10)]


def test_the_order_of_a_draw_does_not_depend_on_that_of_the_list():
    assert draw_order("demo", reversed(TEN)) == draw_order("demo", TEN)


@pytest.mark.parametrize(
    ("count", "share", "wanted"),
    [(10, 0.2, 2), (11, 0.2, 3), (30, 0.1, 3), (1, 0.2, 1), (10, 0, 0)],
)
def test_a_share_of_those_drawn_is_rated_twice_rounded_up(count, share, wanted):
    assert len(draw_double_rated("demo", [f"s{n}" for n in range(count)], share)) == wanted


def test_those_rated_twice_are_chosen_by_another_order_than_the_draw():
    by_hand = sorted(TEN, key=lambda one: sha256(f"demo:double:{one}".encode()).hexdigest())
    assert draw_double_rated("demo", TEN, 0.3) == by_hand[:3]


@pytest.mark.parametrize(
    ("sizes", "total", "spread", "wanted"),
    [
        ((100, 300, 50, 5), 40, None, [9, 25, 4, 2]),
        ((100, 300, 50, 5), 40, (5, 3, 4, 5), [12, 21, 5, 2]),
        ((3, 1, 0), 40, None, [3, 1, 0]),
        ((100, 1, 1), 10, None, [8, 1, 1]),
        ((5, 5), 1, None, [2, 2]),
        ((4, 100), 20, (50, 1), [4, 16]),
        ((5, 5), 4, (0, 0), [2, 2]),
        ((), 5, None, []),
    ],
)
def test_officials_are_allocated_in_proportion_and_two_at_least(sizes, total, spread, wanted):
    assert allocate(sizes, total, spread=spread) == wanted


@given(st.lists(st.integers(0, 500), max_size=8), st.integers(0, 2_000))
def test_an_allocation_never_asks_for_more_than_there_are(sizes, total):
    found = allocate(sizes, total)
    least = [min(2, size) for size in sizes]
    assert all(low <= n <= size for low, n, size in zip(least, found, sizes, strict=True))
    assert sum(found) == max(sum(least), min(total, sum(sizes)))


@pytest.mark.parametrize(
    ("df", "quantile", "within"),
    [
        (1, 12.706205, 1e-6),
        (2, 4.302653, 1e-6),
        (3, 3.182446, 1e-6),
        (6, 2.446912, 1e-6),
        (7, 2.364624, 5e-5),
        (10, 2.228139, 1e-5),
        (56, 2.003241, 1e-6),
        (1_000, 1.962339, 1e-6),
    ],
)
def test_the_quantile_is_students(df, quantile, within):
    assert student_quantile(df) == pytest.approx(quantile, abs=within)


def test_the_share_of_two_strata_is_that_of_r():
    found = estimate([A, B])
    share = found.least
    assert found.is_point
    assert share.value == pytest.approx(52 / 167, abs=1e-12)
    assert share.error == pytest.approx(0.123332362, abs=1e-9)
    assert share.df == 7
    assert found.interval == pytest.approx((0.112430, 0.617460), abs=1e-6)


def test_a_stratum_drawn_whole_adds_no_chance():
    assert estimate([drawn(4, A.hits, A.cases)]).interval == (4 / 11, 4 / 11)


def test_what_is_taken_whole_bounds_the_interval():
    found = estimate([drawn(30, [0, 1, 0, 0], [1, 1, 1, 1])], Whole(300, 0, 400))
    low, high = found.interval
    assert 300 / 430 <= low < found.least.value < high <= 330 / 430


@pytest.mark.parametrize(
    ("strata", "whole"),
    [
        ([drawn(100, [0] * 10, [3] * 10)], NOTHING),
        ([drawn(100, [0] * 10, [3, 2] * 5)], Whole(30, 0, 90)),
        ([drawn(100, [3] * 10, [3] * 10)], Whole(30, 0, 90)),
        ([drawn(100, [1] * 10, [3] * 10)], Whole(30, 0, 90)),
    ],
)
def test_nobody_drawn_who_differs_does_not_make_an_estimate_certain(strata, whole):
    found = estimate(strata, whole)
    low, high = found.interval
    assert 0 <= low <= found.least.value <= high <= 1
    assert high - low > 0.05


def test_one_official_drawn_of_several_says_no_more_than_the_bounds():
    found = estimate([drawn(3, [1], [2])], Whole(1, 0, 4))
    assert found.interval == (1 / 10, 7 / 10)


def test_what_is_not_known_counts_once_as_no_and_once_as_yes():
    found = estimate([drawn(10, A.hits, A.cases, [0, 2, 0, 0]), B], Whole(2, 1, 5))
    no = estimate([A, B], Whole(2, 0, 5))
    yes = estimate([drawn(10, [1, 2, 2, 1], A.cases), B], Whole(3, 0, 5))
    assert not found.is_point
    assert (found.least, found.most) == (no.least, yes.least)
    assert found.interval == (no.least.low, yes.least.high)


def test_of_nothing_there_is_no_share():
    found = estimate([])
    assert math.isnan(found.least.value) and math.isnan(found.interval[0])


@pytest.mark.parametrize(
    ("strata", "whole", "share", "margin"),
    [
        # By hand: Wilson of 200² ÷ (1.1 × (100 ÷ 10 − 1) × 200) cases with t of 9 degrees, of half.
        ([(100, 200, 10)], 200, 1 / 8, 0.083442),
        ([(40, 120, 2)], 0, 1 / 2, 0.491339),
        ([(4, 9, 4), (2, 2, 2)], 30, 1 / 8, 0),
        ([], 30, 1 / 8, 0),
        ([(3, 9, 1)], 30, 1 / 8, math.nan),
        ([], 0, 1 / 8, math.nan),
    ],
)
def test_a_plan_says_which_margin_to_expect(strata, whole, share, margin):
    found = expected_margin(strata, whole, share)
    assert found == pytest.approx(margin, rel=1e-5, nan_ok=True)


def one_stratum(size: int):
    return lambda first, second: size if first == second else 0


def test_two_rounds_that_say_the_same_of_the_same_officials_say_that_nothing_moved():
    found = estimate_change(
        ([A, B], NOTHING), ([A, B], NOTHING), lambda h, g: (10, 20)[h] * (h == g)
    )
    assert (found.least, found.most) == (0, 0)
    assert (found.low, found.high) == pytest.approx((0, 0), abs=1e-6)


def test_officials_drawn_twice_make_a_change_more_certain_than_others_would():
    before = drawn(100, [0, 1, 0, 2, 3], [3] * 5)
    same = drawn(100, [1, 1, 0, 3, 3], [3] * 5)
    others = drawn(100, [1, 1, 0, 3, 3], [3] * 5, officials=list("vwxyz"))
    rounds = [
        estimate_change(([before], NOTHING), ([after], NOTHING), one_stratum(100))
        for after in (same, others)
    ]
    assert rounds[0].least == rounds[1].least == pytest.approx(2 / 15)
    assert rounds[0].error < rounds[1].error
    # By hand: the variance of the differences, as of one sample of 5 of 100.
    spread = np.array([1, 0, 0, 1, 0]) - (8 - 6) / 15 * 3
    variance = 0.95 / 5 * spread.var(ddof=1) / 9
    assert rounds[0].error == pytest.approx(math.sqrt(variance))


@pytest.mark.parametrize(("first", "second"), [(3, 3), (2, 4), (4, 2)])
def test_the_error_of_a_change_is_what_all_possible_draws_show(first, second):
    """Every order in which six officials can come, each as likely: the first of it are drawn."""
    before, after = [0, 1, 1, 0, 2, 3], [1, 1, 2, 0, 3, 3]
    found = [
        estimate_change(
            (
                [
                    drawn(
                        6, [before[one] for one in order[:first]], [3] * first, None, order[:first]
                    )
                ],
                NOTHING,
            ),
            (
                [
                    drawn(
                        6,
                        [after[one] for one in order[:second]],
                        [3] * second,
                        None,
                        order[:second],
                    )
                ],
                NOTHING,
            ),
            one_stratum(6),
        )
        for order in permutations(range(6))
    ]
    values = np.array([one.least for one in found])
    errors = np.array([one.error for one in found])
    assert values.mean() == pytest.approx((sum(after) - sum(before)) / 18)
    assert (errors**2).mean() == pytest.approx(values.var())


@pytest.mark.parametrize(("hits", "cases"), [((3, 6, 3), (4, 8, 4)), ((1, 2, 1), (5, 10, 5))])
@pytest.mark.parametrize("sizes", [(20, 21), (7, 30), (17, 39)])
def test_rounds_in_which_nobody_drawn_differs_leave_a_change_uncertain(hits, cases, sizes):
    """Whatever rounding leaves of a variance that is none."""
    rounds = [
        [
            drawn(size, hits, cases, officials=[f"{name}{size}{n}" for n in range(3)])
            for size in sizes
        ]
        for name in "ab"
    ]
    before, after = rounds
    found = estimate_change((before, NOTHING), (after, NOTHING), lambda here, there: 0)
    assert found.least == pytest.approx(0) and found.high - found.low > 0.1


def test_what_is_not_known_of_either_round_widens_the_change():
    before, after = drawn(50, [0, 1, 0], [2, 2, 2]), drawn(50, [1, 1, 0], [2, 2, 2], [0, 0, 1])
    found = estimate_change(([before], NOTHING), ([after], NOTHING), one_stratum(50))
    assert (found.least, found.most) == pytest.approx((1 / 6, 1 / 3))
    assert found.low < found.least < found.most < found.high


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 40)), min_size=1, max_size=12
    ),
    st.tuples(st.integers(0, 20), st.integers(0, 20)),
)
def test_an_estimate_is_a_share_within_its_bounds(rows, whole):
    hits = [min(a, b) for a, b, _ in rows]
    cases = [max(a, b) for a, b, _ in rows]
    taken = Whole(min(whole), 0, max(whole))
    size = len(rows) + rows[0][2]
    found = estimate([drawn(size, hits, cases)], taken)
    if not taken.cases + sum(cases):
        assert math.isnan(found.least.value)
        return
    low, high = found.interval
    assert -1e-9 <= low <= found.least.value + 1e-9
    assert found.least.value - 1e-9 <= high <= 1 + 1e-9


@given(st.integers(2, 12), st.randoms(use_true_random=False))
def test_a_sample_of_all_is_the_count(size, chance):
    cases = [chance.randint(1, 3) for _ in range(size)]
    hits = [chance.randint(0, each) for each in cases]
    found = estimate([drawn(size, hits, cases)], Whole(1, 0, 2))
    share = pytest.approx((1 + sum(hits)) / (2 + sum(cases)))
    assert found.least.value == share and found.interval == (share, share)

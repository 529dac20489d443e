"""Agreement of raters: the figures of the field's own examples, and a second implementation."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.analysis.agreement import (
    LADDER,
    Agreement,
    Pair,
    agreement_of,
    coincidences,
    krippendorff_alpha,
    percentile_interval,
    publishable_alpha,
    resampling_weights,
    verdict_class,
)
from monitor.models import WRITABLE, Status, Verdict
from tests.support.slow_agreement import slow_alpha

#: K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, example C: four observers, twelve
#: units, some of which not all have seen.
EXAMPLE_C = """
    1 2 3 3 2 1 4 1 2 . . .
    1 2 3 3 2 2 4 1 2 5 . 3
    . 3 3 3 2 3 4 2 2 5 1 .
    1 2 3 3 2 4 4 1 2 5 1 .
"""
#: Ten units that two people rated, worked out by hand.
HAND = (5, 5, 4, 4, 3, 3, 2, 1, 0, 0), (5, 4, 4, 4, 3, 2, 2, 1, 0, 1)
#: The numbers of HAND as rungs of the ladder.
RUNGS = [status for status in LADDER if status is not Status.NOT_STARTED]


def pairs_of(first, second) -> list[Pair]:
    """Pairs about one official each."""
    return [Pair(k, "1", a, b) for k, (a, b) in enumerate(zip(first, second, strict=True))]


def hand_pairs() -> list[Pair]:
    return pairs_of(*([RUNGS[value] for value in values] for values in HAND))


def alpha(values, codes: int, metric) -> float:
    return float(krippendorff_alpha(coincidences(np.array(values), codes), metric))


@pytest.mark.parametrize(("metric", "expected"), [("nominal", 0.743421), ("ordinal", 0.815388)])
def test_alpha_of_krippendorffs_own_example_is_his(metric, expected):
    rows = [
        [-1 if one == "." else int(one) for one in row.split()]
        for row in EXAMPLE_C.split("\n")
        if row.strip()
    ]
    assert alpha(rows, 6, metric) == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize(
    ("metric", "expected"), [("nominal", Fraction(36, 55)), ("ordinal", Fraction(6127, 6450))]
)
def test_alpha_of_ten_pairs_is_that_worked_out_by_hand(metric, expected):
    assert alpha(HAND, 6, metric) == pytest.approx(float(expected), abs=1e-12)


def test_a_whole_agreement_gives_the_figures_worked_out_by_hand():
    found = agreement_of(hand_pairs())
    assert found.statuses.share == 0.7
    assert found.nominal.value == pytest.approx(36 / 55, abs=1e-12)
    assert found.ordinal.value == pytest.approx(6127 / 6450, abs=1e-12)
    assert found.ordinal.low == pytest.approx(0.763104, abs=5e-7)
    assert found.ordinal.high == 1


def test_the_interval_of_a_share_by_draws_is_that_of_the_example():
    same = np.equal(*HAND)
    shares = resampling_weights(10) @ same / 10
    assert percentile_interval(shares) == (pytest.approx(0.4), 1.0)


ratings = st.lists(
    st.lists(st.integers(0, 5), min_size=4, max_size=4).map(
        lambda four: [value if value < 5 else -1 for value in four]
    ),
    max_size=9,
)


@given(ratings, st.sampled_from(["nominal", "ordinal"]))
def test_alpha_is_that_of_a_second_implementation(units, metric):
    by_rater = np.array(units, dtype=int).reshape(len(units), 4).T
    found = alpha(by_rater, 5, metric)
    expected = slow_alpha([[v for v in unit if v >= 0] for unit in units], metric)
    if expected is None:
        assert not np.isfinite(found)
    else:
        assert found == pytest.approx(float(expected), abs=1e-9)


some_pairs = st.lists(
    st.builds(
        Pair,
        st.integers(0, 3),
        st.sampled_from(["1", "2"]),
        st.sampled_from(WRITABLE),
        st.sampled_from(WRITABLE),
    ),
    max_size=12,
)


@settings(max_examples=20)
@given(some_pairs)
def test_who_of_two_said_what_changes_nothing(pairs):
    swapped = [pair._replace(first=pair.second, second=pair.first) for pair in pairs]
    assert str(agreement_of(pairs)) == str(agreement_of(swapped))


@settings(max_examples=20)
@given(some_pairs)
def test_the_table_the_measures_and_the_percentages_count_the_same_pairs(pairs):
    found = agreement_of(pairs)
    apart = sum(count for _, count in found.heaviest_pairs(most=100))
    assert sum(found.table.values()) == found.pairs == sum(one.pairs for one in found.measures)
    assert found.statuses.agreeing == found.pairs - apart
    assert found.classes.agreeing == sum(one.same_class for one in found.measures)
    assert found.classes.agreeing >= found.statuses.agreeing


def test_the_ladder_leaves_out_what_is_on_no_rung():
    pairs = pairs_of([Status.DECIDED, Status.STALLED], [Status.DECIDED, Status.DECIDED])
    assert agreement_of(pairs).ladder == 1


def test_of_people_who_all_say_the_same_no_alpha_can_be_told():
    found = agreement_of(pairs_of([Status.DECIDED] * 3, [Status.DECIDED] * 3))
    assert found.nominal.value is found.ordinal.value is None
    assert found.classes.share == 1


def test_what_cannot_be_asked_agrees_with_nothing_else():
    others = {verdict_class(status) for status in WRITABLE if status is not Status.NOT_APPLICABLE}
    assert verdict_class(Status.NOT_APPLICABLE) not in others
    assert others == {Verdict.KEPT, Verdict.PARTLY_KEPT, Verdict.UNFINISHED}


def test_pairs_of_one_official_that_go_together_widen_the_interval():
    apart = [Status.DECIDED] * 20, [Status.DECIDED] * 10 + [Status.IMPLEMENTED] * 10
    alone = agreement_of(pairs_of(*apart)).classes
    together = agreement_of(
        [pair._replace(official=k // 5) for k, pair in enumerate(pairs_of(*apart))]
    ).classes
    assert together.high - together.low > alone.high - alone.low


def test_of_two_disagreements_as_common_the_one_that_changes_the_verdict_is_first():
    pairs = pairs_of(
        [Status.IN_PROGRESS, Status.IMPLEMENTED], [Status.DECIDED, Status.PARTLY_IMPLEMENTED]
    )
    (first, _), *_ = agreement_of(pairs).heaviest_pairs()
    assert first == (Status.IMPLEMENTED, Status.PARTLY_IMPLEMENTED)


def criteria(*judged: tuple[str, Status, Status]) -> Agreement:
    return agreement_of([Pair(k, *one, k % 2 == 0) for k, one in enumerate(judged)])


D, P, K = Status.DECIDED, Status.IN_PROGRESS, Status.IMPLEMENTED


def test_the_criteria_to_rewrite_are_those_that_part_readers_most_and_more_than_once():
    found = criteria(
        *[("a", D, D)] * 5,
        *[("a", D, P)] * 2,
        *[("b", D, P)] * 3,
        *[("c", D, K)] * 2,
        ("d", D, K),
    )
    assert [one.measure for one in found.measures_to_rewrite()] == ["b", "c", "a"]
    assert [one.measure for one in found.measures_to_rewrite(most=1)] == ["b"]


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ([("a", D, P), ("a", P, D), ("b", D, P)], ("a", 2)),
        ([("a", D, P), ("a", D, P), ("b", D, P), ("b", D, P)], None),
        ([("a", D, P)], None),
        ([("a", D, P), ("a", D, P), ("a", D, D)], ("a", 2)),
    ],
)
def test_a_measure_is_named_where_two_statuses_part_readers_most_in_it_alone(judged, expected):
    assert criteria(*judged).measure_of_most((P, D)) == expected


def test_of_measures_that_are_withheld_none_is_named():
    found = criteria(("a", D, P), ("a", D, P))._replace(measures=())
    assert found.heaviest_pairs() == [((P, D), 2)]
    assert found.measure_of_most((P, D)) is None


def test_of_pairs_with_one_source_it_is_counted_how_many_agree_and_by_measure_how_many_do_not():
    found = criteria(("a", D, D), ("a", D, D), ("a", D, K), ("a", D, K), ("a", D, P))
    assert found.same_source == (3, 1)
    assert found.measures[0].apart_same_source == 2


@pytest.mark.parametrize(
    ("ranked", "others", "shown"), [(49, 0, "no"), (49, 1, "nominal"), (50, 0, "both")]
)
def test_a_coefficient_is_of_fifty_pairs_that_it_counts(ranked, others, shown):
    judged = [(D, P), (D, D), (K, K)]
    pairs = pairs_of(*zip(*(judged[k % 3] for k in range(ranked)), strict=True))
    pairs += [Pair("x", "1", Status.STALLED, D)] * others
    ordinal, nominal = publishable_alpha(agreement_of(pairs))
    assert (ordinal.value is not None) is (shown == "both")
    assert (nominal.value is not None) is (shown != "no")

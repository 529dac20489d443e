"""A percentage only of enough: one rule, wherever a share is said."""

from types import SimpleNamespace
from typing import get_args

import numpy as np
import pytest

from monitor.i18n import NARROW_SPACE
from monitor.shares import Bound, Share, exact_percent, is_enough, share_of

ROW = SimpleNamespace(
    due=8, assessed=6, implemented=3, possible=5, officials=5, officials_assessed=4
)


@pytest.mark.parametrize(
    ("part", "base", "officials", "expected"),
    [
        (0, 0, 0, "–"),
        (1, 1, 1, "1 sur 1"),
        (3, 4, 4, "3 sur 4"),
        (3, 6, 4, "3 sur 6"),  # enough commitments, of too few officials
        (3, 300, 1, "3 sur 300"),
        (3, 4, 5, "3 sur 4"),
        (3, 5, 5, "60 %"),
        (0, 5, 5, "0 %"),
        (5, 5, 5, "100 %"),
        (1, 300, 300, "0,3 %"),  # what there is, is not nothing
        (299, 300, 300, "99,7 %"),  # what is not all, is not all
        (1, 300_000, 100_000, "0,0003 %"),
        (1, 8, 8, "13 %"),
    ],
)
def test_a_share_is_a_percentage_of_enough_and_its_numbers_otherwise(
    part, base, officials, expected
):
    shown = Share(part, base, officials).in_words("fr")
    assert shown.replace(NARROW_SPACE, " ") == expected


def test_in_english_the_numbers_are_said_in_english():
    assert [Share(3, 4, 4).in_words("en"), Share(3, 5, 5).in_words("en")] == ["3 of 4", "60%"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("coverage", "75 %"),
        ("rate", "3 sur 6"),  # its own base decides: four officials only
        ("rate_low", "37 %"),  # 37.5: at least, never rounded up
        ("rate_high", "63 %"),  # 62.5: at most, never rounded down
    ],
)
def test_the_base_of_the_share_that_is_shown_decides(name, expected):
    assert share_of(ROW, name).in_words("fr").replace(NARROW_SPACE, " ") == expected


@pytest.mark.parametrize(
    ("part", "base", "low", "near", "high"),
    [
        (385, 2415, "15 %", "16 %", "16 %"),
        (1309, 2415, "54 %", "54 %", "55 %"),
        (57, 100, "57 %", "57 %", "57 %"),  # 0.57 is no number of the machine
        (29, 100, "29 %", "29 %", "29 %"),
        (2, 300, "0,6 %", "1 %", "1 %"),
        (1, 3000, "0,03 %", "0,03 %", "1 %"),
        (2991, 3000, "99 %", "99,7 %", "99,7 %"),
        (0, 30, "0 %", "0 %", "0 %"),
        (30, 30, "100 %", "100 %", "100 %"),
    ],
)
def test_at_least_is_never_rounded_up_nor_at_most_down(part, base, low, near, high):
    bounds: tuple[Bound, ...] = ("low", "", "high")
    percentages = [Share(part, base, 9, bound).percent("fr") for bound in bounds]
    assert [each.replace(NARROW_SPACE, " ") for each in percentages] == [low, near, high]


@pytest.mark.parametrize("share", [1 - 2**-53, 1 + 2**-52, 0.57 - 2**-53, 0.57 + 2**-53])
def test_what_a_sum_leaves_of_rounding_is_not_said(share):
    for bound in get_args(Bound):
        sentence = exact_percent(share, "en", bound=bound)
        assert sentence == ("57%" if share < 0.9 else "100%")


def test_columns_are_judged_as_numbers_are():
    base, officials = np.array([4, 5, 5, 9]), np.array([9, 4, 5, 9])
    assert is_enough(base, officials).tolist() == [False, False, True, True]
    assert [is_enough(*pair) for pair in zip(base, officials, strict=True)] == [0, 0, 1, 1]

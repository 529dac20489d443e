"""A percentage only of enough: one rule, wherever a share is said."""

from types import SimpleNamespace

import numpy as np
import pytest

from monitor.i18n import NARROW_SPACE
from monitor.shares import Share, is_enough, share_of

ROW = SimpleNamespace(
    due=8, assessed=6, implemented=3, possible=5, officials=5, officials_assessed=4
)


@pytest.mark.parametrize(
    ("part", "base", "officials", "said"),
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
def test_a_share_is_a_percentage_of_enough_and_its_numbers_otherwise(part, base, officials, said):
    shown = Share(part, base, officials).in_words("fr")
    assert shown.replace(NARROW_SPACE, " ") == said


def test_in_english_the_numbers_are_said_in_english():
    assert [Share(3, 4, 4).in_words("en"), Share(3, 5, 5).in_words("en")] == ["3 of 4", "60%"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("coverage", "75 %"),
        ("rate", "3 sur 6"),  # its own base decides: four officials only
        ("rate_low", "38 %"),
        ("rate_high", "63 %"),
    ],
)
def test_the_base_of_the_share_that_is_shown_decides(name, said):
    assert share_of(ROW, name).in_words("fr").replace(NARROW_SPACE, " ") == said


def test_columns_are_judged_as_numbers_are():
    base, officials = np.array([4, 5, 5, 9]), np.array([9, 4, 5, 9])
    assert is_enough(base, officials).tolist() == [False, False, True, True]
    assert [is_enough(*pair) for pair in zip(base, officials, strict=True)] == [0, 0, 1, 1]

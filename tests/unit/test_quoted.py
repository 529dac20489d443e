"""Words that are quoted stand between one pair of quotation marks."""

import pytest

from monitor.read.lines import quoted_span


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("“Citação literal”", "Citação literal"),
        ("« Cité »", "Cité"),
        ("«\u00a0Cité\u00a0»", "Cité"),
        ("„Zitat“", "Zitat"),
        ('"Plain"', "Plain"),
        (" “Padded” ", "Padded"),
        ("Plain", "Plain"),
        ("He said “no”", "He said “no”"),
        ("“Yes”, then “no”", "“Yes”, then “no”"),
        ("“”", "“”"),
        ("«", "«"),
        ("", ""),
    ],
)
def test_quotation_marks_around_all_of_a_quotation_are_left_out(written, expected):
    assert quoted_span(written).text == expected

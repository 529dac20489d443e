"""Agreement of raters a second time, in fractions, from Krippendorff's own words and not from the code:
the disagreement of all pairs of values within units, over that of all pairs of values whatever the unit.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations

Distance = Callable[[int, int], Fraction]


def slow_alpha(units: Sequence[Sequence[int]], metric: str) -> Fraction | None:
    """α of units, each with the values that were said of it; None where all values are alike."""
    several = [list(unit) for unit in units if len(unit) > 1]
    values = [value for unit in several for value in unit]
    distance = _distance(metric, values)
    within = sum(
        (
            sum((distance(a, b) for a, b in permutations(unit, 2)), Fraction(0)) / (len(unit) - 1)
            for unit in several
        ),
        Fraction(0),
    ) / max(len(values), 1)
    pairs = len(values) * (len(values) - 1)
    if not pairs:
        return None
    among = sum((distance(a, b) for a, b in permutations(values, 2)), Fraction(0)) / pairs
    return 1 - within / among if among else None


def _distance(metric: str, values: list[int]) -> Distance:
    """How far two values are from each other, squared."""
    if metric == "nominal":
        return lambda a, b: Fraction(a != b)

    def ordinal(a: int, b: int) -> Fraction:
        low, high = min(a, b), max(a, b)
        between = sum(low <= value <= high for value in values)
        return (between - Fraction(values.count(low) + values.count(high), 2)) ** 2

    return lambda a, b: ordinal(a, b) if a != b else Fraction(0)

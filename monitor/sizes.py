"""How many inhabitants places have: size classes, and bounds as an address gives them."""

import re

import numpy as np
import pandas as pd

#: Population classes, by the thresholds of French local government: 1,000 (list voting), 3,500
#: (council rules), 10,000, 50,000 and 200,000.
BOUNDS = (1_000, 3_500, 10_000, 50_000, 200_000)
SIZES = (
    "lt_1000",
    "1000_3499",
    "3500_9999",
    "10000_49999",
    "50000_199999",
    "ge_200000",
    "unknown",
)
_BOUNDS = re.compile(r"(0|[1-9][0-9]{0,8})?-(0|[1-9][0-9]{0,8})?")
_TYPE = pd.CategoricalDtype(list(SIZES), ordered=True)


def size_class(population) -> pd.Categorical:
    """The ordered category of SIZES of each population; `unknown` where it is missing."""
    people = np.asarray(population, dtype=float)
    codes = np.searchsorted(BOUNDS, people, side="right")
    codes = np.where(np.isnan(people), len(SIZES) - 1, codes)
    return pd.Categorical.from_codes(codes, dtype=_TYPE)


def read_bounds(text: str) -> tuple[float, float] | None:
    """The populations that « 1000-9999 », « 1000- » or « -9999 » is about, both included; None where it
    is no such text."""
    found = _BOUNDS.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None
    low, high = float(found[1] or 0), float(found[2] or np.inf)
    return (low, high) if low <= high else None


def is_within(population: np.ndarray, text: str) -> np.ndarray:
    """Which populations lie within the bounds of that text; none where it has none, nor an unknown."""
    low, high = read_bounds(text) or (np.inf, -np.inf)
    return (population >= low) & (population <= high)

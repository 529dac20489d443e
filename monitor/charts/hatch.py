"""Patterns inside departments, for a map whose colours cannot have any: hatching and dots as points."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from monitor.charts import insets

#: Degrees between two lines, and between two dots on one; the least lines in a small department.
_STEP, _DOT, _LEAST = 0.15, 0.17, 4
#: Degrees of longitude are shorter than those of latitude: the slope of lines drawn at 45°.
_SLOPE = 0.7

Points = tuple[list[float | None], list[float | None]]


def hatch_lines(codes: Iterable[str]) -> Points:
    """(longitudes, latitudes) of oblique lines inside these departments where the map shows them, Paris
    and those around it twice, None between two lines."""
    lons, lats = [], []
    for code in _shown(codes):
        for (a, b), (c, d) in _chords(code):
            lons += [a, c, None]
            lats += [b, d, None]
    return lons, lats


def hatch_dots(codes: Iterable[str]) -> Points:
    """(longitudes, latitudes) of a grid of dots inside these departments."""
    lons, lats = [], []
    for code in _shown(codes):
        apart = _DOT * _step(code) / _STEP
        for (a, b), (c, d) in _chords(code):
            for each in np.arange(np.ceil(a / apart), np.floor(c / apart) + 1) * apart:
                lons.append(round(float(each), 3))
                lats.append(round(float(b + (d - b) * (each - a) / (c - a or 1)), 3))
    return lons, lats


def _shown(codes: Iterable[str]) -> list[tuple[str, bool]]:
    """(code, whether enlarged) of each place where one of the departments is drawn."""
    return [(code, large) for code in codes for large in (False, True) if (code, large) in _edges()]


@cache
def _chords(code: tuple[str, bool]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """What the borders of a department leave of parallel lines: from west to east."""
    starts, ends = _edges()[code]
    # On the line `at`, latitude = longitude × slope + at: an edge meets it where its ends are on
    # either side, and the inside lies between the odd and the even meeting.
    one, other = _across(starts), _across(ends)
    step, found = _step(code), []
    for at in np.arange(np.ceil(one.min() / step), np.floor(one.max() / step) + 1) * step:
        met = np.flatnonzero((one < at) != (other < at))
        part = (at - one[met]) / (other[met] - one[met])
        lons = np.sort(starts[met, 0] + part * (ends[met, 0] - starts[met, 0])).round(3)
        found += [
            ((a, round(a * _SLOPE + at, 3)), (b, round(b * _SLOPE + at, 3)))
            for a, b in zip(lons[::2].tolist(), lons[1::2].tolist(), strict=True)
            if b - a > step / 8
        ]
    return found


def _step(code: tuple[str, bool]) -> float:
    across = _across(_edges()[code][0])
    return min(_STEP, float(across.max() - across.min()) / _LEAST)


def _across(points: np.ndarray) -> np.ndarray:
    return points[:, 1] - _SLOPE * points[:, 0]


@cache
def _edges() -> dict[tuple[str, bool], tuple[np.ndarray, np.ndarray]]:
    """The edges of all rings of each department, and of those that stand enlarged: (their starts, their
    ends)."""
    found = {}
    places = [(place, False) for place in insets.department_contours()["features"]]
    for place, large in [*places, *((place, True) for place in insets.paris_inset()["features"])]:
        shape = place["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = [np.array(ring)[:, :2] for part in parts for ring in part]
        found[place["id"], large] = (
            np.concatenate([ring[:-1] for ring in rings]),
            np.concatenate([ring[1:] for ring in rings]),
        )
    return found

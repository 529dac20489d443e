"""The contours of the departments as a map shows them: those overseas in frames below the mainland, and
Paris with the departments around it once more, enlarged. Scales differ from frame to frame."""

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import atan, degrees, exp, log, pi, radians, tan

from monitor.program import PROJECT

REFERENCE = PROJECT / "data" / "reference" / "departements_2026.geojson"
#: Where frames stand: (west, east, south, north), in degrees of the map (see `_north`).
Frame = tuple[float, float, float, float]
OVERSEAS: dict[str, Frame] = {
    code: (-5.35 + 3.05 * place, -2.45 + 3.05 * place, 41.95, 45.05)
    for place, code in enumerate(("971", "972", "973", "974", "976"))
}
RING = ("75", "92", "93", "94")
PARIS: Frame = (-5.35, -2.25, 48.3, 52.4)
#: What is shown: (west, east), (south, north) in latitudes.
LONGITUDES, LATITUDES = (-5.4, 9.8), (38.7, 51.6)
#: Room in a frame around its contours, and below them for a line of its name.
_AROUND, _NAME = 0.15, 0.72


def frame_names(words: dict[str, str]) -> list[tuple[float, float, str]]:
    """(longitude, latitude, words) of the name of each frame: below its contours, that of Paris (the
    code "") on two lines."""
    frames = {**OVERSEAS, "": PARIS}
    return [
        ((west + east) / 2, _latitude(south + _room(frame) / 2), words[code])
        for code, frame in frames.items()
        for west, east, south, _ in [frame]
    ]


@cache
def inset_frames() -> tuple[list[float | None], list[float | None]]:
    """(longitudes, latitudes) of the frames, None between two."""
    lons: list[float | None] = []
    lats: list[float | None] = []
    # Many points a side: plotly bends what lies between two.
    along = [step / 8 for step in range(9)]
    for west, east, south, north in (*OVERSEAS.values(), PARIS):
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        for (a, b), (c, d) in pairwise(corners):
            lons += [round(a + (c - a) * part, 3) for part in along]
            lats += [round(_latitude(b + (d - b) * part), 3) for part in along]
        lons.append(None)
        lats.append(None)
    return lons, lats


def _room(frame: Frame) -> float:
    """The height that the name of a frame takes."""
    return _NAME * (1.7 if frame == PARIS else 1)


@cache
def department_contours() -> dict:
    """The departments as GeoJSON, `id` the code: those overseas stand in their frames."""
    return _collection(
        [
            {**each, "geometry": _placed([each], OVERSEAS[each["id"]])[0]}
            if each["id"] in OVERSEAS
            else each
            for each in _features()
        ]
    )


@cache
def paris_inset() -> dict:
    """Paris and the departments around it, enlarged, as GeoJSON, `id` the code."""
    chosen = [each for each in _features() if each["id"] in RING]
    placed = _placed(chosen, PARIS)
    return _collection(
        [{**each, "geometry": shape} for each, shape in zip(chosen, placed, strict=True)]
    )


def _collection(features: list[dict]) -> dict:
    return {"type": "FeatureCollection", "features": features}


@cache
def _features() -> list[dict]:
    return json.loads(REFERENCE.read_text("utf-8"))["features"]


def _placed(features: Sequence[dict], frame: Frame) -> list[dict]:
    """The contours of these departments, together as large as the frame allows, in its middle."""
    shapes = [_moved(each["geometry"], lambda lon, lat: (lon, _north(lat))) for each in features]
    points = [
        point
        for shape in shapes
        for part in shape["coordinates"]
        for ring in part
        for point in ring
    ]
    lons, norths = zip(*points, strict=True)
    west, east, south, north = frame
    south += _room(frame)
    scale = min(
        (east - west - 2 * _AROUND) / (max(lons) - min(lons)),
        (north - south - _AROUND) / (max(norths) - min(norths)),
    )

    def inside(lon: float, up: float) -> tuple[float, float]:
        return (
            round((west + east) / 2 + scale * (lon - (max(lons) + min(lons)) / 2), 4),
            round(
                _latitude(
                    (south + north - _AROUND) / 2 + scale * (up - (max(norths) + min(norths)) / 2)
                ),
                4,
            ),
        )

    return [_moved(shape, inside) for shape in shapes]


def _moved(shape: dict, move) -> dict:
    """A polygon or several, as several, each point moved."""
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return {
        "type": "MultiPolygon",
        "coordinates": [[[move(*point[:2]) for point in ring] for ring in part] for part in parts],
    }


def _north(latitude: float) -> float:
    """How far north a latitude stands on the map, in degrees of longitude (Mercator)."""
    return degrees(log(tan(pi / 4 + radians(latitude) / 2)))


def _latitude(north: float) -> float:
    return degrees(2 * atan(exp(radians(north))) - pi / 2)

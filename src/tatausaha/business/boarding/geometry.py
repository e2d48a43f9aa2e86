"""Places on the globe: distances, boxes around them, and positions worked out from distances."""

from collections.abc import Sequence
from math import asin, cos, hypot, radians, sin, sqrt

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

_EARTH_M = 6_371_008.8
_DEGREE_M = _EARTH_M * radians(1)


def distance_m(one: Point, other: Point) -> int:
    """Metres along the globe between two points (haversine)."""
    (lat1, lon1), (lat2, lon2) = one, other
    across = sin(radians(lat2 - lat1) / 2) ** 2
    along = cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return round(2 * _EARTH_M * asin(min(1.0, sqrt(across + along))))


def far(metres: float) -> str:
    """A distance as people say it: `250 m`, `1,4 km`."""
    if metres < 1000:
        return f"{metres:.0f} m"
    return f"{metres / 1000:.1f}".removesuffix(".0").replace(".", ",") + " km"


def box(around: Point, within_m: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a box that holds everything within so many metres."""
    high = within_m / _DEGREE_M * 1.001
    wide = high / max(0.01, cos(radians(around[0])))
    return around[0] - high, around[0] + high, around[1] - wide, around[1] + wide


def offset_m(centre: Point, point: Point) -> tuple[float, float]:
    """How many metres a point lies east and north of a centre; for distances within a city."""
    east = (point[1] - centre[1]) * _DEGREE_M * cos(radians(centre[0]))
    return east, (point[0] - centre[0]) * _DEGREE_M


def located(stated: Sequence[tuple[Point, int]], *, worst_m: float = 60) -> Point | None:
    """The position that fits distances stated from known points, or nothing.

    Gauss-Newton from the centre, and from both sides of it, because few distances can be
    met at two mirrored places. Nothing with fewer than four distances, and nothing when
    the best position misses them by more than `worst_m` metres (root mean square): then
    one name stands for several places.
    """
    if len(stated) < 4:
        return None
    centre = (sum(p[0] for p, _ in stated) / len(stated), sum(p[1] for p, _ in stated) / len(stated))
    known = [(*offset_m(centre, point), float(metres)) for point, metres in stated]
    reach = max(metres for *_, metres in known)
    starts = [(0.0, 0.0), (reach, 0.0), (-reach, 0.0), (0.0, reach), (0.0, -reach)]
    error, east, north = min(_fitted(known, *start) for start in starts)
    if error > worst_m:
        return None
    return (
        centre[0] + north / _DEGREE_M,
        centre[1] + east / (_DEGREE_M * cos(radians(centre[0]))),
    )


def _fitted(known: Sequence[tuple[float, float, float]], x: float, y: float) -> tuple[float, float, float]:
    for _ in range(40):
        a = b = c = d = e = 0.0
        for east, north, metres in known:
            far = hypot(x - east, y - north) or 1e-6
            dx, dy, miss = (x - east) / far, (y - north) / far, far - metres
            a, b, c = a + dx * dx, b + dx * dy, c + dy * dy
            d, e = d + dx * miss, e + dy * miss
        solid = a * c - b * b
        if abs(solid) < 1e-9:
            return (float("inf"), x, y)
        step_x, step_y = (c * d - b * e) / solid, (a * e - b * d) / solid
        x, y = x - step_x, y - step_y
        if hypot(step_x, step_y) < 0.01:
            break
    squares = sum((hypot(x - east, y - north) - metres) ** 2 for east, north, metres in known)
    return (sqrt(squares / len(known)), x, y)

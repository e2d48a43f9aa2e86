"""Distances as they are on the globe."""

import pytest

from tatausaha.business.boarding import geometry


def test_distances_agree_with_known_ones() -> None:
    monas, tugu = (-6.1754, 106.8272), (-7.7829, 110.3671)

    assert geometry.distance_m(monas, tugu) == pytest.approx(429_000, rel=0.01)
    assert geometry.distance_m((0.0, 115.0), (1.0, 115.0)) == pytest.approx(111_195, abs=2)
    assert geometry.distance_m(monas, monas) == 0


def test_a_box_holds_everything_within_the_distance() -> None:
    south, north, west, east = geometry.box((-8.8, 115.17), 1000)

    assert geometry.distance_m((-8.8, 115.17), (north, 115.17)) >= 1000
    assert geometry.distance_m((-8.8, 115.17), (-8.8, west)) >= 1000
    assert (south + north) / 2 == pytest.approx(-8.8)
    assert (west + east) / 2 == pytest.approx(115.17)


@pytest.mark.parametrize(("metres", "said"), [(80, "80 m"), (999, "999 m"), (1000, "1 km"), (1449, "1,4 km")])
def test_distances_are_said_as_people_say_them(metres: int, said: str) -> None:
    assert geometry.far(metres) == said


def test_distances_that_fit_no_single_place_locate_nothing() -> None:
    around = [((-8.79, 115.17), 900), ((-8.80, 115.18), 900), ((-8.81, 115.16), 900), ((-8.75, 115.20), 900)]

    assert geometry.located(around) is None
    assert geometry.located(around[:3]) is None

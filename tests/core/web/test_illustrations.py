"""Drawings for demonstrations: the same everywhere, different from each other, light."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from tatausaha.core.web import illustrations

Draw = Callable[[int, tuple[int, int]], bytes]


@pytest.mark.parametrize("draw", [illustrations.room, illustrations.facade])
def test_a_seed_gives_the_same_picture_in_the_wanted_size(draw: Draw) -> None:
    picture = draw(4, (640, 480))
    opened = Image.open(io.BytesIO(picture))

    assert picture == draw(4, (640, 480))
    assert (opened.format, opened.size) == ("WEBP", (640, 480))
    assert len(picture) < 40_000


@pytest.mark.parametrize("draw", [illustrations.room, illustrations.facade])
def test_seeds_differ_and_have_many_colours(draw: Draw) -> None:
    pictures = {draw(seed, (160, 120)) for seed in range(8)}

    assert len(pictures) == 8
    for picture in pictures:
        assert len(Image.open(io.BytesIO(picture)).convert("RGB").getcolors(160 * 120) or ()) > 500

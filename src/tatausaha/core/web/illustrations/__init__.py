"""Pictures for demonstrations, drawn by our own code: the same seed gives the same picture.

They stand where a house shows its photos, and are named as drawings where they do.
"""

from tatausaha.core.web.illustrations.facades import draw_facade
from tatausaha.core.web.illustrations.paint import Size, encode
from tatausaha.core.web.illustrations.rooms import draw_room

LARGE: Size = (1200, 900)


def room(seed: int, size: Size = LARGE) -> bytes:
    """A furnished room as WebP, `size` in pixels; seeds differ in colours, furniture and light."""
    return encode(draw_room(seed), size)


def facade(seed: int, size: Size = LARGE) -> bytes:
    """A house seen from the street as WebP, `size` in pixels; seeds differ in build, colours and trees."""
    return encode(draw_facade(seed), size)

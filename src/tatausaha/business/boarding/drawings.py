"""Drawings of our own: a house front or a room where no photo is, and the sketch of a neighbourhood."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import hypot, sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tatausaha.business.boarding import geometry

_SKIES = ("#dfeae6", "#f3e6d3", "#e6e9f0", "#eef0dc", "#f1e3de")
_WALLS = (
    ("#f6efe2", "#e7dcc6"), ("#d9e5dc", "#bfd1c4"), ("#f0dccb", "#e0c3a9"), ("#e3e4ea", "#cbced9"),
    ("#f4e7b9", "#e2d193"), ("#e9d6d3", "#d7bbb6"),
)  # fmt: skip
_ROOFS = ("#a4553a", "#7d4a3c", "#5f6f6a", "#8c5b2e", "#46605c")
_DOORS = ("#0e5a55", "#774600", "#3d5c1c", "#5c4a63", "#98291a")
_LEAVES = ("#5f8f5b", "#7ca35a", "#4f8370")


class _Dice:
    """The same choices for the same name, always."""

    def __init__(self, name: str) -> None:
        self._bytes = sha256(name.encode()).digest()
        self._next = 0

    def below(self, n: int) -> int:
        self._next += 1
        return self._bytes[self._next % 32] % n

    def of(self, choices: Sequence[str]) -> str:
        return choices[self.below(len(choices))]


def _rect(x: float, y: float, w: float, h: float, fill: str, rx: float = 0) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{rx:g}" fill="{fill}"/>'


def _frame(body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="640" height="480">{body}</svg>'
    )


def _tree(x: float, ground: float, size: float, leaf: str) -> str:
    return (
        _rect(x - size * 0.06, ground - size * 0.55, size * 0.12, size * 0.55, "#8a6f52")
        + f'<circle cx="{x:g}" cy="{ground - size * 0.75:g}" r="{size * 0.34:g}" fill="{leaf}"/>'
        + f'<circle cx="{x - size * 0.2:g}" cy="{ground - size * 0.55:g}" r="{size * 0.24:g}" fill="{leaf}"/>'
        + f'<circle cx="{x + size * 0.22:g}" cy="{ground - size * 0.58:g}" r="{size * 0.22:g}" fill="{leaf}"/>'
    )


def _window(x: float, y: float, w: float, h: float, *, lit: bool) -> str:
    glass = "#f9e3a8" if lit else "#bcd3d3"
    return (
        _rect(x - 4, y - 4, w + 8, h + 8, "#ffffff", 2)
        + _rect(x, y, w, h, glass)
        + _rect(x + w / 2 - 1.5, y, 3, h, "#ffffff")
        + _rect(x - 6, y + h + 4, w + 12, 5, "#8a7d68", 1)
    )


def facade(name: str) -> str:
    """A house front as a standalone SVG of 640x480; the same name always gives the same house."""
    dice = _Dice(name)
    wall, shade = _WALLS[dice.below(len(_WALLS))]
    roof, door, leaf = dice.of(_ROOFS), dice.of(_DOORS), dice.of(_LEAVES)
    floors, bays = 2 + dice.below(2), 3 + dice.below(3)
    width, height, ground = 90 * bays + 40, 105 * floors, 410
    left, top = 320 - width / 2, ground - height
    body = [_rect(0, 0, 640, 480, dice.of(_SKIES))]
    body.append(f'<circle cx="{90 + dice.below(460)}" cy="90" r="38" fill="#ffffff" fill-opacity="0.55"/>')
    body.append(
        f'<path d="M0 {ground - 70} Q160 {ground - 130} 330 {ground - 60} T640 {ground - 80} V480 H0Z"'
        f' fill="{leaf}" fill-opacity="0.28"/>'
    )
    body.append(_tree(left - 46, ground, 120 + dice.below(40), leaf))
    body.append(_rect(left, top, width, height, wall))
    body.append(_rect(left + width - 26, top, 26, height, shade))
    if dice.below(2):
        body.append(
            f'<path d="M{left - 24:g} {top:g} L320 {top - 74:g} L{left + width + 24:g} {top:g}Z" fill="{roof}"/>'
        )
    else:
        body.append(_rect(left - 14, top - 24, width + 28, 26, roof, 3))
        body.append(_rect(left + 24, top - 54, 70, 32, shade, 2))
    entrance = dice.below(bays)
    for floor in range(floors):
        y = top + floor * 105 + 22
        for bay in range(bays):
            x = left + 20 + bay * 90 + 17
            if floor == floors - 1 and bay == entrance:
                body.append(_rect(x - 5, y - 2, 66, 85, "#ffffff", 2) + _rect(x, y + 3, 56, 80, door, 2))
                body.append(f'<circle cx="{x + 46:g}" cy="{y + 46:g}" r="3.5" fill="#f4e7b9"/>')
            else:
                body.append(_window(x, y + 4, 56, 46, lit=dice.below(5) == 0))
        if floor < floors - 1:
            body.append(_rect(left - 6, y + 76, width + 12, 7, shade))
            if dice.below(2):
                rails = "".join(_rect(left + i * 14, y + 58, 2.5, 20, "#8a7d68") for i in range(width // 14))
                body.append(rails + _rect(left, y + 56, width, 4, "#8a7d68", 2))
    body.append(_rect(0, ground, 640, 70, "#d8cfbb") + _rect(0, ground, 640, 6, "#c3b89f"))
    body.append(_tree(left + width + 44, ground, 90 + dice.below(50), leaf))
    return _frame("".join(body))


def interior(name: str) -> str:
    """A furnished room as a standalone SVG of 640x480; the same name always gives the same room."""
    dice = _Dice(name)
    wall, shade = _WALLS[dice.below(len(_WALLS))]
    cloth, wood = dice.of(_DOORS), dice.of(("#a87f55", "#8c6a4a", "#b9946a"))
    body = [_rect(0, 0, 640, 480, wall), _rect(0, 350, 640, 130, "#cdb796")]
    body.extend(_rect(0, 350 + i * 32, 640, 2, "#b8a07c") for i in range(1, 4))
    body.append(_rect(0, 342, 640, 10, shade))
    side = 60 if dice.below(2) else 360
    body.append(_window(side + 40, 70, 150, 140, lit=False))
    body.append(_rect(side + 22, 58, 26, 170, cloth, 6) + _rect(side + 182, 58, 26, 170, cloth, 6))
    body.append(_rect(side + 12, 50, 206, 10, wood, 4))
    bed = 330 if side == 60 else 40
    body.append(_rect(bed, 238, 16, 150, wood, 4) + _rect(bed + 254, 290, 14, 98, wood, 4))
    body.append(_rect(bed + 10, 300, 250, 62, "#ffffff", 12) + _rect(bed + 90, 296, 172, 68, cloth, 12))
    body.append(_rect(bed + 24, 276, 78, 34, "#f3ede0", 14))
    desk = 70 if side == 60 else 400
    body.append(_rect(desk, 286, 170, 12, wood, 3))
    body.append(_rect(desk + 8, 298, 10, 90, wood) + _rect(desk + 152, 298, 10, 90, wood))
    body.append(_rect(desk + 96, 298, 56, 40, shade, 2) + _rect(desk + 118, 316, 12, 4, wood, 2))
    body.append(_rect(desk + 30, 236, 64, 44, "#46605c", 4) + _rect(desk + 22, 280, 80, 6, "#8f9a96", 2))
    body.append(f'<circle cx="{desk + 140:g}" cy="262" r="15" fill="{dice.of(_LEAVES)}"/>')
    body.append(_rect(desk + 130, 270, 20, 16, "#c98a2b", 3))
    body.append(f'<ellipse cx="{bed + 130:g}" cy="430" rx="150" ry="26" fill="{cloth}" fill-opacity="0.22"/>')
    return _frame("".join(body))


@dataclass(frozen=True)
class Mark:
    """A place on the sketch: its number in the list beside it, its name and where it is."""

    number: int
    name: str
    point: geometry.Point


_STEPS = (400, 1000, 2000, 4000, 8000, 20_000, 40_000, 100_000, 400_000)


def sketch(house: geometry.Point, marks: Sequence[Mark], *, label: str) -> SafeString:
    """The surroundings seen from above: the house in the middle, rings of distance, numbered places.

    Inline SVG that takes its colours from the page. North is up; streets are left out. What
    is far is drawn closer (by the square root), so that what is near can be told apart: the
    inner ring stands for a quarter of the outer one's distance.
    """
    offsets = [(mark, *geometry.offset_m(house, mark.point)) for mark in marks]
    farthest = max((hypot(east, north) for _, east, north in offsets), default=900)
    outer = next((step for step in _STEPS if step >= farthest), _STEPS[-1])
    rings = format_html_join(
        "",
        '<circle class="ring" cx="180" cy="180" r="{}"/><text class="far" x="180" y="{}">{}</text>',
        ((75, 101, geometry.far(outer / 4)), (150, 26, geometry.far(outer))),
    )
    placed = [(mark, *_at(east, north, outer)) for mark, east, north in offsets]
    pins = format_html_join(
        "",
        '<g><title>{}</title><circle class="pin" cx="{}" cy="{}" r="11"/>'
        '<text class="pin-number" x="{}" y="{}">{}</text></g>',
        ((mark.name, x, y, x, y + 4, mark.number) for mark, x, y in placed),
    )
    return format_html(
        '<svg class="sketch" viewBox="0 0 360 360" role="img" aria-label="{}">{}'
        '<path class="north" d="M332 48V20m-7 9 7-9 7 9"/><text class="far" x="332" y="64">U</text>'
        '<path class="house" d="M180 166l16 13v17h-32v-17z"/>{}</svg>',
        label,
        rings,
        pins,
    )


def _at(east: float, north: float, outer: int) -> tuple[int, int]:
    away = hypot(east, north) or 1.0
    drawn = max(26.0, 150 * sqrt(min(1.0, away / outer)))
    return round(180 + east / away * drawn), round(180 - north / away * drawn)

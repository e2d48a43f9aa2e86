"""Rooms: three walls in perspective, a window with light, a bed, a place to work, and what makes it lived in."""

from dataclasses import dataclass
from random import Random

from tatausaha.core.web.illustrations.paint import Canvas, Colour, colour, darker, lighter, mix

LEFT, TOP, RIGHT, FOOT = 190, 130, 1010, 610
"""The back wall."""


@dataclass(frozen=True)
class Palette:
    """The colours of one room."""

    wall: Colour
    floor: Colour
    wood: Colour
    cloth: Colour
    accent: Colour
    leaf: Colour


def _palette(*codes: str) -> Palette:
    return Palette(*(colour(code) for code in codes))


PALETTES = (
    _palette("#efe6d6", "#b98a5e", "#8a5a36", "#2f6f69", "#d9a441", "#5f7f45"),
    _palette("#dfe6dc", "#c39a6b", "#a36f42", "#c9694b", "#e7c27d", "#4d7552"),
    _palette("#f1e3d8", "#a9764f", "#6f4a33", "#6b7fa3", "#c9824f", "#6d8a4a"),
    _palette("#e3e8ee", "#bfae98", "#94704c", "#3f5873", "#d98d62", "#557a5a"),
    _palette("#f3ead0", "#b07f52", "#7b5236", "#8c4a45", "#4f8379", "#6a8a3f"),
    _palette("#e8dfe3", "#c2a27f", "#9a6d4d", "#77608a", "#e0ab5c", "#5a7d55"),
    _palette("#e9ecdf", "#9f8468", "#6a4f3c", "#b5793a", "#3f7d78", "#4f7a48"),
)


def draw_room(seed: int) -> Canvas:
    """One room; everything about it follows from the seed."""
    chance = Random(seed)  # noqa: S311 - a picture, not a secret
    look = PALETTES[seed % len(PALETTES)]
    canvas = Canvas(look.wall)
    _shell(canvas, look, chance)
    mirrored = chance.random() < 0.5
    window_x = 640 if mirrored else 330
    _window(canvas, look, window_x, chance)
    _pictures(canvas, look, 446 if mirrored else 700, 1 if mirrored else chance.choice((1, 2, 2)))
    _rug(canvas, look, chance)
    if mirrored:
        _wardrobe(canvas, look, 208, chance)
        _bed(canvas, look, 560)
        _plant(canvas, look, 500, 640, chance)
    else:
        _bed(canvas, look, 215)
        _desk(canvas, look, 720, chance)
    (_fan if chance.random() < 0.5 else _lamp)(canvas, look)
    _light(canvas, window_x)
    return canvas


def _shell(canvas: Canvas, look: Palette, chance: Random) -> None:
    canvas.polygon([(0, 0), (1200, 0), (RIGHT, TOP), (LEFT, TOP)], lighter(look.wall, 0.6))
    canvas.fade(LEFT, TOP, RIGHT - LEFT, FOOT - TOP, lighter(look.wall, 0.15), look.wall)
    canvas.polygon([(0, 0), (LEFT, TOP), (LEFT, FOOT), (0, 900)], darker(look.wall, 0.1))
    canvas.polygon([(1200, 0), (RIGHT, TOP), (RIGHT, FOOT), (1200, 900)], darker(look.wall, 0.05))
    if chance.random() < 0.5:
        canvas.box(LEFT, TOP, RIGHT - LEFT, FOOT - TOP, mix(look.wall, look.accent, 0.18))
    canvas.polygon([(LEFT, FOOT), (RIGHT, FOOT), (1200, 900), (0, 900)], look.floor)
    tiles = chance.random() < 0.35
    shades = [look.floor, lighter(look.floor, 0.07), darker(look.floor, 0.07), lighter(look.floor, 0.03)]
    boards = 10 if tiles else 14
    for i in range(boards):
        near, far = 1200 / boards, (RIGHT - LEFT) / boards
        points = [
            (LEFT + far * i, FOOT), (LEFT + far * (i + 1), FOOT), (near * (i + 1), 900), (near * i, 900),
        ]  # fmt: skip
        canvas.polygon(points, chance.choice(shades))
        canvas.line([points[0], points[3]], darker(look.floor, 0.16), 1.5)
    for y in (630, 662, 708, 770, 850) if tiles else ():
        share = (y - FOOT) / (900 - FOOT)
        canvas.line([(LEFT * (1 - share), y), (RIGHT + 190 * share, y)], darker(look.floor, 0.14), 1.5)
    skirting = lighter(look.wall, 0.55)
    canvas.polygon([(LEFT, FOOT - 14), (RIGHT, FOOT - 14), (RIGHT, FOOT), (LEFT, FOOT)], skirting)
    canvas.polygon([(0, 872), (LEFT, FOOT - 14), (LEFT, FOOT), (0, 900)], darker(skirting, 0.08))
    canvas.polygon([(1200, 872), (RIGHT, FOOT - 14), (RIGHT, FOOT), (1200, 900)], darker(skirting, 0.04))


def _window(canvas: Canvas, look: Palette, x: float, chance: Random) -> None:
    y, width, height = 180, 230, 230
    canvas.box(x - 12, y - 12, width + 24, height + 24, lighter(look.wood, 0.75), 4)
    canvas.fade(x, y, width, height, colour("#a9d3e6"), colour("#eaf4ee"))
    hill = mix(look.leaf, colour("#bcd6c4"), 0.45)
    canvas.polygon(
        [
            (x, y + 178),
            (x + 70, y + 142),
            (x + 140, y + 170),
            (x + width, y + 130),
            (x + width, y + height),
            (x, y + height),
        ],
        hill,
    )
    for place in (30, 105, 185):
        canvas.oval(
            x + place + chance.randint(-12, 12), y + 186, 26, 34, mix(look.leaf, hill, chance.random() * 0.6)
        )
    frame = lighter(look.wood, 0.75)
    canvas.box(x + width / 2 - 4, y, 8, height, frame)
    canvas.box(x, y + 86, width, 7, frame)
    canvas.box(x - 24, y + height + 10, width + 48, 14, darker(frame, 0.08), 3)
    canvas.line([(x - 66, y - 34), (x + width + 66, y - 34)], look.wood, 7)
    cloth = lighter(look.cloth, 0.55)
    for left in (x - 58, x + width - 14):
        for fold in range(6):
            canvas.box(
                left + fold * 12, y - 32, 12, height + 92, cloth if fold % 2 else darker(cloth, 0.07), 3
            )


def _bed(canvas: Canvas, look: Palette, x: float) -> None:
    canvas.shade(x + 200, 800, 240, 34, 0.4)
    canvas.box(x, 438, 390, 190, look.wood, 16)
    canvas.box(x + 14, 452, 362, 150, lighter(look.wood, 0.12), 10)
    canvas.polygon([(x + 4, 560), (x + 386, 560), (x + 424, 750), (x - 34, 750)], lighter(look.cloth, 0.9))
    for left in (x + 40, x + 208):
        canvas.box(left + 4, 520, 150, 74, darker(look.wall, 0.12), 26)
        canvas.box(left, 512, 150, 74, colour("#fffaf0"), 28)
    canvas.box(x + 146, 548, 104, 58, look.accent, 20)
    canvas.polygon([(x - 3, 624), (x + 393, 624), (x + 424, 750), (x - 34, 750)], look.cloth)
    canvas.polygon([(x - 3, 624), (x + 393, 624), (x + 399, 652), (x - 9, 652)], lighter(look.cloth, 0.45))
    for i in range(1, 7):
        top, foot = x - 9 + i * 58, x - 34 + i * 65.5
        canvas.line([(top, 652), (foot, 750)], darker(look.cloth, 0.1), 2)
    canvas.polygon([(x - 34, 750), (x + 424, 750), (x + 424, 800), (x - 34, 800)], darker(look.cloth, 0.16))
    canvas.polygon([(x - 34, 792), (x + 424, 792), (x + 424, 808), (x - 34, 808)], look.wood)
    for left in (x - 30, x + 404):
        canvas.box(left, 806, 16, 24, darker(look.wood, 0.3), 3)


def _desk(canvas: Canvas, look: Palette, x: float, chance: Random) -> None:
    canvas.shade(x + 130, 664, 160, 18, 0.35)
    canvas.box(x, 476, 264, 16, lighter(look.wood, 0.15), 4)
    canvas.box(x + 8, 492, 14, 166, look.wood, 2)
    canvas.box(x + 176, 492, 80, 120, look.wood, 4)
    for y in (500, 538, 576):
        canvas.box(x + 182, y, 68, 32, lighter(look.wood, 0.14), 3)
        canvas.box(x + 208, y + 13, 16, 5, darker(look.wood, 0.4), 2)
    canvas.box(x + 180, 612, 10, 46, darker(look.wood, 0.2))
    canvas.box(x + 244, 612, 10, 46, darker(look.wood, 0.2))
    canvas.box(x + 66, 402, 112, 70, colour("#2b3236"), 6)
    canvas.box(x + 72, 408, 100, 56, mix(look.cloth, colour("#dfeef0"), 0.6), 3)
    canvas.polygon([(x + 56, 476), (x + 188, 476), (x + 180, 470), (x + 64, 470)], colour("#c9cdcc"))
    canvas.line([(x + 228, 476), (x + 228, 420), (x + 206, 396)], darker(look.accent, 0.3), 5)
    canvas.polygon([(x + 186, 404), (x + 222, 386), (x + 230, 404), (x + 194, 424)], look.accent)
    books = [look.cloth, look.accent, look.leaf, darker(look.wall, 0.3)]
    for i in range(4):
        canvas.box(x + 12 + i * 12, 476 - (50 + chance.randint(0, 16)), 11, 66, books[i], 1)
        canvas.box(x + 12 + i * 12, 476, 11, 18, lighter(look.wood, 0.15))
    canvas.shade(x + 90, 752, 86, 16, 0.35)
    canvas.box(x + 40, 520, 96, 104, darker(look.cloth, 0.15), 16)
    canvas.box(x + 28, 628, 120, 24, look.cloth, 10)
    for left in (x + 36, x + 130):
        canvas.box(left, 650, 9, 100, look.wood, 2)


def _wardrobe(canvas: Canvas, look: Palette, x: float, chance: Random) -> None:
    canvas.shade(x + 110, 640, 140, 16, 0.35)
    canvas.box(x, 226, 226, 408, look.wood, 6)
    for left in (x + 8, x + 116):
        canvas.box(left, 236, 102, 384, lighter(look.wood, 0.14), 4)
        canvas.box(left + 12, 250, 78, 356, lighter(look.wood, 0.2), 3)
    for left in (x + 98, x + 122):
        canvas.box(left, 414, 7, 44, darker(look.wood, 0.45), 3)
    canvas.box(x + 20, 184, 92, 42, lighter(look.accent, 0.2), 5)
    canvas.box(x + 120, 196, 78, 30, mix(look.cloth, look.wall, 0.4), 5)
    for i in range(chance.randint(2, 4)):
        canvas.line([(x + 26 + i * 20, 186), (x + 26 + i * 20, 224)], look.accent, 2)


def _plant(canvas: Canvas, look: Palette, x: float, y: float, chance: Random) -> None:
    canvas.shade(x, y + 84, 54, 12, 0.35)
    for i in range(9):
        lean = (i - 4) * 18 + chance.randint(-6, 6)
        tip = (x + lean, y - 150 + abs(i - 4) * 20 + chance.randint(-10, 10))
        leaf = mix(look.leaf, darker(look.leaf, 0.3), chance.random() * 0.7)
        canvas.polygon(
            [(x - 4, y), (x + lean * 0.4 - 15, y - 78), tip, (x + lean * 0.4 + 15, y - 74), (x + 4, y)], leaf
        )
    canvas.polygon([(x - 42, y - 6), (x + 42, y - 6), (x + 32, y + 84), (x - 32, y + 84)], look.accent)
    canvas.box(x - 46, y - 12, 92, 18, lighter(look.accent, 0.15), 5)


def _pictures(canvas: Canvas, look: Palette, x: float, count: int) -> None:
    for i in range(count):
        left, width, height = x + i * 120 + 14, 96, 126
        top = 214 + (i % 2) * 16
        canvas.box(left - 5, top - 5, width + 10, height + 10, look.wood, 2)
        canvas.box(left, top, width, height, colour("#fbf6ea"))
        canvas.oval(left + 62, top + 38, 17, 17, lighter(look.accent, 0.1))
        canvas.polygon(
            [
                (left + 10, top + 112),
                (left + 44, top + 58),
                (left + 66, top + 92),
                (left + 76, top + 78),
                (left + 88, top + 112),
            ],
            mix(look.cloth, look.leaf, i * 0.7),
        )


def _rug(canvas: Canvas, look: Palette, chance: Random) -> None:
    x = 600 + chance.randint(-30, 30)
    for i, tint in enumerate(
        (
            mix(look.accent, look.floor, 0.25),
            lighter(look.accent, 0.5),
            mix(look.cloth, look.wall, 0.35),
            lighter(look.wall, 0.3),
        )
    ):
        canvas.oval(x, 812, 330 - i * 44, 64 - i * 11, tint)


def _fan(canvas: Canvas, look: Palette) -> None:
    canvas.line([(600, 20), (600, 84)], darker(look.wall, 0.35), 8)
    for wing in (
        [(600, 86), (380, 72), (376, 98)],
        [(600, 86), (824, 72), (828, 98)],
        [(588, 88), (612, 88), (640, 122), (566, 122)],
    ):
        canvas.polygon(wing, look.wood)
    canvas.oval(600, 90, 30, 17, lighter(look.wood, 0.35))


def _lamp(canvas: Canvas, look: Palette) -> None:
    canvas.line([(600, 0), (600, 66)], darker(look.wall, 0.5), 3)
    canvas.polygon([(566, 110), (580, 66), (620, 66), (634, 110)], look.accent)
    canvas.oval(600, 112, 32, 8, colour("#fff5d0"))
    canvas.veil([(520, 110), (680, 110), (720, 260), (480, 260)], colour("#fff0c2"), 0.22, 40)


def _light(canvas: Canvas, window_x: float) -> None:
    sun = colour("#fff1c9")
    canvas.veil(
        [(window_x + 30, 640), (window_x + 220, 640), (window_x + 330, 880), (window_x + 60, 880)],
        sun,
        0.2,
        18,
    )
    canvas.veil(
        [(window_x - 60, 150), (window_x + 290, 150), (window_x + 330, 470), (window_x - 90, 470)],
        sun,
        0.2,
        60,
    )
    dark = colour("#2a1d17")
    for corner in ([(0, 0), (150, 0), (60, 900), (0, 900)], [(1200, 0), (1060, 0), (1140, 900), (1200, 900)]):
        canvas.veil(corner, dark, 0.16, 70)

"""Houses seen from the street: sky, trees, a house of one of three builds, a fence and a path."""

from dataclasses import dataclass
from random import Random

from tatausaha.core.web.illustrations.paint import Canvas, Colour, colour, darker, lighter, mix

GROUND = 690
"""Where houses stand."""


@dataclass(frozen=True)
class Palette:
    """The colours of one house and its day."""

    sky: Colour
    low_sky: Colour
    wall: Colour
    second: Colour
    roof: Colour
    door: Colour
    leaf: Colour


def _palette(*codes: str) -> Palette:
    return Palette(*(colour(code) for code in codes))


PALETTES = (
    _palette("#8fc3de", "#f3efdf", "#f4ead6", "#d9b27c", "#a8533a", "#2f6f69", "#5c8446"),
    _palette("#9ccbd8", "#fbe8d0", "#e7efe6", "#7fa08d", "#5b6a70", "#8a5a36", "#4f7d4a"),
    _palette("#a9c9e6", "#f7f1e6", "#f6e0cf", "#c9775a", "#7a4a3a", "#3f5873", "#6b8b45"),
    _palette("#f0b68a", "#fdeccb", "#f2e6d8", "#a46d4e", "#6b4438", "#35564f", "#5e7a40"),
    _palette("#86bcd0", "#eef3e4", "#ffffff", "#6e8fa8", "#39464d", "#c98a3a", "#54804c"),
)


def draw_facade(seed: int) -> Canvas:
    """One house; everything about it follows from the seed."""
    chance = Random(seed * 7919 + 3)  # noqa: S311 - a picture, not a secret
    look = PALETTES[seed % len(PALETTES)]
    canvas = Canvas(look.low_sky)
    _sky(canvas, look, chance)
    _ground(canvas, look)
    for place in (60, 1130):
        _tree(canvas, look, place + chance.randint(-30, 30), GROUND + 6, chance.uniform(0.9, 1.25), chance)
    (_gabled, _two_storeys, _flat)[seed % 3](canvas, look)
    _palm(canvas, look, chance.choice((110, 1080)), chance)
    _fence(canvas, look)
    _shrubs(canvas, look, chance)
    canvas.veil([(0, 0), (620, 0), (300, 900), (0, 900)], colour("#fff1c9"), 0.14, 120)
    return canvas


def _sky(canvas: Canvas, look: Palette, chance: Random) -> None:
    canvas.fade(0, 0, 1200, GROUND, look.sky, look.low_sky)
    for _cloud in range(4):
        x, y = chance.randint(60, 1140), chance.randint(50, 240)
        wide = chance.randint(90, 170)
        shape = [
            (x - wide, y),
            (x - wide * 0.5, y - 34),
            (x + wide * 0.2, y - 44),
            (x + wide, y),
            (x + wide * 0.3, y + 14),
            (x - wide * 0.6, y + 14),
        ]
        canvas.veil(shape, (255, 255, 255), 0.75, 18)
    far = mix(look.leaf, look.low_sky, 0.55)
    for i in range(9):
        canvas.oval(i * 150 + chance.randint(-30, 30), GROUND - 20, 120, 70 + chance.randint(0, 50), far)


def _ground(canvas: Canvas, look: Palette) -> None:
    canvas.fade(0, GROUND, 1200, 110, mix(look.leaf, look.low_sky, 0.22), look.leaf)
    canvas.fade(0, 800, 1200, 100, colour("#c9c3b6"), colour("#b3ac9e"))
    canvas.box(0, 796, 1200, 12, colour("#e6e0d2"))
    canvas.polygon([(548, GROUND), (668, GROUND), (740, 800), (476, 800)], colour("#ddd4c1"))
    for y, half in ((712, 70), (738, 90), (768, 112)):
        canvas.line([(608 - half, y), (608 + half, y)], colour("#c8bda6"), 2)


def _window(canvas: Canvas, look: Palette, x: float, y: float, width: float, height: float) -> None:
    canvas.box(x - 8, y - 8, width + 16, height + 16, lighter(look.second, 0.7), 3)
    canvas.fade(x, y, width, height, mix(look.sky, (70, 92, 104), 0.45), mix(look.low_sky, look.sky, 0.55))
    canvas.polygon(
        [(x, y + height * 0.7), (x + width * 0.55, y), (x + width * 0.85, y), (x, y + height)],
        lighter(look.sky, 0.5),
    )
    canvas.box(x, y, width * 0.2, height, lighter(look.wall, 0.5))
    canvas.box(x + width * 0.8, y, width * 0.2, height, lighter(look.wall, 0.5))
    frame = lighter(look.second, 0.7)
    canvas.box(x + width / 2 - 3, y, 6, height, frame)
    canvas.box(x, y + height * 0.35, width, 5, frame)
    canvas.box(x - 16, y + height + 6, width + 32, 10, darker(frame, 0.12), 2)


def _door(canvas: Canvas, look: Palette, x: float, y: float, height: float) -> None:
    canvas.box(x - 10, y - 10, 116, height + 10, lighter(look.second, 0.7), 3)
    canvas.box(x, y, 96, height, look.door)
    for top in (0.08, 0.52):
        canvas.box(x + 14, y + height * top, 30, height * 0.38, lighter(look.door, 0.14), 3)
        canvas.box(x + 52, y + height * top, 30, height * 0.38, lighter(look.door, 0.14), 3)
    canvas.oval(x + 84, y + height * 0.52, 5, 5, colour("#e7c27d"))
    canvas.box(x - 26, GROUND - 10, 148, 12, colour("#cfc6b4"), 2)


def _gabled(canvas: Canvas, look: Palette) -> None:
    canvas.shade(600, GROUND + 8, 420, 22, 0.35)
    canvas.fade(250, 380, 700, GROUND - 380, lighter(look.wall, 0.2), look.wall)
    canvas.polygon([(250, 382), (600, 190), (950, 382)], darker(look.wall, 0.05))
    canvas.oval(600, 300, 40, 40, lighter(look.second, 0.7))
    canvas.oval(600, 300, 31, 31, mix(look.sky, (70, 92, 104), 0.35))
    canvas.polygon([(190, 412), (600, 180), (1010, 412), (1010, 376), (600, 146), (190, 376)], look.roof)
    canvas.polygon([(190, 412), (600, 180), (600, 190), (204, 414)], darker(look.roof, 0.3))
    canvas.veil([(250, 412), (950, 412), (950, 446), (250, 446)], (40, 28, 22), 0.28, 14)
    canvas.box(250, 610, 700, GROUND - 610, look.second)
    for x in (300, 770):
        _window(canvas, look, x, 456, 130, 130)
    canvas.polygon([(478, 468), (738, 468), (764, 496), (452, 496)], look.roof)
    for x in (470, 734):
        canvas.box(x, 496, 14, GROUND - 496, lighter(look.wall, 0.6))
    _door(canvas, look, 560, 512, GROUND - 512)


def _two_storeys(canvas: Canvas, look: Palette) -> None:
    canvas.shade(600, GROUND + 8, 430, 22, 0.35)
    canvas.fade(220, 230, 760, GROUND - 230, lighter(look.wall, 0.2), look.wall)
    canvas.box(220, 230, 250, GROUND - 230, look.second)
    canvas.polygon([(176, 234), (270, 132), (930, 132), (1024, 234)], look.roof)
    for y in (158, 184, 210):
        inset = (234 - y) * 0.92
        canvas.line([(176 + inset, y), (1024 - inset, y)], darker(look.roof, 0.14), 2)
    canvas.box(176, 230, 848, 12, lighter(look.wall, 0.6))
    canvas.veil([(220, 242), (980, 242), (980, 272), (220, 272)], (40, 28, 22), 0.3, 12)
    for x in (280, 530, 680, 830):
        _window(canvas, look, x, 286, 104, 116)
    canvas.box(484, 412, 516, 14, lighter(look.wall, 0.5))
    canvas.box(484, 446, 516, 22, colour("#d8d0bf"))
    for x in range(492, 1000, 22):
        canvas.box(x, 376, 5, 72, darker(look.roof, 0.1))
    canvas.box(484, 370, 516, 9, darker(look.roof, 0.1), 3)
    canvas.veil([(484, 470), (1000, 470), (1000, 510), (484, 510)], (40, 28, 22), 0.3, 12)
    for x in (690, 836):
        _window(canvas, look, x, 520, 104, 110)
    _window(canvas, look, 280, 520, 104, 110)
    _door(canvas, look, 548, 508, GROUND - 508)


def _flat(canvas: Canvas, look: Palette) -> None:
    canvas.shade(600, GROUND + 8, 450, 22, 0.35)
    canvas.fade(190, 420, 820, GROUND - 420, lighter(look.wall, 0.25), look.wall)
    canvas.fade(380, 220, 560, 220, lighter(look.wall, 0.35), look.wall)
    canvas.box(350, 196, 620, 28, darker(look.roof, 0.05), 3)
    canvas.box(160, 404, 880, 24, darker(look.roof, 0.05), 3)
    canvas.veil([(190, 428), (1010, 428), (1010, 458), (190, 458)], (40, 28, 22), 0.3, 12)
    slat = mix(look.second, colour("#a5703f"), 0.6)
    for i in range(15):
        canvas.box(392 + i * 12, 236, 8, 160, slat if i % 2 else darker(slat, 0.12))
    for x in (620, 780):
        _window(canvas, look, x, 258, 120, 112)
    canvas.box(210, 470, 250, 190, mix(look.sky, (60, 78, 86), 0.55), 3)
    canvas.polygon([(210, 600), (350, 470), (410, 470), (210, 650)], lighter(look.sky, 0.4))
    for x in (290, 374):
        canvas.box(x, 470, 6, 190, lighter(look.wall, 0.7))
    for x in (730, 880):
        _window(canvas, look, x, 500, 96, 110)
    for i in range(12):
        canvas.box(496 + i * 16, 440, 11, GROUND - 440, slat if i % 2 else darker(slat, 0.1))
    _door(canvas, look, 556, 508, GROUND - 508)


def _tree(canvas: Canvas, look: Palette, x: float, y: float, scale: float, chance: Random) -> None:
    canvas.shade(x, y + 6, 110 * scale, 16, 0.3)
    canvas.polygon(
        [
            (x - 12 * scale, y),
            (x - 6 * scale, y - 190 * scale),
            (x + 6 * scale, y - 190 * scale),
            (x + 12 * scale, y),
        ],
        colour("#6d4c37"),
    )
    for i in range(16):
        around = chance.uniform(-95, 95) * scale
        up = chance.uniform(140, 330) * scale
        tint = mix(lighter(look.leaf, 0.16), darker(look.leaf, 0.28), 1 - i / 16)
        canvas.oval(x + around * (1 - abs(up / scale - 230) / 300), y - up, 62 * scale, 54 * scale, tint)


def _palm(canvas: Canvas, look: Palette, x: float, chance: Random) -> None:
    foot, head = GROUND + 30, 300 + chance.randint(-40, 40)
    canvas.shade(x, foot, 70, 12, 0.3)
    canvas.polygon([(x - 13, foot), (x + 3, head), (x + 15, head), (x + 11, foot)], colour("#84644a"))
    for i in range(9):
        reach, drop = (i - 4) * 40, abs(i - 4) * 24 - 70
        tint = mix(look.leaf, darker(look.leaf, 0.35), i % 2 * 0.6)
        canvas.polygon(
            [
                (x + 9, head),
                (x + 9 + reach * 0.55, head + drop - 26),
                (x + 9 + reach, head + drop + 66),
                (x + 9 + reach * 0.5, head + drop + 2),
            ],
            tint,
        )


def _fence(canvas: Canvas, look: Palette) -> None:
    post = lighter(look.wall, 0.45)
    for left, right in ((0, 452), (764, 1200)):
        canvas.box(left, 716, right - left, 74, darker(post, 0.06))
        canvas.box(left, 708, right - left, 14, post, 2)
        for x in range(int(left) + 14, int(right) - 6, 34):
            canvas.box(x, 730, 20, 60, post, 2)
    for x in (440, 750):
        canvas.box(x, 678, 28, 116, look.second, 3)
        canvas.box(x - 5, 668, 38, 14, post, 3)
        canvas.oval(x + 14, 656, 13, 13, colour("#fff0c4"))


def _shrubs(canvas: Canvas, look: Palette, chance: Random) -> None:
    bloom = chance.choice(("#e28a8a", "#f0c05a", "#d9d2ef"))
    for left, right in ((10, 430), (800, 1190)):
        for x in range(left, right, 44):
            tint = mix(look.leaf, darker(look.leaf, 0.3), chance.random())
            canvas.oval(x + chance.randint(-8, 8), 786, 36, 26 + chance.randint(0, 10), tint)
            for _flower in range(2):
                canvas.oval(x + chance.randint(-24, 24), 772 + chance.randint(-8, 14), 4, 4, colour(bloom))

"""A canvas of 1200 x 900 units, painted twice as fine and brought down, so that edges are smooth."""

import io
from collections.abc import Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageOps

Size = tuple[int, int]
Point = tuple[float, float]
Colour = tuple[int, int, int]

UNITS: Size = (1200, 900)
FINE = 1.5


def colour(code: str) -> Colour:
    """`#rrggbb` as three numbers."""
    red, green, blue = ImageColor.getrgb(code)[:3]
    return red, green, blue


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other in the one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(one: Colour, share: float = 0.2) -> Colour:
    """Towards white."""
    return mix(one, (255, 252, 245), share)


def darker(one: Colour, share: float = 0.2) -> Colour:
    """Towards a warm dark."""
    return mix(one, (35, 26, 22), share)


class Canvas:
    """What is painted on; all lengths and places are in units."""

    def __init__(self, ground: Colour) -> None:
        self.image = Image.new("RGB", (round(UNITS[0] * FINE), round(UNITS[1] * FINE)), ground)
        self._draw = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled shape."""
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Colour, round_by: float = 0) -> None:
        """A filled rectangle, with rounded corners if wanted."""
        place = [x * FINE, y * FINE, (x + width) * FINE, (y + height) * FINE]
        self._draw.rounded_rectangle(place, radius=round_by * FINE, fill=fill)

    def oval(self, x: float, y: float, wide: float, high: float, fill: Colour) -> None:
        """A filled ellipse around a centre."""
        self._draw.ellipse(
            [(x - wide) * FINE, (y - high) * FINE, (x + wide) * FINE, (y + high) * FINE], fill=fill
        )

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A line through points."""
        self._draw.line(
            [(x * FINE, y * FINE) for x, y in points],
            fill=fill,
            width=max(1, round(width * FINE)),
            joint="curve",
        )

    def fade(self, x: float, y: float, width: float, height: float, top: Colour, foot: Colour) -> None:
        """A rectangle that goes from one colour to another downwards."""
        strip = Image.linear_gradient("L").resize((max(1, round(width * FINE)), max(1, round(height * FINE))))
        painted = ImageOps.colorize(strip, top, foot)
        self.image.paste(painted, (round(x * FINE), round(y * FINE)))

    def veil(self, points: Sequence[Point], tint: Colour, strength: float, blur: float) -> None:
        """A soft shape of light or shade: `strength` from 0 to 1, edges blurred by so many units."""
        mask = Image.new("L", (self.image.width // 4, self.image.height // 4), 0)
        ImageDraw.Draw(mask).polygon(
            [(x * FINE / 4, y * FINE / 4) for x, y in points], fill=round(255 * strength)
        )
        mask = mask.filter(ImageFilter.GaussianBlur(blur * FINE / 4)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, tint), mask=mask)

    def shade(self, x: float, y: float, wide: float, high: float, strength: float = 0.28) -> None:
        """The soft shadow under a thing that stands at a place."""
        around = [
            (x - wide, y),
            (x - wide * 0.7, y - high),
            (x + wide * 0.7, y - high),
            (x + wide, y),
            (x + wide * 0.7, y + high),
            (x - wide * 0.7, y + high),
        ]
        self.veil(around, (30, 22, 18), strength, 12)


def encode(canvas: Canvas, size: Size) -> bytes:
    """The painting as WebP, cut to the wanted shape around its middle."""
    out = io.BytesIO()
    ImageOps.fit(canvas.image, size, Image.Resampling.LANCZOS).save(out, "WEBP", quality=82, method=4)
    return out.getvalue()

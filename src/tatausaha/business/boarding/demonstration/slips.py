"""Pictures of paper: the screen of a bank after a transfer, the note of a shop. Drawn, each one different."""

from datetime import date, datetime
from functools import cache
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.people.models import Zone

_INK, _FAINT, _PAPER, _GREEN = "#22302c", "#6d7a75", "#fdfbf4", "#2c7a5b"


@cache
def _letters(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _sheet(lines: list[tuple[str, int, str]], *, ground: str, head: str, name: str) -> Upload:
    image = Image.new("RGB", (440, 96 + 40 * len(lines)), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, 440, 56], fill=head)
    for place, (text, size, fill) in enumerate(lines):
        draw.text((20, 16 if place == 0 else 36 + 40 * place), text, fill=fill, font=_letters(size))
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return Upload(out.getvalue(), "image/jpeg", name)


def transfer_slip(*, bank: str, sender: str, to: str, amount: int, at: datetime, reference: str) -> Upload:
    """What a phone shows after a transfer."""
    return _sheet(
        [
            (f"{bank} mobile", 20, "#ffffff"), ("Transfer berhasil", 20, _GREEN), (rupiah(amount), 26, _INK),
            (f"{clock.local(at, Zone.WIB):%d-%m-%Y %H.%M} WIB", 15, _FAINT),
            (f"Dari: {sender}", 15, _INK), (f"Ke: {to}", 15, _INK),
            (f"Ref {reference}", 15, _FAINT),
        ],
        ground="#ffffff", head="#245a86", name="bukti-transfer.jpg",
    )  # fmt: skip


def identity_card(name: str, number: str) -> "ContentFile[bytes]":
    """A card of the demonstration; it imitates no document of the state."""
    card = Image.new("RGB", (340, 214), "#cfe3ee")
    draw = ImageDraw.Draw(card)
    draw.rectangle([250, 60, 324, 158], fill="#8fb0c2")
    for place, (text, size) in enumerate((("KARTU PERAGAAN", 18), (number, 16), (name[:26], 15))):
        draw.text((16, 20 + 44 * place), text, fill=_INK, font=_letters(size))
    out = BytesIO()
    card.save(out, "JPEG", quality=60)
    return ContentFile(out.getvalue(), "kartu.jpg")


def shop_note(*, shop: str, what: str, amount: int, on: date, number: int) -> Upload:
    """The note that a shop or a utility gives."""
    return _sheet(
        [
            (shop, 20, "#ffffff"), (f"Nota no. {number:04d}", 16, _INK), (f"{on:%d-%m-%Y}", 15, _FAINT),
            (what, 16, _INK), (f"Jumlah  {rupiah(amount)}", 20, _INK), ("LUNAS", 20, _GREEN),
        ],
        ground=_PAPER, head="#8a6a43", name="nota.jpg",
    )  # fmt: skip


def deposit_slip(*, bank: str, who: str, amount: int, on: date) -> Upload:
    """What a bank gives for cash that was paid in."""
    return _sheet(
        [
            ("Setoran tunai", 20, "#ffffff"), (bank[:36], 14, _INK), (f"{on:%d-%m-%Y}", 15, _FAINT),
            (f"Penyetor: {who}"[:36], 15, _INK), (rupiah(amount), 26, _INK),
        ],
        ground=_PAPER, head="#245a86", name="slip-setoran.jpg",
    )  # fmt: skip
